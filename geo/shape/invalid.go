package shape

import (
	"slices"
	"strconv"

	"github.com/paulmach/orb"

	"bivouac/geo"
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
	Said   geo.Said  // which part and ring, counted from 1, what is wrong, and where
	At     orb.Point // where; the zero Point for EmptyPart
}

// String says it in English.
func (i *Invalid) String() string { return i.Said.Text }

// name leads to a part or a ring of a shape, the outermost first.
type name []step

type step struct {
	in geo.Sentence
	n  int
}

func (n name) part(i int) name { return append(slices.Clip(n), step{inPart, i + 1}) }
func (n name) ring(i int) name { return append(slices.Clip(n), step{inRing, i + 1}) }

// of says of which part and ring something is said.
func (n name) of(said geo.Said) geo.Said {
	for _, s := range slices.Backward(n) {
		if s.in == onceCut {
			said = s.in.With(said)
		} else {
			said = s.in.With(s.n, said)
		}
	}
	return said
}

// invalid returns an Invalid that says the place too.
func (n name) invalid(r Reason, at orb.Point, s geo.Sentence, values ...any) *Invalid {
	return &Invalid{Reason: r, At: at, Said: n.of(atPlace.With(s.With(values...), degrees(at[0]), degrees(at[1])))}
}

func (n name) empty() *Invalid {
	return &Invalid{Reason: EmptyPart, Said: n.of(noPositions.With())}
}

// degrees are told with all their digits, as the file has them.
func degrees(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
