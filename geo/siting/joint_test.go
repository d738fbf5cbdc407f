package siting_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"bivouac/geo/siting"
)

// together draws the sets of sites that serve demand: some need no site, some
// can never be had.
func together(r *rand.Rand, demands, sites int) (out [][][]int32) {
	for range demands {
		var sets [][]int32
		for range 1 + r.IntN(5) {
			var set []int32
			for range 1 + r.IntN(3) {
				set = append(set, int32(r.IntN(sites)))
			}
			sets = append(sets, set)
		}
		switch r.IntN(40) {
		case 0:
			sets = append(sets, []int32{})
		case 1:
			sets = nil
		}
		out = append(out, sets)
	}
	return out
}

// joined adds to a question that demand needs several sites at once: as a limit
// that all of it, or most, has them, or as what is asked for.
func (w *world) joined(r *rand.Rand, m *siting.Model) {
	sets := together(r, 2+r.IntN(8), w.sites)
	weight := make([]float64, len(sets))
	all := 0.0
	for i := range weight {
		weight[i] = math.Ceil(9 * r.Float64())
		all += weight[i]
	}
	switch r.IntN(4) {
	case 0:
		m.Limits = append(m.Limits, siting.Limit{Name: "surgery", Measure: siting.Unmet(sets[:2], nil)})
	case 1:
		m.Limits = append(m.Limits, siting.Limit{Name: "surgery", Measure: siting.Unmet(sets, nil)})
	case 2:
		m.Limits = append(m.Limits, siting.Limit{Name: "surgery", Measure: siting.Unmet(sets, weight), Most: all * r.Float64()})
	case 3:
		m.Objective = siting.Unmet(sets, weight)
	}
}

// TestJointAgainstExhaustiveSearch proves random questions in which demand
// needs several sites at once, and looks at every set of sites.
func TestJointAgainstExhaustiveSearch(t *testing.T) {
	feasible, infeasible := 0, 0
	for seed := range uint64(800) {
		r := rand.New(rand.NewPCG(seed, 21))
		w := newWorld(r, 3+r.IntN(12), 2+r.IntN(9), seed%2 == 0)
		m := w.model(r)
		w.joined(r, &m)
		want := exhaustive(&m, m.Objective.Of)
		a, err := siting.Solve(context.Background(), &m, siting.Search{Seed: seed})
		switch {
		case err != nil:
			t.Errorf("seed %d: %v", seed, err)
		case math.IsInf(want, 1):
			if infeasible++; !a.Infeasible || a.Sites != nil {
				t.Errorf("seed %d: %+v of a question without an answer", seed, a)
			}
		case !a.Proved || math.Abs(a.Value-want) > 1e-8*max(1, want) || a.Bound > want+1e-8*max(1, want):
			t.Errorf("seed %d: %+v, want %v", seed, a, want)
		default:
			feasible++
		}
	}
	if feasible < 300 || infeasible < 50 {
		t.Errorf("%d questions had an answer, %d had none", feasible, infeasible)
	}
}

// TestJointFront finds the whole front of price and of who is without surgery,
// where no set of sites is looked at for itself.
func TestJointFront(t *testing.T) {
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(seed, 22))
		w := newWorld(r, 12, 17, seed%2 == 0)
		m := siting.Model{Sites: 17, Most: 4}
		sets := together(r, 14, 17)
		measures := []siting.Measure{siting.Unmet(sets, nil), {Site: w.price}}
		front, err := siting.ParetoFront(context.Background(), &m, measures, 1000, siting.Search{Seed: 1})
		if err != nil || !front.Complete {
			t.Fatalf("seed %d: %v, %+v", seed, err, front)
		}
		want := frontOf(&m, measures)
		for k, p := range front.Points {
			if len(front.Points) != len(want) || !near(p.Values, want[k]) {
				t.Fatalf("seed %d: %+v, want %v", seed, front.Points, want)
			}
		}
	}
}

func ExampleUnmet() {
	// A helicopter stands at base 0 and the hospitals are bases 1 and 2. The
	// first town is near enough to fly from it to either, the second to the
	// last alone, the third is beside it.
	sets := [][][]int32{{{0, 1}, {0, 2}}, {{0, 2}}, {{2}}}
	people := []float64{10, 20, 30}
	m := siting.Model{Sites: 3, Most: 2, Objective: siting.Unmet(sets, people)}
	a, err := siting.Solve(context.Background(), &m, siting.Search{Seed: 1})
	fmt.Println(a.Sites, a.Value, a.Proved, err)
	// Output: [0 2] 0 true <nil>
}
