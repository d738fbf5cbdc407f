package casevac

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/process"
)

func field(name string, k geo.Kind) geo.Field { return geo.Field{Name: name, Kind: k} }

// records are a world of bases, assets, places and an area; a value that is
// left out is null.
func records(t testing.TB, bases, assets []geo.Values) process.World {
	t.Helper()
	lists := []struct {
		schema geo.Schema
		rows   []geo.Values
	}{
		{geo.Schema{Name: "bases", Geometry: geo.PointGeometry, Fields: []geo.Field{
			{Name: "mission", Kind: geo.KindString, Role: geo.MissionRole}, {Name: "name", Kind: geo.KindString, Role: geo.NameRole}, field("status", geo.KindString),
			field("medical_level", geo.KindString), field("surgical_module", geo.KindBool), field("surgeries_per_day", geo.KindFloat), field("beds", geo.KindInt), field("helipad", geo.KindBool), field("runway_m", geo.KindInt),
		}}, bases},
		{geo.Schema{Name: "assets", Geometry: geo.PointGeometry, Fields: []geo.Field{
			{Name: "mission", Kind: geo.KindString, Role: geo.MissionRole}, {Name: "base", Kind: geo.KindString, Role: geo.NameRole}, field("type", geo.KindString), field("count", geo.KindInt),
			field("notice_day_min", geo.KindInt), field("notice_night_min", geo.KindInt), field("cruise_kmh", geo.KindFloat), field("range_km", geo.KindFloat), field("endurance_h", geo.KindFloat),
			field("night", geo.KindBool), field("patients", geo.KindInt), field("load_min", geo.KindInt),
		}}, assets},
		{geo.Schema{Name: "places", Geometry: geo.PointGeometry, Fields: []geo.Field{{Name: "name", Kind: geo.KindString, Role: geo.NameRole}, field("population", geo.KindInt)}},
			[]geo.Values{{"at": geo.Geometry(ansongo), "name": geo.String("Ansongo"), "population": geo.Int(1000)}, {"at": geo.Geometry(menaka), "name": geo.String("Menaka")}, {"name": geo.String("nowhere")}}},
		{geo.Schema{Name: "areas", Geometry: geo.AnyGeometry, Fields: []geo.Field{{Name: "mission", Kind: geo.KindString, Role: geo.MissionRole}, field("kind", geo.KindString)}},
			[]geo.Values{{"at": geo.Geometry(orb.Bound{Min: orb.Point{-1, 15}, Max: orb.Point{3, 17}}.ToPolygon()), "kind": geo.String("mission"), "mission": geo.String("M")}}},
		{geo.Schema{Name: "routes", Geometry: geo.LineGeometry, Fields: []geo.Field{{Name: "name", Kind: geo.KindString, Role: geo.NameRole}, field("surface", geo.KindString), field("one_way", geo.KindBool)}},
			[]geo.Values{{"at": geo.Geometry(orb.LineString{gao, ansongo}), "name": geo.String("Gao - Ansongo"), "surface": geo.String("paved"), "one_way": geo.Bool(false)}}},
	}
	var layers []*layer.Layer
	for _, l := range lists {
		b := layer.NewBuilder(l.schema)
		for i, row := range l.rows {
			f := geo.Feature{Key: geo.Key(i + 1), Mission: row["mission"].Text()}
			if g := row["at"]; !g.Null() {
				f.Geometry = g.Geometry()
			}
			for _, x := range l.schema.Fields {
				f.Values = append(f.Values, row[x.Name])
			}
			layertest.Add(t, b, f)
		}
		built := layertest.Finish(t, b)
		layers = append(layers, built)
	}
	return process.World{Snapshot: layer.NewSnapshot("s", layers, nil, []layer.Moment{{Version: 1}})}
}

