package scenario_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/randtest"
	"bivouac/geo/scenario"
)

// TestMemoryChangesNothing asks about random worlds with random changes, one
// after the other, of tools that remember what was asked before, and of such as
// know nothing: the answers are the same to the bit. In half of the worlds the
// roads are ordered, as a server has them.
func TestMemoryChangesNothing(t *testing.T) {
	rng := randtest.New(t, 1)
	apart, answers := map[string]bool{}, 0
	for trial := range 12 {
		snap := hospitals(t, rng)
		if trial%2 == 0 {
			if err := snap.Network().Order(context.Background(), nil); err != nil {
				t.Fatal(err)
			}
		}
		k, body := tools(), ""
		for range 8 {
			body = fmt.Sprintf(`{"within_min":40,"light":%q,"changes":[%s]}`, []string{"day", "night"}[rng.IntN(2)], randomChanges(rng))
			if rng.IntN(6) == 0 {
				body = `{}`
			}
			got, want := fmt.Sprint(evaluate(t, k, snap, body).Output), fmt.Sprint(evaluate(t, &scenario.Tools{}, snap, body).Output)
			if got != want {
				t.Fatalf("trial %d, %s:\n%s", trial, body, firstDifference(got, want))
			}
			apart[got] = true
			answers++
		}
	}
	if len(apart) < answers/2 {
		t.Errorf("%d of %d answers differ from each other: the changes change too little", len(apart), answers)
	}
}

func firstDifference(got, want string) string {
	i := 0
	for i < min(len(got), len(want)) && got[i] == want[i] {
		i++
	}
	return fmt.Sprintf("after %s\nremembered %s\nnew        %s", got[max(0, i-200):i], got[i:min(len(got), i+80)], want[i:min(len(want), i+80)])
}

// side is how many junctions a road of hospitals' lattice has: enough of them
// that a search of what lies above the places alone is worth it.
const side = 15

func crossing(rng *rand.Rand) orb.Point {
	return orb.Point{float64(rng.IntN(side)) / 30, float64(rng.IntN(side)) / 30}
}

// hospitals is a lattice of roads, some of them closed or dry, with bases of
// all levels, ambulances, aircraft and forces, incidents and places.
func hospitals(t testing.TB, rng *rand.Rand) *layer.Snapshot {
	t.Helper()
	var roads, bases, assets, places, incidents []geo.Feature
	status := func() string { return []string{"open", "open", "open", "open", "closed"}[rng.IntN(5)] }
	season := func() string { return []string{"all", "all", "all", "dry"}[rng.IntN(4)] }
	for i := range side {
		for k := range side {
			here := orb.Point{float64(i) / 30, float64(k) / 30}
			if i+1 < side {
				roads = append(roads, road("across", status(), season(), here, orb.Point{float64(i+1) / 30, here[1]}))
			}
			if k+1 < side {
				roads = append(roads, road("along", status(), season(), here, orb.Point{here[0], float64(k+1) / 30}))
			}
		}
	}
	for i := range 6 {
		at := crossing(rng)
		b := base(fmt.Sprint("B", i), at, 10+rng.Int64N(90), 100, "M/B0")
		b.Values = append(b.Values, geo.String([]string{"L1", "L2", "none", "L1+"}[rng.IntN(4)]), geo.Bool(rng.IntN(2) == 0))
		bases = append(bases, b)
		for range rng.IntN(3) {
			assets = append(assets, asset(fmt.Sprint("M/B", i), []string{"helicopter", "reaction_force", "ambulance", "ambulance"}[rng.IntN(4)], at))
		}
	}
	for i := range 20 {
		places = append(places, place(fmt.Sprint("P", i), rng.Int64N(1000), orb.Point{rng.Float64() / 2, rng.Float64() / 2}))
		incidents = append(incidents, incident(crossing(rng), 20*i, rng.Int64N(3), rng.Int64N(4)))
	}
	layers := []*layer.Layer{
		build(t, baseSchema, bases...), build(t, assetSchema, assets...), build(t, roadSchema, roads...), build(t, placeSchema, places...),
		build(t, incidentSchema, incidents...), build(t, hazardSchema),
	}
	g, err := layer.Roads(context.Background(), layers)
	if err != nil {
		t.Fatal(err)
	}
	return layer.NewSnapshot("hospitals", layers, nil, []layer.Moment{{Version: 1}}).WithNetwork(g)
}

// randomChanges are some of every act that a planner has, as JSON.
func randomChanges(rng *rand.Rand) string {
	var out []string
	for range 1 + rng.IntN(2) {
		key, other := 1+rng.IntN(3), 4+rng.IntN(3)
		at := crossing(rng)
		to := fmt.Sprintf(`{"type":"Point","coordinates":[%v,%v]}`, at[0], at[1])
		out = append(out, []string{
			fmt.Sprintf(`{"act":"close","target":%d}`, key),
			fmt.Sprintf(`{"act":"move","target":%d,"to":%s}`, key, to),
			fmt.Sprintf(`{"act":"merge","target":%d,"into":%d}`, key, other),
			fmt.Sprintf(`{"act":"change","target":%d,"fields":{"medical_level":"L2"}}`, other),
			fmt.Sprintf(`{"act":"change","target":%d,"fields":{"military":%d}}`, other, rng.IntN(200)),
			fmt.Sprintf(`{"act":"open","to":%s,"fields":{"name":"New","military":50,"medical_level":"L1"}}`, to),
			fmt.Sprintf(`{"act":"add_asset","into":%d,"fields":{"type":"ambulance"}}`, other),
			fmt.Sprintf(`{"act":"add_asset","to":%s,"fields":{"type":"helicopter","cruise_kmh":200}}`, to),
			fmt.Sprintf(`{"act":"open_route","target":%d}`, 1+rng.IntN(2*side*(side-1))),
			fmt.Sprintf(`{"act":"close_route","target":%d}`, 1+rng.IntN(2*side*(side-1))),
		}[rng.IntN(10)])
	}
	return strings.Join(out, ",")
}
