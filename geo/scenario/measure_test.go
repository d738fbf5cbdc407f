package scenario_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/process"
	"bivouac/geo/scenario"
)

// troubled is the country with incidents over two years, surgery at its hub, an
// ambulance and closing costs.
func troubled(t testing.TB) *layer.Snapshot {
	t.Helper()
	snap := country(t)
	var incidents []geo.Feature
	for n := range 40 {
		at := orb.Point{0.3 + 0.3*float64(n%7)/7, 0.002}
		incidents = append(incidents, incident(at, 18*n, int64(n%3), int64(n%2)))
	}
	hub, mid, east := base("Hub", orb.Point{0, 0}, 100, 500, "M/Hub"), base("Mid", orb.Point{0.3, 0}, 200, 250, "M/Hub"), base("East", orb.Point{0.6, 0}, 300, 250, "M/Mid")
	hub.Values = append(hub.Values, geo.String("L2"), geo.Bool(true))
	layers := []*layer.Layer{
		build(t, baseSchema, hub, mid, east),
		build(t, assetSchema, asset("M/Mid", "helicopter", orb.Point{0.3, 0}), asset("East", "reaction_force", orb.Point{0.6, 0}), asset("M/Hub", "ambulance", orb.Point{0, 0})),
		build(t, incidentSchema, incidents...),
	}
	for _, name := range []string{"routes", "places", "hazards"} {
		l, err := snap.Layer(name)
		if err != nil {
			t.Fatal(err)
		}
		layers = append(layers, l)
	}
	return layer.NewSnapshot("troubled", layers, nil, []layer.Moment{{Version: 1}}).WithNetwork(snap.Network())
}

// rowsOf makes a layer of the rows of an output, so that conditions on them are
// read by the filter that everybody uses.
func rowsOf(t *testing.T, r process.Result, name string) *layer.Layer {
	t.Helper()
	out := scenario.Process(tools()).Out
	f := out.Fields[out.Field(name)]
	s := geo.Schema{Name: name, Fields: f.Fields}
	var records []geo.Values
	if f.Kind == geo.KindList {
		s.Fields = f.Items.Fields
		for _, v := range r.Output[name].List() {
			records = append(records, v.Record())
		}
	} else {
		for _, v := range r.Output[name].Record()["features"].List() {
			records = append(records, v.Record()["properties"].Record())
		}
	}
	var features []geo.Feature
	for _, v := range records {
		one := geo.Feature{}
		for i := range s.Fields {
			one.Values = append(one.Values, v[s.Fields[i].Name])
		}
		features = append(features, one)
	}
	return build(t, s, features...)
}

// remade is a number made of its rows by what is said of it; NaN for a sum, or a
// greatest, of rows none of which states anything.
func remade(t *testing.T, l *layer.Layer, m geo.Values) float64 {
	t.Helper()
	s := geo.Selection{Reader: everyone}
	if v := m["where"]; !v.Null() {
		match, err := process.Filter(l, "where", v.Text())
		if err != nil {
			t.Fatalf("%s: %v", m["measure"], err)
		}
		s.Match = match
	}
	of := m["of"].Text()
	if of != "" && l.Schema().Field(of) < 0 {
		t.Fatalf("%s: %s have no field %s", m["measure"], l.Schema().Name, of)
	}
	number := func(row geo.Row, name string) float64 {
		if name == "" || l.Schema().Field(name) < 0 {
			return math.NaN()
		}
		return process.NumberOf(row, name)
	}
	var sum, weighed, stating, people, most, n, stated float64
	rows, failed := l.Select(context.Background(), s)
	for row := range rows {
		n++
		who := 0.0
		if p := number(row, "people"); p > 0 {
			who = p
		}
		people += who
		if v := number(row, of); !math.IsNaN(v) {
			stated++
			sum, most, weighed, stating = sum+v, max(most, v), weighed+v*who, stating+who
		}
	}
	if err := failed(); err != nil {
		t.Fatal(err)
	}
	how := scenario.How(m["how"].Text())
	if m["value"].Null() && n > 0 && stated == 0 && (how == scenario.Sum || how == scenario.Greatest) {
		return math.NaN()
	}
	switch how {
	case scenario.Sum:
		return sum
	case scenario.Count:
		return n
	case scenario.Mean:
		return weighed / stating
	case scenario.Share:
		all := remade(t, l, geo.Values{"how": geo.String("sum"), "of": geo.String("people"), "value": geo.Float(0)})
		return people / all
	case scenario.Greatest:
		return most
	}
	t.Fatalf("%s is made by %q", m["measure"], m["how"].Text())
	return 0
}