func base(name string, at orb.Geometry, level string, more geo.Values) geo.Values {
	v := geo.Values{"name": geo.String(name), "at": geo.Geometry(at), "medical_level": geo.String(level), "helipad": geo.Bool(true), "status": geo.String("open"), "mission": geo.String("M")}
	if at == nil {
		delete(v, "at")
	}
	for k, x := range more {
		v[k] = x
	}
	return v
}

func asset(home, kind string, more geo.Values) geo.Values {
	v := geo.Values{"base": geo.String(home), "type": geo.String(kind), "mission": geo.String("M")}
	for k, x := range more {
		v[k] = x
	}
	return v
}

func execute(w process.World, p process.Process, in geo.Values) (process.Result, error) {
	return p.Execute(context.Background(), w, in, nil)
}

func point(p orb.Point) geo.Value { return geo.List(geo.Geometry(p)) }

// TestFilterOfBases: what stands at a base that is not selected is not there
// either, be it an asset or a surgical module, with or without a place of its own.
func TestFilterOfBases(t *testing.T) {
	w := records(t,
		[]geo.Values{base("Gao", gao, "L2", nil), base("Ansongo", ansongo, "L1", nil)},
		[]geo.Values{asset("Gao", "helicopter", geo.Values{"at": geo.Geometry(gao)}), asset("Gao", "surgical_module", geo.Values{"at": geo.Geometry(gao)}), asset("Far", "helicopter", geo.Values{"at": geo.Geometry(menaka)})})
	r, err := execute(w, ChainProcess(nil), geo.Values{"places": point(ansongo), "mission": geo.String("M"), "bases_filter": geo.String("name <> 'Gao'")})
	if err != nil {
		t.Fatal(err)
	}
	if r.Dropped[HomeNotSelected] != 2 || r.Used != 2 {
		t.Errorf("%d used, %v", r.Used, r.Dropped)
	}
	for _, v := range r.Output["stages"].List() {
		if s := v.Record(); s["stage"].Text() == "surgery" && !s["minutes"].Null() {
			t.Errorf("surgery without the base that gives it: %v", s)
		}
	}
}

// TestRecords reads bases and assets, says what it left out and what it
// assumed, and gives a module to the base where it stands.
func TestRecords(t *testing.T) {
	w := records(t,
		[]geo.Values{base("Gao", gao, "L2", nil), base("Ansongo", ansongo, "L1", nil), base("Kidal", kidal, "L3", geo.Values{"status": geo.String("closed")}),
			base("Nowhere", nil, "L2", nil), base("Other", timbuktu, "L2", geo.Values{"mission": geo.String("N")})},
		[]geo.Values{asset("Gao", "helicopter", geo.Values{"night": geo.Bool(true)}), asset("Kidal", "helicopter", nil), asset("Gao", "unmanned", nil), asset("Gao", "ambulance", geo.Values{"count": geo.Int(0)}),
			asset("Gao", "fixed_wing", geo.Values{"patients": geo.Int(0)}), asset("Far", "helicopter", nil), asset("Ansongo", "surgical_module", nil)})
	r, err := execute(w, ChainProcess(nil), geo.Values{"places": point(ansongo), "mission": geo.String("M")})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{NotOpen: 1, NoPlace: 2, OtherMission: 1, HomeNotOpen: 1, NoCarrier: 1, NoneLeft: 1, NoRoom: 1}
	if fmt.Sprint(r.Dropped) != fmt.Sprint(want) || r.Selected != 12 || r.Used != 4 {
		t.Errorf("%d selected, %d used, %v", r.Selected, r.Used, r.Dropped)
	}
	for _, v := range r.Output["stages"].List() {
		if s := v.Record(); s["stage"].Text() == "surgery" && (s["facility"].Text() != "Ansongo" || s["minutes"].Float() != 0) {
			t.Errorf("surgery: %v", s)
		}
	}
	said := strings.Join(geo.Texts(r.Warnings), "\n")
	for _, want := range []string{"helicopter: notice by day of 30 min (1 records)", "cruising speed of 220 km/h", "loading time of 10 min", "room for 1 patient", "module: 2 surgeries a day", "L2: 3 surgeries a day",
		"First aid is assumed", "find a place to land", "neither range nor endurance", "no roads"} {
		if !strings.Contains(said, want) {
			t.Errorf("nothing says %q:\n%s", want, said)
		}
	}
}

