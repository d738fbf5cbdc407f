package siting

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
)

// Point is one set of sites of a Pareto front: none is better in one measure
// without being worse in another.
type Point struct {
	Sites  []int
	Values []float64 // by measure
	Gap    float64   // by what share its search may have missed a better one; 0 is proved, NaN unknown
}

// Front is the points that were found.
type Front struct {
	Points   []Point // in order of the first measure, then of the next
	Complete bool    // proved: there are no others
	Nodes    int
}

// mostParts is how many parts of one search of a front are looked at.
const mostParts = 4000

// mostChanging is how many free sites are looked at in every combination.
const mostChanging = 16

// ParetoFront finds the sets of the model that no other is better than in all
// the measures. Its objective is not looked at.
//
// The front of two measures is exact, points that no weighting leads to among
// them: each is the least of one measure under a bound on the other (the
// epsilon-constraint method; Haimes, Lasdon and Wismer 1971). More measures are
// exact where at most 16 sites may change, by looking at every set. Beyond, the
// points are the least of weighted sums; there may be others, and Complete is
// false. most bounds how many searches are made.
//
// Two values of a measure are told apart from a millionth of its range on.
func ParetoFront(ctx context.Context, m *Model, measures []Measure, most int, s Search) (Front, error) {
	f := &fronts{m: *m, measures: measures, most: most, s: s, told: s.Told}
	f.s.Told, f.s.Parts = nil, mostParts
	switch {
	case m.Free() <= mostChanging:
		return f.every(ctx)
	case len(measures) == 2:
		return f.two(ctx)
	}
	return f.sums(ctx)
}

type fronts struct {
	m        Model
	measures []Measure
	most     int
	s        Search
	told     func(value, bound float64, nodes int)
	front    Front

	prices        multipliers // of the last search for the least of the first under a bound on the second
	first, second int         // of two measures: the one that is made least, and the one that is bounded
}

// least finds the set with the least of a measure under further limits.
func (f *fronts) least(ctx context.Context, of Measure, limits ...Limit) (Answer, error) {
	x := f.m
	x.Objective, x.Limits = of, append(slices.Clone(f.m.Limits), limits...)
	a, err := Solve(ctx, &x, f.s)
	f.front.Nodes += a.Nodes
	return a, err
}

// gapBetween is a stretch of the second measure in which there may be more points:
// above lo, below hi. What is there is better in the first measure than left.
type gapBetween struct {
	left   Point
	right  Point // has hi of the second, or less
	lo, hi float64
	probed bool // in the middle, and nothing was there
}

// two searches the widest stretches first, so that what is found early shows
// the whole front.
func (f *fronts) two(ctx context.Context) (Front, error) {
	f.order()
	ends, err := f.ends(ctx)
	if err != nil || len(ends) < 2 {
		return f.front, err
	}
	first, last := ends[0], ends[1]
	f.front.Complete = first.Gap == 0 && last.Gap == 0
	step := max(grainOf(&f.measures[f.second])/2, 1e-6*(last.Values[f.second]-first.Values[f.second]))
	open := []gapBetween{{left: first, right: last, lo: first.Values[f.second], hi: last.Values[f.second]}}
	for n := 2; len(open) > 0; n++ {
		at := widest(open)
		g := open[at]
		open = slices.Delete(open, at, at+1)
		if g.hi-step <= g.lo {
			n--
			continue
		}
		if n >= f.most || ctx.Err() != nil {
			f.front.Complete = false
			break
		}
		if open, err = f.probe(ctx, open, g, step); err != nil {
			f.front.Complete = false
			break
		}
		if f.told != nil {
			f.told(0, 0, len(f.front.Points))
		}
	}
	f.keep()
	return f.front, nil
}

// order bounds the measure with fewer terms: a bound on prices leaves the
// search easy.
func (f *fronts) order() {
	f.second = 1
	if len(f.measures[0].Terms) < len(f.measures[1].Terms) {
		f.first, f.second = 1, 0
	}
}

// ends are the points with the least of each measure.
func (f *fronts) ends(ctx context.Context) ([]Point, error) {
	low, err := f.least(ctx, f.measures[f.second])
	if err != nil || low.Sites == nil {
		f.front.Complete = low.Infeasible
		return nil, err
	}
	a, err := f.below(ctx, low.Value, low.Sites)
	if err != nil || a.Sites == nil {
		return nil, err
	}
	b, err := f.least(ctx, f.measures[f.first])
	if err != nil || b.Sites == nil {
		return nil, err
	}
	ends := []Point{f.point(a.Sites, max(a.Gap(), low.Gap())), f.point(b.Sites, b.Gap())}
	f.front.Points = append(f.front.Points, ends...)
	return ends, nil
}

// below finds the least of the first measure with no more of the second.
// The search begins at the sets that are its neighbours on the front.
func (f *fronts) below(ctx context.Context, most float64, near ...[]int) (Answer, error) {
	plain := f.s
	f.s.starts, f.s.prices = near, f.prices
	a, err := f.least(ctx, f.measures[f.first], Limit{"bound", f.measures[f.second], most})
	f.s = plain
	if len(a.prices.lambda) > 0 {
		f.prices = a.prices
	}
	return a, err
}

func widest(open []gapBetween) int {
	at := 0
	for k := range open {
		if open[k].hi-open[k].lo > open[at].hi-open[at].lo {
			at = k
		}
	}
	return at
}

