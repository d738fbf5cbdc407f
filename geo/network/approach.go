package network

// Approach is a node next to a place: one comes to it from there, or to the
// place from it, in so many milliseconds, on a part of an arc; Arc is -1 for a
// place at the node.
type Approach struct {
	Node   int32
	Millis uint32
	Arc    int32
}

// Departures returns where one comes to first from a place.
func (t *Travel) Departures(p Place) []Approach { return approaches(t.out(p)) }

// Arrivals returns from where one comes to a place last.
func (t *Travel) Arrivals(p Place) []Approach { return approaches(t.in(p)) }

func approaches(seeds []seed) []Approach {
	out := make([]Approach, len(seeds))
	for i, s := range seeds {
		out[i] = Approach{s.node, s.millis, s.arc}
	}
	return out
}

// Direct returns the way between two places that meets no junction, as an
// Approach to the second without a node; false where there is none.
func (t *Travel) Direct(from, to Place) (Approach, bool) {
	millis, arc := t.direct(from, to)
	return Approach{-1, millis, arc}, millis != Closed
}
