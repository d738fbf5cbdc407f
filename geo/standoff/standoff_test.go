package standoff_test

import (
	"errors"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/measure"
	"bivouac/geo/process"
	"bivouac/geo/process/processtest"
	"bivouac/geo/standoff"
)

// TestTable holds the metres that the card prints, and that its feet beside
// them agree, which one copy's 1,750 feet for the suicide vest do not.
func TestTable(t *testing.T) {
	feet := map[string][2]float64{
		"pipe_bomb": {70, 1200}, "suicide_vest": {110, 1700}, "briefcase": {150, 1850}, "sedan": {320, 1900},
		"van": {400, 2400}, "small_truck": {640, 3800}, "water_truck": {860, 5100}, "semi_trailer": {1570, 9300},
	}
	pounds := map[string]float64{"pipe_bomb": 5, "suicide_vest": 20, "briefcase": 50, "sedan": 500, "van": 1000, "small_truck": 4000, "water_truck": 10_000, "semi_trailer": 60_000}
	card := standoff.Editions()[0]
	if len(card.Table) != len(feet) {
		t.Errorf("%d devices, want %d", len(card.Table), len(feet))
	}
	for _, d := range card.Table {
		f := feet[d.Device]
		// The card rounds to whole metres, of some feet up, of others down.
		if math.Abs(d.MandatoryM-f[0]*0.3048) > 1 || math.Abs(d.PreferredM-f[1]*0.3048) > 1 {
			t.Errorf("%s: %v and %v m are not %v feet", d.Device, d.MandatoryM, d.PreferredM, f)
		}
		if kg := pounds[d.Device] * 0.45359237; math.Abs(d.TNTKilograms/kg-1) > 0.02 {
			t.Errorf("%s: %v kg are not %v pounds", d.Device, d.TNTKilograms, pounds[d.Device])
		}
	}
}

var gate = orb.Point{-0.04, 16.27}

// off is a point so many metres from the gate.
func off(bearing, metres float64) orb.Point {
	p, _ := measure.Direct(gate, bearing, metres)
	return p
}

func world(t *testing.T) process.World {
	name := geo.Field{Name: "name", Kind: geo.KindString, Role: geo.NameRole}
	town := func(p orb.Geometry, people geo.Value) geo.Feature {
		return geo.Feature{Geometry: p, Values: []geo.Value{geo.String("t"), people}}
	}
	return process.World{Snapshot: layer.NewSnapshot("test", []*layer.Layer{
		layertest.Build(t, geo.Schema{Name: "places", Title: "Places", Fields: []geo.Field{name, {Name: "population", Kind: geo.KindInt}}},
			town(off(10, 97), geo.Int(10)), town(off(20, 99), geo.Int(200)), town(off(30, 579), geo.Value{}), town(off(40, 582), geo.Int(3000)), town(nil, geo.Int(5))),
		layertest.Build(t, geo.Schema{Name: "routes", Title: "Routes", Geometry: geo.LineGeometry, Fields: []geo.Field{name}},
			geo.Feature{Geometry: orb.LineString{off(90, 50), off(90, 5000)}, Values: []geo.Value{geo.String("r")}},
			geo.Feature{Geometry: orb.LineString{off(90, 600), off(90, 5000)}, Values: []geo.Value{geo.String("s")}}),
		layertest.Build(t, geo.Schema{Name: "bases", Title: "Bases", Geometry: geo.PointGeometry, Fields: []geo.Field{name, {Name: "military", Kind: geo.KindInt}, {Name: "police", Kind: geo.KindInt}}},
			geo.Feature{Geometry: gate, Values: []geo.Value{geo.String("Gao"), geo.Int(40), {}}},
			geo.Feature{Geometry: off(0, 400), Values: []geo.Value{geo.String("north gate"), {}, geo.Int(2)}}),
	}, nil, nil)}
}

func execute(t *testing.T, body string) (process.Result, error) {
	t.Helper()
	return processtest.Run(standoff.Process(), world(t), body)
}

func TestWhoStandsInside(t *testing.T) {
	r, err := execute(t, `{"places":[{"type":"Point","coordinates":[-0.04,16.27]}],"device":"sedan"}`)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]struct {
		mandatory, preferred, unstated int64
		people, more                   geo.Value
	}{
		"places": {1, 2, 1, geo.Float(10), geo.Float(200)}, "routes": {1, 0, 0, geo.Value{}, geo.Value{}},
		"bases": {1, 1, 0, geo.Float(40), geo.Float(2)},
	}
	for _, v := range r.Output["collections"].List() {
		c := v.Record()
		w := want[c["id"].Text()]
		if c["mandatory"].Int() != w.mandatory || c["preferred"].Int() != w.preferred || c["people_unstated"].Int() != w.unstated ||
			!c["people_mandatory"].Equal(w.people) || !c["people_preferred"].Equal(w.more) {
			t.Errorf("%s: %v", c["id"], v)
		}
	}
	if r.Selected != 9 || r.Used != 8 || r.Dropped[standoff.Without] != 1 {
		t.Errorf("%d used of %d, %v", r.Used, r.Selected, r.Dropped)
	}
	inside := r.Output["inside"].List()
	last := -1.0
	for _, v := range inside {
		d := v.Record()["distance_m"].Float()
		if d < last || d > 580 {
			t.Errorf("%v after %v", d, last)
		}
		last = d
	}
	if len(inside) != 6 || len(r.Output["zones"].Record()["features"].List()) != 2 {
		t.Errorf("%d inside, zones %v", len(inside), r.Output["zones"])
	}
}

// TestTheRimIsInside asks at exactly a record's distance.
func TestTheRimIsInside(t *testing.T) {
	d := measure.Distance(gate, off(10, 97))
	r, err := execute(t, `{"bases":[1],"collections":["places"],"mandatory_m":`+geo.Float(d).String()+`,"preferred_m":100}`)
	if err != nil {
		t.Fatal(err)
	}
	c := r.Output["collections"].List()[0].Record()
	if c["mandatory"].Int() != 1 || c["preferred"].Int() != 1 {
		t.Errorf("%v", c)
	}
}

func TestBadQuestions(t *testing.T) {
	for _, c := range []struct{ desc, body, where string }{
		{"nothing to keep clear", `{}`, "places"},
		{"a device that no table has", `{"bases":[1],"device":"kite"}`, "device"},
		{"one distance alone", `{"bases":[1],"mandatory_m":5}`, "mandatory_m"},
		{"distances the wrong way round", `{"bases":[1],"mandatory_m":50,"preferred_m":5}`, "preferred_m"},
		{"a base that is not there", `{"bases":[9]}`, "bases"},
		{"a collection that is not there", `{"bases":[1],"collections":["x"]}`, "collections"},
		{"a place beyond the pole", `{"places":[{"type":"Point","coordinates":[1,95]}]}`, "places"},
		{"a distance below nothing", `{"bases":[1],"mandatory_m":-5,"preferred_m":5}`, "mandatory_m"},
	} {
		_, err := execute(t, c.body)
		var bad *geo.Error
		if !errors.As(err, &bad) || bad.Where != c.where || bad.Code != geo.Invalid {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
}
