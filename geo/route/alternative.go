package route

import (
	"cmp"
	"context"
	"slices"
)

// Alternatives says which other ways are wanted.
type Alternatives struct {
	Number  int     // how many ways there are to be with the best one
	ByRisk  bool    // whether the least risky way is the best, and not the fastest
	Stretch float64 // none costs more than so many times the best one, 1 or more
	Apart   float64 // least dissimilarity of any two, from 0 (none) to 1 (nothing shared)
}

// Stretch is a part of a road: two arcs of one segment share all of it.
type Stretch struct {
	Segment int32
	Metres  float64
}

// candidates is how many ways the chosen are chosen from.
const candidates = 48

// Choose returns the best way and others that share little with it and with
// each other: of the ways made of two best ones joined at a node in between
// (via-node paths, Abraham and others 2013), the set whose two most alike
// members are the least alike (p-dispersion, Dell'Olmo, Gentili and Scozzari
// 2005), exactly, of the [candidates] with the longest part that is best in
// itself. How alike two ways are is the mean of the shares of each that the
// other uses as well (Akgün, Erkut and Batta 2000). There are fewer where no
// more are within the stretch and apart. road says what an arc lies on.
func Choose(ctx context.Context, g *Arcs, trip *Trip, a Alternatives, road func(arc int32) Stretch) ([]Way, error) {
	if err := g.check(trip); err != nil {
		return nil, err
	}
	to := newTree(g, g.turned(), a.ByRisk, trip.To)
	err := to.grow(ctx, func() uint64 {
		c, _, _ := to.best(trip)
		first, _ := to.key(c)
		return first
	})
	if err != nil {
		return nil, err
	}
	best, ok := to.way(trip)
	switch {
	case !ok:
		return nil, nil
	case a.Number < 2:
		return []Way{best}, nil
	}
	first, _ := to.key(best.Cost)
	limit := uint64(float64(first) * a.Stretch)
	if err := to.grow(ctx, func() uint64 { return limit }); err != nil {
		return nil, err
	}
	from := newTree(g, nil, a.ByRisk, trip.From)
	if err := from.grow(ctx, func() uint64 { return limit }); err != nil {
		return nil, err
	}
	v := &viaNodes{from: from, to: to, trip: trip, limit: limit}
	ways := v.ways(best)
	return choose(ways, a, newSharing(ways, road)), nil
}

// viaNodes finds the ways that are the best to some node, and from there.
type viaNodes struct {
	from, to *tree
	trip     *Trip
	limit    uint64
}

// ways returns the best way and the candidates beside it.
func (v *viaNodes) ways(best Way) []Way {
	type plateau struct {
		node  int32
		worth int64
	}
	var all []plateau
	for n := range v.from.cost {
		if !v.from.done[n] || !v.to.done[n] || v.within(int32(n)) {
			continue
		}
		total := v.key(v.from.cost[n].Plus(v.to.cost[n]))
		if total > v.limit {
			continue
		}
		// What is best in itself, less what the way costs more than the best.
		all = append(all, plateau{int32(n), int64(v.length(int32(n))) - int64(total)})
	}
	slices.SortFunc(all, func(a, b plateau) int {
		return cmp.Or(-cmp.Compare(a.worth, b.worth), cmp.Compare(a.node, b.node))
	})
	ways := []Way{best}
	for _, p := range all {
		if len(ways) > candidates {
			break
		}
		if w, ok := v.way(p.node); ok && !slices.ContainsFunc(ways, func(o Way) bool { return same(o, w) }) {
			ways = append(ways, w)
		}
	}
	for i, c := range v.trip.Direct {
		w := Way{Cost: c, Start: -1, End: -1, Direct: i}
		if v.key(c) <= v.limit && !same(best, w) {
			ways = append(ways, w)
		}
	}
	return ways
}

func same(a, b Way) bool {
	return a.Start == b.Start && a.End == b.End && a.Direct == b.Direct && slices.Equal(a.Arcs, b.Arcs)
}

func (v *viaNodes) key(c Cost) uint64 {
	first, _ := v.from.key(c)
	return first
}

// within reports whether the arc by which the best way comes to n is the one
// by which the best way on from before it goes.
func (v *viaNodes) within(n int32) bool {
	a := v.from.arc[n]
	return a >= 0 && v.to.done[v.from.next[n]] && v.to.arc[v.from.next[n]] == a
}

