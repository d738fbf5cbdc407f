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
	Gap    float64   // by what share its search may have missed a better one; 0 is proved
}

// Front is the points that were found.
type Front struct {
	Points   []Point // in order of the first measure, then of the next
	Complete bool    // proved: there are no others
	Nodes    int
}

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
	f.s.Told = nil
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
}

// least finds the set with the least of a measure under further limits.
func (f *fronts) least(ctx context.Context, of Measure, limits ...Limit) (Answer, error) {
	x := f.m
	x.Objective, x.Limits = of, append(slices.Clone(f.m.Limits), limits...)
	a, err := Solve(ctx, &x, f.s)
	f.front.Nodes += a.Nodes
	return a, err
}

func (f *fronts) two(ctx context.Context) (Front, error) {
	a, b := f.measures[0], f.measures[1]
	f.front.Complete = true
	best, err := f.least(ctx, b)
	if err != nil || best.Sites == nil {
		f.front.Complete = best.Infeasible
		return f.front, err
	}
	lowest := best.Value
	bound := math.Inf(1)
	for n := 0; ; n++ {
		if n >= f.most || ctx.Err() != nil {
			f.front.Complete = false
			break
		}
		var limits []Limit
		if !math.IsInf(bound, 1) {
			limits = []Limit{{"bound", b, bound}}
		}
		first, err := f.least(ctx, a, limits...)
		if err != nil || first.Sites == nil {
			f.front.Complete = f.front.Complete && first.Infeasible
			break
		}
		gap := first.Gap()
		second, err := f.least(ctx, b, Limit{"first", a, first.Value})
		if err == nil && second.Sites != nil {
			gap = max(gap, second.Gap())
			first.Sites = second.Sites
		}
		p := f.point(first.Sites, gap)
		f.front.Complete = f.front.Complete && gap == 0
		f.front.Points = append(f.front.Points, p)
		if f.told != nil {
			f.told(p.Values[0], p.Values[1], n+1)
		}
		if p.Values[1] <= lowest*(1+roundOff) || math.IsInf(lowest, 1) {
			break
		}
		bound = p.Values[1] - max(grainOf(&b)/2, 1e-6*math.Abs(f.front.Points[0].Values[1]-lowest))
	}
	f.keep()
	return f.front, nil
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
