package route_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

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
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 2))
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
			t.Fatalf("seed %d: %d ways where the front has %d, %v", seed, len(ways), len(front.Ways), err)
		}
		if len(ways) == 0 {
			continue
		}
		best := front.Ways[0].Cost
		if ask.ByRisk {
			best = front.Ways[len(front.Ways)-1].Cost
		}
		if ways[0].Cost != best {
			t.Fatalf("seed %d: the first is %v, the best %v", seed, ways[0].Cost, best)
		}
		for i, w := range ways {
			if err := holds(g, trip, w); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			if err := keeps(ask, ways, i, road); err != nil {
				t.Errorf("seed %d: %v", seed, err)
			}
		}
		several += len(ways) - 1
	}
	if several < 100 {
		t.Errorf("%d alternatives in all: the graphs prove little", several)
	}
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
	length := func(w route.Way) (total float64) {
		for _, arc := range w.Arcs {
			total += road(arc).Metres
		}
		return total
	}
	if length(a) == 0 || length(b) == 0 {
		return 1
	}
	shared := 0.0
	for _, x := range a.Arcs {
		for _, y := range b.Arcs {
			if road(x).Segment == road(y).Segment {
				shared += road(y).Metres
				break
			}
		}
	}
	return 1 - (shared/length(a)+shared/length(b))/2
}
