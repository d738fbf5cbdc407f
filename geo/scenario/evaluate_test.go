package scenario_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/process/processtest"
	"bivouac/geo/scenario"
)

func tools() *scenario.Tools {
	return &scenario.Tools{Cache: network.NewCache(8), Worlds: scenario.NewWorlds(8), Tables: scenario.NewTables(4)}
}

func ask(t testing.TB, p process.Process, w process.World, body string) (process.Result, error) {
	t.Helper()
	return processtest.Run(p, w, body)
}

func evaluate(t testing.TB, k *scenario.Tools, snap *layer.Snapshot, body string) process.Result {
	t.Helper()
	r, err := ask(t, scenario.Process(k), process.World{Snapshot: snap, Reader: everyone}, body)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// measures are the numbers of a footprint by name, NaN for null.
func measures(r process.Result) map[string]float64 {
	out := map[string]float64{}
	for _, m := range r.Output["measures"].List() {
		v := math.NaN()
		if !m.Record()["value"].Null() {
			v = m.Record()["value"].Float()
		}
		out[m.Record()["measure"].Text()] = v
	}
	return out
}

func features(v geo.Value) map[string]geo.Values {
	out := map[string]geo.Values{}
	for _, f := range v.Record()["features"].List() {
		p := f.Record()["properties"].Record()
		out[p["name"].Text()] = p
	}
	return out
}

// TestFootprint reckons the small country by hand: 60 km/h times 1.2 for a
// patrol, 72 km/h; a tenth of a degree is 11.13 km, 9.3 minutes.
func TestFootprint(t *testing.T) {
	r := evaluate(t, tools(), country(t), `{"within_min":10,"bases":"name <> 'Hidden'"}`)
	m := measures(r)
	for name, want := range map[string]float64{
		"people_in_time": 7000, "people_one_base": 7000, "people_two_bases": 0, "people_no_way": 500, "people_no_road": 70, "people": 7570,
		"bases": 3, "staff": 600, "cost_year": 3e6, "staff_unsupplied": 0, "staff_over": 0, "weight_in_time": 7000,
	} {
		if m[name] != want {
			t.Errorf("%s is %v, not %v", name, m[name], want)
		}
	}
	bases := features(r.Output["bases"])
	mid, east := bases["Mid"], bases["East"]
	if got := mid["people_in_time"].Float(); got != 2000 {
		t.Errorf("Mid reaches %v", got)
	}
	// 0.3 degrees at the stated 60 km/h of a convoy.
	if got := mid["supply_min"].Float(); math.Abs(got-33.4) > 0.05 || mid["hub"].Text() != "M/Hub" {
		t.Errorf("Mid is supplied in %v from %v", got, mid["hub"])
	}
	if got := east["single_km"].Float(); math.Abs(got-33.396) > 0.01 || east["single_roads"].Text() != "east" {
		t.Errorf("East hangs on %v km of %v", got, east["single_roads"])
	}
	places := features(r.Output["places"])
	if p := places["off"]; p["road"].Bool() || !p["minutes"].Null() {
		t.Errorf("a place without a road has a time: %v", p)
	}
	if p := places["near Mid"]; p["nearest"].Text() != "Mid" || p["bases"].Int() != 1 {
		t.Error(p)
	}
	// The helicopter of Mid is in the air after 15 minutes.
	if p := features(evaluate(t, tools(), country(t), `{"within_min":30}`).Output["places"]); !p["near East"]["by_air"].Bool() || p["off"]["by_air"].Bool() {
		t.Error("reach by air")
	}
}

func TestSupplyEnds(t *testing.T) {
	for _, c := range []struct{ desc, body, base, says string }{
		{"the hub closes", `{"changes":[{"act":"close","target":2}]}`, "East", "its hub, M/Mid, is not one of the open bases"},
		{"the road is closed", `{"changes":[{"act":"close_route","target":1}]}`, "Mid", "no way is open from its hub"},
		{"in the wet season", `{"season":"wet"}`, "East", "no way is open"},
	} {
		got := features(evaluate(t, tools(), country(t), c.body).Output["bases"])[c.base]
		if said := got["supply_problem"].Text(); !strings.Contains(said, c.says) || !got["supply_min"].Null() {
			t.Errorf("%s: %q, %v min", c.desc, said, got["supply_min"])
		}
	}
}

func TestCosts(t *testing.T) {
	m := measures(evaluate(t, tools(), country(t), `{"changes":[{"act":"close","target":2},{"act":"merge","target":3,"into":1}]}`))
	if m["cost_once"] != 1e6 || m["cost_year"] != 2e6 || m["staff"] != 900 {
		t.Errorf("costs %v once and %v a year for %v people", m["cost_once"], m["cost_year"], m["staff"])
	}
}

// TestCostThatNobodyStates: what is not stated is not known and counted, and is
// never nothing.
func TestCostThatNobodyStates(t *testing.T) {
	const opens = `{"act":"open","to":{"type":"Point","coordinates":[0.1,0]},"fields":{"military":50}}`
	const priced = `{"act":"open","to":{"type":"Point","coordinates":[0.2,0]},"fields":{"military":50,"annual_cost_usd":7,"opening_cost_usd":3}}`
	unknown := math.NaN()
	for _, c := range []struct {
		desc, changes string
		want          map[string]float64
		warns         []string
	}{
		{"nothing changes", ``, map[string]float64{"cost_once": 0, "cost_opening": 0, "cost_closing": 0, "lead_days": 0, "cost_year": 4e6}, nil},
		{"a base opens that states none", opens, map[string]float64{"cost_once": unknown, "cost_opening": unknown, "cost_closing": 0, "cost_year": 4e6},
			[]string{"Of 1 bases that close or open", "Of 1 of 5 bases it is not stated what they cost a year"}},
		{"one that states some beside it", opens + "," + priced, map[string]float64{"cost_once": 3, "cost_opening": 3, "cost_year": 4e6 + 7},
			[]string{"Of 1 bases that close or open", "Of 1 of 6 bases it is not stated what they cost a year"}},
		{"a base closes beside it", opens + `,{"act":"close","target":2}`, map[string]float64{"cost_once": 5e5, "cost_opening": unknown, "cost_closing": 5e5}, []string{"Of 1 bases that close or open"}},
		{"one opens that is open", `{"act":"open","target":2}`, map[string]float64{"cost_once": 0, "cost_opening": 0, "cost_year": 4e6}, nil},
		{"it is to be another", `{"act":"open","target":2,"to":{"type":"Point","coordinates":[0.2,0]},"fields":{"opening_cost_usd":9,"annual_cost_usd":5e6}}`,
			map[string]float64{"cost_once": 0, "cost_opening": 0, "cost_year": 8e6}, nil},
		{"it closes again", opens + `,{"act":"close","target":-1}`, map[string]float64{"cost_once": unknown, "cost_opening": unknown, "cost_closing": unknown, "lead_days": unknown}, []string{"Of 2 bases that close or open"}},
	} {
		r := evaluate(t, tools(), country(t), `{"changes":[`+c.changes+`]}`)
		got := measures(r)
		for name, want := range c.want {
			if v, is := got[name]; is && v != want && !(math.IsNaN(v) && math.IsNaN(want)) {
				t.Errorf("%s: %s is %v, want %v", c.desc, name, v, want)
			}
		}
		said := strings.Join(geo.Texts(r.Warnings), "\n")
		for _, want := range c.warns {
			if !strings.Contains(said, want) {
				t.Errorf("%s: no warning says %q: %s", c.desc, want, said)
			}
		}
		if c.warns == nil && strings.Contains(said, "not stated what") {
			t.Errorf("%s: warned of a cost: %s", c.desc, said)
		}
	}
}

// TestNobodyHelpsItself: what is of a base, though it stands a little way off, is no
// help from another.
func TestNobodyHelpsItself(t *testing.T) {
	snap := country(t)
	layers := slices.Clone(snap.Layers())
	layers[1] = build(t, assetSchema, asset("Mid", "helicopter", orb.Point{0.31, 0}), asset("East", "reaction_force", orb.Point{0.59, 0}))
	r := evaluate(t, tools(), snap.WithLayers(layers), `{"within_min":60}`)
	bases := features(r.Output["bases"])
	if n := bases["Mid"]["aircraft"].Int(); n != 0 || bases["East"]["aircraft"].Int() != 1 {
		t.Errorf("its own helicopter helps Mid: %d", n)
	}
	if n := bases["East"]["helpers"].Int(); n != 0 || bases["East"]["forces"].Int() != 1 || bases["Mid"]["helpers"].Int() != 1 {
		t.Errorf("its own force helps East: %d", n)
	}
}

// TestDate: the day that is looked at is that of the changes and of the roads, in
// every question; a day behind a scenario's name goes before it for the changes.
func TestDate(t *testing.T) {
	const s = `{\"body\":{\"changes\":[{\"act\":\"close\",\"target\":3,\"on\":\"2023-03-01\"}]}}`
	k, w := tools(), process.World{Snapshot: country(t), Reader: everyone}
	for _, c := range []struct {
		desc, at, date string
		bases          float64
	}{
		{"no day", "", ``, 3}, {"before", "", `,"date":"2023-02-28"`, 4}, {"after", "", `,"date":"2023-03-01"`, 3},
		{"the day behind the name", "@2023-02-28", `,"date":"2023-03-01"`, 4},
	} {
		one := measures(evaluate(t, k, w.Snapshot, `{"scenario":"`+s+c.at+`"`+c.date+`}`))
		r, err := ask(t, scenario.CompareProcess(k), w, `{"scenarios":["`+s+c.at+`"]`+c.date+`}`)
		if err != nil {
			t.Fatal(err)
		}
		several := math.NaN()
		for _, row := range r.Output["numbers"].List() {
			if v := row.Record(); v["measure"].Text() == "bases" && v["option"].Text() != "As it is" {
				several = v["value"].Float()
			}
		}
		if one["bases"] != c.bases || several != c.bases {
			t.Errorf("%s: %v bases by itself, %v beside what is; want %v", c.desc, one["bases"], several, c.bases)
		}
	}
}

// TestSurgeryOnTheDay: ambulances drive on the roads of the day, as patrols do.
func TestSurgeryOnTheDay(t *testing.T) {
	snap := country(t)
	layers := slices.Clone(snap.Layers())
	layers[5] = build(t, hazardSchema, geo.Feature{
		Geometry: orb.Polygon{{{0.4, -0.01}, {0.41, -0.01}, {0.41, 0.01}, {0.4, 0.01}, {0.4, -0.01}}}, Valid: geo.Interval{Start: geo.End{Kind: geo.Open}, End: geo.End{Kind: geo.At, Time: geo.Time(1514764800000000)}},
		Values: []geo.Value{geo.String("field"), geo.String("confirmed"), geo.TimeValue(1514764800000000)},
	})
	const body = `{"avoid_hazards":true,"changes":[{"act":"change","target":1,"fields":{"medical_level":"L2"}},{"act":"add_asset","into":3,"fields":{"type":"ambulance"}}],"date":`
	for day, drives := range map[string]bool{"2017-12-30": false, "2018-01-03": true} {
		east := features(evaluate(t, tools(), snap.WithLayers(layers), body+`"`+day+`"}`).Output["bases"])["East"]
		if got := !east["surgery_road_min"].Null(); got != drives || east["supply_min"].Null() == drives {
			t.Errorf("%s: by road to surgery in %v, supplied in %v", day, east["surgery_road_min"], east["supply_min"])
		}
	}
}

// TestWeightsMoveNothingElse: a weight changes scores, and no part.
func TestWeightsMoveNothingElse(t *testing.T) {
	k, snap := tools(), country(t)
	parts := func(body string) string {
		r, err := ask(t, scenario.CompareProcess(k), process.World{Snapshot: snap, Reader: everyone}, body)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		seen := map[string]string{}
		for _, row := range r.Output["scores"].List() {
			v := row.Record()
			text := ""
			for _, f := range scenario.Factors {
				text += fmt.Sprint(f, v[string(f)], " ")
			}
			seen[v["option"].Text()] = text
		}
		fmt.Fprint(&b, seen, r.Output["numbers"], r.Output["balance"], r.Output["differences"])
		return b.String()
	}
	rest := `"changes":[{"act":"close","target":2}],"scenarios":[],"further":"environment_score","bases":"name <> 'Hidden'"`
	want := parts(`{` + rest + `}`)
	for _, f := range scenario.Factors {
		if got := parts(fmt.Sprintf(`{%s,"weight_%s":7.5}`, rest, f)); got != want {
			t.Errorf("the weight of %s moved a part:\n%s\n%s", f, got, want)
		}
	}
}

func TestCompareBalance(t *testing.T) {
	r, err := ask(t, scenario.CompareProcess(tools()), process.World{Snapshot: country(t), Reader: everyone},
		`{"scenarios":[],"changes":[{"act":"close","target":2},{"act":"open_route","target":3}],"within_min":30,"bases":"name <> 'Hidden'"}`)
	if err != nil {
		t.Fatal(err)
	}
	b := r.Output["balance"].List()[0].Record()
	if b["people_lost"].Float() != 2000 && b["people_gained"].Float() != 500 {
		t.Error(b)
	}
	changes := map[string]string{}
	for _, f := range r.Output["differences"].Record()["features"].List() {
		p := f.Record()["properties"].Record()
		changes[p["name"].Text()] = p["change"].Text()
	}
	if changes["up the spur"] != "gained" || changes["near Hub"] != "" {
		t.Error(changes)
	}
}

// TestClosingNeverHelps closes bases of random worlds: nobody is reached sooner,
// and no more people are in time, by road, by air or by patrol.
func TestClosingNeverHelps(t *testing.T) {
	const seed = 20261127
	rng := rand.New(rand.NewPCG(seed, 1))
	for trial := range 25 {
		snap, bases := randomCountry(t, rng)
		k := tools()
		closed := ""
		var before map[string]float64
		var was map[string]geo.Values
		for n := range bases {
			r := evaluate(t, k, snap, `{"within_min":40,"changes":[`+closed+`]}`)
			m, places := measures(r), features(r.Output["places"])
			for _, name := range []string{"people_in_time", "people_two_bases", "people_in_patrol", "people_by_air", "weight_in_time"} {
				if before != nil && m[name] > before[name] {
					t.Fatalf("seed %d, trial %d: %s rose from %v to %v by closing %s", seed, trial, name, before[name], m[name], closed)
				}
			}
			for name, p := range places {
				if was != nil && !p["minutes"].Null() && (was[name]["minutes"].Null() || p["minutes"].Float() < was[name]["minutes"].Float()) {
					t.Fatalf("seed %d, trial %d: %s is reached sooner", seed, trial, name)
				}
			}
			before, was = m, places
			if closed != "" {
				closed += ","
			}
			closed += fmt.Sprintf(`{"act":"close","target":%d}`, n+1)
		}
	}
}

// randomCountry is a lattice of roads with bases, aircraft and places on it.
func randomCountry(t testing.TB, rng *rand.Rand) (*layer.Snapshot, int) {
	t.Helper()
	const n = 5
	at := func(i, k int) orb.Point { return orb.Point{float64(i) / 10, float64(k) / 10} }
	var roads, bases, assets, places []geo.Feature
	for i := range n {
		for k := range n {
			if i+1 < n && rng.Float64() < 0.8 {
				roads = append(roads, road("h", "open", "all", at(i, k), at(i+1, k)))
			}
			if k+1 < n && rng.Float64() < 0.8 {
				roads = append(roads, road("v", "open", "all", at(i, k), at(i, k+1)))
			}
		}
	}
	spot := func() orb.Point { return at(rng.IntN(n), rng.IntN(n)) }
	count := 2 + rng.IntN(4)
	for i := range count {
		p := spot()
		bases = append(bases, base(fmt.Sprint("B", i), p, 10+rng.Int64N(90), 100, "M/B0"))
		if rng.IntN(2) == 0 {
			assets = append(assets, asset(fmt.Sprint("M/B", i), []string{"helicopter", "reaction_force"}[rng.IntN(2)], p))
		}
	}
	for i := range 30 {
		places = append(places, place(fmt.Sprint("P", i), rng.Int64N(1000), spot()))
	}
	layers := []*layer.Layer{build(t, baseSchema, bases...), build(t, assetSchema, assets...), build(t, roadSchema, roads...), build(t, placeSchema, places...), build(t, incidentSchema), build(t, hazardSchema)}
	g, err := layer.Roads(context.Background(), layers)
	if err != nil {
		t.Fatal(err)
	}
	return layer.NewSnapshot("random", layers, nil, []layer.Moment{{Version: 1}}).WithNetwork(g), count
}

func TestBadQuestions(t *testing.T) {
	w := process.World{Snapshot: country(t), Reader: everyone}
	for _, c := range []struct {
		body, where string
		code        geo.Code
	}{
		{`{"scenario":"none"}`, "scenario", geo.Invalid},
		{`{"changes":[{"act":"close"}]}`, "changes.1.target", geo.Invalid},
		{`{"changes":[7]}`, "changes", geo.Invalid},
		{`{"bases":"colour = 1"}`, "bases", geo.Invalid},
		{`{"priorities":"colour = 1"}`, "priorities", geo.Invalid},
		{`{"incidents":"colour = 1"}`, "incidents", geo.Invalid},
		{`{"strength":"colour"}`, "strength", geo.Invalid},
		{`{"further":"name"}`, "further", geo.Invalid},
		{`{"profile":"none"}`, "profile", geo.Invalid},
		{`{"within_min":0}`, "within_min", geo.Invalid},
		{`{"weight_threat":-1}`, "weight_threat", geo.Invalid},
	} {
		_, err := ask(t, scenario.Process(tools()), w, c.body)
		if e, ok := err.(*geo.Error); !ok || e.Where != c.where || e.Code != c.code {
			t.Errorf("%s: %v", c.body, err)
		}
	}
	for body, where := range map[string]string{`{"scenarios":[]}`: "scenarios", `{"scenarios":["none"]}`: "scenarios", `{}`: "scenarios"} {
		_, err := ask(t, scenario.CompareProcess(tools()), w, body)
		if e, ok := err.(*geo.Error); !ok || e.Where != where {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// TestNobodyLeft closes all: an answer with a sentence, and no failure.
func TestNobodyLeft(t *testing.T) {
	r := evaluate(t, tools(), country(t), `{"changes":[{"act":"close","target":1},{"act":"close","target":2},{"act":"close","target":3},{"act":"close","target":4}]}`)
	if m := measures(r); m["people_in_time"] != 0 || m["bases"] != 0 {
		t.Error(m)
	}
	if said := strings.Join(geo.Texts(r.Warnings), " "); !strings.Contains(said, "closes every one") || !strings.Contains(said, "nobody is reached") {
		t.Error(said)
	}
}

// TestWhoLeadsBeyond: of options that draw level with the first at one weight, that
// which gains most is first beyond it.
func TestWhoLeadsBeyond(t *testing.T) {
	for _, c := range []struct {
		desc         string
		parts        [][]float64
		weights      []float64
		below, above int
	}{
		{"all alike but for what counts nothing", [][]float64{{1, 0}, {1, 0.5}, {1, 1}}, []float64{1, 0}, -1, 2},
		{"at one weight beyond", [][]float64{{1, 0}, {0.75, 0.25}, {0, 1}}, []float64{1, 0.5}, -1, 2},
		{"at one weight below", [][]float64{{0, 1}, {0.25, 0.75}, {1, 0}}, []float64{1, 2}, 2, -1},
	} {
		s := scenario.NewScore(c.parts, c.weights)
		got := s.Stable(1)
		if got.Below != c.below || got.Above != c.above {
			t.Errorf("%s: %+v", c.desc, got)
		}
		if w := got.To + 1e-6; c.above >= 0 && scenario.NewScore(c.parts, []float64{c.weights[0], w}).Order[0] != c.above {
			t.Errorf("%s: at %v another is first", c.desc, w)
		}
	}
}

func TestScore(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		desc    string
		parts   [][]float64
		weights []float64
		order   string
		from    float64
		to      float64
	}{
		// 1 against 0.5 at equal weights; the second factor wins beyond 2.
		{"beyond", [][]float64{{1, 0.5}, {0, 1}}, []float64{1, 1}, "[0 1]", 0, 2},
		{"below", [][]float64{{0.5, 1}, {1, 0}}, []float64{1, 1}, "[0 1]", 0.5, math.Inf(1)},
		{"never", [][]float64{{1, 1}, {0, 0}}, []float64{1, 1}, "[0 1]", 0, math.Inf(1)},
		{"not known", [][]float64{{1, nan}, {0, nan}}, []float64{1, 1}, "[0 1]", 0, math.Inf(1)},
		{"the second is first", [][]float64{{0, 0}, {1, 1}}, []float64{1, 1}, "[1 0]", 0, math.Inf(1)},
	} {
		s := scenario.NewScore(c.parts, c.weights)
		got := s.Stable(1)
		if fmt.Sprint(s.Order) != c.order || math.Abs(got.From-c.from) > 1e-12 || got.To != c.to && math.Abs(got.To-c.to) > 1e-12 {
			t.Errorf("%s: %v, %+v", c.desc, s.Order, got)
		}
		// A hair beyond each end the order is another.
		for _, w := range []float64{got.From - 1e-9, got.To + 1e-9} {
			if w <= 0 || math.IsInf(w, 1) {
				continue
			}
			if moved := scenario.NewScore(c.parts, []float64{c.weights[0], w}); fmt.Sprint(moved.Order) == c.order {
				t.Errorf("%s: at %v the order is the same", c.desc, w)
			}
		}
	}
}
