package scenario_test

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/reach"
	"bivouac/geo/scenario"
)

// TestResponsible asks at random places on random roads how soon each base
// comes, and holds who is first, and how many come in time, against the
// stretches.
func TestResponsible(t *testing.T) {
	const seed = 11
	rng := rand.New(rand.NewPCG(seed, 1))
	for trial := range 30 {
		snap, _ := randomCountry(t, rng)
		travel := snap.Network().Travel(network.Conditions{Profile: network.Profiles()[0]})
		var from []network.Place
		for range 1 + rng.IntN(4) {
			from = append(from, network.Place{Segment: rng.Int32N(int32(travel.Segments())), Fraction: float64(rng.IntN(5)) / 4})
		}
		limit := uint32(1+rng.IntN(60)) * 60_000
		r, err := scenario.Responsible(context.Background(), travel, from, limit, func(int, int, string) {})
		if err != nil {
			t.Fatal(err)
		}
		var searches []*reach.Search
		for _, p := range from {
			searches = append(searches, reach.NewSearch(travel, []network.Place{p}, false))
		}
		holds := func(parts []reach.Part, p network.Place) bool {
			for _, part := range parts {
				if part.Segment == p.Segment && part.From <= p.Fraction && p.Fraction <= part.To {
					return true
				}
			}
			return false
		}
		for range 200 {
			p := network.Place{Segment: rng.Int32N(int32(travel.Segments())), Fraction: rng.Float64()}
			best, in, rim := math.Inf(1), 0, false
			millis := make([]float64, len(from))
			for i, s := range searches {
				millis[i] = math.Inf(1)
				if m, ok := s.At(p); ok {
					millis[i] = m
				}
				if best = min(best, millis[i]); millis[i] <= float64(limit) {
					in++
				}
				rim = rim || math.Abs(millis[i]-float64(limit)) < 5
			}
			if rim {
				continue // on the rim, where rounding decides
			}
			if holds(r.All, p) != (in > 0) || holds(r.Two, p) != (in > 1) {
				t.Fatalf("seed %d, trial %d: %d bases come to %v", seed, trial, in, p)
			}
			for i := range from {
				if holds(r.First[i], p) && millis[i] > best+2 {
					t.Fatalf("seed %d, trial %d: base %d is first after %v, and another after %v", seed, trial, i, millis[i], best)
				}
			}
		}
		sum := 0.0
		for i := range from {
			for _, p := range r.First[i] {
				sum += p.To - p.From
			}
		}
		for _, p := range r.All {
			sum -= p.To - p.From
		}
		if math.Abs(sum) > 1e-9 {
			t.Fatalf("seed %d, trial %d: the areas add up to %v segments more than their union", seed, trial, sum)
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
