package quality_test

import (
	"errors"
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
	"bivouac/geo/quality"
	"bivouac/geo/randtest"
)

var least, most = 0.0, 7.0

var schema = geo.Schema{Name: "incidents", Title: "Incidents", Geometry: geo.PointGeometry, Fields: []geo.Field{
	{Name: "mission", Kind: geo.KindString, Role: geo.MissionRole},
	{Name: "time", Kind: geo.KindTime, Role: geo.InstantRole},
	{Name: "reported", Kind: geo.KindTime},
	{Name: "place_precision", Kind: geo.KindInt, Least: &least, Greatest: &most},
	{Name: "category", Kind: geo.KindString, Enum: []string{"ied", "mine"}},
	{Name: "outcome", Kind: geo.KindString, Enum: []string{"detonated", "found"}},
	{Name: "killed", Title: "Killed", Kind: geo.KindInt, Least: &least},
	{Name: "civilians_killed", Title: "Civilians killed", Kind: geo.KindInt},
	{Name: "duplicate_of", Kind: geo.KindString},
}}

// incident is what a test says of a record; days count from 2016-01-01.
type incident struct {
	lon, lat         float64
	day, delay       float64
	precision        int
	category         string
	outcome          string
	killed, civilian int
	mission, marked  string
	nowhere          bool
}

const epoch = geo.Time(16_801) * geo.Day

func days(d float64) geo.Time { return geo.Time(d * float64(geo.Day)) }

func (i incident) feature() geo.Feature {
	at := epoch + days(i.day)
	text := func(s string) geo.Value {
		if s == "" {
			return geo.Value{}
		}
		return geo.String(s)
	}
	f := geo.Feature{Rev: 1, Geometry: orb.Point{i.lon, i.lat}, Valid: geo.Instant(at), Mission: i.mission, Values: []geo.Value{
		text(i.mission), geo.TimeValue(at), {}, {}, text(i.category), text(i.outcome), geo.Int(int64(i.killed)), geo.Int(int64(i.civilian)), text(i.marked),
	}}
	if i.delay != 0 {
		f.Values[2] = geo.TimeValue(at + days(i.delay))
	}
	if i.precision > 0 {
		f.Values[3] = geo.Int(int64(i.precision))
	}
	if i.nowhere {
		f.Geometry = nil
	}
	return f
}

func world(t *testing.T, incidents []incident, more ...*layer.Layer) process.World {
	t.Helper()
	features := make([]geo.Feature, len(incidents))
	for i := range incidents {
		features[i] = incidents[i].feature()
	}
	layers := append([]*layer.Layer{layertest.Build(t, schema, features...)}, more...)
	return process.World{Snapshot: layer.NewSnapshot("test", layers, nil, []layer.Moment{{Version: 1, At: epoch + days(1000)}}), Reader: geo.Reader{Ceiling: geo.StrictlyConfidential}}
}

func execute(w process.World, body string) (process.Result, error) {
	return processtest.Run(quality.Process(), w, body)
}

