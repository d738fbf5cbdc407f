package siting_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"bivouac/geo/siting"
)

// TestFrontOfTwoIsWhole finds every point of random fronts, those that no
// weighting leads to among them, as looking at all sets does.
func TestFrontOfTwoIsWhole(t *testing.T) {
	unsupported := 0
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 6))
		w := newWorld(r, 12, 17, seed%2 == 0)
		m := siting.Model{Sites: 17, Most: 3}
		if seed%3 == 0 {
			m.Limits = []siting.Limit{{Name: "cover", Measure: siting.Uncovered(w.cost, w.weight, 60, 1), Most: 30}}
		}
		measures := []siting.Measure{siting.Median(w.cost, w.weight, 120), {Site: w.price}}
		front, err := siting.ParetoFront(context.Background(), &m, measures, 1000, siting.Search{Seed: 1})
		if err != nil || !front.Complete {
			t.Fatalf("seed %d: %v, complete %v %+v", seed, err, front.Complete, front)
		}
		var got [][]float64
		for _, p := range front.Points {
			got = append(got, p.Values)
		}
		want := frontOf(&m, measures)
		if !slices.EqualFunc(got, want, near) {
			t.Errorf("seed %d: %v\nwant %v", seed, got, want)
		}
		unsupported += bent(got)
	}
	if unsupported == 0 {
		t.Error("no front had a point that no weighting leads to: the test proves little")
	}
}

// TestFrontOfCoverIsProved finds every point between the number of 96 bases and
// the weight of places that they do not cover, up to where more bases cover no
// more, within the parts that a search of a front has.
func TestFrontOfCoverIsProved(t *testing.T) {
	cost, weight := country(96, 300)
	measures := []siting.Measure{siting.Number(96), siting.Uncovered(cost, weight, 12, 1)}
	front, err := siting.ParetoFront(context.Background(), &siting.Model{Sites: 96, Least: 1}, measures, 1000, siting.Search{Seed: 1})
	if err != nil || !front.Complete {
		t.Fatalf("complete %v, %v", front.Complete, err)
	}
	everywhere := make([]bool, 96)
	for j := range everywhere {
		everywhere[j] = true
	}
	for k, p := range front.Points {
		if p.Gap != 0 || len(p.Sites) != k+1 {
			t.Errorf("%d sites are point %d, gap %v", len(p.Sites), k+1, p.Gap)
		}
	}
	if last := front.Points[len(front.Points)-1].Values[1]; math.Abs(last-measures[1].Of(everywhere)) > 1e-6 {
		t.Errorf("%v is left, and all bases leave %v", last, measures[1].Of(everywhere))
	}
}

func near(a, b []float64) bool {
	for k := range a {
		if math.Abs(a[k]-b[k]) > 1e-7*max(1, math.Abs(b[k])) {
			return false
		}
	}
	return true
}

// frontOf looks at every set of at most three sites.
func frontOf(m *siting.Model, measures []siting.Measure) [][]float64 {
	var all [][]float64
	exhaustive(m, func(open []bool) float64 {
		v := make([]float64, len(measures))
		for k := range measures {
			v[k] = measures[k].Of(open)
		}
		all = append(all, v)
		return 0
	})
	slices.SortFunc(all, slices.Compare)
	var out [][]float64
	for _, v := range all {
		if !slices.ContainsFunc(out, func(o []float64) bool { return dominatedBy(v, o) }) {
			out = append(out, v)
		}
	}
	return out
}

func dominatedBy(v, o []float64) bool {
	for k := range v {
		if o[k] > v[k]+1e-9*math.Abs(v[k]) {
			return false
		}
	}
	return true
}

// bent counts the points above the line between their neighbours.
func bent(points [][]float64) (n int) {
	for i := 1; i+1 < len(points); i++ {
		a, b, c := points[i-1], points[i], points[i+1]
		if (b[1]-a[1])*(c[0]-a[0]) > (c[1]-a[1])*(b[0]-a[0])+1e-9 {
			n++
		}
	}
	return n
}