// TestDayAndNight asks by light and by the clock: the sun sets in Gao at about
// 18:30 UTC in July.
func TestDayAndNight(t *testing.T) {
	flier := geo.Values{"notice_day_min": geo.Int(15), "notice_night_min": geo.Int(30), "cruise_kmh": geo.Float(220), "load_min": geo.Int(10), "night": geo.Bool(true), "patients": geo.Int(2)}
	w := records(t, []geo.Values{base("Gao", gao, "L2", nil)}, []geo.Values{asset("Gao", "helicopter", flier)})
	blind := records(t, []geo.Values{base("Gao", gao, "L2", nil)}, []geo.Values{asset("Gao", "helicopter", nil)})
	at := func(hour int) geo.Value {
		return geo.TimeValue(1_530_403_200*geo.Second + geo.Time(hour)*3600*geo.Second)
	} // 2018-07-01
	flights := 2 * apart(gao, ansongo) / 220e3 * 60
	for _, c := range []struct {
		desc string
		w    process.World
		in   geo.Values
		want float64
	}{
		{"by day", w, geo.Values{}, 15 + 15 + flights},
		{"by night", w, geo.Values{"light": geo.String("night")}, 30 + 15 + flights},
		{"at noon, whatever the light", w, geo.Values{"at": at(12), "light": geo.String("night")}, 15 + 15 + flights},
		{"at midnight", w, geo.Values{"at": at(0)}, 30 + 15 + flights},
		{"weather and clearance", w, geo.Values{"weather_min": geo.Float(20), "clearance_min": geo.Float(7)}, 27 + 15 + 15 + flights},
		{"a notice for all", w, geo.Values{"light": geo.String("night"), "notice_min": geo.Float(5)}, 5 + 15 + flights},
		{"none that flies by night", blind, geo.Values{"light": geo.String("night")}, math.NaN()},
	} {
		c.in["places"], c.in["notify_min"], c.in["offload_min"] = point(ansongo), geo.Float(0), geo.Float(5)
		r, err := execute(c.w, ChainProcess(nil), c.in)
		if err != nil {
			t.Fatal(err)
		}
		v := r.Output["stages"].List()[2].Record()
		if math.IsNaN(c.want) != v["minutes"].Null() || !math.IsNaN(c.want) && math.Abs(v["minutes"].Float()-c.want) > 0.051 {
			t.Errorf("%s: %v, want %.2f", c.desc, v["minutes"], c.want)
		}
	}
}

// TestSurfaceTables adds up: cells to the area, records and people, lengths.
func TestSurfaceTables(t *testing.T) {
	flier := geo.Values{"notice_day_min": geo.Int(15), "cruise_kmh": geo.Float(220), "load_min": geo.Int(10), "patients": geo.Int(2)}
	w := records(t, []geo.Values{base("Gao", gao, "L2", nil), base("Menaka", menaka, "L1", nil)}, []geo.Values{asset("Gao", "helicopter", flier)})
	r, err := execute(w, SurfaceProcess(nil), geo.Values{"mission": geo.String("M"), "cell_m": geo.Float(20_000)})
	if err != nil {
		t.Fatal(err)
	}
	cells, km2 := 0, 0.0
	for _, v := range r.Output["areas"].List() {
		cells += int(v.Record()["cells"].Int())
		km2 += v.Record()["km2"].Float()
	}
	summary := r.Output["summary"].Record()
	if cells != int(summary["cells"].Int()) || cells != len(r.Output["surface"].Record()["features"].List()) || math.Abs(km2-summary["area_km2"].Float()) > 0.1 {
		t.Errorf("%d cells of %.2f km2, in all %v", cells, km2, summary)
	}
	count := r.Output["counts"].List()[0].Record()
	if count["records"].Int() != 2 || count["surgery"].Int() != 1 || count["people"].Float() != 1000 || count["people_surgery"].Float() != 1000 || count["unstated"].Int() != 1 {
		t.Errorf("%v", count)
	}
	route := r.Output["routes"].List()[0].Record()
	if math.Abs(route["km"].Float()-88.87) > 0.02 || route["surgery_share"].Float() != 1 {
		t.Errorf("%v", route)
	}
	if first := r.Output["places"].List()[0].Record(); first["name"].Text() != "Menaka" || first["outcome"].Text() != string(SurgeryLate) {
		t.Errorf("the place that is worst off: %v", first)
	}
}

