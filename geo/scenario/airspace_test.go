package scenario_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/measure"
	"bivouac/geo/process"
	"bivouac/geo/scenario"
	"bivouac/geo/shape"
)

const squareAbout = `{"type":"Polygon","coordinates":[[[-2,-2],[3,-2],[3,2],[-2,2],[-2,-2]]]}`

// squadrons are three bases with aircraft of other notice, speed and reach.
func squadrons(t testing.TB) (*layer.Snapshot, []geo.Feature) {
	t.Helper()
	snap := country(t)
	var assets []geo.Feature
	for i, home := range []string{"Hub", "Mid", "East"} {
		a := asset("M/"+home, "helicopter", orb.Point{0.3 * float64(i), 0})
		a.Values[3], a.Values[5], a.Values[6] = geo.Float(float64(10*i)), geo.Float(180+40*float64(i)), geo.Float(250+60*float64(i))
		assets = append(assets, a)
	}
	late := asset("M/Hub", "helicopter", orb.Point{0, 0})
	late.Values[3] = geo.Float(55)
	assets = append(assets, late)
	layers := []*layer.Layer{build(t, assetSchema, assets...)}
	for _, l := range snap.Layers() {
		if l.Schema().Name != "assets" {
			layers = append(layers, l)
		}
	}
	return layer.NewSnapshot("squadrons", layers, nil, []layer.Moment{{Version: 1}}).WithNetwork(snap.Network()), assets
}

// first is whose aircraft is there first by trying each, "" for none, and how much
// sooner than that of another.
func first(assets []geo.Feature, p orb.Point, within float64) (home string, lead float64) {
	best := math.Inf(1)
	lead = math.Inf(1)
	for _, a := range assets {
		d := measure.Distance(a.Geometry.(orb.Point), p)
		minutes := a.Values[3].Float() + 60*d/1000/a.Values[5].Float()
		if minutes > within || 2*d > 1000*a.Values[6].Float() {
			continue
		}
		who := strings.TrimPrefix(a.Values[0].Text(), "M/")
		switch {
		case minutes < best:
			if who != home {
				lead = best - minutes
			}
			home, best = who, minutes
		case who != home:
			lead = min(lead, minutes-best)
		}
	}
	return home, lead
}

// holding are the areas that a place lies in.
func holding(t *testing.T, areas map[string]orb.Geometry, p orb.Point) (out []string) {
	t.Helper()
	for name, g := range areas {
		in, err := shape.Contains(g, p)
		if err != nil {
			t.Fatal(err)
		}
		if in {
			out = append(out, name)
		}
	}
	return out
}

// rimmed reports whether another is first a cell's width away.
func rimmed(assets []geo.Feature, p orb.Point, within float64) bool {
	here, _ := first(assets, p, within)
	for bearing := 0.0; bearing < 360; bearing += 30 {
		at, _ := measure.Direct(p, bearing, 2400)
		if other, _ := first(assets, at, within); other != here {
			return true
		}
	}
	return false
}

// TestAirspace asks at random places whose aircraft come first, by trying each
// aircraft, and holds it against the areas: a place is in one of them, or in the
// gap, and the areas add up.
func TestAirspace(t *testing.T) {
	const seed, within = 5, 40.0
	snap, assets := squadrons(t)
	w := process.World{Snapshot: snap, Reader: everyone}
	body := `{"by":"air","cell_m":4000,"within_min":40,"bases":"name <> 'Hidden'","area":` + squareAbout + `}`
	cover, err := ask(t, scenario.CoverageProcess(tools()), w, body)
	if err != nil {
		t.Fatal(err)
	}
	gaps, err := ask(t, scenario.GapsProcess(tools()), w, body)
	if err != nil {
		t.Fatal(err)
	}
	areas := map[string]orb.Geometry{}
	sum, alone := 0.0, 0.0
	for _, v := range cover.Output["areas"].Record()["features"].List() {
		f := v.Record()
		p := f["properties"].Record()
		areas[p["name"].Text()] = f["geometry"].Geometry()
		sum, alone = sum+p["area_km2"].Float(), alone+p["alone_km2"].Float()
	}
	areas[""] = gaps.Output["areas"].Record()["features"].List()[0].Record()["geometry"].Geometry()
	total, gap := cover.Output["total"].List()[0].Record(), gaps.Output["total"].List()[0].Record()
	if math.Abs(sum-total["area_km2"].Float()) > 0.1 || math.Abs(alone+total["twice_km2"].Float()-sum) > 0.1 || math.Abs(sum+gap["area_km2"].Float()-total["area_of_km2"].Float()) > 0.1 {
		t.Errorf("areas of %v km2, %v alone, %v, gaps %v", sum, alone, total, gap)
	}
	r := rand.New(rand.NewPCG(seed, 0))
	seen := map[string]int{}
	for range 1500 {
		p := orb.Point{-1.9 + 4.8*r.Float64(), -1.9 + 3.8*r.Float64()}
		holders := holding(t, areas, p)
		if len(holders) != 1 {
			t.Fatalf("seed %d: %v is in the areas %q", seed, p, holders)
		}
		// Where another would be as soon within a cell's width, its centre decides.
		want, lead := first(assets, p, within)
		if holders[0] != want && !rimmed(assets, p, within) {
			t.Fatalf("seed %d: %v is of %q, and %q is first by %v min", seed, p, holders[0], want, lead)
		}
		seen[want]++
	}
	if len(seen) < 4 {
		t.Errorf("only %v were first", seen)
	}
	places := 0.0
	for _, v := range cover.Output["areas"].Record()["features"].List() {
		places += v.Record()["properties"].Record()["people"].Float()
	}
	if places != total["people"].Float() || places+gap["people"].Float() != total["people_of"].Float() {
		t.Errorf("%v people in areas, %v, %v", places, total, gap)
	}
}

func TestAirspaceRefuses(t *testing.T) {
	snap, _ := squadrons(t)
	for _, c := range []struct {
		desc, body, where string
		code              geo.Code
	}{
		{"no study area", `{"by":"air"}`, "area", geo.Invalid},
		{"an unknown mission", `{"by":"air","mission":"NONE"}`, "area", geo.Invalid},
		{"cells without end", `{"by":"air","cell_m":10,"area":` + squareAbout + `}`, "cell_m", geo.Invalid},
		{"too many to draw", `{"by":"air","cell_m":900,"area":` + squareAbout + `}`, "cell_m", geo.TooLarge},
	} {
		_, err := ask(t, scenario.CoverageProcess(tools()), process.World{Snapshot: snap, Reader: everyone}, c.body)
		if e, ok := err.(*geo.Error); !ok || e.Where != c.where || e.Code != c.code {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
	none, err := ask(t, scenario.CoverageProcess(tools()), process.World{Snapshot: snap, Reader: everyone}, `{"by":"air","light":"night","within_min":10,"area":`+squareAbout+`}`)
	if err != nil || !strings.Contains(strings.Join(geo.Texts(none.Warnings), " "), "all is a gap") {
		t.Error(none.Warnings, err)
	}
}
