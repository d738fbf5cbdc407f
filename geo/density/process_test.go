package density_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/density"
	"bivouac/geo/geojson"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/measure"
	"bivouac/geo/process"
	"bivouac/geo/process/processtest"
	"bivouac/geo/shape"
)

// world holds a collection of events, each on a day of 1970 and with killed, or
// none known where that is below 0; and one of places without a time.
func world(t testing.TB, points []orb.Point, days []int, killed []int) process.World {
	t.Helper()
	incidents := geo.Schema{Name: "incidents", Geometry: geo.PointGeometry, Fields: []geo.Field{
		{Name: "time", Kind: geo.KindTime, Role: geo.InstantRole}, {Name: "killed", Kind: geo.KindInt},
	}}
	b := layer.NewBuilder(incidents)
	for i, p := range points {
		at, f := geo.Time(days[i])*geo.Day, geo.Feature{Key: geo.Key(i + 1)}
		f.Geometry, f.Valid, f.Values = p, geo.Instant(at), []geo.Value{geo.TimeValue(at), {}}
		if killed[i] >= 0 {
			f.Values[1] = geo.Int(int64(killed[i]))
		}
		layertest.Add(t, b, f)
	}
	l := layertest.Finish(t, b)
	p := layer.NewBuilder(geo.Schema{Name: "places", Geometry: geo.PointGeometry})
	layertest.Add(t, p, geo.Feature{Key: 1, Geometry: orb.Point{1, 1}})
	places := layertest.Finish(t, p)
	return process.World{Snapshot: layer.NewSnapshot("test", []*layer.Layer{l, places, layer.New(geo.Schema{Name: "empty"})}, nil, nil)}
}

func ask(w process.World, body string) (process.Result, error) {
	return processtest.Run(density.Process(), w, body)
}

func features(r *process.Result, name string) []geo.Value {
	return r.Output[name].Record()["features"].List()
}

func properties(v geo.Value) geo.Values { return v.Record()["properties"].Record() }

// heap is 60 events at one place among 100 scattered over a box of a degree.
func heap(t testing.TB) process.World {
	r := rand.New(rand.NewPCG(7, 7))
	var points []orb.Point
	var days, killed []int
	for i := range 160 {
		p := orb.Point{10 + r.Float64(), 20 + r.Float64()}
		if i < 60 {
			p = orb.Point{10.3, 20.6}
		}
		points, days, killed = append(points, p), append(days, i*2), append(killed, i%5-1)
	}
	return world(t, points, days, killed)
}

func TestCellsAddUp(t *testing.T) {
	w := heap(t)
	for _, c := range []struct {
		desc, body string
		events     float64
		weight     float64
		period     string
		years      float64
	}{
		{"hexagons", `{"cell_m":5000}`, 160, 160, "observed", 319 / 365.25},
		{"squares", `{"cell_km2":100,"method":"square"}`, 160, 160, "observed", 319 / 365.25},
		{"an area", `{"cell_m":9000,"bbox":[9.9,19.9,11.1,21.1],"datetime":"1970-01-01/1970-12-31"}`, 160, 160, "asked", 365 / 365.25},
		{"weights, some unknown", `{"weight":"killed","bbox":[9.9,19.9,11.1,21.1]}`, 128, 192, "observed", 317 / 365.25},
		{"all by itself", `{}`, 160, 160, "observed", 319 / 365.25},
	} {
		r, err := ask(w, c.body)
		if err != nil {
			t.Errorf("%s: %v", c.desc, err)
			continue
		}
		events, weight, km2 := 0.0, 0.0, 0.0
		for _, f := range features(&r, "cells") {
			v := properties(f)
			events, weight, km2 = events+v["events"].Float(), weight+v["weight"].Float(), km2+v["inside_km2"].Float()
			if v["per_km2"].Float() < v["per_km2_lower"].Float() || v["per_km2"].Float() > v["per_km2_upper"].Float() {
				t.Errorf("%s: %v is not in its interval", c.desc, v)
			}
			if got := v["per_km2"].Float() / v["per_km2_year"].Float(); math.Abs(got-c.years) > 1e-9 {
				t.Errorf("%s: %v years, want %v", c.desc, got, c.years)
			}
		}
		total := r.Output["total"].Record()
		if events != c.events || weight != c.weight || total["events"].Float() != c.events || total["weight"].Float() != c.weight {
			t.Errorf("%s: cells have %v events of weight %v, in total %v; want %v and %v", c.desc, events, weight, total, c.events, c.weight)
		}
		if total["period"].Text() != c.period || total["area_km2"].Float() < km2*(1-1e-9) {
			t.Errorf("%s: %v, cells have %v km2", c.desc, total, km2)
		}
		// The heap is the densest cell.
		if first := features(&r, "cells")[0].Record()["geometry"].Geometry(); !measure.Inside(orb.Point{10.3, 20.6}, first) {
			t.Errorf("%s: the densest cell is %v", c.desc, first)
		}
	}
}

