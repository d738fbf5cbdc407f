package route_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"bivouac/geo/randtest"
	"bivouac/geo/route"
)

// roads gives the two arcs of a street one segment, by its two nodes.
func roads(g *route.Arcs, metres func(arc int32) float64) func(int32) route.Stretch {
	segment := make([]int32, len(g.Head))
	seen := map[[2]int32]int32{}
	for n := range len(g.First) - 1 {
		for a := g.First[n]; a < g.First[n+1]; a++ {
			pair := [2]int32{min(int32(n), g.Head[a]), max(int32(n), g.Head[a])}
			if _, known := seen[pair]; !known {
				seen[pair] = int32(len(seen))
			}
			segment[a] = seen[pair]
		}
	}
	return func(a int32) route.Stretch { return route.Stretch{Segment: segment[a], Metres: metres(a)} }
}

// corridors is three ways of 100, 110 and 120 s with a small loop, of 1 s
// more, on the first.
func corridors() *route.Arcs {
	return graph(7, []edge{
		{0, 1, 40_000, 9}, {1, 2, 20_000, 9}, {2, 6, 40_000, 9}, {1, 3, 10_000, 9}, {3, 2, 11_000, 9},
		{0, 4, 55_000, 2}, {4, 6, 55_000, 2},
		{0, 5, 60_000, 1}, {5, 6, 60_000, 1},
	})
}

func TestAlternatives(t *testing.T) {
	g := corridors()
	road := roads(g, func(a int32) float64 { return float64(g.Time[a]) })
	for _, c := range []struct {
		desc string
		ask  route.Alternatives
		want []uint64 // seconds
	}{
		{"three corridors, and not the loop", route.Alternatives{Number: 3, Stretch: 1.5, Apart: 0.3}, []uint64{100, 110, 120}},
		{"two: both are as far apart, so the faster", route.Alternatives{Number: 2, Stretch: 1.5, Apart: 0.3}, []uint64{100, 110}},
		{"what takes too long is left out", route.Alternatives{Number: 3, Stretch: 1.15, Apart: 0.3}, []uint64{100, 110}},
		{"the edge of the stretch belongs to it", route.Alternatives{Number: 3, Stretch: 1.2, Apart: 0.3}, []uint64{100, 110, 120}},
		{"a loop is another way where little must be", route.Alternatives{Number: 4, Stretch: 1.5, Apart: 0.1}, []uint64{100, 101, 110, 120}},
		{"and none where more must be", route.Alternatives{Number: 4, Stretch: 1.5, Apart: 0.3}, []uint64{100, 110, 120}},
		{"one", route.Alternatives{Number: 1, Stretch: 1}, []uint64{100}},
		{"least risky first", route.Alternatives{Number: 3, ByRisk: true, Stretch: 20, Apart: 0.3}, []uint64{120, 110, 100}},
	} {
		ways, err := route.Choose(context.Background(), g, between(0, 6), c.ask, road)
		if err != nil {
			t.Fatal(err)
		}
		ok := len(ways) == len(c.want)
		for i := range min(len(ways), len(c.want)) {
			ok = ok && ways[i].Cost.Time == 1000*c.want[i]
		}
		if !ok {
			t.Errorf("%s: %v, want %v s", c.desc, costs(ways), c.want)
		}
	}
	if ways, err := route.Choose(context.Background(), g, between(6, 0), route.Alternatives{Number: 3, Stretch: 2}, road); err != nil || len(ways) != 0 {
		t.Errorf("no way gives %v, %v", ways, err)
	}
}

func TestAlternativesKeepTheirWord(t *testing.T) {
	r := randtest.New(t, 2)
	several := 0
	for range 200 {
		g, trip := randomTrip(r)
		if r.IntN(2) == 0 {
			g = grid(r, 8)
			trip = between(int32(r.IntN(64)), int32(r.IntN(64)))
		}
		road := roads(g, func(a int32) float64 { return 1 + float64(a%7) })
		ask := route.Alternatives{Number: 2 + r.IntN(3), ByRisk: r.IntN(2) == 0, Stretch: 1 + r.Float64(), Apart: r.Float64() / 2}
		ways, err := route.Choose(context.Background(), g, trip, ask, road)
		if err != nil {
			t.Fatal(err)
		}
		front, err := route.Pareto(context.Background(), g, trip, route.Finest, 1<<30)
		if err != nil || (len(front.Ways) == 0) != (len(ways) == 0) {
			t.Fatalf("%d ways where the front has %d, %v", len(ways), len(front.Ways), err)
		}
		if len(ways) == 0 {
			continue
		}
		best := front.Ways[0].Cost
		if ask.ByRisk {
			best = front.Ways[len(front.Ways)-1].Cost
		}
		if ways[0].Cost != best {
			t.Fatalf("the first is %v, the best %v", ways[0].Cost, best)
		}
		for i, w := range ways {
			if err := holds(g, trip, w); err != nil {
				t.Fatal(err)
			}
			if err := keeps(ask, ways, i, road); err != nil {
				t.Error(err)
			}
		}
		several += len(ways) - 1
	}
	if several < 100 {
		t.Errorf("%d alternatives in all: the graphs prove little", several)
	}
}

// over is what a way lies on.
func over(road func(int32) route.Stretch) func(int, route.Way) []route.Stretch {
	return func(_ int, w route.Way) (out []route.Stretch) {
		for _, arc := range w.Arcs {
			out = append(out, road(arc))
		}
		return out
	}
}

