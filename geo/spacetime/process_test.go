package spacetime_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/measure"
	"bivouac/geo/process"
	"bivouac/geo/process/processtest"
	"bivouac/geo/spacetime"
)

var schema = geo.Schema{Name: "incidents", Geometry: geo.AnyGeometry, Fields: []geo.Field{
	{Name: "time", Kind: geo.KindTime, Role: geo.InstantRole}, {Name: "kind", Kind: geo.KindString},
}}

// event is one at a place and an hour; below 0 the time is unknown.
type event struct {
	place orb.Geometry
	hour  int
}

func world(t *testing.T, events ...event) process.World {
	t.Helper()
	b := layer.NewBuilder(schema)
	for i, e := range events {
		f := geo.Feature{Key: geo.Key(i + 1), Geometry: e.place, Valid: geo.UnknownTime, Values: []geo.Value{{}, geo.String("x")}}
		if e.hour >= 0 {
			at := geo.Time(e.hour) * geo.Day / 24
			f.Valid, f.Values[0] = geo.Instant(at), geo.TimeValue(at)
		}
		layertest.Add(t, b, f)
	}
	l := layertest.Finish(t, b)
	return process.World{Snapshot: layer.NewSnapshot("test", []*layer.Layer{l}, nil, nil)}
}

func features(v geo.Value) []geo.Value { return v.Record()["features"].List() }

// some is events of 60 days: three of late, two of them 700 m apart, others
// before; one without a place and one without a time.
func some(t *testing.T) process.World {
	events := []event{
		{orb.Point{30, 5}, 1430}, {orb.Point{30.0063, 5}, 1420}, {orb.Point{31, 6}, 1400},
		{orb.Point{30, 5}, 1391}, {nil, 1000}, {orb.Point{30, 5}, -1},
	}
	for i := range 40 {
		events = append(events, event{orb.Point{29 + float64(i%7)/3, 4 + float64(i%11)/5}, i * 33})
	}
	return world(t, events...)
}

func TestZonesInForce(t *testing.T) {
	for _, c := range []struct{ desc, body, want, now string }{
		{"at the latest event", `{}`, "1 3 2d; 2 3 1d14h; 3 1 18h; 4 3 9h", "1970-03-01T14:00:00Z"},
		{"at a moment", `{"now":"1970-03-01T12:00:00Z"}`, "2 2 1d16h; 3 1 20h; 4 2 11h", "1970-03-01T12:00:00Z"},
		{"what ends now is over", `{"now":"1970-03-03T04:00:00Z"}`, "1 1 10h", "1970-03-03T04:00:00Z"},
		{"at the end of the asked time", `{"datetime":"../1970-03-01"}`, "1 2 1d14h; 2 2 1d4h; 3 1 8h", "1970-03-02T00:00:00Z"},
		{"a wider zone, longer", `{"distance_m":200000,"days":3,"now":"1970-03-02T00:00:00Z"}`, "", "1970-03-02T00:00:00Z"},
		{"before all", `{"now":"1969-01-01T00:00:00Z"}`, "", "1969-01-01T00:00:00Z"},
	} {
		r := processtest.Must(t, spacetime.NearRepeatProcess(), some(t), c.body)
		var got []string
		for _, f := range features(r.Output["zones"]) {
			p := f.Record()["properties"].Record()
			hours := p["hours_left"].Float()
			left := fmt.Sprintf("%vh", hours)
			if hours >= 24 {
				left = strings.TrimSuffix(fmt.Sprintf("%vd%vh", int(hours)/24, math.Mod(hours, 24)), "0h")
			}
			got = append(got, fmt.Sprintf("%v %v %s", p["key"], p["events"], left))
			ring := f.Record()["geometry"].Geometry().(orb.MultiPolygon)[0][0]
			for _, corner := range ring {
				if d := measure.Distance(corner, centreOf(ring)); math.Abs(d-p["radius_m"].Float()) > 0.01*p["radius_m"].Float() {
					t.Fatalf("%s: a corner %v m from the middle", c.desc, d)
				}
			}
		}
		if at := r.Output["now"].String(); at != c.now {
			t.Errorf("%s: now is %s, want %s", c.desc, at, c.now)
		}
		if list := strings.Join(got, "; "); c.want != "" && list != c.want || c.desc == "before all" && list != "" {
			t.Errorf("%s: %s, want %s", c.desc, list, c.want)
		}
	}
}

// centreOf is the middle of a small ring.
func centreOf(r orb.Ring) orb.Point {
	b := r.Bound()
	return b.Center()
}

func TestNearRepeatAddsUp(t *testing.T) {
	r := processtest.Must(t, spacetime.NearRepeatProcess(), some(t), `{"permutations":49,"seed":12}`)
	if r.Selected != 46 || r.Used != 44 || r.Dropped["without a place"] != 1 || r.Dropped["without a known time"] != 1 || r.Seed != 12 {
		t.Errorf("%d selected, %d used, %v, seed %d", r.Selected, r.Used, r.Dropped, r.Seed)
	}
	pairs, expected := int64(0), 0.0
	for _, v := range r.Output["matrix"].List() {
		pairs += v.Record()["observed"].Int()
		expected += v.Record()["expected"].Float()
	}
	knox := r.Output["knox"].Record()
	if pairs != 44*43/2 || knox["pairs"].Int() != pairs || math.Abs(expected-float64(pairs)) > 1e-6 {
		t.Errorf("%d pairs and %v expected in the matrix, %v in all", pairs, expected, knox["pairs"])
	}
	if n := len(r.Output["matrix"].List()); n != 36 {
		t.Errorf("%d cells", n)
	}
	last := r.Output["matrix"].List()[35].Record()
	if !last["to_m"].Null() || !last["to_days"].Null() || last["from_m"].Float() != 10000 || last["from_days"].Float() != 30 {
		t.Errorf("the last cell: %v", last)
	}
}

