package siting_test

import (
	"context"
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/casevac"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/measure"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/process/processtest"
	"bivouac/geo/siting"
)

// theatre is bases, assets and places about 10 E on the equator.
type theatre struct{ bases, assets, places []geo.Feature }

func (w *theatre) base(name string, lon float64, level string, helipad bool) {
	w.bases = append(w.bases, geo.Feature{Key: geo.Key(len(w.bases) + 1), Geometry: orb.Point{lon, 0}, Values: []geo.Value{geo.String(name), geo.String("open"), geo.String(level), geo.Bool(helipad), geo.Int(1)}})
}

func (w *theatre) asset(base, kind string, notice int64) {
	w.assets = append(w.assets, geo.Feature{Key: geo.Key(len(w.assets) + 1), Values: []geo.Value{geo.String(base), geo.String(kind), geo.Int(1), geo.Int(notice), geo.Float(220), geo.Int(10), geo.Bool(false)}})
}

func (w *theatre) place(name string, lon float64, people int64) {
	w.places = append(w.places, geo.Feature{Key: geo.Key(len(w.places) + 1), Geometry: orb.Point{lon, 0}, Values: []geo.Value{geo.String(name), geo.Int(people)}})
}

// world has the bases for which keep is true, and what stands at them.
func (w *theatre) world(t testing.TB, keep func(key geo.Key) bool) process.World {
	t.Helper()
	field := func(name string, kind geo.Kind) geo.Field { return geo.Field{Name: name, Kind: kind} }
	name := geo.Field{Name: "name", Kind: geo.KindString, Role: geo.NameRole}
	made := func(s geo.Schema, features []geo.Feature) *layer.Layer {
		b := layer.NewBuilder(s)
		for i := range features {
			layertest.Add(t, b, features[i])
		}
		l := layertest.Finish(t, b)
		return l
	}
	var bases, assets []geo.Feature
	kept := map[string]bool{}
	for _, f := range w.bases {
		if keep(f.Key) {
			bases = append(bases, f)
			kept[f.Values[0].Text()] = true
		}
	}
	for _, f := range w.assets {
		if kept[f.Values[0].Text()] {
			assets = append(assets, f)
		}
	}
	return process.World{Snapshot: layer.NewSnapshot("s", []*layer.Layer{
		made(geo.Schema{Name: "bases", Geometry: geo.PointGeometry, Fields: []geo.Field{name, field("status", geo.KindString), field("medical_level", geo.KindString), field("helipad", geo.KindBool), field("annual_cost_usd", geo.KindInt)}}, bases),
		made(geo.Schema{Name: "assets", Geometry: geo.PointGeometry, Fields: []geo.Field{
			field("base", geo.KindString), field("type", geo.KindString), field("count", geo.KindInt), field("notice_day_min", geo.KindInt), field("cruise_kmh", geo.KindFloat), field("load_min", geo.KindInt), field("night", geo.KindBool),
		}}, assets),
		made(geo.Schema{Name: "places", Geometry: geo.PointGeometry, Fields: []geo.Field{name, field("population", geo.KindInt)}}, w.places),
	}, nil, []layer.Moment{{Version: 1}})}
}

func all(geo.Key) bool { return true }

// equator is a helicopter at A, hospitals at B and D, and a module that an
// asset brings to C; most people live at A.
func equator() *theatre {
	w := &theatre{}
	w.base("A", 10, "L1", true)
	w.base("B", 11, "L2", true)
	w.base("C", 12, "", true)
	w.base("D", 13, "L3", false) // nothing lands there
	w.asset("A", "helicopter", 15)
	w.asset("C", "surgical_module", 0)
	w.place("a", 10.1, 1000)
	w.place("c", 12, 10)
	w.place("d", 13.1, 500)
	return w
}