// length is the cost of the plateau that begins at n: as far as the best ways
// to its nodes and those on from them are the same.
func (v *viaNodes) length(n int32) uint64 {
	last := n
	for v.to.arc[last] >= 0 {
		next := v.to.next[last]
		if !v.from.done[next] || v.from.arc[next] != v.to.arc[last] {
			break
		}
		last = next
	}
	return v.key(v.from.cost[last]) - v.key(v.from.cost[n])
}

// way is the one through n; ok is false where it comes by some node twice.
func (v *viaNodes) way(n int32) (w Way, ok bool) {
	w = Way{Cost: v.from.cost[n].Plus(v.to.cost[n]), Start: int(v.from.end[n]), End: int(v.to.end[n]), Direct: -1}
	w.Arcs = v.from.follow(nil, n)
	slices.Reverse(w.Arcs)
	w.Arcs = v.to.follow(w.Arcs, n)
	seen := map[int32]bool{v.trip.From[w.Start].Node: true}
	for _, a := range w.Arcs {
		h := v.from.g.Head[a]
		if seen[h] {
			return w, false
		}
		seen[h] = true
	}
	return w, true
}

// sharing says how little ways share.
type sharing struct {
	on     [][]Stretch
	metres []float64
	apart  [][]float64 // of each pair
}

func newSharing(ways []Way, road func(arc int32) Stretch) *sharing {
	s := &sharing{on: make([][]Stretch, len(ways)), metres: make([]float64, len(ways)), apart: make([][]float64, len(ways))}
	for i, w := range ways {
		for _, a := range w.Arcs {
			if r := road(a); r.Metres > 0 {
				s.on[i] = append(s.on[i], r)
				s.metres[i] += r.Metres
			}
		}
	}
	for i := range ways {
		s.apart[i] = make([]float64, len(ways))
		used := map[int32]bool{}
		for _, r := range s.on[i] {
			used[r.Segment] = true
		}
		for j := range i {
			s.apart[i][j] = s.dissimilarity(used, i, j)
			s.apart[j][i] = s.apart[i][j]
		}
	}
	return s
}

// dissimilarity compares way j with way i, which uses the given segments.
func (s *sharing) dissimilarity(used map[int32]bool, i, j int) float64 {
	if s.metres[i] == 0 || s.metres[j] == 0 {
		return 1
	}
	shared := 0.0
	for _, r := range s.on[j] {
		if used[r.Segment] {
			shared += r.Metres
		}
	}
	return 1 - (shared/s.metres[i]+shared/s.metres[j])/2
}

// choose returns the first way and the others of the set whose least distance
// is the greatest; of equal sets, the one whose ways come first.
func choose(ways []Way, a Alternatives, s *sharing) []Way {
	for number := min(a.Number, len(ways)); number > 1; number-- {
		d := dispersion{apart: s.apart, number: number, least: a.Apart}
		d.grow([]int{0}, 1)
		if d.best != nil {
			out := make([]Way, number)
			for i, at := range d.best {
				out[i] = ways[at]
			}
			slices.SortStableFunc(out[1:], func(x, y Way) int {
				if a.ByRisk {
					return cmp.Or(cmp.Compare(x.Cost.Risk, y.Cost.Risk), cmp.Compare(x.Cost.Time, y.Cost.Time))
				}
				return cmp.Or(cmp.Compare(x.Cost.Time, y.Cost.Time), cmp.Compare(x.Cost.Risk, y.Cost.Risk))
			})
			return out
		}
	}
	return ways[:1]
}

// dispersion is a search for the set of number ways, the first among them,
// whose least distance is the greatest and at least least.
type dispersion struct {
	apart  [][]float64
	number int
	least  float64
	best   []int
}

func (d *dispersion) grow(set []int, reach float64) {
	if len(set) == d.number {
		if d.best == nil || reach > d.least {
			d.best, d.least = slices.Clone(set), reach
		}
		return
	}
	for next := set[len(set)-1] + 1; next < len(d.apart); next++ {
		near := reach
		for _, i := range set {
			near = min(near, d.apart[i][next])
		}
		if near > d.least || d.best == nil && near == d.least {
			d.grow(append(set, next), near)
		}
	}
}
