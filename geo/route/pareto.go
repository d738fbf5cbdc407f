package route

import (
	"context"
	"math"

	"bivouac/geo/queue"
)

// Grain is how finely two ways are told apart: costs are rounded to it, to
// the nearest, once for a whole way.
type Grain struct{ Time, Risk uint64 }

// The grains of a front.
var (
	Stated = Grain{1000, 1000} // seconds and millionths
	Finest = Grain{1, 1}
)

func (g Grain) of(c Cost) Cost {
	return Cost{(c.Time + g.Time/2) / g.Time, (c.Risk + g.Risk/2) / g.Risk}
}

// Front is all ways of a trip than which no other is both as fast and as
// little risky, the fastest first: one for each pair of costs, which are
// told apart by the grain of the question.
type Front struct {
	Ways []Way
	// Complete is false where the search reached its limit. Then all ways up
	// to Proved milliseconds are there, and the least risky one; others of the
	// front may lie between them.
	Complete bool
	Proved   uint64
	Labels   int // how many partial ways were looked at
}

// label is a way from the start to a node.
type label struct {
	cost   Cost
	node   int32 // of the chains; that behind the last is the target
	parent int32 // label, or -1
	by     int32 // chain from the parent's node; at the target and at the start the end that is used
}

// search is a bi-objective search of one trip.
type search struct {
	trip           *Trip
	grain          Grain
	byTime, byRisk *tree // to the target
	chains         *chains
	labels         []label
	queue          queue.Queue[item]
	least          []uint64 // by node, the least risk that a label had that was taken; labels come in order of time
	best           uint64   // least risk of a way found, in grains
	front          []found
}

// found is a way of the front: a label, and from there to the target by the
// fastest way.
type found struct {
	label  int32
	cost   Cost
	direct int // -1, or which of the trip's direct ways
}

// Pareto returns the front of a trip in time and risk, exactly, by a label
// setting search in order of time: a label goes on only where its risk is
// below that of all earlier ones at its node, and where the least time and the
// least risk that are left, known from a search back from the target for
// each, do not put it behind a way already found (Hernandez Ulloa and others
// 2020, BOA*). Labels that are as good as finished, since the fastest way on
// is the least risky as well, are not followed. limit is the greatest number
// of labels. The front is empty where there is no way.
func Pareto(ctx context.Context, g *Arcs, trip *Trip, grain Grain, limit int) (Front, error) {
	if err := g.check(trip); err != nil {
		return Front{}, err
	}
	s := &search{trip: trip, grain: grain, best: math.MaxUint64}
	some, err := s.bound(ctx, g)
	if err != nil || !some {
		return Front{Complete: true}, err
	}
	s.begin()
	return s.run(ctx, limit)
}

// bound grows the trees as far as ways of the front can reach, and joins what
// they cover. It reports whether there is a way at all.
func (s *search) bound(ctx context.Context, g *Arcs) (bool, error) {
	back := g.turned()
	s.byTime, s.byRisk = newTree(g, back, false, s.trip.To), newTree(g, back, true, s.trip.To)
	for _, t := range []*tree{s.byTime, s.byRisk} {
		err := t.grow(ctx, func() uint64 {
			c, _, _ := t.best(s.trip)
			first, _ := t.key(c)
			return first
		})
		if err != nil {
			return false, err
		}
	}
	fastest, _, _ := s.byTime.best(s.trip)
	if fastest == never {
		return false, nil
	}
	safest, _, _ := s.byRisk.best(s.trip)
	if err := s.byTime.grow(ctx, func() uint64 { return safest.Time }); err != nil {
		return false, err
	}
	if err := s.byRisk.grow(ctx, func() uint64 { return fastest.Risk }); err != nil {
		return false, err
	}
	use := make([]bool, g.nodes())
	for n := range use {
		use[n] = s.byTime.done[n] && s.byRisk.done[n] && s.byTime.cost[n].Time <= safest.Time && s.byRisk.cost[n].Risk <= fastest.Risk
	}
	var keep []int32
	for _, ends := range [][]End{s.trip.From, s.trip.To} {
		for _, e := range ends {
			keep = append(keep, e.Node)
		}
	}
	s.chains = newChains(g, back, use, keep)
	return true, nil
}

// target is the node that stands for the place where the trip ends.
func (s *search) target() int32 { return int32(len(s.chains.node)) }

func (s *search) begin() {
	s.least = make([]uint64, len(s.chains.node)+1)
	for i := range s.least {
		s.least[i] = math.MaxUint64
	}
	for i, e := range s.trip.From {
		if n := s.chains.at[e.Node]; n >= 0 {
			s.offer(label{e.Cost, n, -1, int32(i)})
		}
	}
	for i, c := range s.trip.Direct {
		s.offer(label{c, s.target(), -1, int32(i)})
	}
}

