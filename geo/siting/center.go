package siting

import (
	"context"
	"math"
	"slices"
)

// Center finds the set of sites of the model from which the farthest demand is
// nearest: the p-center (Hakimi 1964), by asking for ever less cost whether so
// many sites cover all demand (Minieka 1970). The model's objective is not
// looked at. Demand that no site may serve makes it infeasible.
func Center(ctx context.Context, m *Model, cost [][]float64, s Search) (Answer, error) {
	c := &center{m: *m, cost: cost, s: s, all: distances(cost)}
	if len(cost) == 0 {
		c.m.Objective = Measure{}
		return Solve(ctx, &c.m, s)
	}
	return c.search(ctx)
}

type center struct {
	m     Model
	cost  [][]float64
	s     Search
	all   []float64 // every cost that there is, in order
	best  Answer
	nodes int
}

func distances(cost [][]float64) []float64 {
	var all []float64
	for _, row := range cost {
		for _, c := range row {
			if !math.IsInf(c, 1) {
				all = append(all, c)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// search narrows down between the least cost that no set was found for and the
// greatest that one was.
func (c *center) search(ctx context.Context) (Answer, error) {
	if len(c.all) == 0 {
		return Answer{Infeasible: true, Bound: math.Inf(1)}, nil
	}
	low, high := c.nearest(), len(c.all)-1
	a, err := c.ask(ctx, high)
	if err != nil || !c.met(&a) {
		return Answer{Infeasible: a.Infeasible || a.Bound > 0, Bound: c.all[low], Nodes: c.nodes, Value: math.Inf(1)}, err
	}
	high = c.take(&a)
	if low > 0 {
		// No set does with less than the demand whose nearest site is farthest.
		low--
	} else {
		low = -1
	}
	for high-low > 1 {
		middle := (low + high) / 2
		a, err = c.ask(ctx, middle)
		switch {
		case err != nil:
			return c.answer(low), nil
		case c.met(&a):
			high = c.take(&a)
		case a.Infeasible || a.Bound > 0:
			low = middle
		default: // stopped
			return c.answer(low), nil
		}
		if c.s.Told != nil {
			c.s.Told(c.all[high], c.all[low+1], c.nodes)
		}
	}
	return c.answer(low), nil
}

// nearest is where the farthest of the demand's nearest sites stands in all.
func (c *center) nearest() int {
	far := 0.0
	for _, row := range c.cost {
		far = max(far, slices.Min(row))
	}
	at, _ := slices.BinarySearch(c.all, far)
	return min(at, len(c.all)-1)
}

func (c *center) ask(ctx context.Context, at int) (Answer, error) {
	rows, needless := c.reduced(c.all[at])
	m := c.m
	m.Objective, m.Shut = Uncovered(rows, nil, c.all[at], 1), needless
	s := c.s
	s.Told, s.Goal, s.Enough = nil, true, 0
	a, err := Solve(ctx, &m, s)
	c.nodes += a.Nodes
	return a, err
}

// reduced returns the demands that matter, and the sites that do not: a demand
// is covered with another whose sites are all among its own, and a site is
// needless beside one that covers all that it does, where nothing but covering
// is asked. Each makes more of the other.
func (c *center) reduced(within float64) (rows [][]float64, needless []bool) {
	sites := c.m.Sites
	needless = make([]bool, sites)
	if c.m.Shut != nil {
		copy(needless, c.m.Shut)
	}
	rows = c.cost
	for {
		n := len(rows)
		demands := sets(len(rows), sites, func(i, j int) bool { return !needless[j] && rows[i][j] <= within })
		spare := dominated(demands)
		var left [][]float64
		for i, row := range rows {
			if !spare[i] {
				left = append(left, row)
			}
		}
		rows = left
		if len(c.m.Limits) > 0 || c.m.Least > 0 {
			return rows, needless // any site may be wanted for something else
		}
		covers := sets(sites, len(rows), func(j, i int) bool { return !needless[j] && rows[i][j] <= within })
		more := dominates(covers, needless, c.m.Open)
		if len(rows) == n && !more {
			return rows, needless
		}
	}
}

// bits is a set of small numbers.
type bits []uint64

func sets(n, of int, holds func(i, k int) bool) []bits {
	out := make([]bits, n)
	for i := range out {
		out[i] = make(bits, (of+63)/64)
		for k := range of {
			if holds(i, k) {
				out[i][k/64] |= 1 << (k % 64)
			}
		}
	}
	return out
}

// within reports whether all of a are in b.
func (a bits) within(b bits) bool {
	for w := range a {
		if a[w]&^b[w] != 0 {
			return false
		}
	}
	return true
}

// dominated marks the sets that hold all of another, of equal ones all but the
// first.
func dominated(all []bits) []bool {
	out := make([]bool, len(all))
	for i := range all {
		for k := range all {
			if k != i && !out[k] && all[k].within(all[i]) && (k < i || !all[i].within(all[k])) {
				out[i] = true
				break
			}
		}
	}
	return out
}

// dominates marks as needless the sites that cover nothing but what another
// does, of equal ones all but the first, and reports whether there were any.
func dominates(covers []bits, needless, stay []bool) (any bool) {
	for j := range covers {
		if needless[j] || stay != nil && stay[j] {
			continue
		}
		for k := range covers {
			if k != j && !needless[k] && covers[j].within(covers[k]) && (k < j || !covers[k].within(covers[j]) || stay != nil && stay[k]) {
				needless[j], any = true, true
				break
			}
		}
	}
	return any
}

func (c *center) met(a *Answer) bool { return a.Sites != nil && a.Value <= 0.5 }

// take keeps a set and returns where in all its farthest demand stands.
func (c *center) take(a *Answer) int {
	far := 0.0
	for _, row := range c.cost {
		near := math.Inf(1)
		for _, j := range a.Sites {
			near = min(near, row[j])
		}
		far = max(far, near)
	}
	c.best = Answer{Sites: a.Sites, Value: far}
	at, _ := slices.BinarySearch(c.all, far)
	return at
}

func (c *center) answer(low int) Answer {
	a := c.best
	a.Bound, a.Nodes = c.all[min(low+1, len(c.all)-1)], c.nodes
	a.Proved = a.Bound >= a.Value
	return a
}
