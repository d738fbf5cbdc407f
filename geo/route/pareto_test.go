package route_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"bivouac/geo/randtest"
	"bivouac/geo/route"
)

// edge is an arc of a graph that a test writes down.
type edge struct {
	from, to int32
	time     uint32
	risk     uint64
}

func graph(nodes int, edges []edge) *route.Arcs {
	edges = slices.Clone(edges)
	slices.SortStableFunc(edges, func(a, b edge) int { return int(a.from - b.from) })
	g := &route.Arcs{First: make([]int32, nodes+1)}
	for _, e := range edges {
		g.First[e.from+1]++
		g.Head, g.Time, g.Risk = append(g.Head, e.to), append(g.Time, e.time), append(g.Risk, e.risk)
	}
	for n := range nodes {
		g.First[n+1] += g.First[n]
	}
	return g
}

func between(from, to int32) *route.Trip {
	return &route.Trip{From: []route.End{{Node: from}}, To: []route.End{{Node: to}}}
}

// The middle way lies above the line between the two others: no weighing of
// time and risk makes it the best, so that a sweep of weights never finds it.
func TestAnUnsupportedWayIsReturned(t *testing.T) {
	g := graph(5, []edge{
		{0, 1, 5_000, 5_000}, {1, 4, 5_000, 5_000}, // 10 s, 10 millionths
		{0, 2, 9_000, 4_000}, {2, 4, 9_000, 4_000}, // 18 s, 8 millionths
		{0, 3, 10_000, 500}, {3, 4, 10_000, 500}, // 20 s, 1 millionth
	})
	f, err := route.Pareto(context.Background(), g, between(0, 4), route.Stated, 1000)
	if err != nil {
		t.Fatal(err)
	}
	want := []route.Cost{{Time: 10_000, Risk: 10_000}, {Time: 18_000, Risk: 8_000}, {Time: 20_000, Risk: 1_000}}
	if got := costs(f.Ways); !slices.Equal(got, want) || !f.Complete {
		t.Fatalf("the front is %v, complete %v, want %v", got, f.Complete, want)
	}
	for weight := range 1001 {
		w := float64(weight) / 1000
		value := func(c route.Cost) float64 { return w*float64(c.Time) + (1-w)*float64(c.Risk) }
		if value(want[1]) < min(value(want[0]), value(want[2])) {
			t.Fatalf("the weight %v chooses the middle way: this case proves nothing", w)
		}
	}
}

func costs(ways []route.Way) (out []route.Cost) {
	for _, w := range ways {
		out = append(out, w.Cost)
	}
	return out
}

// TestFrontEqualsBruteForce compares with the list of all simple ways, on
// small graphs with everything that roads have: chains, dead ends, loops,
// parallel arcs, one-ways, closed arcs, places within a segment.
func TestFrontEqualsBruteForce(t *testing.T) {
	r := randtest.New(t, 1)
	most := 0
	for trial := range 6000 {
		g, trip := randomTrip(r)
		for _, grain := range []route.Grain{route.Stated, route.Finest} {
			f, err := route.Pareto(context.Background(), g, trip, grain, math.MaxInt)
			if err != nil {
				t.Fatal(err)
			}
			want := bruteFront(g, trip, grain)
			got := rounded(f.Ways, grain)
			if !f.Complete || !slices.Equal(got, want) {
				t.Fatalf("trial %d, grain %v: the front is %v, not %v", trial, grain, got, want)
			}
			most = max(most, len(got))
			for _, w := range f.Ways {
				if err := holds(g, trip, w); err != nil {
					t.Fatalf("trial %d: %v", trial, err)
				}
			}
		}
	}
	if most < 4 {
		t.Errorf("the largest front had %d ways: the graphs prove little", most)
	}
}

func rounded(ways []route.Way, g route.Grain) (out []route.Cost) {
	for _, w := range ways {
		out = append(out, round(w.Cost, g))
	}
	return out
}

