package route_test

import (
	"errors"
	"math"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/measure"
	"bivouac/geo/process"
	"bivouac/geo/process/processtest"
	"bivouac/geo/route"
)

func day(text string) geo.Time {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return geo.TimeOf(t)
}

// incident is one so many metres north of a place on the equator.
func incident(lon, metres float64, when, outcome string, killed int64, precision int64) geo.Feature {
	p, _ := measure.Direct(orb.Point{lon, 0}, 0, metres)
	return geo.Feature{
		Geometry: p, Valid: geo.Between(day(when), day(when)+geo.Day),
		Values: []geo.Value{geo.TimeValue(day(when)), geo.String(outcome), geo.Int(killed), geo.Int(precision)},
	}
}

// equator is a world of incidents along a road from 0 to 1 degree east.
func equator(t *testing.T) process.World {
	incidents := geo.Schema{Name: "incidents", Title: "Incidents", Geometry: geo.PointGeometry, Fields: []geo.Field{
		{Name: "time", Kind: geo.KindTime, Role: geo.InstantRole}, {Name: "outcome", Kind: geo.KindString},
		{Name: "killed", Kind: geo.KindInt}, {Name: "place_precision", Kind: geo.KindInt},
	}}
	placeless := incident(0.5, 0, "2018-05-01", "found", 0, 1)
	placeless.Geometry = nil
	return process.World{Snapshot: layer.NewSnapshot("test", []*layer.Layer{
		layertest.Build(t, incidents,
			incident(0.05, 10, "2016-05-01", "detonated", 3, 1), incident(0.95, 999, "2018-05-01", "found", 0, 1), incident(0.5, 1001, "2018-05-01", "found", 0, 1),
			incident(0.5, 500, "2018-06-01", "detonated", 2, 5), placeless, incident(-0.01, 10, "2018-07-01", "detonated", 1, 1)),
		layertest.Build(t, geo.Schema{Name: "reports", Title: "Reports", Geometry: geo.PointGeometry, Fields: []geo.Field{{Name: "text", Kind: geo.KindString}}},
			geo.Feature{Geometry: orb.Point{0.5, 0.001}, Values: []geo.Value{geo.String("word")}}),
		layertest.Build(t, geo.Schema{Name: "routes", Title: "Routes", Geometry: geo.LineGeometry, Fields: []geo.Field{{Name: "name", Kind: geo.KindString}}},
			geo.Feature{Geometry: orb.LineString{{0, 0}, {1, 0}}, Values: []geo.Value{geo.String("R1")}},
			geo.Feature{Values: []geo.Value{geo.String("nowhere")}}),
	}, nil, nil)}
}

func corridor(t *testing.T, body string) (process.Result, error) {
	t.Helper()
	return processtest.Run(route.CorridorProcess(), equator(t), body)
}

const drawn = `"line":{"type":"LineString","coordinates":[[0,0],[1,0]]}`

func TestCorridor(t *testing.T) {
	for _, c := range []struct {
		desc, body       string
		incidents, known int64 // in the corridor, of all known
	}{
		{"a drawn line, the rim by the geodesic", `{` + drawn + `}`, 3, 6},
		{"a route", `{"routes":[1]}`, 3, 6},
		{"a wider one takes in what lies before the beginning", `{"routes":[1],"radius_m":1200}`, 5, 6},
		{"a period", `{"routes":[1],"datetime":"2018-01-01/2018-12-31"}`, 2, 5},
		{"places that are known well", `{"routes":[1],"place_precision":2}`, 2, 6},
		{"a filter", `{"routes":[1],"collections":["incidents"],"filter":"outcome = 'detonated'"}`, 2, 3},
		{"nothing near", `{"line":{"type":"LineString","coordinates":[[0,5],[1,5]]}}`, 0, 6},
	} {
		r, err := corridor(t, c.body)
		if err != nil {
			t.Fatal(err)
		}
		got := r.Output["collections"].List()[0].Record()
		if got["inside"].Int() != c.incidents || got["selected"].Int() != c.known {
			t.Errorf("%s: %d of %d, want %d of %d", c.desc, got["inside"].Int(), got["selected"].Int(), c.incidents, c.known)
		}
	}
}

func TestCorridorByKilometreAndYear(t *testing.T) {
	r, err := corridor(t, `{"routes":[1],"step_km":10}`)
	if err != nil {
		t.Fatal(err)
	}
	if r.Selected != 7 || r.Used != 6 || r.Dropped["without a place"] != 1 {
		t.Errorf("%d used of %d, %v", r.Used, r.Selected, r.Dropped)
	}
	stretches := r.Output["stretches"].Record()["features"].List()
	var got []int64
	for _, f := range stretches {
		got = append(got, f.Record()["properties"].Record()["records"].Int())
	}
	// 111.3 km: incidents at 5.6, 55.7 and 105.8 km, a report at 55.7.
	want := []int64{1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1, 0}
	if len(got) != len(want) {
		t.Fatalf("%v, want %v", got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("stretch %d holds %d, want %d", i, got[i], want[i])
		}
	}
	years := map[string]int64{}
	for _, v := range r.Output["periods"].List() {
		years[v.Record()["period"].Text()] = v.Record()["records"].Int()
	}
	if len(years) != 3 || years["2016"] != 1 || years["2017"] != 0 || years["2018"] != 2 {
		t.Errorf("by year %v", years)
	}
	first := r.Output["outcomes"].List()[0].Record()
	if first["outcome"].Text() != "detonated" || first["records"].Int() != 2 || first["killed"].Int() != 5 {
		t.Errorf("the first outcome is %v", first)
	}
	records := r.Output["records"].Record()["features"].List()
	p := records[0].Record()["properties"].Record()
	if len(records) != 4 || math.Abs(p["at_km"].Float()-5.566) > 0.001 || p["distance_m"].Float() != 10 {
		t.Errorf("the first of %d records is %v", len(records), p)
	}
}

func TestBadCorridors(t *testing.T) {
	for _, c := range []struct{ desc, body, where string }{
		{"no line", `{}`, "line"},
		{"a line and routes", `{` + drawn + `,"routes":[1]}`, "routes"},
		{"a point", `{"line":{"type":"Point","coordinates":[0,0]}}`, "line"},
		{"no length", `{"line":{"type":"LineString","coordinates":[[0,0],[0,0]]}}`, "line"},
		{"beyond the pole", `{"line":{"type":"LineString","coordinates":[[0,0],[0,95]]}}`, "line"},
		{"a route that is not there", `{"routes":[9]}`, "routes"},
		{"a route without a course", `{"routes":[2]}`, "routes"},
		{"a radius below nothing", `{"routes":[1],"radius_m":-1}`, "radius_m"},
		{"too many stretches", `{"line":{"type":"LineString","coordinates":[[0,0],[90,0]]},"step_km":1}`, "step_km"},
		{"a field that a collection lacks", `{"routes":[1],"filter":"killed > 1"}`, "filter"},
		{"a collection that is not there", `{"routes":[1],"collections":["x"]}`, "collections"},
	} {
		_, err := corridor(t, c.body)
		var bad *geo.Error
		if !errors.As(err, &bad) || bad.Where != c.where || bad.Code == geo.Internal {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
}
