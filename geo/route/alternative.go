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

// Stretch is a part of a road: two of one segment share all of it. One of no
// length is nothing.
type Stretch struct {
	Segment int32
	Metres  float64
}

// candidates is how many ways the chosen are chosen from.
const candidates = 48

// Choose returns the best way and others that share little with it and with
// each other; see [ChooseThrough]. road says what an arc lies on.
func Choose(ctx context.Context, g *Arcs, trip *Trip, a Alternatives, road func(arc int32) Stretch) ([]Way, error) {
	all, _, err := ChooseThrough(ctx, g, []*Trip{trip}, a, func(_ int, w Way) []Stretch {
		out := make([]Stretch, len(w.Arcs))
		for i, arc := range w.Arcs {
			out[i] = road(arc)
		}
		return out
	})
	ways := make([]Way, len(all))
	for i := range all {
		ways[i] = all[i][0]
	}
	return ways, err
}

// ChooseThrough returns the best way over trips that follow each other, as a
// way for each trip, and others that share little with it and with each other:
// the set whose two most alike members are the least alike (p-dispersion,
// Dell'Olmo, Gentili and Scozzari 2005), exactly, of [candidates]. How alike two
// are is the mean of the shares of each that the other uses as well (Akgün,
// Erkut and Batta 2000), over all trips together.
//
// Candidates of a trip are the ways made of two best ones joined at a node in
// between (via-node paths, Abraham and others 2013), those of the greatest
// worth: how long the part is that is best in itself, less what the way costs
// more than the best. Those of all trips are combined, trip by trip, and of what
// stays within the stretch of the whole the ones of the greatest sums of worth
// are kept. One trip may thus use up the stretch of all.
//
// There are fewer where no more are within the stretch and apart. Where a trip
// has no way, broken is the first of them, else it is -1. on says what a way of a
// trip lies on.
func ChooseThrough(ctx context.Context, g *Arcs, trips []*Trip, a Alternatives, on func(trip int, w Way) []Stretch) (all [][]Way, broken int, err error) {
	legs := make([]leg, len(trips))
	whole, back := uint64(0), g.turned()
	for i, trip := range trips {
		if err := g.check(trip); err != nil {
			return nil, -1, err
		}
		found, err := legs[i].begin(ctx, g, back, trip, a.ByRisk)
		if err != nil || !found {
			return nil, i, err
		}
		whole += legs[i].least
	}
	limit := max(whole, uint64(float64(whole)*a.Stretch))
	if a.Number > 1 {
		for i := range legs {
			if err := legs[i].widen(ctx, g, a.ByRisk, limit-(whole-legs[i].least)); err != nil {
				return nil, -1, err
			}
		}
	}
	combined := combine(legs, limit-whole)
	costs, lies := make([]Cost, len(combined)), make([][]Stretch, len(combined))
	for i, c := range combined {
		for trip, w := range c.ways(legs) {
			costs[i] = costs[i].Plus(w.Cost)
			lies[i] = append(lies[i], on(trip, w)...)
		}
	}
	for _, at := range choose(costs, a, newSharing(lies)) {
		all = append(all, combined[at].ways(legs))
	}
	return all, -1, nil
}

// leg is what is known of one trip.
type leg struct {
	trip  *Trip
	to    *tree
	least uint64 // what the best way costs
	ways  []Way  // the best one first
	extra []uint64
	worth []int64
}

// begin finds the best way; false where there is none.
func (l *leg) begin(ctx context.Context, g *Arcs, back *turned, trip *Trip, byRisk bool) (bool, error) {
	l.trip, l.to = trip, newTree(g, back, byRisk, trip.To)
	err := l.to.grow(ctx, func() uint64 {
		c, _, _ := l.to.best(trip)
		first, _ := l.to.key(c)
		return first
	})
	if err != nil {
		return false, err
	}
	best, ok := l.to.way(trip)
	if !ok {
		return false, nil
	}
	l.least, _ = l.to.key(best.Cost)
	l.ways, l.extra, l.worth = []Way{best}, []uint64{0}, []int64{int64(l.least)}
	return true, nil
}

