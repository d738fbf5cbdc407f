package scenario_test

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/reach"
	"bivouac/geo/scenario"
)

// trial is bases on random roads, and what each comes to in time.
type trial struct {
	travel   *network.Travel
	from     []network.Place
	limit    float64
	searches []*reach.Search
	found    *scenario.Responsibility
}

func newTrial(t *testing.T, rng *rand.Rand) *trial {
	t.Helper()
	snap, _ := randomCountry(t, rng)
	c := &trial{travel: snap.Network().Travel(network.Conditions{Profile: network.Profiles()[0]})}
	for range 1 + rng.IntN(4) {
		p := network.Place{Segment: rng.Int32N(int32(c.travel.Segments())), Fraction: float64(rng.IntN(5)) / 4}
		c.from, c.searches = append(c.from, p), append(c.searches, reach.NewSearch(c.travel, []network.Place{p}, false))
	}
	limit := uint32(1+rng.IntN(60)) * 60_000
	c.limit = float64(limit)
	var err error
	if c.found, err = scenario.Responsible(context.Background(), c.travel, c.from, limit, func(int, int, geo.Said) {}); err != nil {
		t.Fatal(err)
	}
	return c
}

func holds(parts []reach.Part, p network.Place) bool {
	return slices.ContainsFunc(parts, func(part reach.Part) bool {
		return part.Segment == p.Segment && part.From <= p.Fraction && p.Fraction <= part.To
	})
}

// times are those of the bases to a place, the least of them, and how many come
// in time; false where a time is so near the limit that rounding decides.
func (c *trial) times(p network.Place) (millis []float64, best float64, in int, sure bool) {
	best, sure = math.Inf(1), true
	for _, s := range c.searches {
		at := math.Inf(1)
		if m, ok := s.At(p); ok {
			at = m
		}
		if at <= c.limit {
			in++
		}
		millis, best = append(millis, at), min(best, at)
		sure = sure && math.Abs(at-c.limit) > 5
	}
	return millis, best, in, sure
}

func (c *trial) check(t *testing.T, p network.Place) {
	t.Helper()
	millis, best, in, sure := c.times(p)
	if sure && (holds(c.found.All, p) != (in > 0) || holds(c.found.Two, p) != (in > 1)) {
		t.Fatalf("%d bases come to %v", in, p)
	}
	for i := range c.from {
		if holds(c.found.First[i], p) && millis[i] > best+2 {
			t.Fatalf("base %d is first after %v, and another after %v", i, millis[i], best)
		}
	}
}

// TestResponsible asks at random places on random roads how soon each base
// comes, and holds who is first, and how many come in time, against the
// stretches.
func TestResponsible(t *testing.T) {
	const seed = 11
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 1))
	for range 30 {
		c := newTrial(t, rng)
		for range 200 {
			c.check(t, network.Place{Segment: rng.Int32N(int32(c.travel.Segments())), Fraction: rng.Float64()})
		}
		sum := 0.0
		for _, parts := range c.found.First {
			for _, p := range parts {
				sum += p.To - p.From
			}
		}
		for _, p := range c.found.All {
			sum -= p.To - p.From
		}
		if math.Abs(sum) > 1e-9 {
			t.Fatalf("the areas add up to %v segments more than their union", sum)
		}
	}
}

func TestCoverageAndGapsAreWhole(t *testing.T) {
	w := process.World{Snapshot: country(t), Reader: everyone}
	for _, body := range []string{`{"within_min":5}`, `{"within_min":200}`, `{"within_min":20,"changes":[{"act":"close","target":2}]}`} {
		cover, err := ask(t, scenario.CoverageProcess(tools()), w, body)
		if err != nil {
			t.Fatal(err)
		}
		gaps, err := ask(t, scenario.GapsProcess(tools()), w, body)
		if err != nil {
			t.Fatal(err)
		}
		a, b := cover.Output["total"].List()[0].Record(), gaps.Output["total"].List()[0].Record()
		if got := a["road_km"].Float() + b["road_km"].Float(); math.Abs(got-a["all_km"].Float()) > 0.02 {
			t.Errorf("%s: %v km reached and %v not, of %v", body, a["road_km"], b["road_km"], a["all_km"])
		}
		if a["places"].Int()+b["places"].Int() != 5 || a["people"].Float()+b["people"].Float() != a["people_of"].Float() {
			t.Errorf("%s: places %v and %v", body, a, b)
		}
	}
	none, err := ask(t, scenario.CoverageProcess(tools()), w, `{"bases":"name = 'nobody'"}`)
	if err != nil || len(none.Warnings) == 0 || none.Output["total"].List()[0].Record()["road_km"].Float() != 0 {
		t.Error(none.Output, err)
	}
	if _, err := ask(t, scenario.GapsProcess(tools()), process.World{Snapshot: w.WithNetwork(nil), Reader: everyone}, `{}`); geo.CodeOf(err) != geo.Conflict {
		t.Errorf("without roads: %v", err)
	}
}
