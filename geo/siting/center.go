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
		return a, err
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
	c.m.Objective = Uncovered(c.rows(c.all[at]), nil, c.all[at], 1)
	s := c.s
	s.Told, s.Goal, s.Enough = nil, true, 0
	a, err := Solve(ctx, &c.m, s)
	c.nodes += a.Nodes
	return a, err
}

// rows are the demands that matter: one whose sites within the cost hold all
// those of another is covered with it.
func (c *center) rows(within float64) [][]float64 {
	sets := make([][]uint64, len(c.cost))
	for i, row := range c.cost {
		sets[i] = make([]uint64, (len(row)+63)/64)
		for j, v := range row {
			if v <= within && (c.m.Shut == nil || !c.m.Shut[j]) {
				sets[i][j/64] |= 1 << (j % 64)
			}
		}
	}
	var out [][]float64
	for i, row := range c.cost {
		if !slices.ContainsFunc(indices(len(sets)), func(k int) bool { return k != i && implied(sets[k], sets[i], k < i) }) {
			out = append(out, row)
		}
	}
	return out
}

func indices(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// implied reports whether whoever meets a meets b; of equal ones the first
// stays.
func implied(a, b []uint64, first bool) bool {
	same := true
	for w := range a {
		if a[w]&^b[w] != 0 {
			return false
		}
		same = same && a[w] == b[w]
	}
	return !same || first
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
