package cluster_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/cluster"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/process"
	"bivouac/geo/process/processtest"
	"bivouac/geo/randtest"
)

var schema = geo.Schema{Name: "incidents", Geometry: geo.AnyGeometry, Fields: []geo.Field{
	{Name: "time", Kind: geo.KindTime, Role: geo.InstantRole},
	{Name: "killed", Kind: geo.KindInt},
	{Name: "cost", Kind: geo.KindFloat},
}}

type event struct {
	place  orb.Geometry
	day    int // below 0: unknown
	killed int // below 0: not stated
}

func world(t *testing.T, events ...event) process.World {
	t.Helper()
	b := layer.NewBuilder(schema)
	for i, e := range events {
		f := geo.Feature{Key: geo.Key(i + 1), Geometry: e.place, Valid: geo.UnknownTime, Values: []geo.Value{{}, {}, {}}}
		if e.day >= 0 {
			at := geo.Time(e.day) * geo.Day
			f.Valid, f.Values[0] = geo.Instant(at), geo.TimeValue(at)
		}
		if e.killed >= 0 {
			f.Values[1] = geo.Int(int64(e.killed))
		}
		layertest.Add(t, b, f)
	}
	l := layertest.Finish(t, b)
	return process.World{Snapshot: layer.NewSnapshot("test", []*layer.Layer{l}, nil, nil)}
}

func run(w process.World, body string) (process.Result, error) {
	return processtest.Run(cluster.Process(), w, body)
}