// TestEmptyCells draws those without events, whose upper end is 3.689 events.
func TestEmptyCells(t *testing.T) {
	r, err := ask(heap(t), `{"cell_m":9000,"bbox":[9.9,19.9,11.1,21.1],"empty_cells":true}`)
	if err != nil {
		t.Fatal(err)
	}
	all := features(&r, "cells")
	if n := r.Output["grid"].Record()["cells"].Int(); int(n) != len(all) {
		t.Errorf("%d cells drawn of %d", len(all), n)
	}
	last := properties(all[len(all)-1])
	if last["events"].Int() != 0 || math.Abs(last["per_km2_upper"].Float()*last["inside_km2"].Float()-3.689) > 1e-3 {
		t.Errorf("the last cell has %v", last)
	}
	area := 0.0
	for _, f := range all {
		area += properties(f)["inside_km2"].Float()
	}
	if want := measure.PlaneArea(orb.Bound{Min: orb.Point{9.9, 19.9}, Max: orb.Point{11.1, 21.1}}.ToPolygon()) / 1e6; math.Abs(area/want-1) > 1e-6 {
		t.Errorf("all cells have %v km2, want %v", area, want)
	}
}

func TestKernelAddsUp(t *testing.T) {
	w := heap(t)
	for _, c := range []struct {
		desc, body string
		weight     float64
		by         string
	}{
		{"by the rule", `{"method":"kernel"}`, 160, "reference"},
		{"Gaussian by likelihood", `{"method":"kernel","kernel":"gaussian","bandwidth_rule":"likelihood"}`, 160, "likelihood"},
		{"quartic by likelihood", `{"method":"kernel","bandwidth_rule":"likelihood","weight":"killed"}`, 192, "likelihood"},
		{"given", `{"method":"kernel","bandwidth_m":15000,"bbox":[9,19,12,22]}`, 160, "given"},
	} {
		r, err := ask(w, c.body)
		if err != nil {
			t.Errorf("%s: %v", c.desc, err)
			continue
		}
		k := r.Output["kernel"].Record()
		if got := k["integral"].Float(); math.Abs(got/c.weight-1) > 2e-3 || k["bandwidth_by"].Text() != c.by {
			t.Errorf("%s: the surface holds %v of %v; %v", c.desc, got, c.weight, k)
		}
		if got := (orb.Point{k["peak_lon"].Float(), k["peak_lat"].Float()}); measure.Distance(got, orb.Point{10.3, 20.6}) > 2*k["resolution_m"].Float() {
			t.Errorf("%s: the peak is at %v", c.desc, got)
		}
		for i, f := range features(&r, "surface") {
			want := []float64{0.95, 0.9, 0.75, 0.5, 0.25}[i]
			if v := properties(f); math.Abs(v["share"].Float()-want) > 0.02 {
				t.Errorf("%s: contour %d has %v, want %v", c.desc, i, v, want)
			}
		}
	}
}

func TestKernelDrawnAsCells(t *testing.T) {
	r, err := ask(heap(t), `{"method":"kernel","draw":"cells","bandwidth_m":20000,"resolution_m":4000}`)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, f := range features(&r, "surface") {
		v := properties(f)
		sum += v["per_km2"].Float() * v["area_km2"].Float()
	}
	if math.Abs(sum/160-1) > 2e-3 {
		t.Errorf("cells hold %v", sum)
	}
}

// TestEdgeLossIsSaid asks for an area whose edge the kernels reach over.
func TestEdgeLossIsSaid(t *testing.T) {
	r, err := ask(heap(t), `{"method":"kernel","bandwidth_m":30000,"bbox":[10,20,11,21]}`)
	if err != nil {
		t.Fatal(err)
	}
	share := r.Output["kernel"].Record()["beyond_share"].Float()
	if share < 0.03 || share > 0.3 || !strings.Contains(strings.Join(geo.Texts(r.Warnings), " "), "lies beyond the study area") {
		t.Errorf("%v beyond; %v", share, r.Warnings)
	}
}

