package reach_test

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/process/processtest"
	"bivouac/geo/reach"
)

func record(p orb.Geometry, values ...geo.Value) geo.Feature {
	return geo.Feature{Geometry: p, Values: values}
}

// world has a road of 20 km at 60 km/h, one on the other bank of a river, 600 m
// north, that nothing joins to it, and an island of road far off; places, and
// bases with beds.
func world(t testing.TB, hidden ...orb.LineString) process.World {
	t.Helper()
	name := geo.Field{Name: "name", Kind: geo.KindString, Role: geo.NameRole}
	people, beds := geo.Field{Name: "population", Kind: geo.KindInt}, geo.Field{Name: "beds", Kind: geo.KindInt}
	road := func(status string, line orb.LineString) geo.Feature {
		return record(line, geo.String("R"), geo.String("earth"), geo.String(status), geo.Float(60), geo.Bool(false))
	}
	lines := []geo.Feature{
		road("open", orb.LineString{at(0, 0), at(20_000, 0)}), road("open", orb.LineString{at(0, 600), at(20_000, 600)}),
		road("closed", orb.LineString{at(20_000, 0), at(20_000, 600)}),
	}
	for _, line := range hidden {
		lines = append(lines, road("open", line))
		lines[len(lines)-1].Class = geo.Confidential
	}
	layers := []*layer.Layer{
		layertest.Build(t, geo.Schema{Name: "routes", Geometry: geo.LineGeometry, Fields: []geo.Field{name, {Name: "surface", Kind: geo.KindString},
			{Name: "status", Kind: geo.KindString}, {Name: "speed_kmh", Kind: geo.KindFloat}, {Name: "one_way", Kind: geo.KindBool}}}, lines...),
		layertest.Build(t, geo.Schema{Name: "places", Geometry: geo.PointGeometry, Fields: []geo.Field{name, people}},
			record(at(1000, 100), geo.String("a"), geo.Int(100)), record(at(9000, 0), geo.String("b"), geo.Int(20)),
			record(at(2000, 650), geo.String("other bank"), geo.Int(3000)), record(nil, geo.String("nowhere"), geo.Int(5)), record(at(5000, 90_000), geo.String("far"), geo.Int(7))),
		layertest.Build(t, geo.Schema{Name: "bases", Geometry: geo.PointGeometry, Fields: []geo.Field{name, beds}},
			record(at(0, 0), geo.String("west"), geo.Int(12)), record(at(20_000, 0), geo.String("east"), geo.Int(0)), record(at(20_000, 600), geo.String("north-east"), geo.Int(6)),
			record(nil, geo.String("lost"), geo.Int(1))),
	}
	g, err := network.Build(context.Background(), []network.Source{{Schema: layers[0].Schema(), Each: layers[0].Each}}, network.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return process.World{Snapshot: layer.NewSnapshot("test", layers, nil, nil).WithNetwork(g)}
}

// TestIsochrone sets out from the west: after 5 minutes 5 km are reached and
// one place of 100, after 10 minutes two; the other bank never.
func TestIsochrone(t *testing.T) {
	w := world(t)
	r := processtest.Must(t, reach.IsochroneProcess(nil), w, `{"bases":[1],"minutes":[10,5,600]}`)
	for i, want := range []struct{ minutes, km, people float64 }{{5, 5, 100}, {10, 10, 120}, {600, 20, 120}} {
		v := r.Output["times"].List()[i].Record()
		if v["minutes"].Float() != want.minutes || math.Abs(v["roads_km"].Float()-want.km) > 0.02 || v["people"].Float() != want.people || !(v["area_km2"].Float() > 0) {
			t.Errorf("%v, want %v", v, want)
		}
	}
	if r.Selected != 5 || r.Used != 4 || len(r.Output["areas"].Record()["features"].List()) != 3 {
		t.Errorf("%d of %d, %v", r.Used, r.Selected, r.Dropped)
	}
	if r := processtest.Must(t, reach.IsochroneProcess(nil), w, `{"bases":[1,3],"minutes":[600]}`); r.Output["times"].List()[0].Record()["people"].Float() != 3120 {
		t.Errorf("from both banks: %v", r.Output["times"])
	}
	on := processtest.Must(t, reach.IsochroneProcess(nil), w, `{"bases":[1],"minutes":[60],"walk_kmh":5,"count":"none"}`)
	if on.Selected != 1 || on.Used != 1 || !on.Output["times"].List()[0].Record()["records"].Null() {
		t.Errorf("nothing is counted: %v", on.Output["times"])
	}
	river := `{"type":"LineString","coordinates":[[9,0.003],[11,0.003]]}`
	over := processtest.Must(t, reach.IsochroneProcess(nil), w, `{"bases":[1],"minutes":[60],"walk_kmh":5}`)
	barred := processtest.Must(t, reach.IsochroneProcess(nil), w, `{"bases":[1],"minutes":[60],"walk_kmh":5,"barriers":[`+river+`]}`)
	if a, b := over.Output["times"].List()[0].Record()["people"].Float(), barred.Output["times"].List()[0].Record()["people"].Float(); a != 3120 || b != 120 {
		t.Errorf("on foot %v people are reached, %v with a river in the way", a, b)
	}
}

func TestMatrix(t *testing.T) {
	r := processtest.Must(t, reach.MatrixProcess(nil), world(t), `{"from_bases":[1],"to_bases":[2,3],"to":[{"type":"Point","coordinates":[10,1]}]}`)
	for i, want := range []struct {
		minutes, km geo.Value
		problem     string
	}{{geo.Value{}, geo.Value{}, "place 1: "}, {geo.Float(20), geo.Float(20), ""}, {geo.Value{}, geo.Value{}, "closed"}} {
		v := r.Output["pairs"].List()[i].Record()
		if !v["minutes"].Equal(want.minutes) || !v["km"].Equal(want.km) || !strings.Contains(v["problem"].Text(), want.problem) {
			t.Errorf("%v, want %v", v, want)
		}
	}
	if row := r.Output["minutes"].List()[0].List(); !row[0].Null() || row[1].Float() != 20 || !row[2].Null() {
		t.Errorf("%v", row)
	}
	if r.Selected != 4 || r.Used != 3 {
		t.Errorf("%d of %d, %v", r.Used, r.Selected, r.Dropped)
	}
	square := processtest.Must(t, reach.MatrixProcess(nil), world(t), `{"from_bases":[1,2],"lengths":false}`)
	if n := len(square.Output["pairs"].List()); n != 4 || !square.Output["pairs"].List()[1].Record()["km"].Null() {
		t.Errorf("among themselves: %v", square.Output["pairs"])
	}
}

// TestAccess shares 12 beds among the 120 who live along the road, and 6 among
// the 3,000 on the other bank.
func TestAccess(t *testing.T) {
	r := processtest.Must(t, reach.AccessProcess(nil), world(t), `{"catchment_min":30,"decay":"step"}`)
	got := map[string]float64{}
	for _, f := range r.Output["places"].Record()["features"].List() {
		v := f.Record()["properties"].Record()
		got[v["name"].Text()] = v["per_1000"].Float()
	}
	for name, want := range map[string]float64{"a": 100, "b": 100, "other bank": 2, "far": 0} {
		if math.Abs(got[name]-want) > 1e-9 {
			t.Errorf("%s: %v for 1,000, want %v", name, got[name], want)
		}
	}
	s := r.Output["summary"].Record()
	if s["capacity"].Float() != 18 || s["reached"].Float() != 18 || s["people"].Float() != 3127 || s["without"].Float() != 7 {
		t.Errorf("%v", s)
	}
	if r.Selected != 5 || r.Used != 4 {
		t.Errorf("%d of %d, %v", r.Used, r.Selected, r.Dropped)
	}
}

// TestHiddenRoadsLeaveNoMark asks with and without roads that the reader may
// not see, which bridge the river and end on its roads: times, areas and
// lengths are the same.
func TestHiddenRoadsLeaveNoMark(t *testing.T) {
	open := world(t)
	secret := world(t, orb.LineString{at(3333.3, 0), at(3333.3, 600)}, orb.LineString{at(7777.7, 0.01), at(7777.7, -5000)}, orb.LineString{at(0, 0), at(-4000, 1000)})
	for _, c := range []struct {
		p    process.Process
		body string
	}{
		{reach.IsochroneProcess(nil), `{"bases":[1],"minutes":[2.5,5,12,600]}`},
		{reach.IsochroneProcess(nil), `{"bases":[2],"minutes":[5,12],"towards":true,"walk_kmh":5}`},
		{reach.MatrixProcess(nil), `{"from_bases":[1,2,3],"to":[{"type":"Point","coordinates":[10.05,0.001]}]}`},
		{reach.AccessProcess(nil), `{"catchment_min":30}`},
	} {
		a, b := processtest.Must(t, c.p, open, c.body), processtest.Must(t, c.p, secret, c.body)
		for name := range a.Output {
			if x, y := a.Output[name].String(), b.Output[name].String(); x != y {
				t.Errorf("%s %s, %s:\n%.600s\n%.600s", c.p.ID, c.body, name, x, y)
			}
		}
		if a.Selected != b.Selected || a.Used != b.Used || strings.Join(geo.Texts(a.Warnings), "") != strings.Join(geo.Texts(b.Warnings), "") {
			t.Errorf("%s %s: %v and %v", c.p.ID, c.body, a.Warnings, b.Warnings)
		}
	}
}

func TestBadQuestions(t *testing.T) {
	isochrone, matrix, access := reach.IsochroneProcess(nil), reach.MatrixProcess(nil), reach.AccessProcess(nil)
	for _, c := range []struct {
		desc  string
		p     process.Process
		body  string
		where string
	}{
		{"from nowhere", isochrone, `{}`, "places"},
		{"no time", isochrone, `{"bases":[1],"minutes":[]}`, "minutes"},
		{"a time of nothing", isochrone, `{"bases":[1],"minutes":[0]}`, "minutes"},
		{"a time below nothing", isochrone, `{"bases":[1],"minutes":[-5]}`, "minutes"},
		{"too many times", isochrone, `{"bases":[1],"minutes":[1,2,3,4,5,6,7,8,9,10,11,12,13]}`, "minutes"},
		{"in the sea", isochrone, `{"places":[{"type":"Point","coordinates":[-30,0]}]}`, "places"},
		{"a line", isochrone, `{"places":[{"type":"LineString","coordinates":[[10,0],[10.1,0]]}]}`, "places"},
		{"beyond the pole", isochrone, `{"places":[{"type":"Point","coordinates":[10,95]}]}`, "places"},
		{"a base without a place", isochrone, `{"bases":[4]}`, "bases"},
		{"a base that is not there", isochrone, `{"bases":[99]}`, "bases"},
		{"nobody to count", isochrone, `{"bases":[1],"count":"x"}`, "count"},
		{"an open ring in the way", isochrone, `{"bases":[1],"barriers":[{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}]}`, "barriers"},
		{"a collection that is not there", isochrone, `{"bases":[1],"barrier_collections":["x"]}`, "barrier_collections"},
		{"from nowhere to", matrix, `{}`, "from"},
		{"no such vehicle", matrix, `{"from_bases":[1],"profile":"sledge"}`, "profile"},
		{"no such suppliers", access, `{"supply":"x"}`, "supply"},
		{"no such capacity", access, `{"capacity":"x"}`, "capacity"},
		{"no such people", access, `{"people":"x"}`, "people"},
		{"a filter that is none", access, `{"supply_filter":"beds >"}`, "supply_filter"},
		{"suppliers of nothing", access, `{"supply_filter":"beds < 1"}`, "supply"},
	} {
		_, err := processtest.Run(c.p, world(t), c.body)
		var bad *geo.Error
		if !errors.As(err, &bad) || bad.Where != c.where || bad.Code == geo.Internal {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
	empty := process.World{Snapshot: layer.NewSnapshot("test", nil, nil, nil)}
	for _, p := range []process.Process{isochrone, matrix, access} {
		if _, err := processtest.Run(p, empty, `{}`); err == nil || !strings.Contains(err.Error(), "no roads") {
			t.Errorf("%s without roads: %v", p.ID, err)
		}
	}
}

// TestWalkAmongHazards holds that a hazard is walked round while it is in force.
func TestWalkAmongHazards(t *testing.T) {
	w := world(t)
	b := layer.NewBuilder(geo.Schema{Name: "hazards", Geometry: geo.AreaGeometry, Fields: []geo.Field{
		{Name: "kind", Kind: geo.KindString}, {Name: "reported", Kind: geo.KindTime, Role: geo.StartRole}, {Name: "released", Kind: geo.KindTime, Role: geo.EndRole}}})
	field := orb.Polygon{{at(-3000, 200), at(30_000, 200), at(30_000, 500), at(-3000, 500), at(-3000, 200)}}
	layertest.Add(t, b, geo.Feature{Key: 1, Geometry: field, Valid: geo.Between(10*geo.Day, 20*geo.Day), Values: []geo.Value{geo.String("suspected")}})
	hazards := layertest.Finish(t, b)
	w.Snapshot = layer.NewSnapshot("test", append(w.Layers(), hazards), nil, nil).WithNetwork(w.Network())
	for date, want := range map[string]float64{"1970-01-02T00:00:00Z": 3120, "1970-01-12T00:00:00Z": 120} {
		r := processtest.Must(t, reach.IsochroneProcess(nil), w, `{"bases":[1],"minutes":[60],"walk_kmh":5,"walk_m":2000,"date":"`+date+`"}`)
		if people := r.Output["times"].List()[0].Record()["people"].Float(); people != want {
			t.Errorf("%s: %v people, want %v", date, people, want)
		}
	}
}