// widen finds the candidates that cost at most the limit.
func (l *leg) widen(ctx context.Context, g *Arcs, byRisk bool, limit uint64) error {
	most := func() uint64 { return limit }
	if err := l.to.grow(ctx, most); err != nil {
		return err
	}
	from := newTree(g, nil, byRisk, l.trip.From)
	if err := from.grow(ctx, most); err != nil {
		return err
	}
	v := &viaNodes{from: from, to: l.to, trip: l.trip, limit: limit}
	v.add(l)
	return nil
}

// combination is a way of each leg, by number.
type combination struct {
	of    []int
	extra uint64 // what it costs more than the best
	worth int64
}

// combine puts the ways of the legs together, the best of all first, then by
// worth.
func combine(legs []leg, slack uint64) []combination {
	all := []combination{{}}
	for i := range legs {
		var next []combination
		for _, c := range all {
			for k := range legs[i].ways {
				if extra := c.extra + legs[i].extra[k]; extra <= slack {
					next = append(next, combination{append(slices.Clone(c.of), k), extra, c.worth + legs[i].worth[k]})
				}
			}
		}
		// The first is made of the first ones, and is the best of all.
		slices.SortStableFunc(next[1:], func(a, b combination) int { return -cmp.Compare(a.worth, b.worth) })
		all = next[:min(len(next), candidates+1)]
	}
	return all
}

func (c *combination) ways(legs []leg) []Way {
	out := make([]Way, len(legs))
	for i, k := range c.of {
		out[i] = legs[i].ways[k]
	}
	return out
}

// viaNodes finds the ways that are the best to some node, and from there.
type viaNodes struct {
	from, to *tree
	trip     *Trip
	limit    uint64
}

// add gives a leg its candidates beside the best way.
func (v *viaNodes) add(l *leg) {
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
	take := func(w Way, worth int64) {
		if cost := v.key(w.Cost); cost <= v.limit && !slices.ContainsFunc(l.ways, func(o Way) bool { return same(o, w) }) {
			l.ways, l.extra, l.worth = append(l.ways, w), append(l.extra, cost-l.least), append(l.worth, int64(l.least)+worth)
		}
	}
	for _, p := range all {
		if len(l.ways) > candidates {
			break
		}
		if w, ok := v.way(p.node); ok {
			take(w, p.worth)
		}
	}
	for i, c := range v.trip.Direct { // along one road all the way: no node parts it
		take(Way{Cost: c, Start: -1, End: -1, Direct: i}, 0)
	}
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

func newSharing(ways [][]Stretch) *sharing {
	s := &sharing{on: ways, metres: make([]float64, len(ways)), apart: make([][]float64, len(ways))}
	for i, on := range ways {
		for _, r := range on {
			s.metres[i] += r.Metres
		}
	}
	used := make([]map[int32]bool, len(ways))
	for i := range ways {
		used[i] = map[int32]bool{}
		for _, r := range s.on[i] {
			used[i][r.Segment] = true
		}
		s.apart[i] = make([]float64, len(ways))
		for j := range i {
			s.apart[i][j] = 1 - (s.share(i, used[j])+s.share(j, used[i]))/2
			s.apart[j][i] = s.apart[i][j]
		}
	}
	return s
}

// share is how much of way i lies on the segments, of 1; none of a way without
// length.
func (s *sharing) share(i int, used map[int32]bool) float64 {
	shared := 0.0
	for _, r := range s.on[i] {
		if used[r.Segment] {
			shared += r.Metres
		}
	}
	return shared / max(s.metres[i], 1e-9)
}

// choose returns the numbers of the first way and the others of the set whose
// least distance is the greatest; of equal sets, the one whose ways come first.
func choose(costs []Cost, a Alternatives, s *sharing) []int {
	for number := min(a.Number, len(costs)); number > 1; number-- {
		d := dispersion{apart: s.apart, number: number, least: a.Apart}
		d.grow([]int{0}, 1)
		if d.best == nil {
			continue
		}
		slices.SortStableFunc(d.best[1:], func(i, k int) int {
			x, y := costs[i], costs[k]
			if a.ByRisk {
				return cmp.Or(cmp.Compare(x.Risk, y.Risk), cmp.Compare(x.Time, y.Time))
			}
			return cmp.Or(cmp.Compare(x.Time, y.Time), cmp.Compare(x.Risk, y.Risk))
		})
		return d.best
	}
	return []int{0}
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