// TestAllNight asks an area, its bases, places and routes when it is dark
// everywhere and no aircraft flies: only who lies at a base is in time, by
// whichever way night is asked for. One that flies by night helps as its notice
// by night says.
func TestAllNight(t *testing.T) {
	bases := []geo.Values{base("Gao", gao, "L2", nil), base("Menaka", menaka, "L1", nil)}
	flier := func(night bool) []geo.Values {
		return []geo.Values{asset("Gao", "helicopter", geo.Values{"notice_day_min": geo.Int(15), "notice_night_min": geo.Int(30), "cruise_kmh": geo.Float(220), "load_min": geo.Int(10), "patients": geo.Int(2), "night": geo.Bool(night)})}
	}
	midnight := geo.TimeValue(1_530_403_200 * geo.Second) // 2018-07-01
	for _, c := range []struct {
		desc    string
		flies   bool
		in      geo.Values
		surgery int64 // of the two places: Ansongo and Menaka
	}{
		{"by the light, none that flies", false, geo.Values{"light": geo.String("night")}, 0},
		{"by the clock, none that flies", false, geo.Values{"at": midnight}, 0},
		{"by the light, one that flies", true, geo.Values{"light": geo.String("night")}, 1},
		{"by the clock, one that flies", true, geo.Values{"at": midnight}, 1},
	} {
		c.in["mission"], c.in["cell_m"], c.in["base_legs"] = geo.String("M"), geo.Float(20_000), geo.Bool(true)
		r, err := execute(records(t, bases, flier(c.flies)), SurfaceProcess(nil), c.in)
		if err != nil {
			t.Fatal(err)
		}
		reached, cells := reachedByNight(t, c.desc, r.Output["surface"].Record()["features"].List())
		if c.flies != (reached == cells) || !c.flies && reached > 1 {
			t.Errorf("%s: surgery for %d of %d cells", c.desc, reached, cells)
		}
		counts, summary := r.Output["counts"].List()[0].Record(), r.Output["summary"].Record()
		if counts["records"].Int() != 2 || counts["surgery"].Int() != c.surgery || counts["people_surgery"].Float() != float64(1000*c.surgery) {
			t.Errorf("%s: %v", c.desc, counts)
		}
		if summary["bases"].Int() != 2 || summary["bases_advanced"].Int() != 2 || summary["bases_surgery"].Int() != 1 {
			t.Errorf("%s: %v", c.desc, summary)
		}
		if route := r.Output["routes"].List()[0].Record(); route["worst_min"].Null() == c.flies || (route["surgery_share"].Float() == 1) != c.flies {
			t.Errorf("%s: %v", c.desc, route)
		}
		for _, v := range r.Output["base_legs"].List() {
			if v.Record()["name"].Text() == "Menaka" && !c.flies {
				t.Errorf("%s: nobody comes to Menaka, and yet %v", c.desc, v)
			}
		}
	}
}