// TestDrawnToTheStudyArea asks for half of a heap: contours and cells end at
// the area, and shares are of what lies in it.
func TestDrawnToTheStudyArea(t *testing.T) {
	area := orb.Polygon{{{10.3, 20}, {11, 20}, {11, 21.2}, {10.5, 20.9}, {10.3, 21.2}, {10.3, 20}}}
	body := `"method":"kernel","bandwidth_m":30000,"resolution_m":2000,"area":` + string(geojson.AppendGeometry(nil, area, nil)) + `}`
	r, err := ask(heap(t), "{"+body)
	if err != nil {
		t.Fatal(err)
	}
	contours := features(&r, "surface")
	if len(contours) != 5 {
		t.Fatalf("%d contours: %v", len(contours), r.Warnings)
	}
	for i, f := range contours {
		g := f.Record()["geometry"].Geometry()
		outside, err := shape.Difference(g, area)
		if err != nil {
			t.Fatal(err)
		}
		if left := measure.PlaneArea(outside); left > 1e3 {
			t.Errorf("contour %d reaches %v m2 beyond the area", i, left)
		}
		want := []float64{0.95, 0.9, 0.75, 0.5, 0.25}[i]
		v := properties(f)
		if share := v["share"].Float(); math.Abs(share-want) > 0.02 {
			t.Errorf("contour %d has %v of what lies in the area, want %v", i, share, want)
		}
		if km2 := measure.PlaneArea(g) / 1e6; math.Abs(v["area_km2"].Float()/km2-1) > 1e-9 {
			t.Errorf("contour %d says %v km2 of %v", i, v["area_km2"], km2)
		}
	}
	cells, err := ask(heap(t), `{"draw":"cells",`+body)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, f := range features(&cells, "surface") {
		v := properties(f)
		sum += v["per_km2"].Float() * v["area_km2"].Float()
	}
	k := cells.Output["kernel"].Record()
	if want := k["integral"].Float() * (1 - k["beyond_share"].Float()); math.Abs(sum/want-1) > 1e-9 || want > 0.9*k["integral"].Float() {
		t.Errorf("the cells hold %v, want %v of %v", sum, want, k["integral"])
	}
}

func TestWarnings(t *testing.T) {
	short := world(t, []orb.Point{{1, 1}, {1.1, 1}, {1, 1.2}}, []int{0, 1, 2}, []int{0, 0, 0})
	for _, c := range []struct {
		desc  string
		world process.World
		body  string
		want  string
	}{
		{"no area", heap(t), `{}`, "No study area was asked for"},
		{"a short time", short, `{}`, "only 3 days"},
		{"no time", short, `{"collection":"places"}`, "no rates by year"},
		{"no rows", short, `{"collection":"empty"}`, "No record is selected"},
		{"no rows, kernel", short, `{"collection":"empty","method":"kernel"}`, "No record is selected"},
		{"a time outside the data", short, `{"datetime":"1990-01-01/1990-12-31"}`, "No record is selected"},
		{"an area without events", short, `{"bbox":[5,5,6,6],"cell_m":10000}`, "No event lies in the study area"},
		{"weights of 0", short, `{"method":"kernel","weight":"killed"}`, "weigh 0"},
		{"levels above the peak", heap(t), `{"method":"kernel","levels_per_km2":[1000]}`, "reaches none of the levels"},
		{"many at once", heap(t), `{"weight":"killed"}`, "dispersion"},
	} {
		r, err := ask(c.world, c.body)
		if err != nil || !strings.Contains(strings.Join(geo.Texts(r.Warnings), "\n"), c.want) {
			t.Errorf("%s: %v, %q", c.desc, err, r.Warnings)
		}
	}
}

func TestBadInputs(t *testing.T) {
	w := heap(t)
	one := world(t, []orb.Point{{1, 1}, {1, 1}}, []int{0, 1}, []int{0, 0})
	for _, c := range []struct {
		desc  string
		world process.World
		body  string
		where string
		says  string
	}{
		{"10^8 cells", w, `{"cell_m":10,"bbox":[9,19,12,22]}`, "cell_m", "would do"},
		{"10^8 cells by area", w, `{"cell_km2":0.0001,"bbox":[9,19,12,22]}`, "cell_km2", "would do"},
		{"a cell of nothing", w, `{"cell_m":0}`, "cell_m", "1 m is the least"},
		{"width and area", w, `{"cell_m":1000,"cell_km2":1}`, "cell_km2", "not both"},
		{"box and area", w, `{"bbox":[9,19,12,22],"area":{"type":"Polygon","coordinates":[[[9,19],[10,19],[10,20],[9,19]]]}}`, "bbox", "not both"},
		{"a centre of one number", w, `{"centre":[1]}`, "centre", "latitude"},
		{"a centre nowhere", w, `{"centre":[1,100]}`, "centre", "degrees"},
		{"bandwidth 0", w, `{"method":"kernel","bandwidth_m":0}`, "bandwidth_m", "above 0"},
		{"a bandwidth below 0", w, `{"method":"kernel","bandwidth_m":-1}`, "bandwidth_m", "least"},
		{"no bandwidth from one place", one, `{"method":"kernel"}`, "bandwidth_m", "1 places"},
		{"by likelihood", one, `{"method":"kernel","bandwidth_rule":"likelihood"}`, "bandwidth_m", "1 places"},
		{"a share of all", w, `{"method":"kernel","shares":[100]}`, "shares", "below 100"},
		{"a level of 0", w, `{"method":"kernel","levels_per_km2":[0]}`, "levels_per_km2", "everywhere"},
		{"too many drawn", w, `{"method":"kernel","draw":"cells","bandwidth_m":50000,"resolution_m":200}`, "resolution_m", "draw contours"},
		{"no such method", w, `{"method":"triangle"}`, "method", "hexagon"},
	} {
		_, err := ask(c.world, c.body)
		var bad *geo.Error
		if !errors.As(err, &bad) || bad.Where != c.where || !strings.Contains(bad.Text, c.says) {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
}
