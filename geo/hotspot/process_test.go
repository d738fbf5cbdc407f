package hotspot_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/hotspot"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/measure"
	"bivouac/geo/process"
	"bivouac/geo/process/processtest"
)

// record is an event.
type record struct {
	at        orb.Point
	day       int
	killed    int
	precision int
}

func world(t testing.TB, records []record) process.World {
	t.Helper()
	b := layer.NewBuilder(geo.Schema{Name: "incidents", Geometry: geo.PointGeometry, Fields: []geo.Field{
		{Name: "time", Kind: geo.KindTime, Role: geo.InstantRole}, {Name: "killed", Kind: geo.KindInt}, {Name: "place_precision", Kind: geo.KindInt},
	}})
	for i, r := range records {
		at := geo.Time(r.day) * geo.Day
		err := b.Add(&geo.Feature{
			Key: geo.Key(i + 1), Geometry: r.at, Valid: geo.Instant(at),
			Values: []geo.Value{geo.TimeValue(at), geo.Int(int64(r.killed)), geo.Int(int64(r.precision))},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	l := layertest.Finish(t, b)
	return process.World{Snapshot: layer.NewSnapshot("test", []*layer.Layer{l}, nil, nil)}
}

func features(r *process.Result) []geo.Value {
	return r.Output["cells"].Record()["features"].List()
}

func properties(v geo.Value) geo.Values { return v.Record()["properties"].Record() }

func shape(v geo.Value) orb.Geometry { return v.Record()["geometry"].Geometry() }

var planted = orb.Point{10.5, 20.5}

// ground is 400 events over a box of a degree and 100 within 5 km of the
// planted place, over 400 days.
func ground(r *rand.Rand) []record {
	var out []record
	for i := range 500 {
		e := record{at: orb.Point{10 + r.Float64(), 20 + r.Float64()}, day: r.IntN(400), killed: r.IntN(3), precision: 1}
		if i < 100 {
			e.at, _ = measure.Direct(planted, 360*r.Float64(), 5000*math.Sqrt(r.Float64()))
		}
		out = append(out, e)
	}
	return out
}

func TestPlantedSpotIsFound(t *testing.T) {
	w := world(t, ground(seeded(t)))
	for _, c := range []struct {
		desc, body string
		cell       float64
	}{
		{"hexagons", `{"cell_m":5000,"bbox":[10,20,11,21]}`, 5000},
		{"squares in the hull", `{"cell_km2":25,"unit":"square"}`, 5000},
		{"nearest", `{"cell_m":5000,"bbox":[10,20,11,21],"neighbours":"nearest","k":12}`, 5000},
		{"a band, without correction", `{"cell_m":5000,"bbox":[10,20,11,21],"band_m":8000,"correction":"none"}`, 5000},
		{"weights", `{"cell_m":5000,"bbox":[10,20,11,21],"weight":"killed"}`, 5000},
		{"by itself", `{}`, 10_000},
	} {
		r, err := processtest.Run(hotspot.Process(), w, c.body)
		if err != nil {
			t.Errorf("%s: %v", c.desc, err)
			continue
		}
		top := features(&r)[0]
		// The heap, 5 km about its place, lies within two cells of the hottest.
		lon, lat := centre(shape(top))
		if v := properties(top); v["class"].Text() != "hot_99" || v["gi_bin"].Int() != 3 || measure.Distance(orb.Point{lon, lat}, planted) > 2.6*c.cell+5000 {
			t.Errorf("%s: the hottest is %v at %v %v", c.desc, v, lon, lat)
		}
		addsUp(t, c.desc, &r)
		for _, g := range r.Output["global"].List() {
			if v := g.Record(); v["z"].Float() < 2 && c.cell < 10_000 {
				t.Errorf("%s: %v", c.desc, v)
			}
		}
	}
}

// exposedWorld adds places of 100 people, 2,000 about one place of incidents.
func exposedWorld(t *testing.T, records []record) process.World {
	t.Helper()
	w := world(t, records)
	b := layer.NewBuilder(geo.Schema{Name: "places", Geometry: geo.PointGeometry, Fields: []geo.Field{{Name: "population", Kind: geo.KindInt}}})
	add := func(at orb.Point, people geo.Value) {
		layertest.Add(t, b, geo.Feature{Key: geo.Key(b.Len() + 1), Geometry: at, Values: []geo.Value{people}})
	}
	for x := range 20 {
		for y := range 20 {
			at := orb.Point{10.025 + float64(x)/20, 20.025 + float64(y)/20}
			people := geo.Int(100)
			switch {
			case measure.Distance(at, planted) < 8000:
				people = geo.Int(20_000)
			case x < 3:
				people = geo.Int(0)
			}
			add(at, people)
		}
	}
	add(orb.Point{10.5, 20.9}, geo.Value{})
	add(orb.Point{30, 30}, geo.Int(1e9))
	l := layertest.Finish(t, b)
	return process.World{Snapshot: layer.NewSnapshot("test", append(w.Layers(), l), nil, nil)}
}

// TestRates: many events among many people are no hot spot; cells without
// people are not compared, and their events are said.
func TestRates(t *testing.T) {
	w := exposedWorld(t, ground(seeded(t)))
	body := `{"cell_m":10000,"unit":"square","bbox":[10,20,11,21]`
	counts, err := processtest.Run(hotspot.Process(), w, body+`}`)
	if err != nil {
		t.Fatal(err)
	}
	rates, err := processtest.Run(hotspot.Process(), w, body+`,"exposure":"places"}`)
	if err != nil {
		t.Fatal(err)
	}
	addsUp(t, "rates", &rates)
	left := rates.Dropped[hotspot.NoExposure]
	if left == 0 || rates.Used+left != rates.Selected || len(features(&rates)) >= len(features(&counts)) || len(rates.Layers) != 2 {
		t.Errorf("%d used, %v left out of %d, %d cells of %d, %d layers", rates.Used, rates.Dropped, rates.Selected, len(features(&rates)), len(features(&counts)), len(rates.Layers))
	}
	exposure := 0.0
	for _, f := range features(&rates) {
		v := properties(f)
		exposure += v["exposure"].Float()
		lon, lat := centre(shape(f))
		if v["gi_bin"].Int() > 0 && measure.Distance(orb.Point{lon, lat}, planted) < 8000 {
			t.Errorf("many people, and a hot spot: %v", v)
		}
		if got := v["value"].Float() / v["exposure"].Float(); math.Abs(v["rate"].Float()-got) > 1e-12 {
			t.Errorf("%v: a rate of %v", v, got)
		}
	}
	want := 0.0
	for x := range 20 {
		for y := range 20 {
			if at := (orb.Point{10.025 + float64(x)/20, 20.025 + float64(y)/20}); measure.Distance(at, planted) < 8000 {
				want += 20_000
			} else if x >= 3 {
				want += 100
			}
		}
	}
	if exposure != want {
		t.Errorf("%v exposed, want %v", exposure, want)
	}
	text := strings.Join(geo.Texts(rates.Warnings), "\n")
	if !strings.Contains(text, "standardised rates by population of places") || !strings.Contains(text, "1 records of places state no population") {
		t.Errorf("warnings: %s", text)
	}
	for _, g := range rates.Output["global"].List() {
		if g.Record()["statistic"].Text() == "general_g" {
			t.Error("general G of rates that may be below 0")
		}
	}
}

func centre(g orb.Geometry) (lon, lat float64) {
	c := g.Bound().Center()
	return c[0], c[1]
}

// addsUp wants units to hold all events, and classes all units.
func addsUp(t *testing.T, desc string, r *process.Result) {
	t.Helper()
	s, events, value, classes := r.Output["summary"].Record(), int64(0), 0.0, int64(0)
	for _, f := range features(r) {
		events, value = events+properties(f)["events"].Int(), value+properties(f)["value"].Float()
	}
	for _, name := range []string{"hot_99", "hot_95", "hot_90", "not_significant", "cold_90", "cold_95", "cold_99"} {
		classes += s[name].Int()
	}
	if events != int64(r.Used) || events != s["events"].Int() || math.Abs(value-s["weight"].Float()) > 1e-9 || classes != s["units"].Int() || int(classes) != len(features(r)) {
		t.Errorf("%s: units hold %d events of weight %v; %v; %d used", desc, events, value, s, r.Used)
	}
}

// TestPlaces joins events that share a place, without an area.
func TestPlaces(t *testing.T) {
	r := seeded(t)
	var records []record
	for i := range 60 {
		p := orb.Point{10 + float64(i%10)*0.1, 20 + float64(i/10)*0.1}
		n := 1 + r.IntN(2)
		if i%10 < 3 && i/10 < 3 {
			n = 12
		}
		for range n {
			records = append(records, record{at: p, precision: 1})
		}
	}
	got, err := processtest.Run(hotspot.Process(), world(t, records), `{"unit":"place","band_m":16000}`)
	if err != nil {
		t.Fatal(err)
	}
	addsUp(t, "places", &got)
	if top := features(&got)[0]; measure.Distance(shape(top).(orb.Point), orb.Point{10.1, 20.1}) > 1000 || properties(top)["class"].Text() != "hot_99" {
		t.Errorf("the hottest place is %v", top)
	}
	if !got.Output["area"].Null() || !got.Output["grid"].Null() || len(features(&got)) != 60 {
		t.Errorf("%d places; area %v", len(features(&got)), got.Output["area"])
	}
}

func TestEmergingProcess(t *testing.T) {
	r := seeded(t)
	records := ground(r)
	for i := range records[:100] {
		records[i].day = 360 + r.IntN(40) // the heap came in the last forty days
	}
	records = append(records, record{at: orb.Point{10.2, 20.2}, day: 399, precision: 1})
	got, err := processtest.Run(hotspot.EmergingProcess(), world(t, records), `{"cell_m":10000,"bbox":[10,20,11,21],"step_days":20,"datetime":"1970-01-01/1971-02-04"}`)
	if err != nil {
		t.Fatal(err)
	}
	s := got.Output["summary"].Record()
	if s["steps"].Int() != 20 || s["consecutive_hot"].Int() == 0 || got.Used != 501 {
		t.Errorf("%v, %d used", s, got.Used)
	}
	top := features(&got)[0]
	if lon, lat := centre(shape(top)); measure.Distance(orb.Point{lon, lat}, planted) > 35_000 || !strings.HasSuffix(properties(top)["pattern"].Text(), "_hot") {
		t.Errorf("the first is %v at %v %v", properties(top), lon, lat)
	}
	events, value := int64(0), int64(0)
	for _, step := range got.Output["steps"].List() {
		events += step.Record()["events"].Int()
	}
	for _, f := range features(&got) {
		value += properties(f)["events"].Int()
	}
	if events != int64(got.Used) || value != events {
		t.Errorf("steps hold %d events, cells %d, %d are used", events, value, got.Used)
	}
	// Steps of 23 days leave the first days out.
	got, err = processtest.Run(hotspot.EmergingProcess(), world(t, records), `{"cell_m":10000,"bbox":[10,20,11,21],"step_days":23}`)
	if err != nil || got.Dropped[hotspot.TooEarly] == 0 || got.Used+got.Dropped[hotspot.TooEarly] != got.Selected {
		t.Errorf("%v, %v", got.Dropped, err)
	}
}

func TestWarnings(t *testing.T) {
	r := seeded(t)
	coarse := ground(r)
	for i := range coarse {
		coarse[i].precision = 1 + 4*(i%2)
	}
	few := ground(r)[:40]
	for _, c := range []struct {
		desc  string
		world process.World
		body  string
		want  string
	}{
		{"centroids", world(t, coarse), `{"cell_m":5000}`, "place_precision to 3 or less"},
		{"the hull", world(t, coarse), `{"cell_m":5000}`, "convex hull"},
		{"few events", world(t, few), `{"cell_m":4000,"bbox":[10,20,11,21]}`, "commoner by chance"},
		{"one event that weighs as much as the others", world(t, append(ground(r), record{at: planted, killed: 2000, precision: 1})), `{"cell_m":10000,"weight":"killed"}`, "independent events"},
		{"few units", world(t, coarse), `{"cell_m":40000,"band_m":41000}`, "only"},
		{"few neighbours", world(t, coarse), `{"cell_m":5000,"band_m":5000}`, "wider band"},
		{"cut cells", world(t, coarse), `{"cell_m":5000}`, "in part"},
	} {
		got, err := processtest.Run(hotspot.Process(), c.world, c.body)
		if err != nil || !strings.Contains(strings.Join(geo.Texts(got.Warnings), "\n"), c.want) {
			t.Errorf("%s: %v, %q", c.desc, err, got.Warnings)
		}
	}
}

func TestBadInputs(t *testing.T) {
	many := ground(seeded(t))
	same := make([]record, 50)
	even := make([]record, 0, 144)
	for i := range 144 {
		even = append(even, record{at: orb.Point{float64(i % 12), float64(i / 12)}, precision: 1})
	}
	area := `"bbox":[10,20,11,21]`
	for _, c := range []struct {
		desc    string
		records []record
		body    string
		where   string
		says    string
	}{
		{"exposure of places", many, `{"unit":"place","exposure":"incidents"}`, "exposure", "rates are of cells"},
		{"exposure by nothing there", many, `{"cell_m":10000,"exposure":"roads"}`, "exposure", "no collection"},
		{"exposure by a field that is none", many, `{"cell_m":10000,"exposure":"incidents"}`, "exposure_field", "population"},
		{"exposure in a few cells", many[:5], `{"cell_m":10000,"exposure":"incidents","exposure_field":"killed",` + area + `}`, "exposure", "too few"},
		{"no rows", nil, `{}`, "filter", "no events"},
		{"one row", many[:1], `{}`, "area", "draw one"},
		{"one row in an area", many[:1], `{` + area + `,"cell_m":90000}`, "unit", "too few"},
		{"all coincident", same, `{}`, "area", "one place"},
		{"coincident places", same, `{"unit":"place"}`, "unit", "1 units"},
		{"zero variance", even, `{"unit":"place"}`, "unit", "without variance"},
		{"a time outside the data", many, `{"datetime":"2001-01-01/2002-01-01"}`, "filter", "no events"},
		{"10^8 cells", many, `{` + area + `,"cell_m":10}`, "cell_m", "would do"},
		{"more than are drawn", many, `{` + area + `,"cell_m":200}`, "cell_m", "wider cells"},
		{"few cells", many, `{` + area + `,"cell_m":60000}`, "unit", "smaller cells"},
		{"a band of nothing", many, `{` + area + `,"cell_m":5000,"band_m":0}`, "band_m", "above 0"},
		{"a band within a cell", many, `{` + area + `,"cell_m":5000,"band_m":4000}`, "band_m", "wider"},
		{"a band of all", many, `{` + area + `,"cell_m":20000,"band_m":500000}`, "band_m", "narrower"},
		{"all as the nearest", many, `{` + area + `,"cell_m":30000,"neighbours":"nearest","k":200}`, "k", "fewer"},
		{"no neighbours asked", many, `{"neighbours":"nearest","k":0}`, "k", "least"},
	} {
		fails(t, c.desc, hotspot.Process(), world(t, c.records), c.body, c.where, c.says)
	}
	for _, c := range []struct{ desc, body, where, says string }{
		{"few steps", `{` + area + `,"cell_m":10000,"step_days":90}`, "step_days", "needs 10"},
		{"steps of nothing", `{` + area + `,"cell_m":10000,"step_days":0}`, "step_days", "longer than nothing"},
		{"too many bins", `{` + area + `,"cell_m":500,"step_days":0.1}`, "cell_m", "bins"},
	} {
		fails(t, c.desc, hotspot.EmergingProcess(), world(t, many), c.body, c.where, c.says)
	}
}

func fails(t *testing.T, desc string, p process.Process, w process.World, body, where, says string) {
	t.Helper()
	_, err := processtest.Run(p, w, body)
	var bad *geo.Error
	if !errors.As(err, &bad) || bad.Where != where || !strings.Contains(bad.Text, says) {
		t.Errorf("%s: %v", desc, err)
	}
}
