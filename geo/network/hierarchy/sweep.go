package hierarchy

// From returns what it costs from the seeds to every node, the cheapest seed
// counting: a search up, then one sweep over all arcs from the highest rank
// down (Delling, Goldberg, Nowatzyk and Werneck 2013, PHAST: hardware-
// accelerated shortest path trees, Journal of Parallel and Distributed
// Computing 73).
func (m *Metric) From(seeds []Seed) []uint32 { return m.sweep(seeds, m.up, m.back) }

// To returns what it costs from every node to the seeds, the cheapest one
// counting.
func (m *Metric) To(seeds []Seed) []uint32 { return m.sweep(seeds, m.back, m.up) }

func (m *Metric) sweep(seeds []Seed, up, down []uint32) []uint32 {
	cost := make([]uint32, len(m.order))
	for r := range cost {
		cost[r] = Unreached
	}
	for _, s := range seeds {
		r := m.rank[s.Node]
		cost[r] = min(cost[r], s.Cost)
	}
	m.sweepUp(cost, up)
	m.sweepDown(cost, down)
	out := make([]uint32, len(cost))
	for v, r := range m.rank {
		out[v] = cost[r]
	}
	return out
}

func (h *Hierarchy) sweepUp(cost, weight []uint32) {
	for r, c := range cost {
		if c == Unreached {
			continue
		}
		for a := h.first[r]; a < h.first[r+1]; a++ {
			s := h.head[a]
			cost[s] = uint32(min(uint64(cost[s]), uint64(c)+uint64(weight[a])))
		}
	}
}

func (h *Hierarchy) sweepDown(cost, weight []uint32) {
	end := len(h.head)
	for r := len(cost) - 1; r >= 0; r-- {
		begin := int(h.first[r])
		best := uint64(cost[r])
		weights := weight[begin:end]
		for i, s := range h.head[begin:end] {
			best = min(best, uint64(cost[s])+uint64(weights[i]))
		}
		cost[r] = uint32(best)
		end = begin
	}
}
