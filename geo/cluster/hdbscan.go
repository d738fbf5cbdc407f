package cluster

import (
	"cmp"
	"context"
	"slices"
	"sync/atomic"

	"bivouac/geo"
	"bivouac/geo/measure"
	"bivouac/geo/pattern"
)

// leastMetres is how far apart two events are at the least, for HDBSCAN: it
// divides by distances, and many events share their place.
const leastMetres = 1

// mostEdges is how many pairs of neighbours HDBSCAN takes: some 350 MB.
const mostEdges = 15_000_000

// HDBSCAN finds clusters of different density (Campello, Moulavi and Sander
// 2013). The distance that tells events apart is the mutual reachability: the
// geodesic, or the distance of either to its MinPoints-th neighbour, itself
// included, where that is greater. Of all groups of MinPoints or more that
// stay together as it shrinks, those are clusters that stay longest for their
// size (the excess of mass), and none holds another. EpsMetres is the greatest
// distance looked at: what is not together within it is apart. All events of a
// cluster count as core. Times do not count.
func HDBSCAN(ctx context.Context, q *Query, progress func(done, total int)) (*Labels, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	if q.MinPoints < 2 {
		return nil, geo.Errorf(geo.Invalid, "min_points", "must be 2 or more for HDBSCAN, where one event is no group")
	}
	progress(0, 3)
	edges, err := q.edges(ctx)
	if err != nil {
		return nil, err
	}
	progress(1, 3)
	slices.SortFunc(edges, func(a, b edge) int {
		return cmp.Or(cmp.Compare(a.metres, b.metres), cmp.Compare(a.a, b.a), cmp.Compare(a.b, b.b))
	})
	progress(2, 3)
	h := newHierarchy(len(q.Points), q.MinPoints)
	for len(edges) > 0 && ctx.Err() == nil {
		level := 1
		for level < len(edges) && edges[level].metres == edges[0].metres {
			level++
		}
		h.merge(edges[:level])
		edges = edges[level:]
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	group := h.choose(max(q.EpsMetres, leastMetres))
	l := &Labels{Core: make([]bool, len(group))}
	l.Label, l.Clusters = number(group, q.Keys)
	for i, label := range l.Label {
		l.Core[i] = label != Noise
	}
	return l, nil
}

// edge is two events and their mutual reachability.
type edge struct {
	a, b   int32
	metres float64
}

// edges are the pairs of a mutual reachability within EpsMetres.
func (q *Query) edges(ctx context.Context) ([]edge, error) {
	if pattern.NewSites(q.Points).Pairs() > mostEdges {
		return nil, q.tooMany()
	}
	cloud, err := measure.NewCloud(q.Points, q.EpsMetres)
	if err != nil {
		return nil, err
	}
	parts := make([][]edge, (len(q.Points)+grain-1)/grain)
	var many atomic.Int64
	reach := make([]float64, len(q.Points)) // to the MinPoints-th neighbour; 0 where there is none within EpsMetres
	err = pattern.Each(ctx, len(q.Points), grain, func(_, from, to int) {
		part := &parts[from/grain]
		var metres []float64
		cloud.Sweep(from, to, func(i int, near []int32) {
			if many.Add(int64(len(near))) > 2*mostEdges || len(near)+1 < q.MinPoints {
				return
			}
			metres = q.distances(metres[:0], i, near)
			for k, j := range near {
				if int(j) > i {
					*part = append(*part, edge{int32(i), j, metres[k]})
				}
			}
			slices.Sort(metres)
			reach[i] = metres[q.MinPoints-2]
		})
	})
	if err != nil {
		return nil, err
	}
	if many.Load() > 2*mostEdges {
		return nil, q.tooMany()
	}
	var all []edge
	for _, part := range parts {
		for _, e := range part {
			if reach[e.a] > 0 && reach[e.b] > 0 {
				e.metres = max(e.metres, reach[e.a], reach[e.b])
				all = append(all, e)
			}
		}
	}
	return all, nil
}

func (q *Query) tooMany() error {
	return geo.Errorf(geo.TooLarge, "eps_m", "more than %d pairs of events lie within %v metres of each other; lower eps_m, or select fewer events", mostEdges, q.EpsMetres)
}

// distances appends how far event i is from the near ones.
func (q *Query) distances(dst []float64, i int, near []int32) []float64 {
	origin := measure.NewOrigin(q.Points[i])
	for _, j := range near {
		d := float64(leastMetres)
		if q.Points[j] != q.Points[i] { // many are the same: spare the geodesic
			d = max(d, origin.Distance(q.Points[j]))
		}
		dst = append(dst, d)
	}
	return dst
}

// hierarchy is how events come together as the distance grows, with the groups
// of at least so many that this makes (the condensed tree).
type hierarchy struct {
	least  int
	parent []int32 // of events: towards the root of what is together
	size   []int32 // by root
	group  []int32 // by root: its group, -1 where it is too small for one
	head   []int32 // by root: a list of its events through next, while it is too small
	tail   []int32
	next   []int32
	joined []int32 // by event: the first group that it came to, -1 for none
	groups []group
}

// group is one of the condensed tree. density is one over a distance; the
// stability of a group is the sum, over its events, of the density up to which
// they are in it, less that from which on it is a group of its own.
type group struct {
	parent int32 // -1 for none
	size   int
	sum    float64 // of the densities up to which its events are in it
	born   float64 // density from which on it is a group of its own
	below  float64 // the stability of the best of the groups in it
	chosen bool
}

func newHierarchy(n, least int) *hierarchy {
	h := &hierarchy{
		least: least, parent: newForest(n), size: make([]int32, n), group: make([]int32, n),
		head: newForest(n), tail: newForest(n), next: make([]int32, n), joined: make([]int32, n),
	}
	for i := range n {
		h.size[i], h.group[i], h.next[i], h.joined[i] = 1, -1, -1, -1
	}
	return h
}

func (h *hierarchy) root(i int32) int32 {
	for h.parent[i] != i {
		h.parent[i] = h.parent[h.parent[i]]
		i = h.parent[i]
	}
	return i
}

// merge brings together what edges of one distance join, all at once, so that
// the order of equal ones does not matter.
func (h *hierarchy) merge(edges []edge) {
	if len(edges) == 1 {
		if a, b := h.root(edges[0].a), h.root(edges[0].b); a != b {
			h.parent[b] = a
			h.unite(a, []int32{a, b}, 1/edges[0].metres)
		}
		return
	}
	var roots []int32
	parts := map[int32][]int32{} // by root: the roots before
	part := func(r int32) []int32 {
		if p, ok := parts[r]; ok {
			return p
		}
		return []int32{r}
	}
	for _, e := range edges {
		a, b := h.root(e.a), h.root(e.b)
		if a == b {
			continue
		}
		parts[a] = append(part(a), part(b)...)
		delete(parts, b)
		h.parent[b] = a
		roots = append(roots, a)
	}
	for _, r := range roots {
		if p, ok := parts[r]; ok {
			h.unite(r, p, 1/edges[0].metres)
			delete(parts, r)
		}
	}
}

// unite makes one of the parts that came together at a density. Where two
// groups or more did, they end there, in a new one.
func (h *hierarchy) unite(root int32, parts []int32, density float64) {
	size := int32(0)
	var before []int32
	for _, p := range parts {
		size += h.size[p]
		if h.group[p] >= 0 {
			before = append(before, h.group[p])
		}
	}
	own := int32(-1)
	switch {
	case len(before) == 1:
		own = before[0]
	case int(size) >= h.least:
		own = int32(len(h.groups))
		h.groups = append(h.groups, group{parent: -1})
		for _, g := range before {
			h.groups[g].parent, h.groups[g].born = own, density
			h.groups[own].size += h.groups[g].size
			h.groups[own].sum += float64(h.groups[g].size) * density
		}
	}
	if own < 0 {
		h.chain(root, parts)
	} else {
		for _, p := range parts {
			if h.group[p] < 0 {
				h.take(p, own, density)
			}
		}
	}
	h.size[root], h.group[root] = size, own
}

// chain makes one list of the events of parts that are still too small.
func (h *hierarchy) chain(root int32, parts []int32) {
	head, tail := h.head[parts[0]], h.tail[parts[0]]
	for _, p := range parts[1:] {
		h.next[tail], tail = h.head[p], h.tail[p]
	}
	h.head[root], h.tail[root] = head, tail
}

// take puts the events of a small part into a group.
func (h *hierarchy) take(part, own int32, density float64) {
	for i := h.head[part]; i >= 0; i = h.next[i] {
		h.joined[i] = own
	}
	h.groups[own].size += int(h.size[part])
	h.groups[own].sum += float64(h.size[part]) * density
}

// choose returns, by event, the group that is its cluster, or Noise. Groups
// stand in the order in which they came to be, so that those within another
// one come before it.
func (h *hierarchy) choose(farthest float64) []int32 {
	for i := range h.groups {
		g := &h.groups[i]
		if g.parent < 0 {
			g.born = 1 / farthest
		}
		stability := g.sum - float64(g.size)*g.born
		if g.chosen = stability >= g.below; !g.chosen {
			stability = g.below
		}
		if g.parent >= 0 {
			h.groups[g.parent].below += stability
		}
	}
	cluster := make([]int32, len(h.groups)) // by group: the outermost one chosen about it, or itself
	for i := len(h.groups) - 1; i >= 0; i-- {
		g := &h.groups[i]
		cluster[i] = Noise
		if g.parent >= 0 {
			cluster[i] = cluster[g.parent]
		}
		if cluster[i] == Noise && g.chosen {
			cluster[i] = int32(i)
		}
	}
	out := make([]int32, len(h.joined))
	for i, g := range h.joined {
		out[i] = Noise
		if g >= 0 {
			out[i] = cluster[g]
		}
	}
	return out
}