// TestFrontOfFour looks at every set of few sites; of more, what it finds is on
// the front all the same, and it says that others may be missing.
func TestFrontOfFour(t *testing.T) {
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 7))
		sites := 9
		if seed%2 == 1 {
			sites = 18
		}
		w := newWorld(r, 10, sites, false)
		m := siting.Model{Sites: sites, Most: 3, Least: 1}
		measures := []siting.Measure{
			siting.Median(w.cost, w.weight, 120), siting.Uncovered(w.cost, w.weight, 30, 1), {Site: w.price}, siting.Uncovered(w.cost, nil, 50, 2),
		}
		front, err := siting.ParetoFront(context.Background(), &m, measures, 40, siting.Search{Seed: 1})
		if err != nil || front.Complete != (sites <= 16) || len(front.Points) < 4 {
			t.Fatalf("seed %d: %d points, complete %v, %v", seed, len(front.Points), front.Complete, err)
		}
		want := frontOf(&m, measures)
		if front.Complete && len(want) != len(front.Points) {
			t.Errorf("seed %d: %d points, want %d", seed, len(front.Points), len(want))
		}
		for _, p := range front.Points {
			if !slices.ContainsFunc(want, func(v []float64) bool { return near(v, p.Values) }) {
				t.Errorf("seed %d: %v is not on the front", seed, p.Values)
			}
		}
	}
}

// TestConflicts names what cannot be had together, and nothing beside.
func TestConflicts(t *testing.T) {
	cost := [][]float64{{1, 9, 9}, {9, 1, 9}, {9, 9, 1}}
	price := siting.Measure{Site: []float64{5, 5, 5}}
	all := siting.Limit{Name: "cover", Measure: siting.Uncovered(cost, nil, 2, 1)}
	loose := siting.Limit{Name: "threat", Measure: siting.Measure{Site: []float64{1, 1, 1}}, Most: 3}
	for _, c := range []struct {
		desc string
		m    siting.Model
		want []string
	}{
		{"an answer", siting.Model{Sites: 3, Limits: []siting.Limit{all, loose}}, nil},
		{"too few sites", siting.Model{Sites: 3, Most: 2, Limits: []siting.Limit{loose, all}}, []string{"cover", siting.TooFew}},
		{"too little money", siting.Model{Sites: 3, Limits: []siting.Limit{{"budget", price, 14}, loose, all}}, []string{"budget", "cover"}},
		{"one that is wanted is barred", siting.Model{Sites: 3, Shut: []bool{true, false, false}, Limits: []siting.Limit{all, loose}}, []string{siting.Barred, "cover"}},
		{"more must stay than may", siting.Model{Sites: 3, Most: 1, Open: []bool{true, true, false}, Limits: []siting.Limit{loose}}, []string{siting.Staying, siting.TooFew}},
		{"more wanted than there are", siting.Model{Sites: 3, Least: 3, Shut: []bool{true, false, false}}, []string{siting.Barred, siting.TooMany}},
		{"impossible alone", siting.Model{Sites: 3, Most: 2, Limits: []siting.Limit{{"cover", siting.Uncovered(cost, nil, 0.5, 1), 0}}}, []string{"cover"}},
	} {
		got, sure := siting.Conflict(context.Background(), &c.m, siting.Search{Seed: 1})
		if !sure || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, %v, want %v", c.desc, got, sure, c.want)
		}
	}
}

// TestStopped gives the best so far, and a bound that is none of it.
func TestStopped(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 9))
	w := newWorld(r, 200, 60, false)
	m := siting.Model{Sites: 60, Most: 8, Objective: siting.Uncovered(w.cost, nil, 8, 1)}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	at := func(desc string, a siting.Answer, err error) {
		t.Helper()
		if err != nil || a.Proved || a.Sites == nil || a.Bound >= a.Value || a.Bound <= 0 || a.Gap() <= 0 {
			t.Errorf("%s: %+v, gap %v; %v", desc, a, a.Gap(), err)
		}
	}
	a, err := siting.Solve(ctx, &m, siting.Search{Seed: 1, Told: func(_, _ float64, nodes int) {
		if nodes == 3 {
			stop()
		}
	}})
	at("after some parts", a, err)
	a, err = siting.Solve(ctx, &m, siting.Search{Seed: 1})
	at("before the first", a, err)
	a, err = siting.Solve(context.Background(), &m, siting.Search{Seed: 1, Parts: 2})
	at("after two parts", a, err)
}

