package threat_test

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
	"bivouac/geo/measure"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/process/processtest"
	"bivouac/geo/threat"
)

// at is a point on the equator so many metres east of 10 E, and north.
func at(east, north float64) orb.Point {
	p, _ := measure.Direct(orb.Point{10, 0}, 90, east)
	if north != 0 {
		p, _ = measure.Direct(p, 0, north)
	}
	return p
}

func names(names ...string) (out []geo.Field) {
	for _, n := range names {
		out = append(out, geo.Field{Name: n, Kind: geo.KindString})
	}
	return out
}

// day is a day of 2018.
func day(n int) geo.Time { return geo.Time(1514764800000000) + geo.Time(n)*geo.Day }

func road(name string, class geo.Class, points ...orb.Point) geo.Feature {
	return geo.Feature{Geometry: orb.LineString(points), Class: class, Values: []geo.Value{geo.String(name), geo.String("R1"), geo.String("earth"), geo.Bool(false), geo.TimeValue(day(90))}}
}

func roadsLayer(t testing.TB, features ...geo.Feature) *layer.Layer {
	fields := append(names("name", "ref", "surface"), geo.Field{Name: "one_way", Kind: geo.KindBool}, geo.Field{Name: "verified", Kind: geo.KindTime})
	return layertest.Build(t, geo.Schema{Name: "routes", Title: "Routes", Geometry: geo.LineGeometry, Fields: fields}, features...)
}

// incident stands at a place on a day: precision 1, one killed, two injured.
func incident(p orb.Geometry, on int, more ...geo.Value) geo.Feature {
	values := append([]geo.Value{geo.Int(1), geo.Int(1), geo.Int(2), geo.String("peacekeepers")}, more...)
	return geo.Feature{Geometry: p, Valid: geo.Instant(day(on)), Values: values}
}

func incidentsLayer(t testing.TB, features ...geo.Feature) *layer.Layer {
	return layertest.Build(t, geo.Schema{Name: "incidents", Title: "Incidents", Geometry: geo.PointGeometry, Fields: []geo.Field{
		{Name: "place_precision", Kind: geo.KindInt}, {Name: "killed", Kind: geo.KindInt}, {Name: "injured", Kind: geo.KindInt}, {Name: "target", Kind: geo.KindString},
		{Name: "time", Kind: geo.KindTime, Role: geo.InstantRole},
	}}, features...)
}

func movementsLayer(t testing.TB, features ...geo.Feature) *layer.Layer {
	return layertest.Build(t, geo.Schema{Name: "movements", Title: "Movements", Geometry: geo.LineGeometry, Fields: []geo.Field{
		{Name: "route", Kind: geo.KindString}, {Name: "km", Kind: geo.KindFloat}, {Name: "date", Kind: geo.KindTime, Role: geo.InstantRole},
	}}, features...)
}

func movement(on int, route string, km geo.Value, points ...orb.Point) geo.Feature {
	f := geo.Feature{Valid: geo.Instant(day(on)), Values: []geo.Value{geo.String(route), km}}
	if len(points) > 0 {
		f.Geometry = orb.LineString(points)
	}
	return f
}

// crossing is two roads that cross at 10 km: R, 20 km east, and S, 5 km north
// of there.
func crossing() []geo.Feature {
	return []geo.Feature{road("R", geo.Unclassified, at(0, 0), at(10_000, 0), at(20_000, 0)), road("S", geo.Unclassified, at(10_000, 0), at(10_000, 5000))}
}

