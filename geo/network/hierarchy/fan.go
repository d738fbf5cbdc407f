package hierarchy

import (
	"context"
	"slices"
	"sync"
)

// Fan is a metric that is asked about the same nodes again and again: what it
// costs to come to each of them from one place after the other, or from each of
// them to a place. Of the sweep over all arcs only what lies above these nodes is
// left (Delling, Goldberg and Werneck 2011, Faster batched shortest paths in
// road networks, ATMOS: restricted PHAST). It does not change, and any number of
// goroutines may ask it at once. It takes some tens of ranks a node, eight bytes
// for each arc that leaves them upwards.
type Fan struct {
	*Hierarchy
	weight []uint32 // of the walk from the place that is asked about
	ranks  []int32  // those above the nodes and the nodes', the highest first
	first  []int32  // of each of ranks, where its arcs begin, and one more
	head   []int32  // positions in ranks
	down   []uint32 // weights
	at     []int32  // of each node as given, its position in ranks
	memory sync.Pool
}

// FanIn is asked what it costs from places to the nodes.
func (m *Metric) FanIn(ctx context.Context, nodes []int32) (*Fan, error) {
	return m.fan(ctx, nodes, m.up, m.back)
}

// FanOut is asked what it costs from the nodes to places.
func (m *Metric) FanOut(ctx context.Context, nodes []int32) (*Fan, error) {
	return m.fan(ctx, nodes, m.back, m.up)
}

// fan gathers the arcs above the nodes. A node that is not in the graph panics,
// as an index does.
func (m *Metric) fan(ctx context.Context, nodes []int32, up, down []uint32) (*Fan, error) {
	f := &Fan{Hierarchy: m.Hierarchy, weight: up, at: make([]int32, len(nodes))}
	place := make([]int32, len(m.order)) // of each rank in ranks; 1 until all of them are known
	for _, v := range nodes {
		for r := m.rank[v]; r >= 0 && place[r] == 0; r = m.parent[r] {
			place[r] = 1
			f.ranks = append(f.ranks, r)
		}
	}
	slices.Sort(f.ranks)
	slices.Reverse(f.ranks)
	arcs := 0
	for i, r := range f.ranks {
		place[r] = int32(i)
		arcs += int(m.first[r+1] - m.first[r])
	}
	f.first = make([]int32, 1, len(f.ranks)+1)
	f.head, f.down = make([]int32, 0, arcs), make([]uint32, 0, arcs)
	for _, r := range f.ranks {
		for a := m.first[r]; a < m.first[r+1]; a++ {
			f.head, f.down = append(f.head, place[m.head[a]]), append(f.down, down[a])
		}
		f.first = append(f.first, int32(len(f.head)))
	}
	for i, v := range nodes {
		f.at[i] = place[m.rank[v]]
	}
	return f, ctx.Err()
}

// Abreast is how many places a Fan is best asked about at once: each arc is
// looked at once for all of them.
const Abreast = 4

// fanMemory is what one question needs.
type fanMemory struct {
	walks []walk
	cost  [][Abreast]uint32 // by position in ranks, of each place that is asked about
}

// Costs returns what it costs from each of some places to each of the nodes, or
// from each of the nodes to each of the places, a row for a place; [Unreached]
// where there is no way. A place is its seeds, of which the cheapest counts. They
// are worked on [Abreast] at a time.
func (f *Fan) Costs(places ...[]Seed) [][]uint32 {
	q, ok := f.memory.Get().(*fanMemory)
	if !ok {
		q = &fanMemory{cost: make([][Abreast]uint32, len(f.ranks))}
	}
	defer f.memory.Put(q)
	out := make([][]uint32, len(places))
	for first := 0; first < len(places); first += Abreast {
		abreast := places[first:min(first+Abreast, len(places))]
		for i := range q.cost {
			q.cost[i] = [Abreast]uint32{Unreached, Unreached, Unreached, Unreached}
		}
		for k, seeds := range abreast {
			q.walks = f.walks(q.walks, seeds, f.weight)
			for i := range q.walks {
				f.enter(q.cost, k, &q.walks[i])
			}
		}
		f.descend(q.cost)
		for k := range abreast {
			row := make([]uint32, len(f.at))
			for i, at := range f.at {
				row[i] = q.cost[at][k]
			}
			out[first+k] = row
		}
	}
	return out
}

// descend takes what it costs from above down to all ranks. The four are written
// out, so that they stay in registers.
func (f *Fan) descend(cost [][Abreast]uint32) {
	for i := range cost {
		head, down := f.head[f.first[i]:f.first[i+1]], f.down[f.first[i]:f.first[i+1]]
		best := &cost[i]
		a, b, c, d := uint64(best[0]), uint64(best[1]), uint64(best[2]), uint64(best[3])
		for k, s := range head {
			above, weight := &cost[s], uint64(down[k])
			a = min(a, uint64(above[0])+weight)
			b = min(b, uint64(above[1])+weight)
			c = min(c, uint64(above[2])+weight)
			d = min(d, uint64(above[3])+weight)
		}
		*best = [Abreast]uint32{uint32(a), uint32(b), uint32(c), uint32(d)}
	}
}

// enter takes over what a walk costs, as far as it is above the nodes: its
// beginning, seen from the root.
func (f *Fan) enter(cost [][Abreast]uint32, k int, w *walk) {
	for d, r := range w.path {
		i, ok := slices.BinarySearchFunc(f.ranks, r, func(a, b int32) int { return int(b - a) })
		if !ok {
			return
		}
		cost[i][k] = min(cost[i][k], w.cost[d])
	}
}