// probe asks for the least in half of a stretch; where nothing better was there,
// in all of it.
func (f *fronts) probe(ctx context.Context, open []gapBetween, g gapBetween, step float64) ([]gapBetween, error) {
	most := (g.lo + g.hi) / 2
	if g.probed {
		most = g.hi - step
	}
	a, err := f.below(ctx, most, g.left.Sites, g.right.Sites)
	if err != nil || a.Sites == nil {
		return open, err
	}
	f.front.Complete = f.front.Complete && a.Proved
	p := f.point(a.Sites, a.Gap())
	if left := g.left.Values[f.first]; p.Values[f.first] >= left-2*roundOff*math.Abs(left) {
		return append(open, gapBetween{g.left, g.right, most, g.hi, true}), nil
	}
	f.front.Points = append(f.front.Points, p)
	return append(open, gapBetween{left: g.left, right: p, lo: g.lo, hi: p.Values[f.second]}, gapBetween{left: p, right: g.right, lo: max(most, p.Values[f.second]), hi: g.hi}), nil
}

func (f *fronts) point(sites []int, gap float64) Point {
	open := f.m.set(sites)
	p := Point{Sites: sites, Gap: gap, Values: make([]float64, len(f.measures))}
	for k := range f.measures {
		p.Values[k] = f.measures[k].Of(open)
	}
	return p
}

// every looks at all sets of the free sites.
func (f *fronts) every(ctx context.Context) (Front, error) {
	var free []int
	for j := range f.m.Sites {
		if (f.m.Open == nil || !f.m.Open[j]) && (f.m.Shut == nil || !f.m.Shut[j]) {
			free = append(free, j)
		}
	}
	parts := runtime.GOMAXPROCS(0)
	found := make([][]Point, parts)
	var wait sync.WaitGroup
	for part := range parts {
		wait.Go(func() {
			for set := part; set < 1<<len(free) && ctx.Err() == nil; set += parts {
				if p, ok := f.look(free, set); ok {
					found[part] = append(found[part], p)
				}
				if len(found[part]) > 4096 {
					found[part] = undominated(found[part])
				}
			}
		})
	}
	wait.Wait()
	f.front.Points, f.front.Complete = slices.Concat(found...), ctx.Err() == nil
	f.front.Nodes = 1 << len(free)
	if !f.front.Complete {
		for k := range f.front.Points {
			f.front.Points[k].Gap = math.NaN() // what was not looked at may beat it
		}
	}
	f.keep()
	return f.front, nil
}

func (f *fronts) look(free []int, set int) (Point, bool) {
	var sites []int
	for j := range f.m.Sites {
		if f.m.Open != nil && f.m.Open[j] {
			sites = append(sites, j)
		}
	}
	for k, j := range free {
		if set>>k&1 == 1 {
			sites = append(sites, j)
		}
	}
	if len(sites) < f.m.Least || f.m.Most > 0 && len(sites) > f.m.Most {
		return Point{}, false
	}
	slices.Sort(sites)
	if f.m.broken(f.m.set(sites)) != nil {
		return Point{}, false
	}
	return f.point(sites, 0), true
}

// sums finds the least of each measure, and of weighted sums of them.
func (f *fronts) sums(ctx context.Context) (Front, error) {
	n := len(f.measures)
	low, high := make([]float64, n), make([]float64, n)
	for k := range low {
		low[k], high[k] = math.Inf(1), math.Inf(-1)
	}
	take := func(a Answer, err error) error {
		if err != nil || a.Sites == nil {
			return err
		}
		p := f.point(a.Sites, a.Gap())
		f.front.Points = append(f.front.Points, p)
		for k, v := range p.Values {
			low[k], high[k] = min(low[k], v), max(high[k], v)
		}
		return nil
	}
	for k := range f.measures {
		if err := take(f.least(ctx, f.measures[k])); err != nil {
			return f.front, err
		}
	}
	r := rand.New(rand.NewPCG(f.s.Seed, 16))
	for i := n; i < f.most && ctx.Err() == nil && len(f.front.Points) > 0; i++ {
		weights := make([]float64, n)
		for k := range weights {
			weights[k] = r.ExpFloat64() / max(high[k]-low[k], 1e-9*math.Abs(high[k]), 1e-300)
		}
		if err := take(f.least(ctx, Sum(f.measures, weights))); err != nil {
			break
		}
		if f.told != nil {
			f.told(float64(i), float64(f.most), i)
		}
	}
	f.keep()
	return f.front, nil
}

// Sum weighs measures against one another.
func Sum(measures []Measure, weights []float64) Measure {
	var out Measure
	for k, m := range measures {
		w := weights[k]
		for j, v := range m.Site {
			if out.Site == nil {
				out.Site = make([]float64, len(m.Site))
			}
			out.Site[j] += w * v
		}
		for _, t := range m.Terms {
			x := Term{Else: w * t.Else, Times: t.Times, Options: slices.Clone(t.Options)}
			for o := range x.Options {
				x.Options[o].Cost *= w
			}
			out.Terms = append(out.Terms, x)
		}
	}
	return out
}

func (f *fronts) keep() { f.front.Points = undominated(f.front.Points) }

// undominated keeps the points that no other is as good as in all measures; of
// equal ones the one with fewer sites, then the first in order.
func undominated(points []Point) []Point {
	slices.SortFunc(points, func(a, b Point) int {
		return cmp.Or(slices.Compare(a.Values, b.Values), cmp.Compare(len(a.Sites), len(b.Sites)), slices.Compare(a.Sites, b.Sites))
	})
	var out []Point
	for _, p := range points {
		// What is as good in all stands before in the order.
		if !slices.ContainsFunc(out, func(o Point) bool { return asGood(o.Values, p.Values) }) {
			out = append(out, p)
		}
	}
	return out
}

func asGood(a, b []float64) bool {
	for k := range a {
		if a[k] > b[k]+roundOff*math.Abs(b[k]) {
			return false
		}
	}
	return true
}