// TestLosses tells what each closure costs, and what spare sites are.
func TestLosses(t *testing.T) {
	cost := [][]float64{{5, 40, 60}, {50, 10, 30}, {70, 45, 15}}
	m := siting.Model{Sites: 3, Objective: siting.Median(cost, []float64{10, 20, 30}, 120), Limits: []siting.Limit{{"cover", siting.Uncovered(cost, nil, 20, 1), 0}}}
	got := siting.Losses(&m, []int{0, 1, 2})
	for k, want := range []float64{350, 400, 900} {
		if got[k].Value != want || len(got[k].Breaks) != 1 {
			t.Errorf("without %d: %+v, want %v", k, got[k], want)
		}
	}
	if gains := siting.Gains(&m, []int{1, 2}); len(gains) != 1 || gains[0].Value != 350 || gains[0].Breaks != nil {
		t.Errorf("%+v", gains)
	}
	m.Limits = nil
	m.Objective = siting.Uncovered(cost, nil, 45, 1)
	if got := siting.Spare(&m, []int{0, 1, 2}); !slices.Equal(got, []int{1}) {
		t.Errorf("%v are left, and 1 covers all", got)
	}
}

func ExampleParetoFront() {
	// Minutes from three bases, and what each costs a year.
	minutes := [][]float64{{5, 40, 60}, {50, 10, 30}, {70, 45, 15}}
	people := []float64{10, 20, 30}
	m := siting.Model{Sites: 3, Least: 1}
	front, err := siting.ParetoFront(context.Background(), &m, []siting.Measure{{Site: []float64{3, 4, 5}}, siting.Median(minutes, people, 120)}, 100, siting.Search{Seed: 1})
	for _, p := range front.Points {
		fmt.Println(p.Sites, p.Values)
	}
	fmt.Println(front.Complete, err)
	// Output:
	// [0] [3 3150]
	// [1] [4 1950]
	// [2] [5 1650]
	// [0 1] [7 1600]
	// [0 2] [8 1100]
	// [1 2] [9 1050]
	// [0 1 2] [12 700]
	// true <nil>
}

func ExampleConflict() {
	minutes := [][]float64{{5, 40}, {50, 10}}
	m := siting.Model{Sites: 2, Most: 1, Limits: []siting.Limit{{Name: "cover", Measure: siting.Uncovered(minutes, nil, 20, 1)}}}
	names, sure := siting.Conflict(context.Background(), &m, siting.Search{Seed: 1})
	fmt.Println(names, sure)
	// Output: [cover most] true
}

func ExampleBackup() {
	// Two towns that two bases cover, and one that a third covers alone.
	minutes := [][]float64{{5, 9, 60}, {8, 10, 60}, {70, 45, 15}}
	a, err := siting.Backup(context.Background(), &siting.Model{Sites: 3}, minutes, nil, 20, siting.Search{Seed: 1})
	fmt.Println(len(a.Sites), "sites, and", a.Value, "towns without a second cover;", a.Proved, err)
	// Output: 2 sites, and 3 towns without a second cover; true <nil>
}

func ExampleLosses() {
	minutes := [][]float64{{5, 40, 60}, {50, 10, 30}, {70, 45, 15}}
	m := siting.Model{Sites: 3, Objective: siting.Median(minutes, []float64{10, 20, 30}, 120)}
	for _, l := range siting.Losses(&m, []int{1, 2}) {
		fmt.Println("without", l.Site, "people travel", l.Value, "minutes more")
	}
	// Output:
	// without 1 people travel 600 minutes more
	// without 2 people travel 900 minutes more
}