// TestEachNumberIsThatOfItsRows makes each number again of the rows that are said
// to be behind it, and looks for each parameter that it is said to hang on.
func TestEachNumberIsThatOfItsRows(t *testing.T) {
	const seed = 77
	rng := rand.New(rand.NewPCG(seed, 1))
	worlds := []*layer.Snapshot{country(t), troubled(t)}
	for range 6 {
		snap, _ := randomCountry(t, rng)
		worlds = append(worlds, snap)
	}
	compared, whole := 0, map[string]bool{}
	for i, snap := range worlds {
		for _, body := range []string{`{}`, `{"within_min":12,"light":"night","further":"environment_score","patrol_km":9,"zone_days":400,"strength":"military"}`, `{"changes":[{"act":"close","target":2},{"act":"open","to":{"type":"Point","coordinates":[0.1,0]},"fields":{"military":50}}]}`} {
			r := evaluate(t, tools(), snap, body)
			layers := map[string]*layer.Layer{}
			for _, v := range r.Output["measures"].List() {
				m := v.Record()
				name := m["layer"].Text()
				if layers[name] == nil {
					layers[name] = rowsOf(t, r, name)
				}
				wantRemade(t, fmt.Sprintf("seed %d, world %d, %s: %s", seed, i, body, m["measure"].Text()), layers[name], m)
				if compared++; !m["value"].Null() && m["value"].Float() != 0 {
					whole[m["measure"].Text()] = true
				}
			}
		}
	}
	if compared < 500 {
		t.Errorf("%d numbers were made again", compared)
	}
	for _, name := range []string{"incidents_near", "casualties_near", "incidents_supply", "expected_supply", "zones_near", "zones_supply", "hazards_near", "hazards_supply", "people_surgery_day",
		"people_surgery_road", "people_surgery_air", "staff_over", "cost_once", "helps", "aircraft", "access", "further", "staff_single"} {
		if !whole[name] {
			t.Errorf("%s is 0 in every world: that proves nothing of it", name)
		}
	}
}

// wantRemade holds a number against what its rows make, its interval and its
// inputs.
func wantRemade(t *testing.T, what string, l *layer.Layer, m geo.Values) {
	t.Helper()
	in := scenario.Process(tools()).In
	for _, input := range strings.Split(m["inputs"].Text(), ", ") {
		if in.Field(input) < 0 {
			t.Errorf("%s hangs on %q, which is no input", what, input)
		}
	}
	got := remade(t, l, m)
	if m["value"].Null() {
		if !math.IsNaN(got) {
			t.Errorf("%s is not known, its rows give %v", what, got)
		}
		return
	}
	want := m["value"].Float()
	if tolerance := map[string]float64{"min": 0.1, "km": 0.05}[m["unit"].Text()] + 1e-9*math.Abs(want); !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s is %v, its rows give %v", what, want, got)
	}
	if low := m["lower"]; !low.Null() && !(low.Float() <= want && want <= m["upper"].Float()) {
		t.Errorf("%s is %v, between %v and %v", what, want, low, m["upper"])
	}
}

