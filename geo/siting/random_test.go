package siting_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"bivouac/geo/siting"
)

// world is a random question: some ways are missing, some weights are nothing.
type world struct {
	cost   [][]float64
	weight []float64
	price  []float64
	sites  int
}

func newWorld(r *rand.Rand, demands, sites int, whole bool) *world {
	w := &world{sites: sites}
	number := func(most float64) float64 {
		v := r.Float64() * most
		if whole {
			v = math.Floor(v)
		}
		return v
	}
	for range demands {
		row := make([]float64, sites)
		for j := range row {
			if row[j] = number(100); r.IntN(6) == 0 {
				row[j] = math.Inf(1)
			}
		}
		w.cost, w.weight = append(w.cost, row), append(w.weight, number(20))
	}
	for range sites {
		w.price = append(w.price, 1+number(9))
	}
	return w
}

// model is one of many kinds of question.
func (w *world) model(r *rand.Rand) siting.Model {
	m := siting.Model{Sites: w.sites, Most: 1 + r.IntN(w.sites)}
	switch r.IntN(4) {
	case 0:
		m.Objective = siting.Median(w.cost, w.weight, 120)
	case 1:
		m.Objective = siting.Uncovered(w.cost, w.weight, 40, 1)
	case 2:
		m.Objective = siting.Number(w.sites)
		m.Limits = append(m.Limits, siting.Limit{Name: "cover", Measure: siting.Uncovered(w.cost, nil, 60+40*r.Float64(), 1)})
	case 3:
		m.Objective = siting.Uncovered(w.cost, w.weight, 50, 2)
		m.Objective.Site = w.price
	}
	if r.IntN(3) == 0 {
		m.Limits = append(m.Limits, siting.Limit{Name: "budget", Measure: siting.Measure{Site: w.price}, Most: 3 + 25*r.Float64()})
	}
	if r.IntN(3) == 0 {
		all := 0.0
		for _, v := range w.weight {
			all += v
		}
		m.Limits = append(m.Limits, siting.Limit{Name: "least cover", Measure: siting.Uncovered(w.cost, w.weight, 30, 1), Most: all * (0.1 + 0.8*r.Float64())})
	}
	if r.IntN(3) == 0 {
		m.Open = make([]bool, w.sites)
		m.Open[r.IntN(w.sites)] = true
	}
	if r.IntN(3) == 0 {
		m.Shut = make([]bool, w.sites)
		if j := r.IntN(w.sites); m.Open == nil || !m.Open[j] {
			m.Shut[j] = true
		}
	}
	if r.IntN(4) == 0 {
		m.Least = r.IntN(m.Most + 1)
	}
	return m
}

// exhaustive looks at every set of sites.
func exhaustive(m *siting.Model, value func(open []bool) float64) float64 {
	best := math.Inf(1)
	open := make([]bool, m.Sites)
	for set := range 1 << m.Sites {
		n, allowed := 0, true
		for j := range open {
			if open[j] = set>>j&1 == 1; open[j] {
				n++
			}
			allowed = allowed && !(open[j] && m.Shut != nil && m.Shut[j]) && !(!open[j] && m.Open != nil && m.Open[j])
		}
		if !allowed || n > m.Most || n < m.Least {
			continue
		}
		for i := range m.Limits {
			allowed = allowed && m.Limits[i].Of(open) <= m.Limits[i].Most+1e-9*max(1, m.Limits[i].Most)
		}
		if allowed {
			best = min(best, value(open))
		}
	}
	return best
}

// TestAgainstExhaustiveSearch proves random questions of many kinds, and looks
// at every set of sites.
func TestAgainstExhaustiveSearch(t *testing.T) {
	feasible := 0
	for seed := range uint64(600) {
		r := rand.New(rand.NewPCG(seed, 1))
		w := newWorld(r, 3+r.IntN(12), 2+r.IntN(12), seed%2 == 0)
		m := w.model(r)
		want := exhaustive(&m, m.Objective.Of)
		a, err := siting.Solve(context.Background(), &m, siting.Search{Seed: seed})
		switch {
		case err != nil:
			t.Errorf("seed %d: %v", seed, err)
		case math.IsInf(want, 1):
			if !a.Infeasible || a.Sites != nil {
				t.Errorf("seed %d: %+v of a question without an answer", seed, a)
			}
		case !a.Proved || math.Abs(a.Value-want) > 1e-8*max(1, want):
			t.Errorf("seed %d: %+v, want %v", seed, a, want)
		default:
			feasible++
		}
	}
	if feasible < 300 {
		t.Errorf("only %d questions had an answer", feasible)
	}
}

// TestFewSitesNeedNoTree: of so few sites all sets are gone through where bounds
// do not tell, so that limits that conflict are known to at once.
func TestFewSitesNeedNoTree(t *testing.T) {
	without := 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 3))
		w := newWorld(r, 10+r.IntN(30), 8, false)
		m := w.model(r)
		all := 0.0
		for _, v := range w.weight {
			all += v
		}
		m.Limits = append(m.Limits,
			siting.Limit{Name: "near", Measure: siting.Uncovered(w.cost, w.weight, 30, 1), Most: all * (0.1 + 0.3*r.Float64())},
			siting.Limit{Name: "cheap", Measure: siting.Measure{Site: w.price}, Most: 10 + 20*r.Float64()})
		want := exhaustive(&m, m.Objective.Of)
		a, err := siting.Solve(context.Background(), &m, siting.Search{Seed: seed, Parts: 1})
		switch {
		case err != nil:
			t.Errorf("seed %d: %v", seed, err)
		case math.IsInf(want, 1):
			if without++; !a.Infeasible {
				t.Errorf("seed %d: it is not known that there is no answer: %+v", seed, a)
			}
		case !a.Proved || math.Abs(a.Value-want) > 1e-8*max(1, want):
			t.Errorf("seed %d: %+v, want %v", seed, a, want)
		}
	}
	if without < 50 {
		t.Errorf("only %d questions had no answer", without)
	}
}

