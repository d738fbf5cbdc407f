package opening_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/network"
	"bivouac/geo/opening"
	"bivouac/geo/process"
	"bivouac/geo/process/processtest"
)

func record(g orb.Geometry, values ...geo.Value) geo.Feature {
	return geo.Feature{Geometry: g, Values: values}
}

func road(name, status, season string, line ...orb.Point) geo.Feature {
	return record(orb.LineString(line), geo.String(name), geo.String("paved"), geo.String(status), geo.String(season), geo.Float(60), geo.Bool(false))
}

var routes = geo.Schema{Name: "routes", Geometry: geo.LineGeometry, Fields: []geo.Field{
	{Name: "name", Kind: geo.KindString, Role: geo.NameRole}, {Name: "surface", Kind: geo.KindString}, {Name: "status", Kind: geo.KindString},
	{Name: "season", Kind: geo.KindString}, {Name: "speed_kmh", Kind: geo.KindFloat}, {Name: "one_way", Kind: geo.KindBool},
}}

func worldOf(t testing.TB, roads []geo.Feature, hazards, bases, places []geo.Feature) process.World {
	t.Helper()
	name := geo.Field{Name: "name", Kind: geo.KindString, Role: geo.NameRole}
	text := func(name string) geo.Field { return geo.Field{Name: name, Kind: geo.KindString} }
	layers := []*layer.Layer{
		layertest.Build(t, routes, roads...),
		layertest.Build(t, geo.Schema{Name: "hazards", Geometry: geo.AreaGeometry, Fields: []geo.Field{name, text("kind"),
			{Name: "reported", Kind: geo.KindTime, Role: geo.StartRole}, {Name: "released", Kind: geo.KindTime, Role: geo.EndRole}}}, hazards...),
		layertest.Build(t, geo.Schema{Name: "bases", Geometry: geo.PointGeometry, Fields: []geo.Field{name, text("status")}}, bases...),
		layertest.Build(t, geo.Schema{Name: "places", Geometry: geo.PointGeometry, Fields: []geo.Field{name, {Name: "population", Kind: geo.KindInt}}}, places...),
	}
	g, err := network.Build(context.Background(), []network.Source{{Schema: layers[0].Schema(), Each: layers[0].Each}}, network.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return process.World{Snapshot: layer.NewSnapshot("test", layers, nil, nil).WithNetwork(g)}
}

func ask(t testing.TB, w process.World, body string) (process.Result, error) {
	t.Helper()
	return processtest.Run(opening.Process(), w, body)
}

func square(west, south float64) orb.Polygon {
	const side = 0.01
	return orb.Polygon{{{west, south}, {west + side, south}, {west + side, south + side}, {west, south + side}, {west, south}}}
}

// riverland is a river with a closed bridge to a town, a long way round it that
// is dry only, a hazard on the road to a second base, one on no road, and a
// road that nobody knows about. A degree is about 111 km, a road of 0.1
// degrees some 11 minutes at 60 km/h.
func riverland(t testing.TB) process.World {
	return worldOf(t,
		[]geo.Feature{
			road("bridge", "closed", "all", orb.Point{0, 0}, orb.Point{0, 0.1}),
			road("way round", "open", "dry", orb.Point{0, 0}, orb.Point{0.5, 0}, orb.Point{0, 0.1}),
			road("to the second base", "open", "all", orb.Point{0, 0}, orb.Point{-0.3, 0}),
			road("track", "unverified", "all", orb.Point{-0.3, 0}, orb.Point{-0.3, 0.1}),
			road("lane", "restricted", "all", orb.Point{-0.3, 0}, orb.Point{-0.3, -0.1}),
		},
		[]geo.Feature{
			record(square(-0.2, -0.005), geo.String("field"), geo.String("confirmed")), record(square(3, 3), geo.String("elsewhere"), geo.String("suspected")),
			record(square(-0.1, -0.005), geo.String("was one"), geo.String("cleared")),
		},
		[]geo.Feature{record(orb.Point{0, 0}, geo.String("first"), geo.String("open")), record(orb.Point{-0.3, 0}, geo.String("second"), geo.String("open")), record(orb.Point{0, 0.1}, geo.String("gone"), geo.String("closed"))},
		[]geo.Feature{record(orb.Point{0, 0.1}, geo.String("town"), geo.Int(5000)), record(orb.Point{-0.3, 0.1}, geo.String("village"), geo.Int(70)), record(orb.Point{-0.3, -0.1}, geo.String("hamlet"), geo.Value{}), record(orb.Point{9, 9}, geo.String("far"), geo.Int(1))},
	)
}

func ranked(r process.Result) (out []string) {
	for _, v := range r.Output["ranked"].List() {
		x := v.Record()
		out = append(out, fmt.Sprintf("%s %s people %v places %d pairs %d supplied %v", x["name"].Text(), x["now"].Text(), x["people"].Float(), x["places"].Int(), x["pairs"].Int(), x["supplied"]))
	}
	return out
}

func TestOpenings(t *testing.T) {
	w := riverland(t)
	for _, c := range []struct {
		desc, body string
		want       []string
		dropped    map[string]int
	}{
		{
			"by people, in the dry season", `{"within_min":20,"hub":1}`,
			[]string{
				"bridge closed people 5000 places 1 pairs 0 supplied 0", "field confirmed people 0 places 0 pairs 2 supplied 1",
				"track unverified people 0 places 0 pairs 0 supplied 0",
			},
			map[string]int{"open already": 2, "of a status that was not asked about": 1, "closes no road": 1},
		},
		{
			"by ways between bases, when it is wet", `{"within_min":20,"season":"wet","rank":"bases"}`,
			[]string{
				"field confirmed people 0 places 0 pairs 2 supplied null", "bridge closed people 5000 places 1 pairs 0 supplied null",
				"track unverified people 0 places 0 pairs 0 supplied null", "way round closed in the wet months people 0 places 0 pairs 0 supplied null",
			},
			map[string]int{"open already": 1, "of a status that was not asked about": 1, "closes no road": 1},
		},
		{
			"a longer time, no hazards, and what is restricted too", `{"within_min":60,"season":"wet","hazards":false,"statuses":["restricted"],"filter":"name LIKE '%a%'"}`,
			[]string{"way round closed in the wet months people 0 places 0 pairs 0 supplied null", "lane restricted people 0 places 0 pairs 0 supplied null"},
			map[string]int{"open already": 1, "of a status that was not asked about": 1},
		},
	} {
		r, err := ask(t, w, c.body)
		if err != nil {
			t.Errorf("%s: %v", c.desc, err)
			continue
		}
		got := ranked(r)
		if c.desc[:2] == "a " {
			// Which of two that give nothing comes first is their order in the layer.
			if len(got) != len(c.want) {
				t.Errorf("%s:\n%s", c.desc, strings.Join(got, "\n"))
			}
		} else if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s:\n%s\nwant\n%s", c.desc, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
		if fmt.Sprint(r.Dropped) != fmt.Sprint(c.dropped) {
			t.Errorf("%s: dropped %v", c.desc, r.Dropped)
		}
	}
}

// TestHazardsOfTheDate holds that only hazards in force at the date close roads
// and are candidates.
func TestHazardsOfTheDate(t *testing.T) {
	field := record(square(-0.2, -0.005), geo.String("field"), geo.String("confirmed"))
	field.Valid = geo.Between(10*geo.Day, 20*geo.Day)
	w := worldOf(t, []geo.Feature{road("road", "open", "all", orb.Point{0, 0}, orb.Point{-0.3, 0})}, []geo.Feature{field},
		[]geo.Feature{record(orb.Point{0, 0}, geo.String("first"), geo.String("open")), record(orb.Point{-0.3, 0}, geo.String("second"), geo.String("open"))}, nil)
	for date, want := range map[string]int{"1970-01-02T00:00:00Z": 0, "1970-01-12T00:00:00Z": 1, "1970-01-22T00:00:00Z": 0} {
		r, err := ask(t, w, `{"date":"`+date+`"}`)
		if err != nil || len(ranked(r)) != want || r.Output["now"].Record()["pairs"].Int() != int64(2-2*want) {
			t.Errorf("%s: %v, %v; %v", date, ranked(r), r.Output["now"], err)
		}
	}
}

func TestTheReaderLearnsNothingOfHiddenRoads(t *testing.T) {
	hidden := road("secret", "closed", "all", orb.Point{0, 0}, orb.Point{0, 0.1})
	hidden.Class = geo.Confidential
	w := worldOf(t, []geo.Feature{road("open road", "open", "all", orb.Point{0, 0}, orb.Point{0.1, 0}), hidden}, nil,
		[]geo.Feature{record(orb.Point{0, 0}, geo.String("base"), geo.String("open"))}, []geo.Feature{record(orb.Point{0, 0.1}, geo.String("town"), geo.Int(5000))})
	r, err := ask(t, w, `{"snap_m":100}`)
	if err != nil || len(r.Output["ranked"].List()) != 0 || r.Selected != 1 || r.Output["now"].Record()["places_of"].Int() != 0 {
		t.Errorf("%d selected, %v, %v", r.Selected, r.Output["ranked"], err)
	}
	w.Reader.Ceiling = geo.Confidential
	if r, err := ask(t, w, `{"snap_m":100}`); err != nil || len(ranked(r)) != 1 || !strings.Contains(ranked(r)[0], "secret closed people 5000") {
		t.Errorf("%v, %v", ranked(r), err)
	}
}

func TestBadQuestions(t *testing.T) {
	w := riverland(t)
	empty := worldOf(t, nil, nil, nil, nil)
	for _, c := range []struct {
		desc string
		w    process.World
		body string
		want string
	}{
		{"no roads", empty, `{}`, "there are no roads here"},
		{"no base near a road", w, `{"bases":[3],"snap_m":0,"hub":99}`, "there is no base 99"},
		{"a hub that is none", w, `{"hub":99}`, "there is no base 99"},
		{"a base that is none", w, `{"bases":[99]}`, "there is no base 99"},
		{"routes that are none", w, `{"routes":"places"}`, "there is no collection of roads"},
		{"places that are none", w, `{"places":"x"}`, "there is no collection"},
		{"a vehicle that is none", w, `{"profile":"zeppelin"}`, "zeppelin"},
		{"a filter that is none", w, `{"filter":"name ="}`, "filter"},
	} {
		if _, err := ask(t, c.w, c.body); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
}

// TestGainsAreThoseOfTheWorldWithItOpen holds each gain against how things stand
// in a world in which the road is open, or the hazard was never there.
func TestGainsAreThoseOfTheWorldWithItOpen(t *testing.T) {
	const seed = 12
	const body = `{"within_min":30,"snap_m":20000,"hub":1}`
	r := rand.New(rand.NewPCG(seed, seed))
	at := func() orb.Point { return orb.Point{float64(r.IntN(5)) / 10, float64(r.IntN(5)) / 10} }
	compared := 0
	for range 40 {
		var lines, hazards, bases, places []geo.Feature
		for i := range 14 {
			if a, b := at(), at(); a != b {
				lines = append(lines, road(fmt.Sprint(i), []string{"open", "closed", "unverified"}[r.IntN(3)], "all", a, b))
			}
		}
		for range 3 {
			corner := at()
			hazards = append(hazards, record(square(corner[0]+0.02, corner[1]-0.005), geo.String("field"), geo.String("confirmed")))
		}
		for range 4 {
			bases = append(bases, record(at(), geo.String("b"), geo.String("open")))
			places = append(places, record(at(), geo.String("p"), geo.Int(int64(r.IntN(1000)))))
		}
		before, err := ask(t, worldOf(t, lines, hazards, bases, places), body)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range before.Output["ranked"].List() {
			opened, left := without(v.Record(), lines, hazards)
			after, err := ask(t, worldOf(t, opened, left, bases, places), body)
			if err != nil {
				t.Fatal(err)
			}
			wantGains(t, v.Record(), before.Output["now"].Record(), after.Output["now"].Record())
			compared++
		}
	}
	if compared < 100 {
		t.Errorf("only %d openings were compared", compared)
	}
}

// without is the roads with that of a row open, or the hazards with that of it
// gone.
func without(row geo.Values, roads, hazards []geo.Feature) (opened, left []geo.Feature) {
	opened, left = slices.Clone(roads), slices.Clone(hazards)
	i := int(row["key"].Int()) - 1
	if row["collection"].Text() == "hazards" {
		left[i] = record(square(9, 9), geo.String("none"), geo.String("cleared"))
		return opened, left
	}
	opened[i].Values = slices.Clone(opened[i].Values)
	opened[i].Values[routes.Field("status")] = geo.String("open")
	return opened, left
}

func wantGains(t *testing.T, row, before, after geo.Values) {
	t.Helper()
	for _, name := range []string{"people", "places", "pairs", "supplied"} {
		if gain := numberOf(after[name]) - numberOf(before[name]); gain != numberOf(row[name]) {
			t.Fatalf("%v gives %s %v, and the world with it open %v more", row, name, numberOf(row[name]), gain)
		}
	}
}

func numberOf(v geo.Value) float64 {
	if v.Kind() == geo.KindInt {
		return float64(v.Int())
	}
	return v.Float()
}

// TestOpeningNeverTakesAway holds that what opens never takes people, ways or
// time away, on random roads.
func TestOpeningNeverTakesAway(t *testing.T) {
	const seed = 11
	r := rand.New(rand.NewPCG(seed, seed))
	for range 40 {
		var lines, bases, places []geo.Feature
		at := func() orb.Point { return orb.Point{float64(r.IntN(5)) / 10, float64(r.IntN(5)) / 10} }
		for i := range 14 {
			if a, b := at(), at(); a != b {
				lines = append(lines, road(fmt.Sprint(i), []string{"open", "closed", "unverified"}[r.IntN(3)], "all", a, b))
			}
		}
		for range 4 {
			bases = append(bases, record(at(), geo.String("b"), geo.String("open")))
			places = append(places, record(at(), geo.String("p"), geo.Int(int64(r.IntN(1000)))))
		}
		result, err := ask(t, worldOf(t, lines, nil, bases, places), `{"within_min":30,"snap_m":20000,"hub":1}`)
		if err != nil && geo.CodeOf(err) == geo.Invalid {
			continue
		}
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for _, v := range result.Output["ranked"].List() {
			x := v.Record()
			for _, name := range []string{"people", "places", "pairs", "saved_min", "supplied", "convoy_min"} {
				if x[name].Float() < 0 {
					t.Fatalf("seed %d: opening %v takes %s away", seed, v, name)
				}
			}
		}
	}
}