func world(t testing.TB, layers ...*layer.Layer) process.World {
	t.Helper()
	var sources []network.Source
	for _, l := range layers {
		if network.Takes(l.Schema()) {
			sources = append(sources, network.Source{Schema: l.Schema(), Each: l.Each})
		}
	}
	g, err := network.Build(context.Background(), sources, network.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return process.World{Snapshot: layer.NewSnapshot("test", layers, nil, nil).WithNetwork(g), Reader: geo.Reader{Ceiling: geo.Unclassified}}
}

func execute(t testing.TB, w process.World, body string) (process.Result, error) {
	t.Helper()
	return processtest.Run(threat.Process(), w, body)
}

// ranking returns the rows of the table by road and number of the row.
func ranking(t testing.TB, w process.World, body string) ([]geo.Values, process.Result) {
	t.Helper()
	r, err := execute(t, w, body)
	if err != nil {
		t.Fatal(err)
	}
	var out []geo.Values
	for _, v := range r.Output["sections"].Record()["features"].List() {
		out = append(out, v.Record()["properties"].Record())
	}
	return out, r
}

func near(got geo.Value, want, share float64) bool {
	return !got.Null() && math.Abs(got.Float()-want) <= share*math.Abs(want)
}

func events() []geo.Feature {
	coarse := incident(at(5000, 0), 10)
	coarse.Values[0] = geo.Int(4)
	civilian := incident(at(12_000, 0), 60)
	civilian.Values[3] = geo.String("civilians")
	second := incident(at(10_000, 3000), 20)
	second.Values[0] = geo.Int(2)
	return []geo.Feature{
		incident(at(12_000, 50), 0), incident(at(13_000, -200), 50), civilian, second,
		incident(at(14_000, 300), 50), incident(nil, 50), coarse,
	}
}

func TestIncidentsOnRoads(t *testing.T) {
	w := world(t, roadsLayer(t, crossing()...), incidentsLayer(t, events()...))
	rows, r := ranking(t, w, `{"datetime":"2018-01-01/2018-12-31"}`)
	if r.Selected != 7 || r.Used != 4 || r.Dropped[threat.OffRoads] != 1 || len(rows) != 3 {
		t.Fatalf("%d of %d used, %v, %d sections", r.Used, r.Selected, r.Dropped, len(rows))
	}
	first := rows[0]
	years := 365 / 365.25
	if first["road"].Text() != "R" || !near(first["length_km"], 10, 1e-6) || first["incidents"].Int() != 3 ||
		!near(first["raw_per_km_year"], 3/10.0/years, 1e-6) || !near(first["per_km"], 0.3, 1e-6) || first["casualties"].Float() != 9 || first["days_since_verified"].Float() != 275 {
		t.Errorf("%v", first)
	}
	for _, v := range rows {
		if v["road"].Text() == "S" && (v["incidents"].Int() != 1 || v["precision"].Float() != 0.5 || v["weighted"].Float() != 0.5) {
			t.Errorf("precision 2 counts half: %v", v)
		}
		if !v["chance"].Null() || !v["per_1000_km"].Null() {
			t.Errorf("without movements there is no probability: %v", v)
		}
	}
	if !strings.Contains(strings.Join(geo.Texts(r.Warnings), " "), "the risk is relative") {
		t.Errorf("%v", r.Warnings)
	}
}

// TestMovementsDivide drives R's second half ten times and once back and forth,
// S by its name, and once nobody knows where.
func TestMovementsDivide(t *testing.T) {
	movements := []geo.Feature{
		movement(40, "", geo.Float(100), at(10_000, 0), at(20_000, 0)),
		movement(60, "", geo.Float(40), at(10_000, 0), at(15_000, 0), at(20_000, 0)),
		movement(70, "s", geo.Float(15)),
		movement(50, "nowhere", geo.Float(7)),
		movement(50, "", geo.Value{}),
		movement(55, "", geo.Value{}, at(10_000, 30), at(12_000, 30)),
	}
	w := world(t, roadsLayer(t, crossing()...), incidentsLayer(t, events()...), movementsLayer(t, movements...))
	rows, r := ranking(t, w, `{"datetime":"2018-01-01/2018-12-31"}`)
	e := r.Output["exposure"].Record()
	if e["movements"].Int() != 6 || !near(e["driven_km"], 164, 1e-3) || !near(e["placed_km"], 157, 1e-3) || e["movements_unplaced"].Int() != 1 || e["movements_without_km"].Int() != 1 {
		t.Errorf("%v", e)
	}
	for _, v := range rows {
		switch {
		case v["road"].Text() == "S":
			if !near(v["driven_km"], 15, 1e-9) {
				t.Errorf("S: %v", v)
			}
		case v["incidents"].Int() == 3: // one of them of civilians, one before the first movement
			if !near(v["driven_km"], 142, 1e-3) || v["driven_incidents"].Float() != 1 || v["chance"].Null() {
				t.Errorf("R, second half: %v", v)
			}
		default:
			if v["driven_km"].Float() != 0 || !v["per_1000_km"].Null() || !v["relative"].Null() {
				t.Errorf("R, first half, where nobody drove: %v", v)
			}
		}
	}
	if all, _ := ranking(t, w, `{"datetime":"2018-01-01/2018-12-31","targets":[]}`); all[0]["driven_incidents"].Float() != 2 {
		t.Errorf("of all targets: %v", all[0])
	}
}

// TestHalfLife weighs an incident at the end of a time twice as much as one a
// half-life before.
func TestHalfLife(t *testing.T) {
	w := world(t, roadsLayer(t, crossing()...), incidentsLayer(t, incident(at(12_000, 0), 99), incident(at(2000, 0), 49)))
	rows, _ := ranking(t, w, `{"datetime":"2018-01-01/2018-04-10T00:00:00Z","half_life_days":50}`)
	byRecency := map[bool]float64{}
	for _, v := range rows {
		if v["incidents"].Int() == 1 {
			byRecency[v["recency"].Float() > 0.9] = v["weighted"].Float()
		}
	}
	if math.Abs(byRecency[true]/byRecency[false]-2) > 1e-9 {
		t.Errorf("%v", byRecency)
	}
}

// TestAreaCutsRoads asks of a box from 11 to 16 km: what is divided by is the
// road inside it.
func TestAreaCutsRoads(t *testing.T) {
	west, east := at(11_000, 0)[0], at(16_000, 0)[0]
	w := world(t, roadsLayer(t, crossing()...), incidentsLayer(t, events()...))
	box := geo.List(geo.Float(west), geo.Float(-1), geo.Float(east), geo.Float(1)).String()
	rows, r := ranking(t, w, `{"bbox":`+box+`}`)
	if len(rows) != 1 || !near(rows[0]["length_km"], 5, 1e-6) || rows[0]["incidents"].Int() != 3 {
		t.Errorf("%v, %v", rows, r.Dropped)
	}
	if _, err := execute(t, w, `{"bbox":[20,20,21,21]}`); geo.CodeOf(err) != geo.Invalid {
		t.Errorf("an area without roads: %v", err)
	}
}

// TestHiddenRoadsLeaveNoMark asks with and without a confidential road that
// branches off, crosses and runs along: the answers are the same.
func TestHiddenRoadsLeaveNoMark(t *testing.T) {
	hidden := append(crossing(),
		road("H", geo.Confidential, at(5000, 0), at(5000, 4000)),
		road("I", geo.Confidential, at(12_000, 100), at(18_000, 100)),
		road("J", geo.Confidential, at(15_000, 5), at(15_000, -4000)))
	incidents := incidentsLayer(t, events()...)
	movements := movementsLayer(t, movement(40, "", geo.Float(100), at(0, 0), at(20_000, 0)))
	const body = `{"longest_km":0,"bandwidth_m":4000,"datetime":"2018-01-01/2018-12-31"}`
	open, err := execute(t, world(t, roadsLayer(t, crossing()...), incidents, movements), body)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := execute(t, world(t, roadsLayer(t, hidden...), incidents, movements), body)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"ranking", "sections", "exposure", "basis", "summary"} {
		if a, b := open.Output[name].String(), secret.Output[name].String(); a != b {
			t.Errorf("%s:\n%s\n%s", name, a, b)
		}
	}
	cleared := world(t, roadsLayer(t, hidden...), incidents, movements)
	cleared.Reader.Ceiling = geo.Confidential
	if rows, _ := ranking(t, cleared, body); len(rows) != 8 {
		t.Errorf("who may see all roads sees %d sections", len(rows))
	}
}

