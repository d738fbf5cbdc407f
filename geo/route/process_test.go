package route_test

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
	"bivouac/geo/process"
	"bivouac/geo/process/processtest"
	"bivouac/geo/route"
)

// island is two road networks 1.1 km apart at 1 degree east. The northern
// way of the first is longer; incidents lie on the southern one.
func island(t *testing.T) []geo.Feature {
	t.Helper()
	return []geo.Feature{
		road("R1", orb.Point{0, 0}, orb.Point{0.1, 0}),
		road("South", orb.Point{0.1, 0}, orb.Point{0.5, -0.02}, orb.Point{0.9, 0}),
		road("North", orb.Point{0.1, 0}, orb.Point{0.5, 0.1}, orb.Point{0.9, 0}),
		road("R2", orb.Point{0.9, 0}, orb.Point{1, 0}),
		road("Island", orb.Point{1.01, 0}, orb.Point{1.2, 0}),
		with(road("Rains", orb.Point{1, 0}, orb.Point{1, 0.3}), "season", geo.String("dry")),
		with(road("Out", orb.Point{0, 0}, orb.Point{-0.3, 0}), "one_way", geo.Bool(true)),
		with(road("Shut", orb.Point{0.5, 0.1}, orb.Point{0.5, 0.5}), "status", geo.String("closed")),
		road("Far", orb.Point{0.5, 0.5}, orb.Point{0.5, 0.6}),
		road("Loop", orb.Point{0.3, -0.01}, orb.Point{0.31, -0.05}, orb.Point{0.3, -0.01}),
	}
}

func countryWorld(t *testing.T, reader geo.Reader, roads []geo.Feature) process.World {
	t.Helper()
	base := geo.Schema{Name: "bases", Title: "Bases", Geometry: geo.PointGeometry, Fields: []geo.Field{
		{Name: "name", Kind: geo.KindString, Role: geo.NameRole}, {Name: "medical_level", Kind: geo.KindString}, {Name: "status", Kind: geo.KindString}}}
	asset := geo.Schema{Name: "assets", Title: "Assets", Geometry: geo.PointGeometry, Fields: []geo.Field{
		{Name: "base", Kind: geo.KindString}, {Name: "type", Kind: geo.KindString}, {Name: "notice_day_min", Kind: geo.KindFloat}, {Name: "notice_night_min", Kind: geo.KindFloat}}}
	layers := []*layer.Layer{
		layertest.Build(t, roadSchema, roads...),
		layertest.Build(t, base, geo.Feature{Geometry: orb.Point{0, 0}, Values: []geo.Value{geo.String("Alpha"), geo.String("L2"), geo.String("open")}},
			geo.Feature{Geometry: orb.Point{1, 0}, Values: []geo.Value{geo.String("Bravo"), geo.String("L1"), geo.String("open")}}),
		layertest.Build(t, asset, geo.Feature{Geometry: orb.Point{1, 0}, Values: []geo.Value{geo.String("Bravo"), geo.String("reaction_force"), geo.Float(30), geo.Float(120)}}),
	}
	for _, l := range equator(t).Layers() {
		if l.Schema().Name == "incidents" {
			layers = append(layers, l)
		}
	}
	return process.World{Snapshot: layer.NewSnapshot("test", layers, nil, nil).WithNetwork(roadsOf(t, layers...)), Reader: reader}
}

var all = geo.Reader{Ceiling: geo.StrictlyConfidential}

// south is a risk on the southern way alone.
func south(_ context.Context, w process.World, _ geo.Values) ([]float64, bool, string, []process.Warning, error) {
	g := w.Network()
	out := make([]float64, g.Arcs())
	for a := range out {
		if s, _, ok := g.Segment(int32(a)); ok && g.Way(s).Name == "South" {
			out[a] = 2
		}
	}
	return out, false, "a test's", nil, nil
}

func routeProcess() process.Process { return route.Process(nil, route.Threat{PerArc: south}) }

const across = `"origin":{"type":"Point","coordinates":[0.01,0.001]},"destination":{"type":"Point","coordinates":[0.95,0]}`

func properties(r process.Result, output string) (out []geo.Values) {
	for _, f := range r.Output[output].Record()["features"].List() {
		out = append(out, f.Record()["properties"].Record())
	}
	return out
}

