// Package reach answers how far one gets by road in a time, and how long it
// takes between many places.
//
// Roads are reached to the metre: [Roads] cuts each segment where the time is
// up. Areas are drawn about the reached roads and nothing else ([Outline]): a
// hull would hold what lies behind a river. From a road one may walk on, in
// straight lines and round what is in the way.
package reach

import (
	"slices"

	"bivouac/geo/network"
)

// Part is a stretch of a segment, at whose places one is at a time that changes
// evenly along it.
type Part struct {
	Segment      int32
	From, To     float64 // fractions of the segment's length, From below To
	AtFrom, AtTo float64 // milliseconds
}

// Search is the times of all nodes from the nearest of some places or, towards
// them, to it.
type Search struct {
	*network.Travel
	Places  []network.Place
	Towards bool
	Nodes   []uint32 // milliseconds by node; network.Closed where not reached
}

// NewSearch finds the times of all nodes.
func NewSearch(t *network.Travel, places []network.Place, towards bool) *Search {
	s := &Search{Travel: t, Places: places, Towards: towards}
	if towards {
		s.Nodes = t.To(places)
	} else {
		s.Nodes = t.From(places)
	}
	return s
}

// Roads returns all stretches of roads that are reached within the
// milliseconds, the very end included, by segment. Each place is in one stretch,
// with the time by the quickest way.
func (s *Search) Roads(limit uint32) []Part {
	starts := s.starts()
	var out []Part
	for segment := range int32(s.Segments()) {
		a := s.ways(segment)
		if a.left >= float64(limit) && a.right >= float64(limit) && starts[segment] == nil {
			continue
		}
		out = a.reached(out, segment, starts[segment], float64(limit))
	}
	return out
}

// starts returns the places inside segments, by segment, as fractions in order.
func (s *Search) starts() map[int32][]float64 {
	out := map[int32][]float64{}
	for _, p := range s.Places {
		if p.Fraction > 0 && p.Fraction < 1 && s.Open(p.Segment) {
			out[p.Segment] = append(out[p.Segment], p.Fraction)
		}
	}
	for _, at := range out {
		slices.Sort(at)
	}
	return out
}

// ways is a segment as it is come to: the times of its ends, and how long it
// takes to come along it from each of them.
type ways struct {
	left, right  float64
	onward, back float64 // milliseconds of the whole segment, from the left and from the right
}

const never = float64(network.Closed)

// ways returns how the segment is come to. Towards places one looks the other
// way: from its left end it is the arc against its line that leads on.
func (s *Search) ways(segment int32) ways {
	forward, back := s.Along(segment)
	if s.Towards {
		return ways{
			left: float64(s.Nodes[s.Head(back)]), right: float64(s.Nodes[s.Head(forward)]),
			onward: float64(s.Times[back]), back: float64(s.Times[forward]),
		}
	}
	return ways{
		left: float64(s.Nodes[s.Tail(forward)]), right: float64(s.Nodes[s.Tail(back)]),
		onward: float64(s.Times[forward]), back: float64(s.Times[back]),
	}
}

// reached appends the stretches between the ends and the starts. A start is
// nearer than whatever came to it, so that only neighbours count.
func (a *ways) reached(out []Part, segment int32, starts []float64, limit float64) []Part {
	left, at := a.left, 0.0
	for i := 0; i <= len(starts); i++ {
		right, to := a.right, 1.0
		if i < len(starts) {
			right, to = 0, starts[i]
		}
		if to > at {
			out = a.between(out, Part{Segment: segment, From: at, To: to, AtFrom: left, AtTo: right}, limit)
		}
		left, at = 0, to
	}
	return out
}

// between appends what is reached between two places at which one is at times:
// from the left as far as nobody is quicker from the right, and the rest from
// there.
func (a *ways) between(out []Part, p Part, limit float64) []Part {
	fromLeft, fromRight := p.AtFrom < never && a.onward < never, p.AtTo < never && a.back < never
	meet := p.From
	switch {
	case fromLeft && fromRight:
		meet = (p.AtTo - p.AtFrom + a.back*p.To + a.onward*p.From) / (a.onward + a.back)
		meet = min(max(meet, p.From), p.To)
	case fromLeft:
		meet = p.To
	}
	if fromLeft {
		if to := min(meet, p.From+(limit-p.AtFrom)/a.onward); to > p.From {
			out = append(out, Part{p.Segment, p.From, to, p.AtFrom, p.AtFrom + (to-p.From)*a.onward})
		}
	}
	if fromRight {
		if from := max(meet, p.To-(limit-p.AtTo)/a.back); from < p.To {
			out = append(out, Part{p.Segment, from, p.To, p.AtTo + (p.To-from)*a.back, p.AtTo})
		}
	}
	return out
}

// At returns how long it takes to a place, or from it where the search is
// towards its places; false for one that is not reached.
func (s *Search) At(p network.Place) (millis float64, ok bool) {
	a := s.ways(p.Segment)
	best := never
	left, right, from, to := a.left, a.right, 0.0, 1.0
	for _, start := range s.Places {
		switch {
		case start.Segment != p.Segment || !s.Open(p.Segment):
		case start.Fraction == p.Fraction:
			return 0, true
		case start.Fraction < p.Fraction && start.Fraction >= from:
			left, from = 0, start.Fraction
		case start.Fraction > p.Fraction && start.Fraction <= to:
			right, to = 0, start.Fraction
		}
	}
	if left < never && a.onward < never {
		best = min(best, left+(p.Fraction-from)*a.onward)
	}
	if right < never && a.back < never {
		best = min(best, right+(to-p.Fraction)*a.back)
	}
	return best, best < never
}