// reachedByNight counts the cells from which one comes to surgery; all of them
// are dark, and those that are out of reach name nobody.
func reachedByNight(t *testing.T, desc string, cells []geo.Value) (reached, all int) {
	t.Helper()
	for _, f := range cells {
		v := f.Record()["properties"].Record()
		if !v["night"].Bool() {
			t.Fatalf("%s: a cell by day: %v", desc, v)
		}
		beyond := v["surgery_min"].Null()
		count(!beyond, &reached)
		if named := !v["facility"].Null() || !v["asset"].Null() || !v["together_min"].Null(); beyond != (v["outcome"].Text() == string(OutOfReach)) || beyond && named {
			t.Fatalf("%s: %v", desc, v)
		}
	}
	return reached, len(cells)
}

// TestCountedByFilter counts what a filter and a time select, and adds up the
// legs from bases.
func TestCountedByFilter(t *testing.T) {
	flier := geo.Values{"notice_day_min": geo.Int(15), "cruise_kmh": geo.Float(220), "load_min": geo.Int(10), "patients": geo.Int(2)}
	w := records(t, []geo.Values{base("Gao", gao, "L2", nil), base("Menaka", menaka, "L1", nil)}, []geo.Values{asset("Gao", "helicopter", flier)})
	in := geo.Values{"mission": geo.String("M"), "cell_m": geo.Float(100_000), "count": geo.List(geo.String("places"), geo.String("bases")), "count_filters": geo.List(geo.String("population > 10"), geo.String("")), "base_legs": geo.Bool(true)}
	r, err := execute(w, SurfaceProcess(nil), in)
	if err != nil {
		t.Fatal(err)
	}
	counts := r.Output["counts"].List()
	if counts[0].Record()["records"].Int() != 1 || counts[1].Record()["records"].Int() != 2 {
		t.Errorf("%v", counts)
	}
	sums := map[int64]float64{}
	for _, v := range r.Output["base_legs"].List() {
		if leg := v.Record(); !leg["meanwhile"].Bool() {
			sums[leg["key"].Int()] += math.Round(10 * leg["minutes"].Float())
		}
	}
	for _, v := range r.Output["bases"].List() {
		if b := v.Record(); math.Round(10*b["surgery_min"].Float()) != sums[b["key"].Int()] {
			t.Errorf("%s: %v min, its legs %v", b["name"].Text(), b["surgery_min"], sums[b["key"].Int()]/10)
		}
	}
}