func mustRun(t *testing.T, w process.World, body string) process.Result {
	t.Helper()
	r, err := run(w, body)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// rows are the named values of each record of a list.
func rows(list geo.Value, names ...string) string {
	var out []string
	for _, v := range list.List() {
		var line []string
		for _, name := range names {
			line = append(line, v.Record()[name].String())
		}
		out = append(out, strings.Join(line, " "))
	}
	return strings.Join(out, "; ")
}

func shapes(collection geo.Value) string {
	var out []string
	for _, f := range collection.Record()["features"].List() {
		out = append(out, f.Record()["geometry"].Geometry().GeoJSONType())
	}
	return strings.Join(out, " ")
}

// town is events at four corners and the middle of a place, and two at one
// more place.
func towns(t *testing.T) process.World {
	return world(t,
		event{orb.Point{10, 10}, 1, 1}, event{orb.Point{10.01, 10}, 2, 2}, event{orb.Point{10, 10.01}, 40, -1}, event{orb.Point{10.01, 10.01}, 41, 4}, event{orb.Point{10.005, 10.005}, 3, 0},
		event{orb.Point{20, 5}, 5, -1}, event{orb.Point{20, 5}, 6, -1}, event{orb.Point{20, 5}, -1, -1},
		event{orb.Point{179.995, 0}, 7, 5}, event{orb.Point{-179.995, 0}, 8, 5}, event{orb.Point{180, 0}, 9, 5},
		event{orb.Point{40, 40}, 9, 7}, event{nil, 1, 100}, event{orb.LineString{{0, 0}, {1, 1}}, 1, 100})
}

func TestInSpace(t *testing.T) {
	r := mustRun(t, towns(t), `{"eps_m":2000,"min_points":3}`)
	got := rows(r.Output["clusters"], "cluster", "events", "core", "places", "coincident", "killed", "weight", "start", "lon", "lat")
	want := "1 5 5 5 0 7 5 1970-01-02T00:00:00Z 10.005 10.005; 2 3 3 1 3 null 3 1970-01-06T00:00:00Z 20 5; 3 3 3 3 0 15 3 1970-01-08T00:00:00Z 180 0"
	if strings.ReplaceAll(got, "-180", "180") != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if got := shapes(r.Output["hulls"]); got != "Polygon Point MultiLineString" {
		t.Errorf("hulls: %s", got)
	}
	if got := r.Output["noise"].Record(); got.String() != `{"events":1,"injured":null,"killed":7,"weight":1}` {
		t.Errorf("noise: %v", got)
	}
	if got := fmt.Sprint(r.Dropped); r.Selected != 14 || r.Used != 12 || got != "map[not at a single point:1 without a place:1]" {
		t.Errorf("%d selected, %d used, %s", r.Selected, r.Used, got)
	}
	area := r.Output["clusters"].List()[0].Record()["area_km2"].Float()
	if math.Abs(area-1.2125) > 0.001 {
		t.Errorf("area %v km2", area)
	}
}

func TestInSpaceAndTime(t *testing.T) {
	r := mustRun(t, towns(t), `{"eps_m":2000,"min_points":2,"eps_days":1}`)
	got := rows(r.Output["clusters"], "events", "days", "killed")
	if want := "3 2 3; 3 2 15; 2 1 4; 2 1 null"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if r.Dropped["without a known time"] != 1 || !strings.Contains(r.Method, "ST-DBSCAN") {
		t.Errorf("%v, %s", r.Dropped, r.Method)
	}
	if got := mustRun(t, towns(t), `{"eps_m":2000,"min_points":2}`); strings.Contains(got.Method, "ST-DBSCAN") {
		t.Error(got.Method)
	}
}

func TestDensitiesByProcess(t *testing.T) {
	r := mustRun(t, towns(t), `{"method":"hdbscan","eps_m":50000,"min_points":3}`)
	if got := rows(r.Output["clusters"], "events", "border"); got != "5 0; 3 0; 3 0" {
		t.Errorf("%s", got)
	}
	if !strings.Contains(r.Method, "HDBSCAN") {
		t.Error(r.Method)
	}
}

// TestAddsUp: clusters and noise hold each event once, and their sums are
// those of all.
func TestAddsUp(t *testing.T) {
	r := randtest.New(t, 1)
	var events []event
	killed := 0
	for range 600 {
		e := event{orb.Point{r.Float64() * 0.5, r.Float64() * 0.5}, r.IntN(100), r.IntN(4)}
		killed += e.killed
		events = append(events, e)
	}
	w := world(t, events...)
	for _, body := range []string{`{"eps_m":2000,"min_points":4}`, `{"eps_m":8000,"min_points":4,"eps_days":10,"weight":"killed"}`, `{"eps_m":8000,"min_points":4,"method":"hdbscan"}`} {
		answer := mustRun(t, w, body)
		sum := map[string]float64{}
		for _, c := range append(answer.Output["clusters"].List(), answer.Output["noise"]) {
			for _, name := range []string{"events", "killed"} {
				sum[name] += c.Record()[name].Float()
			}
		}
		if sum["events"] != 600 || int(sum["killed"]) != killed {
			t.Errorf("%s: %v, want 600 events and %d killed", body, sum, killed)
		}
		roles := map[string]int{}
		for _, f := range answer.Output["points"].Record()["features"].List() {
			roles[f.Record()["properties"].Record()["role"].Text()]++
		}
		s := answer.Output["summary"].Record()
		if int64(roles["core"]) != s["core"].Int() || int64(roles["border"]) != s["border"].Int() || int64(roles["noise"]) != s["noise"].Int() {
			t.Errorf("%s: %v, summary %v", body, roles, s)
		}
	}
}

func TestBadInput(t *testing.T) {
	for _, c := range []struct{ body, where, want string }{
		{`{"eps_m":0}`, "eps_m", "below"}, {`{"eps_m":-5}`, "eps_m", "below"}, {`{"eps_m":1e9}`, "eps_m", "above"}, {`{"eps_m":"x"}`, "eps_m", "number"},
		{`{"method":"hdbscan","eps_days":3}`, "eps_days", "leave eps_days out"}, {`{"method":"hdbscan","min_points":1}`, "min_points", "2 or more"}, {`{"method":"x"}`, "method", "dbscan"},
		{`{"min_points":0}`, "min_points", "below"}, {`{"eps_days":-1}`, "eps_days", "below"},
		{`{"weight":"cots"}`, "weight", "killed"}, {`{"place_precision":2}`, "place_precision", "no field"}, {`{"collection":"x"}`, "collection", "no collection"},
	} {
		_, err := run(towns(t), c.body)
		if e, ok := err.(*geo.Error); !ok || e.Where != c.where || !strings.Contains(e.Text, c.want) {
			t.Errorf("%s: %v", c.body, err)
		}
	}
}

func TestWarnings(t *testing.T) {
	for _, c := range []struct{ desc, body, want string }{
		{"nothing selected", `{"filter":"killed > 1000"}`, "No record is selected"},
		{"no cluster", `{"eps_m":1,"min_points":9}`, "raise eps_m or lower min_points"},
		{"one cluster of all", `{"eps_m":1000000,"min_points":1,"bbox":[9,9,11,11]}`, "The largest cluster holds 5 of 5"},
		{"no significance", `{"eps_m":2000,"min_points":3}`, "know no significance"},
	} {
		r := mustRun(t, towns(t), c.body)
		if !strings.Contains(strings.Join(geo.Texts(r.Warnings), "\n"), c.want) {
			t.Errorf("%s: %q", c.desc, r.Warnings)
		}
	}
}