// TestCenterAgainstExhaustiveSearch does so for the farthest demand.
func TestCenterAgainstExhaustiveSearch(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 2))
		w := newWorld(r, 3+r.IntN(12), 2+r.IntN(8), seed%2 == 0)
		m := w.model(r)
		want := exhaustive(&m, func(open []bool) float64 {
			far := 0.0
			for _, row := range w.cost {
				near := math.Inf(1)
				for j, v := range row {
					if open[j] {
						near = min(near, v)
					}
				}
				far = max(far, near)
			}
			return far
		})
		a, err := siting.Center(context.Background(), &m, w.cost, siting.Search{Seed: seed})
		if err != nil || math.IsInf(want, 1) != a.Infeasible || !a.Infeasible && (!a.Proved || a.Value != want) {
			t.Errorf("seed %d: %+v, want %v; %v", seed, a, want, err)
		}
	}
}

// TestBoundsAndOrder holds what must be true of any two questions: one more
// site to choose from, or one more allowed, never worsens the optimum, and one
// more limit never improves it.
func TestBoundsAndOrder(t *testing.T) {
	solve := func(m siting.Model) float64 {
		a, err := siting.Solve(context.Background(), &m, siting.Search{Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		if a.Infeasible {
			return math.Inf(1)
		}
		if !a.Proved || a.Bound > a.Value {
			t.Errorf("%+v", a)
		}
		return a.Value
	}
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 3))
		w := newWorld(r, 30, 14, false)
		m := siting.Model{Sites: 14, Most: 4, Objective: siting.Median(w.cost, w.weight, 120)}
		if seed%2 == 0 {
			m.Objective = siting.Uncovered(w.cost, w.weight, 35, 1)
		}
		plain := solve(m)
		more := m
		more.Most = 5
		fewer := m
		fewer.Shut = make([]bool, 14)
		fewer.Shut[r.IntN(14)] = true
		bound := m
		bound.Limits = []siting.Limit{{Measure: siting.Measure{Site: w.price}, Most: 8 + 10*r.Float64()}}
		slack := 1e-9 * plain
		if solve(more) > plain+slack || solve(fewer) < plain-slack || solve(bound) < plain-slack {
			t.Errorf("seed %d: %v, with one more site %v, without one %v, with a limit %v", seed, plain, solve(more), solve(fewer), solve(bound))
		}
	}
}

func ExampleSolve() {
	// Three towns of 10, 20 and 30 people, and minutes from each of three bases.
	minutes := [][]float64{{5, 40, 60}, {50, 10, 30}, {70, 45, 15}}
	people := []float64{10, 20, 30}
	m := siting.Model{Sites: 3, Most: 2, Objective: siting.Median(minutes, people, 120)}
	a, err := siting.Solve(context.Background(), &m, siting.Search{Seed: 1})
	fmt.Println(a.Sites, a.Value, a.Proved, err)
	// Output: [1 2] 1050 true <nil>
}

func ExampleCenter() {
	minutes := [][]float64{{5, 40, 60}, {50, 10, 30}, {70, 45, 15}}
	a, err := siting.Center(context.Background(), &siting.Model{Sites: 3, Most: 1}, minutes, siting.Search{Seed: 1})
	fmt.Println(a.Sites, a.Value, a.Proved, err)
	// Output: [1] 45 true <nil>
}

func ExampleUncovered() {
	// One surgical module: at which base does it leave the fewest people without
	// surgery in an hour?
	minutes := [][]float64{{5, 40, 90}, {50, 10, 30}, {70, 45, 15}}
	people := []float64{10, 20, 30}
	m := siting.Model{Sites: 3, Most: 1, Objective: siting.Uncovered(minutes, people, 60, 1)}
	a, err := siting.Solve(context.Background(), &m, siting.Search{Seed: 1})
	fmt.Println(a.Sites, a.Value, a.Proved, err)
	// Output: [1] 0 true <nil>
}

func ExampleNumber() {
	// The fewest bases with every town within 20 minutes of one.
	minutes := [][]float64{{5, 15, 60}, {50, 10, 30}, {70, 45, 15}}
	m := siting.Model{Sites: 3, Objective: siting.Number(3), Limits: []siting.Limit{{Name: "cover", Measure: siting.Uncovered(minutes, nil, 20, 1)}}}
	a, err := siting.Solve(context.Background(), &m, siting.Search{Seed: 1})
	fmt.Println(a.Sites, a.Value, a.Proved, err)
	// Output: [1 2] 2 true <nil>
}

func ExampleAllocation() {
	// Two bases with room for 15 each: the second town is divided between them.
	minutes := [][]float64{{5, 40}, {20, 10}}
	m := siting.Model{Sites: 2, Objective: siting.Median(minutes, []float64{10, 20}, 1000), Load: []float64{10, 20}, Capacity: []float64{15, 15}}
	for town, shares := range siting.Allocation(&m, []int{0, 1}) {
		for _, s := range shares {
			fmt.Printf("base %d serves %.2f of town %d\n", s.Site, s.Part, town)
		}
	}
	// Output:
	// base 0 serves 1.00 of town 0
	// base 1 serves 0.75 of town 1
	// base 0 serves 0.25 of town 1
}
