package geo

// Tri is a truth value of Kleene's three-valued logic. Null is unknown, so a
// comparison with null is Maybe, and a filter keeps only what is True.
type Tri uint8

// The three values, in order: And is the least, Or the greatest.
const (
	False Tri = iota
	Maybe
	True
)

// TriOf returns True or False.
func TriOf(b bool) Tri {
	if b {
		return True
	}
	return False
}

// And returns the lesser of the two.
func (t Tri) And(o Tri) Tri { return min(t, o) }

// Or returns the greater of the two.
func (t Tri) Or(o Tri) Tri { return max(t, o) }

// Not swaps True and False and leaves Maybe.
func (t Tri) Not() Tri { return True - t }

// String prints true, false or unknown.
func (t Tri) String() string { return [...]string{"false", "unknown", "true"}[t] }