// least cost from a node on, in each of both.
func (s *search) ahead(n int32) Cost {
	if n == s.target() {
		return Cost{}
	}
	at := s.chains.node[n]
	return Cost{s.byTime.cost[at].Time, s.byRisk.cost[at].Risk}
}

// beaten reports whether no way of at least the risk can be of the front any
// more, where its time is not below that of all ways found.
func (s *search) beaten(risk uint64) bool { return s.grain.of(Cost{Risk: risk}).Risk >= s.best }

func (s *search) offer(l label) {
	all := l.cost.Plus(s.ahead(l.node))
	if l.cost.Risk >= s.least[l.node] || s.beaten(all.Risk) {
		return
	}
	s.queue.Push(item{all.Time, all.Risk, int32(len(s.labels))})
	s.labels = append(s.labels, l)
}

func (s *search) run(ctx context.Context, limit int) (Front, error) {
	safest, _, _ := s.byRisk.best(s.trip)
	end := s.grain.of(safest).Risk
	for step := 0; len(s.queue) > 0 && s.best > end; step++ {
		if step&1023 == 0 && ctx.Err() != nil {
			return Front{}, ctx.Err()
		}
		top := s.queue.Pop()
		if len(s.labels) > limit {
			return s.cut(top.first), nil
		}
		s.take(top)
	}
	f := Front{Complete: true, Labels: len(s.labels)}
	s.ways(&f)
	return f, nil
}

// cut is the front where the limit of labels ends the search: what was found,
// and the end that is known all the same.
func (s *search) cut(time uint64) Front {
	f := Front{Labels: len(s.labels), Proved: time}
	s.ways(&f)
	if w, ok := s.byRisk.way(s.trip); ok {
		if n := len(f.Ways); n > 0 && s.grain.of(f.Ways[n-1].Cost).Time == s.grain.of(w.Cost).Time {
			f.Ways = f.Ways[:n-1]
		}
		f.Ways = append(f.Ways, w)
	}
	return f
}

// take looks at a label in its turn.
func (s *search) take(top item) {
	l := s.labels[top.id]
	if l.cost.Risk >= s.least[l.node] || s.beaten(top.second) {
		return
	}
	s.least[l.node] = l.cost.Risk
	if l.node == s.target() {
		direct := -1
		if l.parent < 0 {
			direct = int(l.by)
		}
		s.keep(found{top.id, l.cost, direct})
		return
	}
	at := s.chains.node[l.node]
	// The fastest way on is a way of this very time, which no later label has.
	fastest := l.cost.Plus(s.byTime.cost[at])
	if !s.beaten(fastest.Risk) {
		s.keep(found{top.id, fastest, -1})
	}
	if fastest.Risk > top.second {
		s.expand(top.id)
	}
}

// keep takes a way into the front; of two in one grain of time the later is
// the less risky.
func (s *search) keep(f found) {
	if n := len(s.front); n > 0 && s.grain.of(s.front[n-1].cost).Time == s.grain.of(f.cost).Time {
		s.front = s.front[:n-1]
	}
	s.front = append(s.front, f)
	s.best = s.grain.of(f.cost).Risk
}

func (s *search) expand(id int32) {
	l := s.labels[id]
	c := s.chains
	for i := c.first[l.node]; i < c.first[l.node+1]; i++ {
		s.offer(label{l.cost.Plus(c.cost[i]), c.head[i], id, i})
	}
	for i, e := range s.trip.To {
		if e.Node == c.node[l.node] {
			s.offer(label{l.cost.Plus(e.Cost), s.target(), id, int32(i)})
		}
	}
}

// ways writes out what was found.
func (s *search) ways(f *Front) {
	for _, x := range s.front {
		f.Ways = append(f.Ways, s.way(x))
	}
}

func (s *search) way(x found) Way {
	w := Way{Cost: x.cost, Start: -1, End: -1, Direct: x.direct}
	if x.direct >= 0 {
		return w
	}
	var back []int32 // chains, the last first
	id, last := x.label, s.labels[x.label].node
	if last == s.target() {
		w.End = int(s.labels[id].by)
		id = s.labels[id].parent
	}
	for ; s.labels[id].parent >= 0; id = s.labels[id].parent {
		back = append(back, s.labels[id].by)
	}
	w.Start = int(s.labels[id].by)
	at := s.trip.From[w.Start].Node
	for i := len(back) - 1; i >= 0; i-- {
		_, at, _ = s.chains.walk(at, s.chains.arc[back[i]], func(a int32) { w.Arcs = append(w.Arcs, a) })
	}
	if w.End < 0 {
		w.Arcs = s.byTime.follow(w.Arcs, at)
		w.End = int(s.byTime.end[at])
	}
	return w
}