func TestRoute(t *testing.T) {
	w := countryWorld(t, all, island(t))
	for _, c := range []struct {
		desc, body string
		by         []string
	}{
		{"the fastest", `{` + across + `}`, []string{"R1, South, R2"}},
		{"the least risky", `{` + across + `,"objective":"least_risk"}`, []string{"R1, North, R2"}},
		{"both", `{` + across + `,"alternatives":2}`, []string{"R1, South, R2", "R1, North, R2"}},
		{"both, the other first", `{` + across + `,"alternatives":2,"first":2}`, []string{"R1, North, R2", "R1, South, R2"}},
		{"the first of the front", `{` + across + `,"front":1}`, []string{"R1, South, R2"}},
		{"the second of the front", `{` + across + `,"front":2}`, []string{"R1, North, R2"}},
		{"both, by way of a place on the road that they share", `{` + across + `,"alternatives":3,"via":[{"type":"Point","coordinates":[0.05,0]}]}`, []string{"R1, South, R2", "R1, North, R2"}},
		{"by way of the north", `{` + across + `,"via":[{"type":"Point","coordinates":[0.5,0.1]}]}`, []string{"R1, North, R2"}},
	} {
		r, err := processtest.Run(routeProcess(), w, c.body)
		if err != nil {
			t.Fatalf("%s: %v", c.desc, err)
		}
		ways := properties(r, "ways")
		for i, by := range c.by {
			if len(ways) != len(c.by) || ways[i]["by"].Text() != by {
				t.Errorf("%s: %v", c.desc, ways)
				break
			}
		}
		// 10 m a second.
		if km, minutes := ways[0]["km"].Float(), ways[0]["minutes"].Float(); math.Abs(km/0.6-minutes) > 0.06 {
			t.Errorf("%s: %v km in %v minutes", c.desc, km, minutes)
		}
		risky := strings.Contains(ways[0]["by"].Text(), "South")
		if risk, chance := ways[0]["risk"].Float(), ways[0]["chance"].Float(); risky != (risk == 2) || math.Abs(chance-(1-math.Exp(-risk))) > 1e-6 {
			t.Errorf("%s: risk %v, chance %v", c.desc, risk, chance)
		}
		if access := properties(r, "access"); access[0]["distance_m"].Float() != 111 {
			t.Errorf("%s: the origin is %v from the road", c.desc, access[0])
		}
	}
}

func TestWaysThatAreNotThere(t *testing.T) {
	w := countryWorld(t, all, island(t))
	for input, body := range map[string]string{"front": `,"front":3}`, "first": `,"first":2}`} {
		_, err := processtest.Run(routeProcess(), w, `{`+across+body)
		var refusal *geo.Error
		if !errors.As(err, &refusal) || refusal.Where != input {
			t.Errorf("%s: %v", input, err)
		}
	}
}

func TestHelpAndTimes(t *testing.T) {
	r, err := processtest.Run(routeProcess(), countryWorld(t, all, island(t)), `{`+across+`,"depart":"2018-03-01T06:00:00Z","curfew":"08:00/20:00","utc_offset_h":1}`)
	if err != nil {
		t.Fatal(err)
	}
	weakest := properties(r, "weakest")
	// The force comes from the east, surgery is in the west. Where the journey goes
	// on after the curfew it is dark, and the force waits two hours.
	if len(weakest) != 2 || weakest[0]["from"].Text() != "Bravo" || math.Abs(weakest[0]["at_km"].Float()-10) > 0.1 || math.Abs(weakest[0]["minutes"].Float()-287.2) > 0.5 {
		t.Errorf("the force is weakest at %v", weakest)
	}
	if weakest[1]["from"].Text() != "Alpha" || math.Abs(weakest[1]["minutes"].Float()-176.5) > 0.5 {
		t.Errorf("surgery is weakest at %v", weakest[1])
	}
	legs := r.Output["legs"].List()
	if len(legs) != 3 || legs[0].Record()["begins"].Time() != day("2018-03-01")+6*3600*geo.Second {
		t.Errorf("the legs are %v", legs)
	}
	// From 07:00 in local time R1 takes 17 minutes; the next leg waits for 20:00.
	if at := legs[1].Record()["begins"].Time(); at != day("2018-03-01")+19*3600*geo.Second {
		t.Errorf("the second leg begins at %v", at)
	}
	sheet := r.Output["sheet"].List()
	if len(sheet) != 4 || !sheet[1].Record()["leaves"].Equal(legs[1].Record()["begins"]) || sheet[1].Record()["notes"].Text() != "" {
		t.Errorf("the sheet is %v", sheet)
	}
	if !strings.Contains(r.Output["gpx"].Text(), "<name>halt, km 10 South</name>") {
		t.Errorf("the halt is no waypoint of %s", r.Output["gpx"])
	}
}

