package shape

import (
	"fmt"

	"github.com/paulmach/orb"
)

// Reason says in what way a shape is invalid.
type Reason string

// The reasons.
const (
	NotFinite    Reason = "not finite"
	OutOfRange   Reason = "out of range"
	Swapped      Reason = "swapped"
	EmptyPart    Reason = "empty part"
	TooFew       Reason = "too few positions"
	NotClosed    Reason = "not closed"
	ZeroArea     Reason = "zero area"
	SelfCrossing Reason = "self-crossing"
	RingsCross   Reason = "rings cross"
	SharedEdge   Reason = "shared edge"
	Duplicate    Reason = "duplicate ring"
	HoleOutside  Reason = "hole outside shell"
	HoleInHole   Reason = "hole in hole"
	NestedShells Reason = "nested shells"
	Disconnected Reason = "interior in pieces"
)

// Invalid says why a shape is not valid.
type Invalid struct {
	Reason Reason
	Text   string    // for people: which part and ring, counted from 1, what is wrong, and where
	At     orb.Point // where; the zero Point for EmptyPart
}

// String returns the Text.
func (i *Invalid) String() string { return i.Text }

// name leads to a part or a ring of a shape: "part 2: ring 1: ".
type name string

func (n name) part(i int) name { return n + name(fmt.Sprintf("part %d: ", i+1)) }
func (n name) ring(i int) name { return n + name(fmt.Sprintf("ring %d: ", i+1)) }

// invalid returns an Invalid whose Text ends in the place.
func (n name) invalid(r Reason, at orb.Point, format string, args ...any) *Invalid {
	return &Invalid{Reason: r, At: at,
		Text: string(n) + fmt.Sprintf(format, args...) + fmt.Sprintf(", at %v %v", at[0], at[1])}
}

func (n name) empty() *Invalid {
	return &Invalid{Reason: EmptyPart, Text: string(n) + "has no positions"}
}