func TestWithoutPermutations(t *testing.T) {
	r := processtest.Must(t, spacetime.NearRepeatProcess(), some(t), `{"permutations":0}`)
	if k := r.Output["knox"].Record(); !k["p_permuted"].Null() || k["p_at_least"].Null() {
		t.Errorf("%v", k)
	}
	if c := r.Output["matrix"].List()[0].Record(); !c["p"].Null() || !c["expected"].Null() {
		t.Errorf("%v", c)
	}
	r = processtest.Must(t, spacetime.ScanProcess(), some(t), `{"permutations":0}`)
	if c := r.Output["clusters"].List()[0].Record(); !c["p"].Null() || !c["p_gumbel"].Null() || !c["recurrence_days"].Null() {
		t.Errorf("%v", c)
	}
}

func TestScanProcess(t *testing.T) {
	r := processtest.Must(t, spacetime.ScanProcess(), some(t), `{"permutations":99,"radius_m":5000,"days":5}`)
	c := r.Output["clusters"].List()[0].Record()
	// Keys 1, 2 and 4 are within 700 m and the last two days.
	if c["observed"].Int() != 3 || c["places"].Int() != 2 || c["end"].String() != "1970-03-02T00:00:00Z" || c["start"].String() != "1970-02-27T00:00:00Z" {
		t.Errorf("%v", c)
	}
	if p := c["p"].Float(); c["recurrence_days"].Float() != 1/p {
		t.Errorf("%v", c)
	}
	if r.Selected != 46 || r.Used != 44 || r.Seed != 1 {
		t.Errorf("%d selected, %d used, seed %d", r.Selected, r.Used, r.Seed)
	}
	if n := len(features(r.Output["circles"])); n != len(r.Output["clusters"].List()) {
		t.Errorf("%d circles", n)
	}
	back := processtest.Must(t, spacetime.ScanProcess(), some(t), `{"permutations":99,"radius_m":5000,"days":5,"retrospective":true}`)
	if c := back.Output["clusters"].List()[0].Record(); !c["recurrence_days"].Null() || c["log_ratio"].Float() < r.Output["clusters"].List()[0].Record()["log_ratio"].Float() {
		t.Errorf("looking back: %v", c)
	}
}

func TestBadInputs(t *testing.T) {
	for _, c := range []struct {
		p           process.Process
		body, where string
	}{
		{spacetime.NearRepeatProcess(), `{"distance_m":-1}`, "distance_m"},
		{spacetime.NearRepeatProcess(), `{"distance_m":1e8}`, "distance_m"},
		{spacetime.NearRepeatProcess(), `{"days":-1}`, "days"},
		{spacetime.NearRepeatProcess(), `{"edges_m":[5,5]}`, "edges_m"},
		{spacetime.NearRepeatProcess(), `{"edges_days":[0]}`, "edges_days"},
		{spacetime.NearRepeatProcess(), `{"permutations":10000}`, "permutations"},
		{spacetime.NearRepeatProcess(), `{"weight":"kind"}`, "weight"},
		{spacetime.ScanProcess(), `{"radius_m":-1}`, "radius_m"},
		{spacetime.ScanProcess(), `{"share":0.6}`, "share"},
		{spacetime.ScanProcess(), `{"days":0}`, "days"},
		{spacetime.ScanProcess(), `{"days":1.5}`, "days"},
		{spacetime.ScanProcess(), `{"cells":0}`, "cells"},
		{spacetime.ScanProcess(), `{"seed":0}`, "seed"},
		{spacetime.ScanProcess(), `{"end":"1970-02-01T00:00:00Z"}`, "end"},
		{spacetime.ScanProcess(), `{"end":"2170-02-01T00:00:00Z"}`, "end"},
	} {
		_, err := processtest.Run(c.p, some(t), c.body)
		if e, ok := err.(*geo.Error); !ok || e.Where != c.where || e.Code != geo.Invalid {
			t.Errorf("%s %s: %v", c.p.ID, c.body, err)
		}
	}
}

func TestWarnings(t *testing.T) {
	for _, c := range []struct {
		desc       string
		p          process.Process
		body, want string
	}{
		{"no events", spacetime.NearRepeatProcess(), `{"filter":"kind = 'y'"}`, "No record is selected"},
		{"no events to scan", spacetime.ScanProcess(), `{"filter":"kind = 'y'"}`, "No record is selected"},
		{"one event", spacetime.NearRepeatProcess(), `{"bbox":[30.9,5.9,31.1,6.1],"datetime":"1970-02-28/1970-02-28"}`, "has no pair"},
		{"one event to scan", spacetime.ScanProcess(), `{"bbox":[30.9,5.9,31.1,6.1],"datetime":"1970-02-28/1970-02-28"}`, "at one place or on one day"},
		{"all soon", spacetime.NearRepeatProcess(), `{"days":1000}`, "cannot be told"},
		{"all near", spacetime.NearRepeatProcess(), `{"distance_m":1000000}`, "cannot be told"},
		{"few permutations", spacetime.ScanProcess(), `{"permutations":9}`, "too few"},
		{"squares", spacetime.ScanProcess(), `{"cells":10,"permutations":9}`, "squares of about"},
		{"a short span", spacetime.ScanProcess(), `{"days":300,"permutations":9}`, "at most 30"},
	} {
		r := processtest.Must(t, c.p, some(t), c.body)
		if !strings.Contains(strings.Join(geo.Texts(r.Warnings), "\n"), c.want) {
			t.Errorf("%s: %q", c.desc, r.Warnings)
		}
	}
}