func TestParetoProcess(t *testing.T) {
	w := countryWorld(t, all, island(t))
	p := route.ParetoProcess(nil, route.Threat{PerArc: south})
	r, err := processtest.Run(p, w, `{`+across+`}`)
	if err != nil {
		t.Fatal(err)
	}
	ways := properties(r, "ways")
	if len(ways) != 2 || ways[0]["risk"].Float() != 2 || ways[1]["risk"].Float() != 0 || !r.Output["front"].Record()["complete"].Bool() {
		t.Errorf("%v, %v", r.Output["front"], ways)
	}
	r, err = processtest.Run(p, w, `{`+across+`,"labels":1}`)
	if err != nil {
		t.Fatal(err)
	}
	front := r.Output["front"].Record()
	if front["complete"].Bool() || front["proved_min"].Null() || !mentions(geo.Texts(r.Warnings), "incomplete") {
		t.Errorf("with one label: %v, %v", front, r.Warnings)
	}
}

func mentions(sentences []string, part string) bool {
	for _, s := range sentences {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}

func TestNoWay(t *testing.T) {
	w := countryWorld(t, all, island(t))
	point := func(x, y string) string { return `{"type":"Point","coordinates":[` + x + `,` + y + `]}` }
	for _, c := range []struct{ desc, body, where, says string }{
		{"in the sea", `{"origin":` + point("0", "-3") + `,"destination":` + point("1", "0") + `}`, "origin", "328.0 km from the nearest open road"},
		{"another component", `{"origin":` + point("0", "0") + `,"destination":` + point("1.1", "0") + `}`, "destination", "and of Island are not connected; the gap between them is 1.1 km"},
		{"closed by status", `{"origin":` + point("0", "0") + `,"destination":` + point("0.5", "0.6") + `}`, "destination", "Shut is closed"},
		{"closed by season", `{"origin":` + point("0", "0") + `,"destination":` + point("1", "0.29") + `,"season":"wet"}`, "destination", "Rains, 0 m from it, is closed in the wet months"},
		{"against a one-way road", `{"origin":` + point("-0.3", "0") + `,"destination":` + point("1", "0") + `}`, "destination", "one-way"},
		{"the same place", `{"origin":` + point("0.05", "0") + `,"destination":` + point("0.05", "0") + `}`, "destination", "no length"},
		{"no point", `{"origin":{"type":"LineString","coordinates":[[0,0],[1,1]]},"destination":` + point("1", "0") + `}`, "origin", "must be a Point"},
		{"beyond the pole", `{"origin":` + point("0", "95") + `,"destination":` + point("1", "0") + `}`, "origin", "95"},
		{"a curfew without a departure", `{` + across + `,"curfew":"18:00/06:00"}`, "depart", "say when"},
		{"no curfew", `{` + across + `,"curfew":"tonight","depart":"2018-03-01T06:00:00Z"}`, "curfew", "18:00/06:00"},
		{"refused in the curfew", `{` + across + `,"curfew":"08:00/20:00","depart":"2018-03-01T06:00:00Z","curfew_rule":"refuse"}`, "curfew", "leave by 1 March, 05:0"},
		{"a vehicle that is not there", `{` + across + `,"profile":"balloon"}`, "profile", "balloon"},
	} {
		_, err := processtest.Run(routeProcess(), w, c.body)
		var bad *geo.Error
		if !errors.As(err, &bad) || bad.Where != c.where || !strings.Contains(bad.Error(), c.says) {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
	empty := process.World{Snapshot: layer.NewSnapshot("test", nil, nil, nil), Reader: all}
	if _, err := processtest.Run(routeProcess(), empty, `{`+across+`}`); err == nil || !strings.Contains(err.Error(), "there are no roads") {
		t.Errorf("without roads: %v", err)
	}
}

// TestHiddenRoadsLeadNowhere asks as one who may not see the southern way:
// nothing of the answer, and nothing of a refusal, tells of it.
func TestHiddenRoadsLeadNowhere(t *testing.T) {
	roads := island(t)
	roads[1].Class = geo.Confidential
	w := countryWorld(t, geo.Reader{}, roads)
	without := countryWorld(t, geo.Reader{}, append(island(t)[:1], island(t)[2:]...))
	for _, body := range []string{
		`{` + across + `}`, `{` + across + `,"alternatives":3,"stretch":9,"apart":0}`, `{"origin":{"type":"Point","coordinates":[0.5,-0.02]},"destination":{"type":"Point","coordinates":[1,0]},"snap_m":1000}`,
	} {
		got, bad := processtest.Run(routeProcess(), w, body)
		want, refused := processtest.Run(routeProcess(), without, body)
		if (bad == nil) != (refused == nil) || bad != nil && bad.Error() != refused.Error() {
			t.Errorf("%s: %v, not %v", body, bad, refused)
			continue
		}
		for _, output := range []string{"ways", "legs", "turns", "weakest", "access"} {
			if a, b := got.Output[output].String(), want.Output[output].String(); a != b {
				t.Errorf("%s: %s is %s, not %s", body, output, a, b)
			}
		}
	}
}

func TestOverTheDateLine(t *testing.T) {
	w := countryWorld(t, all, []geo.Feature{road("West", orb.Point{179, 0}, orb.Point{180, 0}), road("East", orb.Point{-180, 0}, orb.Point{-179, 0})})
	r, err := processtest.Run(routeProcess(), w, `{"origin":{"type":"Point","coordinates":[179.5,0]},"destination":{"type":"Point","coordinates":[-179.5,0]}}`)
	if err != nil {
		t.Fatal(err)
	}
	if way := properties(r, "ways")[0]; math.Abs(way["km"].Float()-111.319) > 0.01 {
		t.Errorf("the way is %v", way)
	}
}

// TestDepartureAmongHazards holds that a hazard closes the quicker way to those
// alone who leave while it is in force.
func TestDepartureAmongHazards(t *testing.T) {
	w := countryWorld(t, all, island(t))
	b := layer.NewBuilder(geo.Schema{Name: "hazards", Geometry: geo.AreaGeometry, Fields: []geo.Field{
		{Name: "kind", Kind: geo.KindString}, {Name: "reported", Kind: geo.KindTime, Role: geo.StartRole}, {Name: "released", Kind: geo.KindTime, Role: geo.EndRole}}})
	field := orb.Polygon{{{0.49, -0.03}, {0.51, -0.03}, {0.51, -0.01}, {0.49, -0.01}, {0.49, -0.03}}}
	layertest.Add(t, b, geo.Feature{Key: 1, Geometry: field, Valid: geo.Between(10*geo.Day, 20*geo.Day), Values: []geo.Value{geo.String("confirmed")}})
	hazards := layertest.Finish(t, b)
	w.Snapshot = layer.NewSnapshot("test", append(w.Layers(), hazards), nil, nil).WithNetwork(w.Network())
	for day, want := range map[string]string{"02": "South", "12": "North", "22": "South"} {
		r, err := processtest.Run(routeProcess(), w, `{"origin":{"type":"Point","coordinates":[0,0]},"destination":{"type":"Point","coordinates":[1,0]},"avoid_hazards":true,"depart":"1970-01-`+day+`T06:00:00Z"}`)
		if err != nil {
			t.Fatal(err)
		}
		by := r.Output["ways"].Record()["features"].List()[0].Record()["properties"].Record()["by"].Text()
		if !strings.Contains(by, want) {
			t.Errorf("on day %s by %s, want %s", day, by, want)
		}
	}
}

// TestNoticeByNight holds that a force that is called in the dark has its notice
// by night: the way takes three hours, and the force comes from its end.
func TestNoticeByNight(t *testing.T) {
	w := countryWorld(t, all, island(t))
	for _, c := range []struct {
		depart, light string
		km, minutes   float64
	}{
		{"", "", 0, 213.9},
		{"2018-03-01T06:30:00Z", "day", 0, 213.9},   // the sun is up all the way
		{"2018-03-01T00:00:00Z", "night", 0, 303.9}, // and down
		{"2018-03-01T16:00:00Z", "day", 0, 213.9},   // it is dark near the end alone, where the force is
		{"2018-03-01T17:30:00Z", "night", 39.1, 238.8},
	} {
		body := `{` + across + `}`
		if c.depart != "" {
			body = `{` + across + `,"depart":"` + c.depart + `"}`
		}
		r, err := processtest.Run(routeProcess(), w, body)
		if err != nil {
			t.Fatal(err)
		}
		force := properties(r, "weakest")[0]
		if force["light"].Text() != c.light || math.Abs(force["minutes"].Float()-c.minutes) > 0.5 || math.Abs(force["at_km"].Float()-c.km) > 0.5 {
			t.Errorf("departure %q: %v, want %v min at km %v by %s", c.depart, force, c.minutes, c.km, c.light)
		}
	}
}