func round(c route.Cost, g route.Grain) route.Cost {
	return route.Cost{Time: (c.Time + g.Time/2) / g.Time, Risk: (c.Risk + g.Risk/2) / g.Risk}
}

// randomTrip makes a graph of some nodes whose arcs are often subdivided.
func randomTrip(r *rand.Rand) (*route.Arcs, *route.Trip) {
	nodes := 2 + r.IntN(6)
	var edges []edge
	total := nodes
	cost := func() (uint32, uint64) {
		if r.IntN(12) == 0 {
			return route.Closed, 0
		}
		return uint32(r.IntN(9000)), uint64(r.IntN(9000))
	}
	link := func(a, b int32) {
		t, k := cost()
		edges = append(edges, edge{a, b, t, k})
		if r.IntN(4) > 0 {
			t2, k2 := t, k
			if r.IntN(4) == 0 {
				t2, k2 = cost()
			}
			edges = append(edges, edge{b, a, t2, k2})
		}
	}
	for range r.IntN(12) {
		a, b := int32(r.IntN(nodes)), int32(r.IntN(nodes))
		for range r.IntN(3) {
			link(a, int32(total))
			a = int32(total)
			total++
		}
		link(a, b)
	}
	ends := func() (out []route.End) {
		for range 1 + r.IntN(2) {
			out = append(out, route.End{Node: int32(r.IntN(total)), Cost: route.Cost{Time: uint64(r.IntN(3000)), Risk: uint64(r.IntN(3000))}})
		}
		return out
	}
	trip := &route.Trip{From: ends(), To: ends()}
	if r.IntN(8) == 0 {
		trip.Direct = []route.Cost{{Time: uint64(r.IntN(20000)), Risk: uint64(r.IntN(20000))}}
	}
	return graph(total, edges), trip
}

// bruteFront lists all simple ways and keeps those that no other beats.
func bruteFront(g *route.Arcs, trip *route.Trip, grain route.Grain) (front []route.Cost) {
	var all []route.Cost
	for _, c := range trip.Direct {
		all = append(all, round(c, grain))
	}
	seen := make([]bool, len(g.First)-1)
	var visit func(n int32, c route.Cost)
	visit = func(n int32, c route.Cost) {
		for _, e := range trip.To {
			if e.Node == n {
				all = append(all, round(c.Plus(e.Cost), grain))
			}
		}
		seen[n] = true
		for a := g.First[n]; a < g.First[n+1]; a++ {
			if g.Time[a] != route.Closed && !seen[g.Head[a]] {
				visit(g.Head[a], c.Plus(route.Cost{Time: uint64(g.Time[a]), Risk: g.Risk[a]}))
			}
		}
		seen[n] = false
	}
	for _, e := range trip.From {
		visit(e.Node, e.Cost)
	}
	slices.SortFunc(all, func(a, b route.Cost) int {
		if a.Time != b.Time {
			return int(int64(a.Time) - int64(b.Time))
		}
		return int(int64(a.Risk) - int64(b.Risk))
	})
	for _, c := range all {
		if len(front) == 0 || c.Risk < front[len(front)-1].Risk {
			front = append(front, c)
		}
	}
	return front
}

// holds checks that a way goes where it says, at the cost that it says.
func holds(g *route.Arcs, trip *route.Trip, w route.Way) error {
	if w.Start < 0 {
		if w.Cost != trip.Direct[w.Direct] || len(w.Arcs) > 0 {
			return fmt.Errorf("the direct way %v is none of %v", w, trip.Direct)
		}
		return nil
	}
	n, c := trip.From[w.Start].Node, trip.From[w.Start].Cost
	for _, a := range w.Arcs {
		if a < g.First[n] || a >= g.First[n+1] || g.Time[a] == route.Closed {
			return fmt.Errorf("arc %d does not lead on from node %d", a, n)
		}
		c = c.Plus(route.Cost{Time: uint64(g.Time[a]), Risk: g.Risk[a]})
		n = g.Head[a]
	}
	if end := trip.To[w.End]; end.Node != n || end.Cost.Plus(c) != w.Cost {
		return fmt.Errorf("the way %v ends at node %d with %v", w, n, c)
	}
	return nil
}

