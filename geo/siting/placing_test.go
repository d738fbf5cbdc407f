package siting_test

import (
	"context"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/siting"
)

// equipped is the world of mission with helicopters at A, by its name, and at a
// place without a base; one at C was used up.
func equipped(t testing.TB) process.World {
	t.Helper()
	w := mission(t)
	text := func(name string) geo.Field { return geo.Field{Name: name, Kind: geo.KindString} }
	asset := func(base, kind string, lon float64, count int64) geo.Feature {
		return geo.Feature{Geometry: orb.Point{lon, 0}, Values: []geo.Value{geo.String(base), geo.String(kind), geo.Int(count)}}
	}
	off := asset("", "helicopter", 9, 1)
	off.Values[0] = geo.Value{}
	assets := layertest.Build(t, geo.Schema{Name: "assets", Geometry: geo.PointGeometry, Fields: []geo.Field{text("base"), text("type"), {Name: "count", Kind: geo.KindInt}}},
		asset("A", "helicopter", 0, 1), asset("C", "helicopter", 5, 0), asset("C", "unmanned", 5, 1), off)
	w.Snapshot = layer.NewSnapshot("s", append(w.Layers(), assets), nil, []layer.Moment{{Version: 1}})
	return w
}

func TestPlacing(t *testing.T) {
	for _, c := range []struct{ desc, body, want string }{
		{"a helicopter where most are out of reach of the one that is there", `{"placing":"helicopter","number":1,"objective":"maximal-cover","by":"air","within_min":30}`,
			`[{"act":"add_asset","fields":{"cruise_kmh":220,"notice_day_min":20,"notice_night_min":20,"type":"helicopter"},"into":2,"name":"B"}]`},
		{"not there", `{"placing":"helicopter","number":1,"objective":"maximal-cover","within_km":30,"close":[2]}`,
			`[{"act":"add_asset","fields":{"type":"helicopter"},"into":3,"name":"C"}]`},
		{"a module beside the one at B", `{"placing":"surgical_module","number":1,"objective":"p-median"}`,
			`[{"act":"add_asset","fields":{"type":"surgical_module"},"into":1,"name":"A"}]`},
		{"two modules", `{"placing":"surgical_module","number":2}`,
			`[{"act":"add_asset","fields":{"type":"surgical_module"},"into":1,"name":"A"},{"act":"add_asset","fields":{"type":"surgical_module"},"into":3,"name":"C"}]`},
		{"a module at a place without a base", `{"placing":"surgical_module","number":1,"objective":"p-center","candidates":[{"type":"Point","coordinates":[5.1,0]}],"close":[1,3]}`,
			`[{"act":"add_asset","fields":{"type":"surgical_module"},"to":Point 5.1 0}]`},
	} {
		p := choice()
		in, err := process.Read(&p.In, []byte(c.body))
		if err != nil {
			t.Fatal(err)
		}
		r, err := p.Execute(context.Background(), equipped(t), in, nil)
		if err != nil {
			t.Errorf("%s: %v", c.desc, err)
			continue
		}
		if got := r.Output["changes"].String(); got != c.want {
			t.Errorf("%s: %s, want %s", c.desc, got, c.want)
		}
		if !r.Output["proof"].Record()["proved"].Bool() {
			t.Errorf("%s: %v", c.desc, r.Output["proof"])
		}
		for _, v := range r.Output["ranked"].List() {
			if d := v.Record()["decision"].Text(); d == "close" || d == "open" {
				t.Errorf("%s: a base is to %s", c.desc, d)
			}
		}
	}
}

// TestBestSoFar asks for the best so far at once: there is one, and it says how
// sure it is.
func TestBestSoFar(t *testing.T) {
	for _, p := range []process.Process{choice(), siting.ParetoProcess(network.NewCache(1<<20), context.WithTimeout)} {
		ctx, stop := process.Stoppable(context.Background())
		stop()
		body := map[string]string{"siting": `{"number":2}`, "siting-pareto": `{}`}[p.ID]
		in, err := process.Read(&p.In, []byte(body))
		if err != nil {
			t.Fatal(err)
		}
		r, err := p.Execute(ctx, mission(t), in, nil)
		if p.ID == "siting-pareto" {
			// Small fronts are looked at set by set: none was.
			if e, ok := err.(*geo.Error); !ok || e.Code != geo.Conflict || !strings.Contains(e.Text, "in this time") {
				t.Errorf("a front that was not begun: %v %v", r, err)
			}
			continue
		}
		if err != nil || len(r.Output["changes"].List()) != 1 || r.Output["proof"].Record()["text"].Text() == "" {
			t.Errorf("%v %v", r.Output, err)
		}
	}
}

// TestOfAMission takes bases, threat and places of the mission alone: those in
// its area.
func TestOfAMission(t *testing.T) {
	text := func(name string) geo.Field { return geo.Field{Name: name, Kind: geo.KindString} }
	at := func(lon float64, mission string, values ...geo.Value) geo.Feature {
		return geo.Feature{Geometry: orb.Point{lon, 0}, Mission: mission, Values: values}
	}
	name := geo.Field{Name: "name", Kind: geo.KindString, Role: geo.NameRole}
	square := geo.Feature{Mission: "M", Geometry: orb.Polygon{{{-1, -1}, {3, -1}, {3, 1}, {-1, 1}, {-1, -1}}}, Values: []geo.Value{geo.String("mission")}}
	w := process.World{Snapshot: layer.NewSnapshot("s", []*layer.Layer{
		layertest.Build(t, geo.Schema{Name: "bases", Geometry: geo.PointGeometry, Fields: []geo.Field{name, text("status")}},
			at(0, "M", geo.String("A"), geo.String("open")), at(2, "M", geo.String("B"), geo.String("open")), at(2.1, "N", geo.String("C"), geo.String("open"))),
		layertest.Build(t, geo.Schema{Name: "places", Geometry: geo.PointGeometry, Fields: []geo.Field{name, {Name: "population", Kind: geo.KindInt}}},
			at(0.1, "", geo.String("near A"), geo.Int(10)), at(2.1, "", geo.String("near B"), geo.Int(20)), at(9, "", geo.String("abroad"), geo.Int(1000)), at(0, "N", geo.String("of others"), geo.Int(5000))),
		layertest.Build(t, geo.Schema{Name: "incidents", Geometry: geo.PointGeometry, Fields: []geo.Field{text("category")}}, at(2, "M", geo.String("ied")), at(2, "N", geo.String("ied")), at(2, "", geo.String("ied"))),
		layertest.Build(t, geo.Schema{Name: "areas", Geometry: geo.AreaGeometry, Fields: []geo.Field{text("kind")}}, square),
	}, nil, []layer.Moment{{Version: 1}})}
	for _, c := range []struct {
		desc, body string
		want       string
		weight     float64 // that the site serves
		exposure   float64
	}{
		{"of one mission", `{"number":1,"mission":"M"}`, "B", 30, 2},
		{"of all", `{"number":1}`, "A", 6030, 0},
	} {
		p := choice()
		in, err := process.Read(&p.In, []byte(c.body))
		if err != nil {
			t.Fatal(err)
		}
		r, err := p.Execute(context.Background(), w, in, nil)
		if err != nil {
			t.Fatalf("%s: %v", c.desc, err)
		}
		first := r.Output["ranked"].List()[0].Record()
		if chosen(r) != c.want || first["weight"].Float() != c.weight || first["exposure"].Float() != c.exposure {
			t.Errorf("%s: %s, %v", c.desc, chosen(r), first)
		}
	}
}