// TestSurgeryInTime needs the base where the helicopter stands as well as one
// that operates. By hand, a degree being 111.3195 km: from A by a to B takes
// 5 + 15 min, 0.1 degrees (3.04 min), 10 min, 0.9 degrees (27.32 min), 10 min,
// 70.4 min in all, and to C 1.9 degrees (57.68 min), 100.7 min.
func TestSurgeryInTime(t *testing.T) {
	const forA = `,"priority_filter":"name = 'a'"`
	for _, c := range []struct{ desc, body, want string }{
		{"as it was without", `{"number":2}`, "A D"},
		{"to B", `{"number":2,"medical_min":71` + forA + `}`, "A B"},
		{"to the module that is an asset at C", `{"number":2,"medical_min":101,"close":[2]` + forA + `}`, "A C"},
		{"D too", `{"number":3,"medical_min":71` + forA + `}`, "A B D"},
		{"carried to surgery", `{"number":1,"medical_min":1,"priority_filter":"name = 'c'"}`, "C"},
		{"one more helicopter", `{"number":1,"placing":"helicopter","objective":"p-center","medical_min":80,"priority_filter":"name = 'd'"}`, ""},
	} {
		r, err := processtest.Run(choice(), equator().world(t, all), c.body)
		if c.want == "" {
			if e, ok := err.(*geo.Error); !ok || e.Where != "medical_min" {
				t.Errorf("%s: %v, %v", c.desc, r.Output["changes"], err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.desc, err)
			continue
		}
		var open []string
		for _, v := range r.Output["ranked"].List() {
			if row := v.Record(); row["decision"].Text() == "keep" {
				open = append(open, row["name"].Text())
			}
		}
		slices.Sort(open)
		if got := fmt.Sprint(open); got != "["+c.want+"]" || !r.Output["proof"].Record()["proved"].Bool() {
			t.Errorf("%s: %s, want %s; %v", c.desc, got, c.want, r.Output["proof"])
		}
	}
	for _, c := range []struct{ desc, body string }{
		{"a minute less", `{"number":2,"medical_min":70` + forA + `}`},
		{"the helicopter's base closes", `{"number":3,"medical_min":71,"bases":[2,3,4]` + forA + `}`},
		{"by night, when it does not fly", `{"number":4,"medical_min":71,"medical_light":"night"` + forA + `}`},
		{"by road, of which there are none", `{"number":4,"medical_min":71,"medical_modes":["road"]` + forA + `}`},
	} {
		if _, err := processtest.Run(choice(), equator().world(t, all), c.body); err == nil || err.(*geo.Error).Where != "medical_min" {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
}

// TestWhatCasevacWarnsOf is told of surgery with its own code inside.
// TestSurgeryOnTheDay: casualties come to surgery on the roads of the day that is
// asked about, on which hazards are in force or released.
func TestSurgeryOnTheDay(t *testing.T) {
	m := &theatre{}
	m.base("A", 10, "none", false)
	m.base("B", 10.5, "L2", false)
	m.asset("A", "ambulance", 0)
	m.place("a", 10, 100)
	w := m.world(t, all)
	released := geo.Time(1514764800000000) // 2018-01-01
	field := func(name string, k geo.Kind) geo.Field { return geo.Field{Name: name, Kind: k} }
	layers := append(slices.Clone(w.Layers()),
		layertest.Build(t, geo.Schema{Name: "routes", Geometry: geo.LineGeometry, Fields: []geo.Field{field("surface", geo.KindString), field("one_way", geo.KindBool)}},
			geo.Feature{Geometry: orb.LineString{{10, 0}, {10.5, 0}}, Values: []geo.Value{geo.String("paved"), geo.Bool(false)}}),
		layertest.Build(t, geo.Schema{Name: "hazards", Geometry: geo.AreaGeometry, Fields: []geo.Field{field("kind", geo.KindString), {Name: "released", Kind: geo.KindTime, Role: geo.EndRole}}},
			geo.Feature{Geometry: orb.Bound{Min: orb.Point{10.2, -0.1}, Max: orb.Point{10.3, 0.1}}.ToPolygon(), Valid: geo.Interval{Start: geo.End{Kind: geo.Open}, End: geo.End{Kind: geo.At, Time: released}}, Values: []geo.Value{geo.String("confirmed"), geo.TimeValue(released)}}))
	g, err := layer.Roads(context.Background(), layers)
	if err != nil {
		t.Fatal(err)
	}
	w.Snapshot = w.Snapshot.WithLayers(layers).WithNetwork(g)
	for day, want := range map[string]string{"2017-12-30": "cannot be met", "2018-01-03": ""} {
		_, err := processtest.Run(choice(), w, `{"number":2,"medical_min":120,"medical_modes":["road"],"avoid_hazards":true,"date":"`+day+`"}`)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", day, err)
		}
	}
}

func TestWhatCasevacWarnsOf(t *testing.T) {
	r := processtest.Must(t, choice(), equator().world(t, all), `{"number":2,"medical_min":71,"priority_filter":"name = 'a'"}`)
	told := 0
	for _, w := range r.Warnings {
		if w.Code != "siting-surgery" {
			continue
		}
		told++
		inner := w.Values["warning"].Record()
		if text := inner["text"].Text(); text == "" || w.Text != "Surgery: "+text || !strings.HasPrefix(inner["code"].Text(), "care-") {
			t.Errorf("%q: %v", w.Text, inner)
		}
	}
	if told == 0 {
		t.Errorf("nothing of %v", r.Warnings)
	}
}

// TestModuleWhereSurgeryIsWanting places one where it brings those in time who
// are not.
func TestModuleWhereSurgeryIsWanting(t *testing.T) {
	r, err := processtest.Run(choice(), equator().world(t, all), `{"number":1,"placing":"surgical_module","medical_min":50,"priority_filter":"name = 'a'"}`)
	if want := `[{"act":"add_asset","fields":{"type":"surgical_module"},"into":1,"name":"A"}]`; err != nil || r.Output["changes"].String() != want {
		t.Errorf("%s; %v, want %s", r.Output["changes"].String(), err, want)
	}
}

// drawn is a random theatre of seven bases.
func drawn(r *rand.Rand) *theatre {
	w := &theatre{}
	for i := range 7 {
		name := fmt.Sprint("B", i)
		w.base(name, 10+4*r.Float64(), []string{"", "L1", "L2", "L2"}[r.IntN(4)], r.IntN(3) > 0)
		for range r.IntN(3) {
			w.asset(name, []string{"helicopter", "helicopter", "surgical_module", "ambulance"}[r.IntN(4)], int64(5+r.IntN(40)))
		}
	}
	for i := range 5 {
		w.place(fmt.Sprint("p", i), 10+4*r.Float64(), int64(1+r.IntN(100)))
	}
	return w
}

// late is the weight of the places that do not come to surgery in time, by
// casevac-surface's times in a world that has these bases alone.
func (w *theatre) late(t *testing.T, set int, within float64) float64 {
	t.Helper()
	ctx := context.Background()
	of, _, err := casevac.ForSurgery(ctx, nil, w.world(t, func(k geo.Key) bool { return set>>(k-1)&1 == 1 }), geo.Values{"modes": geo.List(geo.String("air"), geo.String("mixed"))})
	if err != nil {
		t.Fatal(err)
	}
	var points []orb.Point
	for _, f := range w.places {
		points = append(points, f.Geometry.(orb.Point))
	}
	places, err := of.NewPlaces(ctx, points, false)
	if err != nil {
		t.Fatal(err)
	}
	times, err := of.Times(ctx, places, false)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for i, m := range times.Any {
		if m > uint32(within*60_000) {
			sum += w.places[i].Values[1].Float()
		}
	}
	return sum
}

func (w *theatre) travel(set int) float64 {
	sum := 0.0
	for _, p := range w.places {
		near := math.Inf(1)
		for k, b := range w.bases {
			if set>>k&1 == 1 {
				near = min(near, measure.Distance(p.Geometry.(orb.Point), b.Geometry.(orb.Point))/1000)
			}
		}
		sum += near * p.Values[1].Float()
	}
	return sum
}

// TestSurgeryAgainstExhaustiveSearch looks at every set of bases, each as a
// world of its own that casevac is asked about: as a limit, and as an aim.
func TestSurgeryAgainstExhaustiveSearch(t *testing.T) {
	front := siting.ParetoProcess(network.NewCache(1<<20), context.WithTimeout)
	binding, none := 0, 0
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 31))
		w := drawn(r)
		within, most := 80+30*float64(r.IntN(5)), 2+r.IntN(4)
		free, best, points := w.look(t, within, most)
		body := fmt.Sprintf(`"number":%d,"medical_min":%v,"medical_modes":["air","mixed"]`, most, within)
		got, err := processtest.Run(choice(), w.world(t, all), "{"+body+"}")
		switch v := got.Output["proof"].Record(); {
		case math.IsInf(best, 1):
			if none++; err == nil || err.(*geo.Error).Code != geo.Conflict {
				t.Errorf("seed %d: %v of a question without an answer; %v", seed, got.Output["answer"], err)
			}
		case err != nil || !v["proved"].Bool() || math.Abs(v["value"].Float()-best) > 1e-6*best:
			t.Errorf("seed %d: %v, want %v; %v", seed, v, best, err)
		case best > free*(1+1e-9):
			binding++
		}
		if got, err = processtest.Run(front, w.world(t, all), `{"measures":["medical","sites"],`+body+"}"); err != nil {
			t.Fatal(err)
		}
		var found [][]float64
		for _, v := range got.Output["points"].List() {
			found = append(found, []float64{v.Record()["medical"].Float(), v.Record()["number"].Float()})
		}
		if want := lowest(points); !slices.EqualFunc(found, want, slices.Equal) || !got.Output["complete"].Bool() {
			t.Errorf("seed %d: %v, want %v", seed, found, want)
		}
	}
	if binding < 4 || none < 2 {
		t.Errorf("the limit changed %d answers and left %d questions without one: the worlds prove little", binding, none)
	}
}

// look goes through all sets of at most so many bases: the least travel without
// the limit and with it, and what each is in weight too late and in number.
func (w *theatre) look(t *testing.T, within float64, most int) (free, best float64, points [][]float64) {
	t.Helper()
	free, best = math.Inf(1), math.Inf(1)
	for set := 1; set < 1<<len(w.bases); set++ {
		n := bits.OnesCount(uint(set))
		if n > most {
			continue
		}
		late, travel := w.late(t, set, within), w.travel(set)
		points = append(points, []float64{late, float64(n)})
		if free = min(free, travel); late == 0 {
			best = min(best, travel)
		}
	}
	return free, best, points
}

// lowest are the points that no other is as good as in both.
func lowest(points [][]float64) (out [][]float64) {
	slices.SortFunc(points, slices.Compare)
	for _, p := range points {
		if len(out) == 0 || p[1] < out[len(out)-1][1] {
			out = append(out, p)
		}
	}
	return out
}