// TestAlternativesThrough goes twice through corridors of 100, 110 and 120 s,
// with a place between.
func TestAlternativesThrough(t *testing.T) {
	g := graph(13, []edge{
		{0, 1, 50_000, 9}, {1, 6, 50_000, 9}, {0, 2, 55_000, 2}, {2, 6, 55_000, 2}, {0, 3, 60_000, 1}, {3, 6, 60_000, 1},
		{6, 7, 50_000, 9}, {7, 12, 50_000, 9}, {6, 8, 55_000, 2}, {8, 12, 55_000, 2}, {6, 9, 60_000, 1}, {9, 12, 60_000, 1},
	})
	road := roads(g, func(a int32) float64 { return float64(g.Time[a]) })
	for _, c := range []struct {
		desc string
		ask  route.Alternatives
		want [][2]uint64 // seconds of both trips
	}{
		{"the best", route.Alternatives{Number: 1, Stretch: 1}, [][2]uint64{{100, 100}}},
		{"nothing shared on either trip", route.Alternatives{Number: 3, Stretch: 1.5, Apart: 0.9}, [][2]uint64{{100, 100}, {110, 110}, {120, 120}}},
		{"one trip takes up the stretch", route.Alternatives{Number: 2, Stretch: 1.06, Apart: 0.3}, [][2]uint64{{100, 100}, {100, 110}}},
		{"too little stretch", route.Alternatives{Number: 2, Stretch: 1.04, Apart: 0.3}, [][2]uint64{{100, 100}}},
	} {
		all, broken, err := route.ChooseThrough(context.Background(), g, []*route.Trip{between(0, 6), between(6, 12)}, c.ask, over(road))
		if err != nil || broken >= 0 {
			t.Fatal(broken, err)
		}
		got := [][2]uint64{}
		for _, ways := range all {
			got = append(got, [2]uint64{ways[0].Cost.Time / 1000, ways[1].Cost.Time / 1000})
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s: %v, want %v", c.desc, got, c.want)
		}
	}
	if all, broken, err := route.ChooseThrough(context.Background(), g, []*route.Trip{between(0, 6), between(6, 10)}, route.Alternatives{Number: 2, Stretch: 2}, over(road)); len(all) != 0 || broken != 1 || err != nil {
		t.Errorf("no way on the second trip: %v, %d, %v", all, broken, err)
	}
}

// TestAlternativesThroughKeepTheirWord holds, on random graphs with one or two
// places by the way, that the first is made of the best ways, and that the
// others are ways of each trip, within the stretch of the whole, and apart.
func TestAlternativesThroughKeepTheirWord(t *testing.T) {
	r := randtest.New(t, 3)
	several := 0
	for range 100 {
		g := grid(r, 7)
		at := int32(r.IntN(49))
		var trips []*route.Trip
		for range 2 + r.IntN(2) {
			next := int32(r.IntN(49))
			trips = append(trips, between(at, next))
			at = next
		}
		road := roads(g, func(a int32) float64 { return 1 + float64(a%7) })
		ask := route.Alternatives{Number: 2 + r.IntN(3), ByRisk: r.IntN(2) == 0, Stretch: 1 + r.Float64(), Apart: r.Float64() / 2}
		all, broken, err := route.ChooseThrough(context.Background(), g, trips, ask, over(road))
		if err != nil || broken >= 0 {
			t.Fatalf("%d, %v", broken, err)
		}
		for k, w := range all[0] {
			alone, err := route.Choose(context.Background(), g, trips[k], route.Alternatives{Number: 1, ByRisk: ask.ByRisk, Stretch: 1}, road)
			if err != nil || alone[0].Cost != w.Cost {
				t.Fatalf("the first goes by %v, the best way is %v; %v", w.Cost, alone[0].Cost, err)
			}
		}
		wholes := make([]route.Way, len(all))
		for i, ways := range all {
			wholes[i] = wholeOf(t, g, trips, ways)
		}
		for i := range wholes {
			if err := keeps(ask, wholes, i, road); err != nil {
				t.Error(err)
			}
		}
		several += len(all) - 1
	}
	if several < 50 {
		t.Errorf("%d alternatives in all: the graphs prove little", several)
	}
}

// wholeOf is the ways of trips as one.
func wholeOf(t *testing.T, g *route.Arcs, trips []*route.Trip, ways []route.Way) (whole route.Way) {
	t.Helper()
	for k, w := range ways {
		if err := holds(g, trips[k], w); err != nil {
			t.Fatal(err)
		}
		whole.Cost, whole.Arcs = whole.Cost.Plus(w.Cost), append(whole.Arcs, w.Arcs...)
	}
	return whole
}

// keeps checks way i against the best one and those before it.
func keeps(ask route.Alternatives, ways []route.Way, i int, road func(int32) route.Stretch) error {
	best, w := ways[0].Cost, ways[i]
	if !ask.ByRisk && float64(w.Cost.Time) > ask.Stretch*float64(best.Time) || ask.ByRisk && float64(w.Cost.Risk) > ask.Stretch*float64(best.Risk) {
		return fmt.Errorf("%v is more than %v times %v", w.Cost, ask.Stretch, best)
	}
	for _, o := range ways[:i] {
		if d := apart(o, w, road); d < ask.Apart {
			return fmt.Errorf("two ways are %v apart, not %v", d, ask.Apart)
		}
	}
	return nil
}

func apart(a, b route.Way, road func(int32) route.Stretch) float64 {
	share := func(of, by route.Way) float64 {
		total, shared := 0.0, 0.0
		for _, x := range of.Arcs {
			total += road(x).Metres
			if slices.ContainsFunc(by.Arcs, func(y int32) bool { return road(y).Segment == road(x).Segment }) {
				shared += road(x).Metres
			}
		}
		return shared / max(total, 1e-9)
	}
	return 1 - (share(a, b)+share(b, a))/2
}
