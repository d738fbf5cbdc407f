package route

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync"

	"bivouac/geo/network"
)

// Planner finds ways over the roads, under conditions that stand fast. It may
// be shared.
type Planner struct {
	Travel *network.Travel
	risk   []float64    // by arc; nil is none anywhere
	arcs   func() *Arcs // made when first asked for: the fastest way needs none
}

// NewPlanner returns the Planner of roads and of the risk of each arc, in
// whatever adds up along a way; nil is none.
func NewPlanner(t *network.Travel, risk []float64) *Planner {
	return &Planner{Travel: t, risk: risk, arcs: sync.OnceValue(func() *Arcs { return arcsOf(t, risk) })}
}

func arcsOf(t *network.Travel, risk []float64) *Arcs {
	g := &Arcs{First: make([]int32, 1, t.Nodes()+1), Head: make([]int32, t.Arcs()), Time: t.Times}
	for n := range int32(t.Nodes()) {
		_, to := t.Leaving(n)
		g.First = append(g.First, to)
	}
	for a := range g.Head {
		g.Head[a] = t.Head(int32(a))
	}
	if risk != nil {
		g.Risk = make([]uint64, len(risk))
		for a, r := range risk {
			g.Risk[a] = RiskOf(r)
		}
	}
	return g
}

// Journey is a way through places in their order: a path from each to the
// next.
type Journey struct {
	Paths []network.Path
	Cost  Cost
}

// then returns the journey that goes on by another.
func (j Journey) then(k Journey) Journey {
	return Journey{slices.Concat(j.Paths, k.Paths), j.Cost.Plus(k.Cost)}
}

// passage is a trip between two places, with the arcs that its ends use in
// part.
type passage struct {
	Trip
	from, to     network.Place
	leave, reach []network.Approach
	direct       int32 // the arc of the direct way, -1 for none
}

func (p *Planner) passage(from, to network.Place) *passage {
	x := &passage{from: from, to: to, leave: p.Travel.Departures(from), reach: p.Travel.Arrivals(to), direct: -1}
	for _, a := range x.leave {
		x.From = append(x.From, End{a.Node, p.part(a, from, true)})
	}
	for _, a := range x.reach {
		x.To = append(x.To, End{a.Node, p.part(a, to, false)})
	}
	if d, ok := p.Travel.Direct(from, to); ok {
		c := Cost{Time: uint64(d.Millis)}
		if x.direct = d.Arc; d.Arc >= 0 && p.risk != nil {
			c.Risk = RiskOf(p.risk[d.Arc] * math.Abs(to.Fraction-from.Fraction))
		}
		x.Direct = append(x.Direct, c)
	}
	return x
}

// part is what it costs to leave a place for a node beside it, or to come from
// there.
func (p *Planner) part(a network.Approach, at network.Place, leaving bool) Cost {
	c := Cost{Time: uint64(a.Millis)}
	if a.Arc < 0 || p.risk == nil {
		return c
	}
	share := at.Fraction
	if _, forward, _ := p.Travel.Segment(a.Arc); forward == leaving {
		share = 1 - at.Fraction
	}
	c.Risk = RiskOf(p.risk[a.Arc] * share)
	return c
}

// path writes a way out as a path of the roads.
func (x *passage) path(w Way) network.Path {
	out := network.Path{Millis: w.Cost.Time, From: x.from, To: x.to}
	if w.Start < 0 {
		if x.direct >= 0 {
			out.Arcs = []int32{x.direct}
		}
		return out
	}
	if a := x.leave[w.Start].Arc; a >= 0 {
		out.Arcs = append(out.Arcs, a)
	}
	out.Arcs = append(out.Arcs, w.Arcs...)
	if a := x.reach[w.End].Arc; a >= 0 {
		out.Arcs = append(out.Arcs, a)
	}
	return out
}

func (x *passage) journey(w Way) Journey {
	return Journey{[]network.Path{x.path(w)}, w.Cost}
}

// Best returns the fastest way, or the least risky, through the places in
// their order. Where there is none, broken is the first of the places from
// which none leads to the next.
func (p *Planner) Best(ctx context.Context, places []network.Place, byRisk bool) (j Journey, broken int, err error) {
	for i := range places[1:] {
		k, err := p.best(ctx, places[i], places[i+1], byRisk)
		if err != nil || k == nil {
			return Journey{}, i, err
		}
		j = j.then(*k)
	}
	return j, -1, nil
}