func TestBadQuestions(t *testing.T) {
	gaoOnly := records(t, []geo.Values{base("Gao", gao, "L2", nil), base("Nowhere", nil, "L1", nil)}, []geo.Values{asset("Gao", "helicopter", nil)})
	empty := records(t, nil, nil)
	chain, surface := ChainProcess(nil), SurfaceProcess(nil)
	line := geo.List(geo.Geometry(orb.LineString{gao, kidal}))
	for _, c := range []struct {
		desc string
		w    process.World
		p    process.Process
		in   geo.Values
		want string // in the error; with a star, in a warning
	}{
		{"no place", gaoOnly, chain, geo.Values{}, "say where a casualty lies"},
		{"a line", gaoOnly, chain, geo.Values{"places": line}, "must be a Point"},
		{"no place on the globe", gaoOnly, chain, geo.Values{"places": point(orb.Point{0, 95})}, "places"},
		{"no such base", gaoOnly, chain, geo.Values{"bases": geo.List(geo.Int(77))}, "there is no record 77"},
		{"a base without a place", gaoOnly, chain, geo.Values{"bases": geo.List(geo.Int(2))}, "no single point"},
		{"too many", gaoOnly, chain, geo.Values{"places": geo.List(geo.Geometry(gao), geo.Geometry(kidal)), "casualties": geo.Int(400)}, "are more than the 500"},
		{"times of other places", gaoOnly, chain, geo.Values{"places": point(gao), "after_min": geo.List(geo.Float(1), geo.Float(2))}, "2 times for 1 places"},
		{"no mode", gaoOnly, chain, geo.Values{"places": point(gao), "modes": geo.List()}, "at least one of road"},
		{"an unknown mode", gaoOnly, chain, geo.Values{"places": point(gao), "modes": geo.List(geo.String("boat"))}, "modes"},
		{"a limit of nothing", gaoOnly, chain, geo.Values{"places": point(gao), "surgery_limit_min": geo.Float(0)}, "must be more than 0"},
		{"no speed", gaoOnly, chain, geo.Values{"places": point(gao), "carry_kmh": geo.Float(0)}, "carry_kmh"},
		{"a filter of another collection", gaoOnly, chain, geo.Values{"places": point(gao), "assets_filter": geo.String("killed > 1")}, "killed"},
		{"a landing site that is a line", gaoOnly, chain, geo.Values{"places": point(gao), "landing_sites": line}, "must be a Point"},
		{"nothing there", empty, chain, geo.Values{"places": point(gao)}, "*No base and no asset is selected"},
		{"another mission", gaoOnly, chain, geo.Values{"places": point(gao), "mission": geo.String("X")}, "*No open base gives advanced care"},
		{"no area", gaoOnly, surface, geo.Values{}, "draw a study area, or name a mission"},
		{"a mission without one", gaoOnly, surface, geo.Values{"mission": geo.String("X")}, "has no area"},
		{"an area and a box", gaoOnly, surface, geo.Values{"area": geo.Geometry(orb.Bound{Max: orb.Point{1, 1}}.ToPolygon()), "bbox": geo.List(geo.Float(0), geo.Float(0), geo.Float(1), geo.Float(1))}, "not both"},
		{"a box of three", gaoOnly, surface, geo.Values{"bbox": geo.List(geo.Float(0), geo.Float(0), geo.Float(1))}, "must be four numbers"},
		{"a line as an area", gaoOnly, surface, geo.Values{"area": geo.Geometry(orb.LineString{gao, kidal})}, "area"},
		{"too small cells", gaoOnly, surface, geo.Values{"mission": geo.String("M"), "cell_m": geo.Float(100)}, "cell"},
		{"cells of nothing", gaoOnly, surface, geo.Values{"mission": geo.String("M"), "cell_m": geo.Float(0)}, "cell_m"},
		{"no such collection", gaoOnly, surface, geo.Values{"mission": geo.String("M"), "count": geo.List(geo.String("towns"))}, `no collection "towns"`},
		{"a filter too many", gaoOnly, surface, geo.Values{"mission": geo.String("M"), "count_filters": geo.List(geo.String("population > 1"), geo.String(""))}, "2 filters for 1 collections"},
		{"a filter of what is not there", gaoOnly, surface, geo.Values{"mission": geo.String("M"), "count_filters": geo.List(geo.String("killed > 1"))}, "killed"},
		{"no such routes", gaoOnly, surface, geo.Values{"mission": geo.String("M"), "routes": geo.String("rails")}, `no collection "rails"`},
		{"a step of nothing", gaoOnly, surface, geo.Values{"mission": geo.String("M"), "route_step_m": geo.Float(0)}, "route_step_m"},
		{"a step that is too short", gaoOnly, surface, geo.Values{"mission": geo.String("M"), "route_step_m": geo.Float(0.1)}, "longer step"},
	} {
		r, err := execute(c.w, c.p, c.in)
		if text, warned := strings.CutPrefix(c.want, "*"); warned {
			if err != nil || !strings.Contains(strings.Join(geo.Texts(r.Warnings), "\n"), text) {
				t.Errorf("%s: %v, %v", c.desc, err, r.Warnings)
			}
		} else if err == nil || !strings.Contains(err.Error(), c.want) || geo.CodeOf(err) == geo.Internal {
			t.Errorf("%s: %v, want %q", c.desc, err, c.want)
		}
	}
}
