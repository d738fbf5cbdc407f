package hierarchy

import (
	"context"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// often is how many nodes are done between two looks at a context.
const often = 1 << 14

// fill makes the hierarchy of an order: its elimination tree (Liu 1990, The
// role of elimination trees in sparse factorization, SIAM Journal on Matrix
// Analysis and Applications 11), the order as its postorder, and all arcs that
// contraction in that order puts in.
func fill(ctx context.Context, points []orb.Point, g *graph, order []int32, tail, head []int32) (*Hierarchy, error) {
	rank := inverse(order)
	parent := eliminationTree(g, order, rank)
	post := postorder(parent)
	h := &Hierarchy{points: points, order: make([]int32, len(order)), parent: make([]int32, len(order))}
	moved := inverse(post)
	for r, was := range post {
		h.order[r] = order[was]
		h.parent[r] = -1
		if p := parent[was]; p >= 0 {
			h.parent[r] = moved[p]
		}
	}
	h.rank = inverse(h.order)
	h.deepen()
	if err := h.contract(ctx, g); err != nil {
		return nil, err
	}
	h.hang()
	h.put(tail, head)
	return h, ctx.Err()
}

// inverse is the permutation that undoes one.
func inverse(p []int32) []int32 {
	q := make([]int32, len(p))
	for i, v := range p {
		q[v] = int32(i)
	}
	return q
}

// eliminationTree returns the parent of each rank: the lowest that contraction
// joins it to, of those above it.
func eliminationTree(g *graph, order, rank []int32) []int32 {
	parent, ancestor := make([]int32, len(order)), make([]int32, len(order))
	for r, v := range order {
		r := int32(r)
		parent[r], ancestor[r] = -1, -1
		for _, w := range g.of(v) {
			// Ways up are shortened as they are walked.
			for s := rank[w]; s < r; {
				up := ancestor[s]
				ancestor[s] = r
				if up < 0 {
					parent[s] = r
					break
				}
				s = up
			}
		}
	}
	return parent
}

// postorder lists a forest so that what is under a node comes just before it.
func postorder(parent []int32) []int32 {
	child, sibling := make([]int32, len(parent)), make([]int32, len(parent))
	for v := range child {
		child[v] = -1
	}
	top := int32(-1)
	for v := len(parent) - 1; v >= 0; v-- {
		first := &top
		if parent[v] >= 0 {
			first = &child[parent[v]]
		}
		sibling[v], *first = *first, int32(v)
	}
	out := make([]int32, 0, len(parent))
	for v := top; v >= 0; {
		for child[v] >= 0 {
			v = child[v]
		}
		for {
			out = append(out, v)
			if sibling[v] >= 0 {
				v = sibling[v]
				break
			}
			if v = parent[v]; v < 0 {
				break
			}
		}
	}
	return out
}

// deepen tells how deep each rank lies in the tree.
func (h *Hierarchy) deepen() {
	h.depth = make([]int32, len(h.parent))
	for r := len(h.parent) - 1; r >= 0; r-- {
		if p := h.parent[r]; p >= 0 {
			h.depth[r] = h.depth[p] + 1
		}
		h.levelCount = max(h.levelCount, int(h.depth[r])+1)
	}
}

// mostArcs bounds what a hierarchy may hold: roads make three to five arcs a
// node, and what is not nearly flat makes as many as there are pairs.
func mostArcs(nodes int) int { return min(maxArcs, 1<<22+64*nodes) }

// contract finds the arcs: a node is joined to its higher neighbours in the
// graph, and to what its children are joined to.
func (h *Hierarchy) contract(ctx context.Context, g *graph) error {
	n := int32(len(h.order))
	child, sibling := make([]int32, n), make([]int32, n)
	seen := make([]int32, n)
	for r := range child {
		child[r], seen[r] = -1, -1
	}
	h.first = make([]int32, n+1)
	head := make([]int32, 0, 4*n)
	for r := range n {
		if r%often == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		begin := len(head)
		seen[r] = r
		for _, w := range g.of(h.order[r]) {
			if s := h.rank[w]; s > r {
				seen[s] = r
				head = append(head, s)
			}
		}
		for c := child[r]; c >= 0; c = sibling[c] {
			for _, s := range head[h.first[c]:h.first[c+1]] {
				if seen[s] != r {
					seen[s] = r
					head = append(head, s)
				}
			}
		}
		if len(head) > mostArcs(int(n)) {
			return geo.Errorf(geo.TooLarge, "head", "contraction of the first %d of %d nodes makes more than %d arcs; a graph so tangled is no network of roads", r, n, mostArcs(int(n)))
		}
		slices.Sort(head[begin:])
		h.first[r+1] = int32(len(head))
		if p := h.parent[r]; p >= 0 {
			sibling[r], child[p] = child[p], r
		}
	}
	h.head = slices.Clone(head)
	return nil
}

// hang fills in what follows from the arcs.
func (h *Hierarchy) hang() {
	h.tail, h.headDepth = make([]int32, len(h.head)), make([]int32, len(h.head))
	for r := range int32(len(h.order)) {
		for a := h.first[r]; a < h.first[r+1]; a++ {
			h.tail[a], h.headDepth[a] = r, h.depth[h.head[a]]
		}
	}
	h.downFirst, h.down = grouped(len(h.order), len(h.head), func(a int) int32 { return h.head[a] })
	h.downTail = make([]int32, len(h.down))
	for i, a := range h.down {
		h.downTail[i] = h.tail[a]
	}
}

// grouped lists the items 0 to n of each group, in order; those of group -1 are
// left out.
func grouped(groups, n int, of func(item int) int32) (first, items []int32) {
	first = make([]int32, groups+2)
	for i := range n {
		if g := of(i); g >= 0 {
			first[g+2]++
		}
	}
	for g := 2; g < len(first); g++ {
		first[g] += first[g-1]
	}
	items = make([]int32, first[groups+1])
	for i := range n {
		if g := of(i); g >= 0 {
			items[first[g+1]] = int32(i)
			first[g+1]++
		}
	}
	return first[:groups+1], items
}

// put tells of which arc of the hierarchy each arc of the graph is part.
func (h *Hierarchy) put(tail, head []int32) {
	h.place = make([]int32, len(tail))
	for i := range tail {
		t, u := h.rank[tail[i]], h.rank[head[i]]
		switch {
		case t == u:
			h.place[i] = -1
		case t < u:
			h.place[i] = 2 * h.arc(t, u)
		default:
			h.place[i] = 2*h.arc(u, t) + 1
		}
	}
	h.madeFirst, h.made = grouped(len(h.head), len(tail), func(i int) int32 { return h.place[i] >> 1 })
}

// arc finds the arc from a rank to a higher one, which there is.
func (h *Hierarchy) arc(low, high int32) int32 {
	at, _ := slices.BinarySearch(h.head[h.first[low]:h.first[low+1]], high)
	return h.first[low] + int32(at)
}