// TestIntervalsOfMeans: an incident near two bases is one, so that their mean is
// less sure than if there were two; with one base it is Garwood's own interval.
func TestIntervalsOfMeans(t *testing.T) {
	at := func(body string) geo.Values {
		for _, v := range evaluate(t, tools(), troubled(t), body).Output["measures"].List() {
			if v.Record()["measure"].Text() == "incidents_near" {
				return v.Record()
			}
		}
		t.Fatal("no such number")
		return nil
	}
	r := evaluate(t, tools(), troubled(t), `{"bases":"name = 'Mid'"}`)
	mid, one := features(r.Output["bases"])["Mid"], at(`{"bases":"name = 'Mid'"}`)
	if fmt.Sprint(one["lower"], one["upper"]) != fmt.Sprint(mid["incidents_year_lower"], mid["incidents_year_upper"]) {
		t.Errorf("of one base %v to %v, its row says %v to %v", one["lower"], one["upper"], mid["incidents_year_lower"], mid["incidents_year_upper"])
	}
	far, near := at(`{"near_km":5}`), at(`{"near_km":500}`)
	width := func(m geo.Values) float64 { return (m["upper"].Float() - m["lower"].Float()) / m["value"].Float() }
	// All 40 are near to each base: the mean is that of 40.
	if got := width(near); math.Abs(got-width(at(`{"near_km":500,"bases":"name = 'Mid'"}`))) > 1e-9 {
		t.Errorf("40 incidents near to all bases: %v wide", got)
	}
	if far["value"].Float() >= near["value"].Float() {
		t.Error(far, near)
	}
}

// TestMayNotDiffer closes one of three bases, among the incidents, and then moves
// all away from them: the first is not beyond chance, the second is.
func TestMayNotDiffer(t *testing.T) {
	for _, c := range []struct {
		desc, changes string
		apart         bool
	}{
		{"one closes", `{"act":"close","target":3}`, false},
		{"two leave", `{"act":"close","target":2},{"act":"close","target":3}`, true},
	} {
		r, err := ask(t, scenario.CompareProcess(tools()), process.World{Snapshot: troubled(t), Reader: everyone}, `{"scenarios":[],"near_km":20,"changes":[`+c.changes+`]}`)
		if err != nil {
			t.Fatal(err)
		}
		var got geo.Value
		for _, v := range r.Output["numbers"].List() {
			if m := v.Record(); m["measure"].Text() == "incidents_near" && m["option"].Text() != "As it is" {
				got = m["apart"]
			}
		}
		said := strings.Contains(strings.Join(geo.Texts(r.Warnings), " "), "may not differ from the base line")
		if got.Null() || got.Bool() != c.apart || said == c.apart {
			t.Errorf("%s: apart %v, %v", c.desc, got, r.Warnings)
		}
	}
}

// TestUnknownIsNotNone: where nobody keeps incidents, hazards or assets, numbers of
// them are not known, and not 0.
func TestUnknownIsNotNone(t *testing.T) {
	var layers []*layer.Layer
	for _, l := range country(t).Layers() {
		if name := l.Schema().Name; name != "incidents" && name != "hazards" && name != "assets" {
			layers = append(layers, l)
		}
	}
	r := evaluate(t, tools(), layer.NewSnapshot("bare", layers, nil, []layer.Moment{{Version: 1}}).WithNetwork(country(t).Network()), `{}`)
	m := measures(r)
	for _, name := range []string{"incidents_near", "casualties_near", "incidents_supply", "expected_supply", "supply_risk", "bases_rising", "zones_near", "zones_supply", "hazards_near", "hazards_supply"} {
		if v, ok := m[name]; !ok || !math.IsNaN(v) {
			t.Errorf("%s is %v", name, v)
		}
	}
	for name, b := range features(r.Output["bases"]) {
		for _, field := range []string{"incidents", "incidents_year", "casualties", "zones", "hazards", "incidents_supply", "hazards_supply", "supply_risk", "surgery_min"} {
			if !b[field].Null() {
				t.Errorf("%s of %s is %v", field, name, b[field])
			}
		}
	}
}