// best is nil where there is no way.
func (p *Planner) best(ctx context.Context, from, to network.Place, byRisk bool) (*Journey, error) {
	if !byRisk {
		path, ok := p.Travel.Path(from, to)
		if !ok {
			return nil, ctx.Err()
		}
		return &Journey{[]network.Path{path}, Cost{path.Millis, p.riskOn(path)}}, ctx.Err()
	}
	x := p.passage(from, to)
	ways, err := Choose(ctx, p.arcs(), &x.Trip, Alternatives{Number: 1, ByRisk: true}, func(int32) Stretch { return Stretch{} })
	if err != nil || len(ways) == 0 {
		return nil, err
	}
	j := x.journey(ways[0])
	return &j, nil
}

func (p *Planner) riskOn(path network.Path) (sum uint64) {
	if p.risk == nil {
		return 0
	}
	for step := range p.Travel.Steps(path) {
		sum += p.riskOf(step)
	}
	return sum
}

// riskOf is the risk of what of a segment is gone over.
func (p *Planner) riskOf(s network.Step) uint64 {
	if p.risk == nil {
		return 0
	}
	return RiskOf(p.risk[s.Arc] * math.Abs(s.To-s.From))
}

// Several returns the best way through places in their order and others; see
// [ChooseThrough]. broken is as in Best.
func (p *Planner) Several(ctx context.Context, places []network.Place, a Alternatives) (out []Journey, broken int, err error) {
	passages, trips := make([]*passage, len(places)-1), make([]*Trip, len(places)-1)
	for i := range passages {
		passages[i] = p.passage(places[i], places[i+1])
		trips[i] = &passages[i].Trip
	}
	all, broken, err := ChooseThrough(ctx, p.arcs(), trips, a, func(trip int, w Way) []Stretch { return p.stretches(passages[trip].path(w)) })
	for _, ways := range all {
		var j Journey
		for i, w := range ways {
			j = j.then(passages[i].journey(w))
		}
		out = append(out, j)
	}
	return out, broken, err
}

// stretches are what paths lie on.
func (p *Planner) stretches(paths ...network.Path) (out []Stretch) {
	for _, path := range paths {
		for step := range p.Travel.Steps(path) {
			out = append(out, Stretch{step.Segment, step.Metres})
		}
	}
	return out
}

// Tradeoff is the front of time and risk through places in their order.
type Tradeoff struct {
	Journeys []Journey
	Complete bool
	Proved   uint64 // milliseconds up to which all are there, where not Complete
	Labels   int
}

// Tradeoff returns the front; see [Pareto]. Ways through several places are
// the sums of the fronts from each to the next, told apart as finely as can be
// before they are added, so that what is rounded does not add up. broken is as
// in Best.
func (p *Planner) Tradeoff(ctx context.Context, places []network.Place, limit int) (f Tradeoff, broken int, err error) {
	grain := Stated
	if len(places) > 2 {
		grain = Finest
	}
	f = Tradeoff{Complete: true, Journeys: []Journey{{}}}
	for i := range places[1:] {
		x := p.passage(places[i], places[i+1])
		front, err := Pareto(ctx, p.arcs(), &x.Trip, grain, limit)
		if err != nil {
			return f, -1, err
		}
		if len(front.Ways) == 0 {
			return f, i, nil
		}
		if i == len(places)-2 {
			grain = Stated
		}
		f.add(x, &front, grain)
	}
	return f, -1, nil
}

// add goes on from each way by each of another front.
func (f *Tradeoff) add(x *passage, next *Front, grain Grain) {
	least := f.Journeys[0].Cost.Time
	proved := least + next.Proved
	if next.Complete {
		proved = math.MaxUint64
	}
	if !f.Complete {
		proved = min(proved, f.Proved+next.Ways[0].Cost.Time)
	}
	f.Labels += next.Labels
	if f.Complete = f.Complete && next.Complete; !f.Complete {
		f.Proved = proved
	}
	type pair struct {
		j, w int
		cost Cost
	}
	var all []pair
	for i := range f.Journeys {
		for k := range next.Ways {
			all = append(all, pair{i, k, f.Journeys[i].Cost.Plus(next.Ways[k].Cost)})
		}
	}
	slices.SortStableFunc(all, func(a, b pair) int {
		x, y := grain.of(a.cost), grain.of(b.cost)
		return cmp.Or(cmp.Compare(x.Time, y.Time), cmp.Compare(x.Risk, y.Risk))
	})
	var kept []Journey
	best := uint64(math.MaxUint64)
	for _, c := range all {
		if risk := grain.of(c.cost).Risk; risk < best { // else another is as fast, and no riskier
			best = risk
			kept = append(kept, f.Journeys[c.j].then(x.journey(next.Ways[c.w])))
		}
	}
	f.Journeys = kept
}