func TestAFrontThatIsCutSaysWhatItProves(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	g := grid(r, 12)
	trip := between(0, int32(12*12-1))
	whole, err := route.Pareto(context.Background(), g, trip, route.Stated, math.MaxInt)
	if err != nil || !whole.Complete || len(whole.Ways) < 10 {
		t.Fatalf("the whole front has %d ways, complete %v, %v", len(whole.Ways), whole.Complete, err)
	}
	cut := 0
	for limit := 1; limit < whole.Labels; limit *= 2 {
		f, err := route.Pareto(context.Background(), g, trip, route.Stated, limit)
		if err != nil {
			t.Fatal(err)
		}
		if f.Complete {
			continue
		}
		cut++
		last := len(f.Ways) - 1
		if f.Ways[last].Cost.Risk != whole.Ways[len(whole.Ways)-1].Cost.Risk {
			t.Errorf("limit %d: the least risky way is not there", limit)
		}
		for i, w := range whole.Ways {
			if w.Cost.Time < f.Proved && (i > last || round(f.Ways[i].Cost, route.Stated) != round(w.Cost, route.Stated)) {
				t.Errorf("limit %d: way %d of %d ms is missing, though %d ms are proved", limit, i, w.Cost.Time, f.Proved)
			}
		}
	}
	if cut == 0 {
		t.Error("no limit cut the search")
	}
}

// grid is streets of random cost, both ways alike.
func grid(r *rand.Rand, n int32) *route.Arcs {
	var edges []edge
	for y := range n {
		for x := range n {
			for _, step := range [][2]int32{{1, 0}, {0, 1}} {
				if x+step[0] < n && y+step[1] < n {
					a, b := y*n+x, (y+step[1])*n+x+step[0]
					time, risk := 10_000+uint32(r.IntN(50_000)), uint64(r.IntN(100_000))
					edges = append(edges, edge{a, b, time, risk}, edge{b, a, time, risk})
				}
			}
		}
	}
	return graph(int(n*n), edges)
}

func TestFrontOfNothing(t *testing.T) {
	ctx := context.Background()
	g := graph(3, []edge{{0, 1, 1, 1}})
	for _, c := range []struct {
		desc string
		trip *route.Trip
		ways int
	}{
		{"no way", between(0, 2), 0},
		{"against the one-way", between(1, 0), 0},
		{"there already", between(1, 1), 1},
		{"no ends", &route.Trip{}, 0},
		{"direct alone", &route.Trip{Direct: []route.Cost{{Time: 5, Risk: 5}}}, 1},
	} {
		f, err := route.Pareto(ctx, g, c.trip, route.Finest, 100)
		if err != nil || len(f.Ways) != c.ways || !f.Complete {
			t.Errorf("%s: %d ways, complete %v, %v", c.desc, len(f.Ways), f.Complete, err)
		}
	}
	if _, err := route.Pareto(ctx, g, between(0, 9), route.Finest, 100); err == nil {
		t.Error("a node that is not there is no error")
	}
	ended, end := context.WithCancel(ctx)
	end()
	if _, err := route.Pareto(ended, g, between(0, 1), route.Finest, 100); err == nil {
		t.Error("a context that ended does not end the search")
	}
}

func BenchmarkParetoGrid(b *testing.B) {
	for _, n := range []int32{20, 40, 60} {
		g := grid(rand.New(rand.NewPCG(1, 1)), n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f, err := route.Pareto(context.Background(), g, between(0, n*n-1), route.Stated, 1<<24)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(f.Ways)), "ways")
				b.ReportMetric(float64(f.Labels), "labels")
			}
		})
	}
}
