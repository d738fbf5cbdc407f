package network

import (
	"context"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// Travel is the graph under conditions. It is immutable and safe for any
// number of readers.
type Travel struct {
	*Graph
	Conditions Conditions
	Times      []uint32 // by arc

	metric  *metric
	reverse *reverse
}

// reverse is the arcs by head, for searches against their direction.
type reverse struct {
	once  sync.Once
	arcs  []int32
	first []int32 // where in arcs each node's begin
}

// Travel returns the graph under the conditions. A [Cache] keeps them.
func (g *Graph) Travel(c Conditions) *Travel {
	return &Travel{Graph: g, Conditions: c, Times: g.Times(c), metric: &metric{}, reverse: &reverse{}}
}

// arriving returns the arcs that end at a node.
func (t *Travel) arriving(node int32) []int32 {
	r := t.reverse
	r.once.Do(func() {
		r.first = make([]int32, len(t.points)+1)
		for _, n := range t.heads {
			r.first[n+1]++
		}
		for n := range t.points {
			r.first[n+1] += r.first[n]
		}
		next := slices.Clone(r.first)
		r.arcs = make([]int32, len(t.heads))
		for arc, n := range t.heads {
			r.arcs[next[n]] = int32(arc)
			next[n]++
		}
	})
	return r.arcs[r.first[node]:r.first[node+1]]
}

// Open reports whether a segment is used in one direction at least: what
// [Graph.Snap] is asked with.
func (t *Travel) Open(s int32) bool {
	return t.Times[t.arcs[s][0]] != Closed || t.Times[t.arcs[s][1]] != Closed
}

// Path is a way from one place to another.
type Path struct {
	Millis   uint64
	Arcs     []int32 // the first and the last in part only, where their segment is that of From or To
	From, To Place
}

// seed is a node that a search begins or ends at, and by what arc it is come
// to from a place, or left towards it; -1 for a place at the node.
type seed struct {
	node   int32
	millis uint32
	arc    int32
}

// part is how long a part of an arc takes.
func portion(millis uint32, share float64) uint32 {
	if millis == Closed {
		return Closed
	}
	return uint32(math.Round(float64(millis) * share))
}

// out returns where one comes to from a place.
func (t *Travel) out(p Place) []seed {
	forward, back := t.Along(p.Segment)
	var out []seed
	add := func(node int32, millis uint32, arc int32) {
		if millis != Closed {
			out = append(out, seed{node, millis, arc})
		}
	}
	if p.Fraction == 0 || p.Fraction == 1 {
		for _, n := range t.ends(p.Segment, p.Fraction == 1, true) {
			add(n, 0, -1)
		}
	}
	if p.Fraction < 1 {
		add(t.heads[forward], portion(t.Times[forward], 1-p.Fraction), forward)
	}
	if p.Fraction > 0 {
		add(t.heads[back], portion(t.Times[back], p.Fraction), back)
	}
	return out
}

// in returns from where one comes to a place.
func (t *Travel) in(p Place) []seed {
	forward, back := t.Along(p.Segment)
	var out []seed
	add := func(node int32, millis uint32, arc int32) {
		if millis != Closed {
			out = append(out, seed{node, millis, arc})
		}
	}
	if p.Fraction == 0 || p.Fraction == 1 {
		for _, n := range t.ends(p.Segment, p.Fraction == 1, false) {
			add(n, 0, -1)
		}
	}
	if p.Fraction > 0 {
		add(t.tails[forward], portion(t.Times[forward], p.Fraction), forward)
	}
	if p.Fraction < 1 {
		add(t.tails[back], portion(t.Times[back], 1-p.Fraction), back)
	}
	return out
}

// direct returns the way between two places that meets no junction: none where
// they are one place, else a part of their one segment.
func (t *Travel) direct(from, to Place) (uint32, int32) {
	if a, ok := t.junction(from); ok {
		if b, ok := t.junction(to); ok && a == b {
			return 0, -1
		}
	}
	forward, back := t.Along(from.Segment)
	switch {
	case from.Segment != to.Segment:
		return Closed, -1
	case from.Fraction == to.Fraction && t.Open(from.Segment):
		return 0, -1
	case from.Fraction <= to.Fraction:
		return portion(t.Times[forward], to.Fraction-from.Fraction), forward
	}
	return portion(t.Times[back], from.Fraction-to.Fraction), back
}

// Path returns the quickest way, false where there is none.
func (t *Travel) Path(from, to Place) (Path, bool) {
	p := Path{From: from, To: to}
	best, arc := t.direct(from, to)
	if m := t.metricOf(context.Background()); m != nil {
		return t.pathBy(m, p, best, arc)
	}
	if arc >= 0 {
		p.Arcs = []int32{arc}
	}
	s := t.search()
	defer s.done()
	goal := map[int32]seed{}
	for _, e := range t.in(to) {
		if old, ok := goal[e.node]; !ok || e.millis < old.millis {
			goal[e.node] = e
		}
	}
	for _, e := range t.out(from) {
		s.begin(e)
	}
	end, found := seed{}, false
	for len(s.queue) > 0 && s.queue[0].millis < best {
		at, ok := s.settle()
		if !ok {
			continue
		}
		if e, ok := goal[at.node]; ok {
			if total := plus(at.millis, e.millis); total < best {
				best, end, found = total, e, true
			}
		}
		s.leave(at, t.Times)
	}
	if best == Closed {
		return Path{}, false
	}
	p.Millis = uint64(best)
	if found {
		p.Arcs = s.trace(end.node)
		if end.arc >= 0 {
			p.Arcs = append(p.Arcs, end.arc)
		}
	}
	return p, true
}

// From returns the milliseconds from the nearest of the places to every node,
// Closed where none leads there.
func (t *Travel) From(places []Place) []uint32 {
	if m := t.metricOf(context.Background()); m != nil {
		var seeds []seed
		for _, p := range places {
			seeds = append(seeds, t.out(p)...)
		}
		return m.From(hinted(seeds))
	}
	s := t.search()
	defer s.done()
	for _, p := range places {
		for _, e := range t.out(p) {
			s.begin(e)
		}
	}
	for len(s.queue) > 0 {
		if at, ok := s.settle(); ok {
			s.leave(at, t.Times)
		}
	}
	return s.times()
}

// To returns the milliseconds from every node to the nearest of the places,
// Closed where none is come to from there.
func (t *Travel) To(places []Place) []uint32 {
	if m := t.metricOf(context.Background()); m != nil {
		var seeds []seed
		for _, p := range places {
			seeds = append(seeds, t.in(p)...)
		}
		return m.To(hinted(seeds))
	}
	s := t.search()
	defer s.done()
	for _, p := range places {
		for _, e := range t.in(p) {
			s.begin(e)
		}
	}
	for len(s.queue) > 0 {
		at, ok := s.settle()
		if !ok {
			continue
		}
		for _, arc := range t.arriving(at.node) {
			if millis := t.Times[arc]; millis != Closed {
				s.reach(t.tails[arc], plus(at.millis, millis), arc)
			}
		}
	}
	return s.times()
}

// At returns how long it takes to come to a place, by the times of From: the
// better of its segment's two ends. It knows nothing of starts on that segment.
func (t *Travel) At(times []uint32, p Place) uint32 {
	best := uint32(Closed)
	for _, e := range t.in(p) {
		best = min(best, plus(times[e.node], e.millis))
	}
	return best
}

// Matrix returns the milliseconds from each place to each, Closed where there
// is no way.
func (t *Travel) Matrix(ctx context.Context, from, to []Place) ([][]uint32, error) {
	if m := t.metricOf(ctx); m != nil {
		return t.matrixBy(ctx, m, from, to)
	}
	out := make([][]uint32, len(from))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(from)) {
		wait.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(from) {
					return
				}
				out[i] = t.row(from[i], to)
			}
		})
	}
	wait.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return out, nil
}

func (t *Travel) row(from Place, to []Place) []uint32 {
	times := t.From([]Place{from})
	row := make([]uint32, len(to))
	for i, p := range to {
		direct, _ := t.direct(from, p)
		row[i] = min(direct, t.At(times, p))
	}
	return row
}