func report(t *testing.T, w process.World, body string) process.Result {
	t.Helper()
	r, err := execute(w, body)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestFindings(t *testing.T) {
	area := geo.Schema{Name: "areas", Fields: []geo.Field{{Name: "kind", Kind: geo.KindString}}}
	w := world(t, []incident{
		{lon: 1, lat: 1, day: 1, precision: 1, category: "ied", outcome: "detonated", killed: 2, civilian: 3, delay: 1},
		{lon: 1.1, lat: 1.2, day: 2, category: "kite", outcome: "found", killed: 1, delay: -1},
		{lon: 0, lat: 0, day: 2000, category: "ied", outcome: "found", delay: 500},
		{lon: 1.4, lat: 1.3, day: 3, killed: -1, mission: "M"},
		{lon: 5, lat: 5.01, day: 4, mission: "M"},
		{lon: 3.05, lat: 1, day: 5, mission: "M"},
		{lon: 9, lat: 9, day: 6, mission: "N", precision: 3},
		{day: 7, nowhere: true},
	}, layertest.Build(t, area, geo.Feature{Mission: "M", Geometry: orb.Polygon{{{0, 0}, {3, 0}, {3, 3}, {0, 3}, {0, 0}}}, Values: []geo.Value{geo.String("mission")}}))
	r := report(t, w, `{}`)
	want := map[string]struct{ records, of int64 }{
		"range-killed": {1, 8}, "range-place_precision": {0, 2}, "part-civilians_killed": {2, 8}, "future": {1, 8},
		"reported-before": {1, 3}, "reported-late": {1, 3}, "null-island": {1, 7}, "rounded-place": {1, 1},
		"harm-without-blast": {1, 2}, "outside-mission": {1, 3},
	}
	for _, v := range r.Output["findings"].List() {
		f := v.Record()
		w, known := want[f["check"].Text()]
		if !known || f["records"].Int() != w.records || f["of"].Int() != w.of || len(f["keys"].List()) != int(w.records) {
			t.Errorf("%v, want %v", v, w)
		}
		delete(want, f["check"].Text())
	}
	if len(want) > 0 {
		t.Errorf("not there: %v", want)
	}
	for _, v := range r.Output["fields"].List() {
		f := v.Record()
		if f["field"].Text() == "category" && (f["missing"].Int() != 5 || f["strange"].Int() != 1 || f["strange_codes"].Text() != "kite (1)") {
			t.Errorf("%v", v)
		}
	}
}

func TestDuplicates(t *testing.T) {
	w := world(t, []incident{
		{lon: 1, lat: 1, day: 1, category: "ied", outcome: "detonated", killed: 2},
		{lon: 1.001, lat: 1, day: 1.4, category: "ied", outcome: "detonated", killed: 2},         // the same, 111 m and 9.6 h apart
		{lon: 1.001, lat: 1, day: 1.4, category: "mine", outcome: "found", killed: 7},            // another
		{lon: 1.02, lat: 1, day: 1, category: "ied", outcome: "detonated", killed: 2},            // too far
		{lon: 1, lat: 1, day: 2.01, category: "ied", outcome: "detonated", killed: 2},            // too late after the first, not after the second
		{lon: 1, lat: 1, day: 1, category: "ied", outcome: "detonated", killed: 2, marked: "1"},  // known
		{lon: 1, lat: 1, day: 1, category: "ied", outcome: "detonated", killed: 2, precision: 4}, // the centre of a province
		{day: 1, category: "ied", outcome: "detonated", killed: 2, nowhere: true},
	})
	r := report(t, w, `{}`)
	var got []string
	for _, v := range r.Output["duplicates"].List() {
		p := v.Record()
		got = append(got, p["a"].String()+"-"+p["b"].String())
	}
	if strings.Join(got, " ") != "1-2 2-5" {
		t.Errorf("%v", got)
	}
	s := r.Output["summary"].Record()
	if s["pairs"].Int() != 2 || s["in_pairs"].Int() != 3 || s["compared"].Int() != 5 {
		t.Errorf("%v", s)
	}
}

// TestDuplicatesAgainstEveryPair holds the slabs of time against a comparison
// of every pair.
func TestDuplicatesAgainstEveryPair(t *testing.T) {
	r := randtest.New(t, 1)
	list := make([]incident, 9_000)
	for i := range list {
		list[i] = incident{lon: 1 + r.Float64()/3, lat: 1 + r.Float64()/3, day: 900 * r.Float64(), category: []string{"ied", "mine"}[r.IntN(2)], killed: r.IntN(2)}
	}
	pairs := report(t, world(t, list), `{"near_m":3000,"near_hours":60,"agreement":1}`).Output["summary"].Record()["pairs"].Int()
	var want int64
	for i := range list {
		for j := range i {
			a, b := &list[i], &list[j]
			if a.category == b.category && a.killed == b.killed && math.Abs(a.day-b.day) <= 2.5 && distance(a, b) <= 3000 {
				want++
			}
		}
	}
	if pairs != want || want < 50 {
		t.Errorf("%d pairs, want %d", pairs, want)
	}
}

func distance(a, b *incident) float64 {
	return measure.Distance(orb.Point{a.lon, a.lat}, orb.Point{b.lon, b.lat})
}

func TestDelay(t *testing.T) {
	w := world(t, []incident{{day: 1, delay: 1}, {day: 2, delay: 3}, {day: 3, delay: 2}, {day: 400, delay: 10}, {day: 401}, {day: 402, delay: -2}})
	rows := report(t, w, `{}`).Output["delay"].List()
	if len(rows) != 3 {
		t.Fatalf("%v", rows)
	}
	all, first := rows[0].Record(), rows[1].Record()
	if all["records"].Int() != 4 || all["median_d"].Float() != 2.5 || all["longest_d"].Float() != 10 || first["year"].Int() != 2016 || first["median_d"].Float() != 2 {
		t.Errorf("%v", rows)
	}
}

// TestGaps plants a gap of 20 means, and holds that random times have one in
// no more than one in a hundred worlds (binomial, 99.9 %).
func TestGaps(t *testing.T) {
	r := randtest.New(t, 1)
	random := func(n int, gapAt int) (out []incident) {
		day := 0.0
		for i := range n {
			if day += r.ExpFloat64(); i == gapAt {
				day += 40
			}
			out = append(out, incident{lon: 1, lat: 1, day: day})
		}
		return out
	}
	planted := report(t, world(t, random(300, 150)), `{"near_m":0}`).Output["gaps"].List()
	if len(planted) == 0 || planted[0].Record()["days"].Float() < 40 {
		t.Errorf("the planted gap: %v", planted)
	}
	found := 0
	for range 200 {
		if len(report(t, world(t, random(200, -1)), `{"near_m":0}`).Output["gaps"].List()) > 0 {
			found++
		}
	}
	// 200 worlds at 0.01 each: 9 or more come once in ten thousand times.
	if found > 8 {
		t.Errorf("%d of 200 random worlds have a gap", found)
	}
}

func TestClosures(t *testing.T) {
	var list []incident
	for d := range 400 {
		list = append(list, incident{lon: 5, lat: 5, day: float64(d), mission: "M"})
		if d < 200 || d%4 == 0 {
			list = append(list, incident{lon: 1.1, lat: 1, day: float64(d) + 0.5, mission: "M"})
		}
		list = append(list, incident{lon: 40, lat: 1, day: float64(d), mission: "N"})
	}
	bases := geo.Schema{Name: "bases", Fields: []geo.Field{{Name: "name", Kind: geo.KindString}}}
	closed := geo.Feature{Mission: "M", Geometry: orb.Point{1, 1}, Valid: geo.Until(epoch + days(200)), Values: []geo.Value{geo.String("Gao")}}
	open := geo.Feature{Mission: "M", Geometry: orb.Point{1, 1}, Values: []geo.Value{geo.String("Kidal")}}
	rows := report(t, world(t, list, layertest.Build(t, bases, closed, open)), `{"closure_days":100,"near_m":0}`).Output["closures"].List()
	if len(rows) != 1 {
		t.Fatalf("%v", rows)
	}
	c := rows[0].Record()
	if c["near_before"].Int() != 100 || c["near_after"].Int() != 25 || c["elsewhere_before"].Int() != 100 || c["elsewhere_after"].Int() != 100 ||
		c["ratio"].Float() != 0.25 || !(c["lower"].Float() < 0.25 && c["upper"].Float() < 0.5) || !c["whole"].Bool() {
		t.Errorf("%v", rows[0])
	}
}

func TestNothingSelected(t *testing.T) {
	r := report(t, world(t, []incident{{day: 1}}), `{"filter":"killed > 5"}`)
	if r.Selected != 0 || len(r.Warnings) != 1 {
		t.Errorf("%v", r)
	}
}

func TestBadQuestions(t *testing.T) {
	w := world(t, []incident{{day: 1}})
	for _, c := range []struct{ desc, body, where string }{
		{"no such field of times", `{"reported":"killed"}`, "reported"},
		{"no such group", `{"groupby":"killed"}`, "groupby"},
		{"a radius below nothing", `{"near_m":-1}`, "near_m"},
		{"an agreement above 1", `{"agreement":1.5}`, "agreement"},
		{"no such collection", `{"collection":"x"}`, "collection"},
	} {
		_, err := execute(w, c.body)
		var bad *geo.Error
		if !errors.As(err, &bad) || bad.Where != c.where {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
}
