package hierarchy

import (
	"cmp"
	"slices"
)

// Seed is a node at which a search begins or ends, and what it costs from the
// place that is asked about to there, or from there to the place.
type Seed struct {
	Node int32
	Cost uint32
}

// walk is the way from a rank to the root, with what each rank of it costs.
type walk struct {
	path []int32  // rank of each depth, the root first
	cost []uint32 // from the seeds, or to them
	by   []int32  // the arc that leads there from below, or the complement of a seed
}

// walks takes the seeds up to the roots. Seeds that lie on one way, as do the
// two ends of a way, need a single walk. The memory of dst is used again.
func (h *Hierarchy) walks(dst []walk, seeds []Seed, weight []uint32) []walk {
	dst = dst[:0]
	var few [8]int // more seeds than these are rare, and may be
	order := few[:0]
	for i := range seeds {
		order = append(order, i)
	}
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(h.rank[seeds[i].Node], h.rank[seeds[j].Node]), cmp.Compare(i, j))
	})
	for _, i := range order {
		r := h.rank[seeds[i].Node]
		at := slices.IndexFunc(dst, func(w walk) bool { return w.passes(r, h.depth[r]) })
		if at < 0 {
			at = len(dst)
			dst = h.begin(dst, r)
		}
		if d := h.depth[r]; seeds[i].Cost < dst[at].cost[d] {
			dst[at].cost[d], dst[at].by[d] = seeds[i].Cost, int32(^i)
		}
	}
	for i := range dst {
		h.climb(&dst[i], weight)
	}
	return dst
}

func (w *walk) passes(rank, depth int32) bool {
	return int(depth) < len(w.path) && w.path[depth] == rank
}

// begin adds a walk from a rank that costs nothing yet.
func (h *Hierarchy) begin(dst []walk, r int32) []walk {
	if len(dst) < cap(dst) {
		dst = dst[:len(dst)+1]
	} else {
		dst = append(dst, walk{})
	}
	w, n := &dst[len(dst)-1], int(h.depth[r])+1
	w.path, w.cost, w.by = slices.Grow(w.path[:0], n)[:n], slices.Grow(w.cost[:0], n)[:n], slices.Grow(w.by[:0], n)[:n]
	for d := n - 1; d >= 0; d-- {
		w.path[d], w.cost[d] = r, Unreached
		r = h.parent[r]
	}
	return dst
}

// climb finds the cost of each rank of a walk by arcs that lead up only.
func (h *Hierarchy) climb(w *walk, weight []uint32) {
	for d := len(w.path) - 1; d >= 0; d-- {
		base := uint64(w.cost[d])
		if base == Unreached {
			continue
		}
		r := w.path[d]
		for a := h.first[r]; a < h.first[r+1]; a++ {
			e := h.headDepth[a]
			if c := base + uint64(weight[a]); c < uint64(w.cost[e]) {
				w.cost[e], w.by[e] = uint32(c), a
			}
		}
	}
}

// shared returns how many ranks two walks have in common: they come first.
func (w *walk) shared(o *walk) int {
	low, high := 0, min(len(w.path), len(o.path))
	for low < high {
		middle := int(uint(low+high) / 2)
		if w.path[middle] == o.path[middle] {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// meet returns the least cost of a way over a rank that both walks pass, and
// its depth.
func (w *walk) meet(o *walk) (cost uint32, depth int) {
	n := w.shared(o)
	best := uint64(Unreached)
	for d, c := range w.cost[:n] {
		if s := uint64(c) + uint64(o.cost[d]); s < best {
			best, depth = s, d
		}
	}
	return uint32(best), depth
}
