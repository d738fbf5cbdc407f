package air_test

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/air"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/process"
)

// asset is a record: type, place, count, notice by day, cruise, range; a
// negative number is not stated.
type asset struct {
	kind                         string
	at                           orb.Geometry
	count, notice, cruise, reach float64
}

func world(t testing.TB, assets []asset, towns []orb.Point) process.World {
	t.Helper()
	float := func(name string) geo.Field { return geo.Field{Name: name, Kind: geo.KindFloat} }
	s := geo.Schema{Name: "assets", Title: "Assets", Geometry: geo.PointGeometry, Fields: []geo.Field{
		{Name: "base", Kind: geo.KindString, Role: geo.NameRole}, {Name: "type", Kind: geo.KindString}, {Name: "count", Kind: geo.KindInt},
		float("notice_day_min"), float("notice_night_min"), float("cruise_kmh"), float("range_km"), float("endurance_h"), {Name: "night", Kind: geo.KindBool},
		float("patients"), float("load_min"),
	}}
	number := func(v float64) geo.Value {
		if v < 0 {
			return geo.Value{}
		}
		return geo.Float(v)
	}
	var features []geo.Feature
	for i, a := range assets {
		count := geo.Value{}
		if a.count >= 0 {
			count = geo.Int(int64(a.count))
		}
		features = append(features, geo.Feature{Key: geo.Key(i + 1), Geometry: a.at, Values: []geo.Value{
			geo.String(fmt.Sprintf("base %d", i+1)), geo.String(a.kind), count, number(a.notice), number(a.notice), number(a.cruise), number(a.reach), {}, geo.Bool(false), geo.Int(2), geo.Float(5),
		}})
	}
	p := geo.Schema{Name: "places", Title: "Places", Geometry: geo.PointGeometry, Fields: []geo.Field{{Name: "population", Kind: geo.KindInt}}}
	var places []geo.Feature
	for i, at := range towns {
		people := geo.Int(1000)
		if i == 0 {
			people = geo.Value{}
		}
		places = append(places, geo.Feature{Key: geo.Key(i + 1), Geometry: at, Values: []geo.Value{people}})
	}
	return process.World{Snapshot: layer.NewSnapshot("s", []*layer.Layer{layertest.Build(t, s, features...), layertest.Build(t, p, places...)}, nil, []layer.Moment{{Version: 1}})}
}

func run(t testing.TB, w process.World, in geo.Values) (process.Result, error) {
	t.Helper()
	p := air.Process()
	return p.Execute(context.Background(), w, in, nil)
}

// TestTogetherAndAlone holds areas and towns of two helicopters that overlap,
// and one apart, against what discs give.
func TestTogetherAndAlone(t *testing.T) {
	w := world(t, []asset{
		{"helicopter", orb.Point{0, 10}, 1, 10, 180, -1},
		{"helicopter", orb.Point{1, 10}, 1, 10, 180, -1},
		{"unmanned", orb.Point{20, 10}, 3, 10, 120, 60},
		{"ambulance", orb.Point{0, 10}, 1, 10, 60, -1},
		{"helicopter", nil, 1, 10, 180, -1},
		{"helicopter", orb.Point{5, 5}, 0, 10, 180, -1},
		{"fixed_wing", orb.Point{5, 5}, -1, -1, 300, -1},
		{"fixed_wing", orb.Point{5, 5}, -1, 55, -1, -1},
		{"fixed_wing", orb.Point{5, 5}, -1, 61, 300, -1},
	}, []orb.Point{{0.5, 10}, {-1, 10}, {20, 10.2}, {40, 0}})
	r, err := run(t, w, geo.Values{"within_min": geo.Float(60)})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{"no aircraft of a type that was asked about": 1, "without a place": 1, "count of 0": 1, air.NoNotice: 1, air.NoSpeed: 1, air.TooLate: 1}
	if r.Selected != 9 || r.Used != 3 || fmt.Sprint(r.Dropped) != fmt.Sprint(want) {
		t.Errorf("%d selected, %d used, %v dropped", r.Selected, r.Used, r.Dropped)
	}
	crafts := r.Output["crafts"].List()
	alone, own := 0.0, 0.0
	for i, c := range crafts {
		v := c.Record()
		alone += v["alone_km2"].Float()
		own += v["area_km2"].Float()
		if i < 2 && math.Abs(v["radius_km"].Float()-150) > 1e-9 || i == 2 && (math.Abs(v["radius_km"].Float()-30) > 1e-9 || v["limit"].Text() != "range" || v["minutes"].Float() != 25) {
			t.Errorf("craft %d: %v", i, c)
		}
	}
	total := r.Output["total"].Record()
	once, twice := total["area_km2"].Float(), total["twice_km2"].Float()
	if math.Abs(own-once-twice) > 1e-3 || math.Abs(once-alone-twice) > 1e-3 || twice < 1000 {
		t.Errorf("areas of each %v, alone %v, of any %v, of two %v do not add up", own, alone, once, twice)
	}
	if total["places"].Int() != 3 || total["places_of"].Int() != 4 || total["population"].Float() != 2000 || total["population_unstated"].Int() != 1 {
		t.Errorf("%v", total)
	}
}

func TestLightAndBadQuestions(t *testing.T) {
	w := world(t, []asset{{"helicopter", orb.Point{0, 10}, 1, 10, 180, -1}}, nil)
	for _, c := range []struct {
		desc string
		in   geo.Values
		used int
		want string
	}{
		{"by day", geo.Values{}, 1, ""},
		{"by night none flies", geo.Values{"light": geo.String("night")}, 0, ""},
		{"a time by night goes before the light", geo.Values{"light": geo.String("day"), "at": geo.TimeValue(0)}, 0, ""},
		{"a time by day", geo.Values{"light": geo.String("night"), "at": geo.TimeValue(12 * 3600 * geo.Second)}, 1, ""},
		{"no time", geo.Values{"within_min": geo.Float(0)}, 0, "within_min"},
		{"another collection", geo.Values{"collection": geo.String("places")}, 0, `has no field "base"`},
		{"no such places", geo.Values{"places": geo.String("nowhere")}, 0, `no collection "nowhere"`},
		{"an unknown task", geo.Values{"task": geo.String("bomb")}, 0, "task"},
	} {
		r, err := run(t, w, c.in)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) || err == nil && r.Used != c.used {
			t.Errorf("%s: %d used, %v", c.desc, r.Used, err)
		}
		if err == nil && r.Used == 0 && len(r.Warnings) < 2 {
			t.Errorf("%s: says nothing about an empty answer", c.desc)
		}
	}
}

// ExampleCraft_Reach is how far a helicopter evacuates in two hours.
func ExampleCraft_Reach() {
	c := air.Craft{NoticeDayMin: 15, CruiseKMH: 220, RangeKM: 580, EnduranceH: 2.8, LoadMin: 7.5, Patients: 4}
	r, _ := c.Reach(air.Question{Task: air.Evacuate, Minutes: 120})
	fmt.Printf("%.0f km, limited by %s\n", r.Metres/1000, r.Limit)
	// Output: 165 km, limited by time
}
