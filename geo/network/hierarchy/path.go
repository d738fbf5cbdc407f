package hierarchy

import "slices"

// search is the memory of one question.
type search struct {
	from, to []walk
	arcs     []int32
	trail    []int32
	open     []step
}

func (h *Hierarchy) search() *search {
	if s, ok := h.scratch.Get().(*search); ok {
		return s
	}
	return &search{}
}

// Path returns the cheapest way from one of some seeds to one of others: its
// cost with that of both seeds, which seeds they are, and the arcs of the
// graph, none where both are the same node. It is false where there is none
// that costs less than [Unreached]. A node of a seed that is not in the graph
// panics, as an index does.
func (m *Metric) Path(from, to []Seed) (cost uint32, start, end int, arcs []int32, ok bool) {
	s := m.search()
	defer m.scratch.Put(s)
	s.from = m.walks(s.from, from, m.up)
	s.to = m.walks(s.to, to, m.back)
	cost = Unreached
	var out, in *walk
	var top int
	for i := range s.from {
		for j := range s.to {
			if c, d := s.from[i].meet(&s.to[j]); c < cost {
				cost, top, out, in = c, d, &s.from[i], &s.to[j]
			}
		}
	}
	if out == nil {
		return Unreached, 0, 0, nil, false
	}
	s.arcs = s.arcs[:0]
	start = m.trace(s, out, top)
	for _, a := range slices.Backward(s.trail) {
		m.unpack(s, step{a, false})
	}
	end = m.trace(s, in, top)
	for _, a := range s.trail {
		m.unpack(s, step{a, true})
	}
	return cost, start, end, slices.Clone(s.arcs), true
}

// trace writes the arcs that lead down from a depth of a walk to the trail, and
// returns the seed at which they end.
func (m *Metric) trace(s *search, w *walk, depth int) (seed int) {
	s.trail = s.trail[:0]
	for w.by[depth] >= 0 {
		a := w.by[depth]
		s.trail = append(s.trail, a)
		depth = int(m.depth[m.tail[a]])
	}
	return int(^w.by[depth])
}

// step is an arc of the hierarchy that a way takes, up or back.
type step struct {
	arc  int32
	back bool
}

// unpack appends the arcs of the graph that an arc of the hierarchy stands for.
func (m *Metric) unpack(s *search, first step) {
	s.open = append(s.open[:0], first)
	for len(s.open) > 0 {
		t := s.open[len(s.open)-1]
		s.open = s.open[:len(s.open)-1]
		by := m.upBy[t.arc]
		if t.back {
			by = m.backBy[t.arc]
		}
		if by < 0 {
			s.arcs = append(s.arcs, ^by)
			continue
		}
		other := by + 1 // from the lowest rank to the head; it comes after that to the tail
		for m.head[other] != m.head[t.arc] {
			other++
		}
		if t.back {
			s.open = append(s.open, step{by, false}, step{other, true})
		} else {
			s.open = append(s.open, step{other, false}, step{by, true})
		}
	}
}
