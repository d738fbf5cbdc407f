package scenario_test

import (
	"math"
	"slices"
	"testing"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/randtest"
	"bivouac/geo/stat"
)

func numbersOf(v geo.Value) (out []float64) {
	for _, n := range v.List() {
		out = append(out, n.Float())
	}
	return out
}

// named adds up the places that name a base: their people, those of places that
// name no other, and their number.
func named(t *testing.T, places map[string]geo.Values, base geo.Value) (sums [3]float64) {
	t.Helper()
	for name, p := range places {
		keys := numbersOf(p["in_time_of"])
		if len(keys) != int(p["bases"].Int()) {
			t.Fatalf("%s: %v bases in time, named %v", name, p["bases"], keys)
		}
		if !slices.Contains(keys, float64(base.Int())) {
			continue
		}
		people := p["people"].Float()
		if math.IsNaN(people) {
			people = 0
		}
		sums[0], sums[2] = sums[0]+people, sums[2]+1
		if len(keys) == 1 {
			sums[1] += people
		}
	}
	return sums
}

// TestPlacesNameTheirBases makes what is said of each base again of the places
// that name it.
func TestPlacesNameTheirBases(t *testing.T) {
	rng := randtest.New(t, 1)
	worlds := []*layer.Snapshot{country(t), troubled(t)}
	for range 4 {
		snap, _ := randomCountry(t, rng)
		worlds = append(worlds, snap)
	}
	reached := 0.0
	for i, snap := range worlds {
		r := evaluate(t, tools(), snap, `{}`)
		places := features(r.Output["places"])
		for name, base := range features(r.Output["bases"]) {
			want := named(t, places, base["key"])
			if got := [3]float64{base["people_in_time"].Float(), base["people_alone"].Float(), float64(base["places_in_time"].Int())}; got != want {
				t.Errorf("world %d, %s: in time, alone and places are %v, the rows give %v", i, name, got, want)
			}
			reached += want[0]
		}
	}
	if reached == 0 {
		t.Error("nobody is in time in any world: that proves nothing")
	}
}

// TestTrendIsThatOfItsCounts makes the trend of each base again of the counts
// that are told beside it.
func TestTrendIsThatOfItsCounts(t *testing.T) {
	trends := 0
	for name, base := range features(evaluate(t, tools(), troubled(t), `{"near_km":20,"datetime":"2017-01-01/2020-12-31"}`).Output["bases"]) {
		counts, sum := numbersOf(base["trend_counts"]), 0.0
		for _, n := range counts {
			sum += n
		}
		if sum > float64(base["incidents"].Int()) {
			t.Errorf("%s: %v counted in periods, of %v", name, sum, base["incidents"])
		}
		if base["trend_tau"].Null() {
			if counts != nil {
				t.Errorf("%s has counts %v and no trend", name, counts)
			}
			continue
		}
		trends++
		want := stat.MannKendall(counts)
		if got := base["trend_tau"].Float(); math.Abs(got-want.Tau) > 1e-9 || math.Abs(base["trend_p"].Float()-want.P) > 1e-9 {
			t.Errorf("%s: tau %v and P %v, the counts %v give %v and %v", name, got, base["trend_p"], counts, want.Tau, want.P)
		}
	}
	if trends == 0 {
		t.Error("no base has a trend: that proves nothing")
	}
}