// TestDensityOfTheWorld adds up to what the incidents count for.
func TestDensityOfTheWorld(t *testing.T) {
	w := world(t, roadsLayer(t, crossing()...), incidentsLayer(t, events()...))
	for _, kernel := range threat.Kernels() {
		r, err := execute(t, w, `{"bandwidth_m":1500,"kernel":"`+kernel+`"}`)
		if err != nil {
			t.Fatal(err)
		}
		sum, last := 0.0, math.Inf(1)
		for _, v := range r.Output["density"].Record()["features"].List() {
			p := v.Record()["properties"].Record()
			if p["per_km"].Float() > last {
				t.Errorf("%s: %v after %v", kernel, p["per_km"], last)
			}
			last = p["per_km"].Float()
			sum += last * p["length_km"].Float()
		}
		if math.Abs(sum-3.5) > 1e-6 { // four incidents, one of them at half; none within 1,500 m of a junction
			t.Errorf("%s adds up to %v", kernel, sum)
		}
	}
}

func TestBadQuestions(t *testing.T) {
	w := world(t, roadsLayer(t, crossing()...), incidentsLayer(t, events()...), movementsLayer(t))
	for _, c := range []struct{ desc, body, where string }{
		{"a tolerance below nothing", `{"tolerance_m":-1}`, "tolerance_m"},
		{"another unit", `{"by":"lane"}`, "by"},
		{"a weight above one", `{"precision_weights":[2]}`, "precision_weights"},
		{"no such movements", `{"movements":"x"}`, "movements"},
		{"movements without a date", `{"movements":"routes"}`, "movements"},
		{"no such severity", `{"severity":"pain"}`, "severity"},
		{"a bandwidth of nothing", `{"bandwidth_m":0}`, "bandwidth_m"},
		{"pieces of nothing", `{"bandwidth_m":5,"lixel_m":0}`, "lixel_m"},
		{"too many sections", `{"longest_km":0.0001}`, "longest_km"},
		{"no such collection", `{"collection":"x"}`, "collection"},
	} {
		_, err := execute(t, w, c.body)
		var bad *geo.Error
		if !errors.As(err, &bad) || bad.Where != c.where {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
	if _, err := execute(t, world(t, incidentsLayer(t, events()...)), `{}`); err == nil || !strings.Contains(err.Error(), "there are no roads") {
		t.Errorf("no roads: %v", err)
	}
	r, err := execute(t, w, `{"filter":"killed > 5"}`)
	if err != nil || r.Selected != 0 || len(r.Warnings) == 0 {
		t.Errorf("no incidents: %v, %v", r.Warnings, err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	p := threat.Process()
	if _, err := p.Execute(ctx, w, geo.Values{}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestRisk adds up to the incidents to expect, or to the length where all roads
// are alike.
func TestRisk(t *testing.T) {
	roads, incidents := roadsLayer(t, crossing()...), incidentsLayer(t, events()...)
	risk, relative, how, _, err := threat.Risk(context.Background(), world(t, roads, incidents), nil)
	if err != nil || !relative || how == "" {
		t.Fatal(relative, how, err)
	}
	sum := 0.0
	for _, r := range risk {
		sum += r
	}
	if math.Abs(sum-2*25) > 1e-3 { // both ways of 25 km at a mean of 1 by km
		t.Errorf("relative risk of all arcs: %v, want 50", sum)
	}
	movements := movementsLayer(t, movement(0, "", geo.Float(1000), at(0, 0), at(20_000, 0)), movement(99, "", geo.Float(50), at(10_000, 0), at(10_000, 5000)))
	risk, relative, _, _, err = threat.Risk(context.Background(), world(t, roads, incidents, movements), nil)
	if err != nil || relative {
		t.Fatal(relative, err)
	}
	worst := 0.0
	for _, r := range risk {
		worst = max(worst, r)
	}
	if !(worst > 0 && worst < 1) {
		t.Errorf("incidents to expect on the worst arc: %v", worst)
	}
	if _, _, _, _, err := threat.Risk(context.Background(), world(t, roads, incidents), geo.Values{"bandwidth_m": geo.Float(5)}); geo.CodeOf(err) != geo.Invalid {
		t.Errorf("an input of the density: %v", err)
	}
}
