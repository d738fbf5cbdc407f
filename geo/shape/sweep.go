package shape

import (
	"cmp"
	"slices"

	"bivouac/geo/measure"

	"github.com/paulmach/orb"
)

// ring is one ring of the polygons under validation. What stands below the
// line is found by the sweep.
type ring struct {
	name  name
	shell int // the number of its polygon's outer ring; its own for a shell
	path  orb.Ring

	seen             bool
	counterclockwise bool
	parent           int // the ring that it lies directly in, -1 for none
}

// span is an edge, its lesser end (west, then south) first.
type span struct {
	from, to orb.Point
	ring     int32
	forward  bool // from-to is the direction of the ring
}

// event is an end of a span.
type event struct {
	at     orb.Point
	span   int32
	starts bool
}

// touch is a place where rings meet without crossing.
type touch struct {
	at    orb.Point
	rings []int32
}

// sweep finds crossings, touches and the nesting of rings in one pass of a
// line from west to east (Shamos and Hoey 1976). It keeps the spans under the
// line from south to north. That order can only change where spans end, begin
// or cross, and spans that cross stand side by side before they do; so it is
// enough to compare neighbours, and the pass ends at the first crossing.
// Spans that merely touch keep their order, which is why it can go on there.
type sweep struct {
	rings   []ring
	spans   []span
	events  []event
	line    frontier
	touches []touch

	// Of the event in hand, kept to be used again.
	left, right []int32
	stack       []int32
}

func newSweep(rings []ring) *sweep {
	s := &sweep{rings: rings}
	for i := range rings {
		rings[i].parent = -1
		for k := 1; k < len(rings[i].path); k++ {
			s.add(rings[i].path[k-1], rings[i].path[k], int32(i))
		}
	}
	slices.SortFunc(s.events, func(a, b event) int { return order(a.at, b.at) })
	s.line.below = func(id int32, p orb.Point) int {
		return measure.Turn(s.spans[id].from, s.spans[id].to, p)
	}
	return s
}

func (s *sweep) add(a, b orb.Point, ring int32) {
	forward := order(a, b) < 0
	switch {
	case a == b:
		return
	case !forward:
		a, b = b, a
	}
	id := int32(len(s.spans))
	s.spans = append(s.spans, span{a, b, ring, forward})
	s.events = append(s.events, event{a, id, true}, event{b, id, false})
}

// order sorts places from west to east, then from south to north.
func order(a, b orb.Point) int {
	if c := cmp.Compare(a[0], b[0]); c != 0 {
		return c
	}
	return cmp.Compare(a[1], b[1])
}

func (s *sweep) run() *Invalid {
	for i := 0; i < len(s.events); {
		first := i
		for i < len(s.events) && s.events[i].at == s.events[first].at {
			i++
		}
		if bad := s.step(s.events[first:i]); bad != nil {
			return bad
		}
	}
	return nil
}

// step moves the line over one place, where the given spans start or end.
func (s *sweep) step(events []event) *Invalid {
	at := events[0].at
	pos := s.line.find(at)
	s.left = s.line.through(pos, at, s.left[:0])
	s.right = s.right[:0]
	for _, id := range s.left {
		if s.spans[id].to != at {
			s.right = append(s.right, id)
		}
	}
	for _, e := range events {
		if e.starts {
			s.right = append(s.right, e.span)
		}
	}
	if bad := s.sortRight(at); bad != nil {
		return bad
	}
	if bad := s.meeting(at); bad != nil {
		return bad
	}
	below, above := s.line.replace(pos, len(s.left), s.right)
	s.nest(below)
	return s.neighbours(below, above)
}

// sortRight sorts the spans that leave the place to the east from south to
// north. Two in the same direction lie on each other.
func (s *sweep) sortRight(at orb.Point) (bad *Invalid) {
	slices.SortFunc(s.right, func(a, b int32) int {
		return -measure.Turn(at, s.spans[a].to, s.spans[b].to)
	})
	for i := 1; i < len(s.right); i++ {
		a, b := s.right[i-1], s.right[i]
		if measure.Turn(at, s.spans[a].to, s.spans[b].to) == 0 {
			return s.overlapping(a, b, at)
		}
	}
	return nil
}

// neighbours compares the spans that have come to stand side by side.
func (s *sweep) neighbours(below, above int32) *Invalid {
	if len(s.right) == 0 {
		return s.pair(below, above)
	}
	if bad := s.pair(below, s.right[0]); bad != nil {
		return bad
	}
	return s.pair(s.right[len(s.right)-1], above)
}

func (s *sweep) pair(a, b int32) *Invalid {
	if a < 0 || b < 0 {
		return nil
	}
	p, q := s.spans[a], s.spans[b]
	if !segmentsCross(p.from, p.to, q.from, q.to) {
		return nil
	}
	return s.crossed(p.ring, q.ring, crossing(p.from, p.to, q.from, q.to))
}

// nest finds the parent of each ring that begins at this place: it lies in the
// ring of the span below where that ring's interior is above the span, else
// beside that ring.
func (s *sweep) nest(below int32) {
	for _, id := range s.right {
		r := &s.rings[s.spans[id].ring]
		if !r.seen {
			r.seen, r.counterclockwise = true, s.spans[id].forward
			r.parent = s.parentAbove(below)
		}
		below = id
	}
}

func (s *sweep) parentAbove(id int32) int {
	if id < 0 {
		return -1
	}
	sp := s.spans[id]
	if sp.forward == s.rings[sp.ring].counterclockwise {
		return int(sp.ring)
	}
	return s.rings[sp.ring].parent
}
