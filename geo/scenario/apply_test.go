package scenario_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/scenario"
)

var everyone = geo.Reader{Ceiling: geo.StrictlyConfidential}

func text(name string) geo.Field { return geo.Field{Name: name, Kind: geo.KindString} }

func number(name string) geo.Field { return geo.Field{Name: name, Kind: geo.KindFloat} }

func whole(name string) geo.Field { return geo.Field{Name: name, Kind: geo.KindInt} }

var nameField = geo.Field{Name: "name", Kind: geo.KindString, Role: geo.NameRole}

func day(name string, r geo.Role) geo.Field {
	return geo.Field{Name: name, Kind: geo.KindTime, DateOnly: true, Role: r}
}

var baseSchema = geo.Schema{Name: "bases", Geometry: geo.PointGeometry, Fields: []geo.Field{
	nameField, {Name: "mission", Kind: geo.KindString, Role: geo.MissionRole}, text("status"), day("opened", geo.StartRole), day("closed", geo.EndRole),
	whole("military"), whole("capacity"), text("hub"), number("stock_days"), number("patrol_radius_km"), number("annual_cost_usd"), number("closure_cost_usd"),
	number("environment_score"), text("medical_level"), {Name: "helipad", Kind: geo.KindBool}, number("opening_cost_usd"),
}}

var assetSchema = geo.Schema{Name: "assets", Geometry: geo.PointGeometry, Fields: []geo.Field{
	{Name: "base", Kind: geo.KindString, Role: geo.NameRole}, text("type"), whole("count"), number("notice_day_min"), number("notice_night_min"),
	number("cruise_kmh"), number("range_km"), number("endurance_h"), number("load_min"), number("patients"), {Name: "night", Kind: geo.KindBool},
}}

var roadSchema = geo.Schema{Name: "routes", Geometry: geo.LineGeometry, Fields: []geo.Field{
	nameField, text("surface"), text("status"), text("season"), number("speed_kmh"), {Name: "one_way", Kind: geo.KindBool},
}}

var placeSchema = geo.Schema{Name: "places", Geometry: geo.PointGeometry, Fields: []geo.Field{nameField, whole("population"), number("weight")}}

var incidentSchema = geo.Schema{Name: "incidents", Geometry: geo.PointGeometry, Fields: []geo.Field{
	{Name: "time", Kind: geo.KindTime, Role: geo.InstantRole}, whole("killed"), whole("injured"),
}}

var hazardSchema = geo.Schema{Name: "hazards", Geometry: geo.AreaGeometry, Fields: []geo.Field{nameField, text("kind"), day("released", geo.EndRole)}}

func build(t testing.TB, s geo.Schema, features ...geo.Feature) *layer.Layer {
	t.Helper()
	for i := range features {
		features[i].Key, features[i].Rev = geo.Key(i+1), max(1, features[i].Rev)
		for len(features[i].Values) < len(s.Fields) {
			features[i].Values = append(features[i].Values, geo.Value{})
		}
	}
	return layertest.Build(t, s, features...)
}

func base(name string, at orb.Point, military, capacity int64, hub string) geo.Feature {
	return geo.Feature{Geometry: at, SourceID: "M/" + name, Mission: "M", Values: []geo.Value{
		geo.String(name), geo.String("M"), geo.String("open"), {}, {}, geo.Int(military), geo.Int(capacity), geo.String(hub), geo.Float(20), geo.Float(30),
		geo.Float(1e6), geo.Float(5e5), geo.Float(50),
	}}
}

func asset(home, kind string, at orb.Point) geo.Feature {
	return geo.Feature{Geometry: at, Mission: "M", Values: []geo.Value{
		geo.String(home), geo.String(kind), geo.Int(1), geo.Float(15), geo.Float(30), geo.Float(220), geo.Float(500), geo.Float(3), geo.Float(10), geo.Float(4), geo.Bool(true),
	}}
}

func road(name, status, season string, line ...orb.Point) geo.Feature {
	return geo.Feature{Geometry: orb.LineString(line), Values: []geo.Value{geo.String(name), geo.String("paved"), geo.String(status), geo.String(season), geo.Float(60), geo.Bool(false)}}
}

func place(name string, people int64, at orb.Point) geo.Feature {
	return geo.Feature{Geometry: at, Values: []geo.Value{geo.String(name), geo.Int(people)}}
}

// incident is one of 2018, so many days after its beginning.
func incident(at orb.Geometry, days int, killed, injured int64) geo.Feature {
	when := geo.Time(1514764800000000) + geo.Time(days)*geo.Day
	return geo.Feature{Geometry: at, Valid: geo.Instant(when), Values: []geo.Value{geo.TimeValue(when), geo.Int(killed), geo.Int(injured)}}
}

// country is a road from west to east with a base at each end and one in the
// middle, a hidden base, towns along it, and one that no road leads to. A tenth
// of a degree is about 11 km, 11 minutes at 60 km/h.
func country(t testing.TB) *layer.Snapshot {
	t.Helper()
	hidden := base("Hidden", orb.Point{0.1, 0}, 500, 600, "M/Hub")
	hidden.Class = geo.Confidential
	layers := []*layer.Layer{
		build(t, baseSchema, base("Hub", orb.Point{0, 0}, 100, 500, "M/Hub"), base("Mid", orb.Point{0.3, 0}, 200, 250, "M/Hub"), base("East", orb.Point{0.6, 0}, 300, 400, "M/Mid"), hidden),
		build(t, assetSchema, asset("M/Mid", "helicopter", orb.Point{0.3, 0}), asset("East", "reaction_force", orb.Point{0.6, 0})),
		build(t, roadSchema, road("west", "open", "all", orb.Point{0, 0}, orb.Point{0.3, 0}), road("east", "open", "dry", orb.Point{0.3, 0}, orb.Point{0.6, 0}),
			road("spur", "closed", "all", orb.Point{0.6, 0}, orb.Point{0.6, 0.3})),
		build(t, placeSchema, place("near Hub", 1000, orb.Point{0.02, 0}), place("near Mid", 2000, orb.Point{0.31, 0}), place("near East", 4000, orb.Point{0.59, 0}),
			place("up the spur", 500, orb.Point{0.6, 0.29}), place("off", 70, orb.Point{3, 3})),
		build(t, incidentSchema),
		build(t, hazardSchema, geo.Feature{Geometry: orb.Polygon{{{0.4, -0.01}, {0.41, -0.01}, {0.41, 0.01}, {0.4, 0.01}, {0.4, -0.01}}}, Values: []geo.Value{geo.String("field"), geo.String("confirmed")}}),
	}
	g, err := layer.Roads(context.Background(), layers)
	if err != nil {
		t.Fatal(err)
	}
	return layer.NewSnapshot("test", layers, nil, []layer.Moment{{Version: 1}}).WithNetwork(g)
}

func apply(t testing.TB, snap *layer.Snapshot, r geo.Reader, at geo.Value, changes string) *scenario.Outcome {
	t.Helper()
	s, err := scenario.Parse("Test", []byte(`{"changes":[`+changes+`]}`))
	if err != nil {
		t.Fatal(err)
	}
	out, err := scenario.Apply(context.Background(), snap, s, at, r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// contents prints all records of all layers that the reader sees.
func contents(t testing.TB, snap *layer.Snapshot, r geo.Reader) string {
	t.Helper()
	var b strings.Builder
	for _, l := range snap.Layers() {
		rows, failed := l.Select(context.Background(), geo.Selection{Reader: r})
		for row := range rows {
			f := row.Feature()
			fmt.Fprintln(&b, l.Schema().Name, f.Key, f.Geometry, f.Values, f.Valid, f.Class, f.Mission)
		}
		if err := failed(); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func found(t testing.TB, snap *layer.Snapshot, collection string, k geo.Key) geo.Row {
	t.Helper()
	l, err := snap.Layer(collection)
	if err != nil {
		t.Fatal(err)
	}
	row, ok := l.Find(k, everyone)
	if !ok {
		t.Fatalf("there is no %s %d", collection, k)
	}
	return row
}

func status(g *network.Graph, name string) string {
	for i := range int32(g.Ways()) {
		if way := g.WayOf(i); way.Name == name {
			return way.Status
		}
	}
	return "no such road"
}

func TestActs(t *testing.T) {
	for _, c := range []struct {
		desc, changes, says string
		look                func(t *testing.T, s *layer.Snapshot)
	}{
		{"close takes assets along", `{"act":"close","target":2,"on":"2023-01-02"}`, "Mid is closed; 200 people and 1 records of assets leave.", func(t *testing.T, s *layer.Snapshot) {
			if row := found(t, s, "bases", 2); row.Named("status").Text() != "closed" || row.Named("closed").Null() {
				t.Error(row.Feature())
			}
			if l, _ := s.Layer("assets"); l.Rows() != 1 {
				t.Errorf("%d assets", l.Rows())
			}
		}},
		{"an asset that left may be kept", `{"act":"close","target":2},{"act":"move_asset","target":1,"into":3}`, "", func(t *testing.T, s *layer.Snapshot) {
			if row := found(t, s, "assets", 1); row.Named("base").Text() != "M/East" || row.Geometry() != orb.Geometry(orb.Point{0.6, 0}) {
				t.Error(row.Feature())
			}
		}}, {"an asset is changed", `{"act":"change_asset","target":1,"fields":{"count":3}}`, "is changed", func(t *testing.T, s *layer.Snapshot) {
			if row := found(t, s, "assets", 1); row.Named("count").Int() != 3 {
				t.Error(row.Feature())
			}
		}},
		{"merge", `{"act":"merge","target":2,"into":3}`, "go to East", func(t *testing.T, s *layer.Snapshot) {
			if row := found(t, s, "bases", 3); row.Named("military").Int() != 500 {
				t.Error(row.Feature())
			}
			if row := found(t, s, "assets", 1); row.Named("base").Text() != "M/East" {
				t.Error(row.Feature())
			}
		}},
		{"move takes assets along", `{"act":"move","target":3,"to":{"type":"Point","coordinates":[0.5,0]}}`, "East moves, with 1", func(t *testing.T, s *layer.Snapshot) {
			if row := found(t, s, "assets", 2); row.Geometry() != orb.Geometry(orb.Point{0.5, 0}) {
				t.Error(row.Feature())
			}
		}},
		{"open, and an asset there", `{"act":"open","to":{"type":"Point","coordinates":[0.45,0]},"fields":{"name":"New","military":50}},{"act":"add_asset","into":-1,"fields":{"type":"ambulance"}}`,
			"New opens, with 50 people.", func(t *testing.T, s *layer.Snapshot) {
				if row := found(t, s, "bases", scenario.FirstNew); row.Named("status").Text() != "open" {
					t.Error(row.Feature())
				}
				if row := found(t, s, "assets", scenario.FirstNew+1); row.Named("base").Text() != "New" || row.Named("count").Int() != 1 {
					t.Error(row.Feature())
				}
			}},
		{"change", `{"act":"change","target":1,"fields":{"medical_level":"L2","military":150}}`, "Hub is changed.", func(t *testing.T, s *layer.Snapshot) {
			if row := found(t, s, "bases", 1); row.Named("medical_level").Text() != "L2" || row.Named("military").Int() != 150 {
				t.Error(row.Feature())
			}
		}},
		{"a road opens, and shares the shape", `{"act":"open_route","target":3}`, "spur is open", func(t *testing.T, s *layer.Snapshot) {
			if got := status(s.Network(), "spur"); got != "open" {
				t.Error(got)
			}
		}},
		{"a road closes", `{"act":"close_route","target":1}`, "west is closed", func(t *testing.T, s *layer.Snapshot) {
			if got := status(s.Network(), "west"); got != "closed" {
				t.Error(got)
			}
		}},
		{"a hazard is cleared", `{"act":"clear_hazard","target":1}`, "field is cleared", func(t *testing.T, s *layer.Snapshot) {
			if row := found(t, s, "hazards", 1); row.Named("kind").Text() != "cleared" {
				t.Error(row.Feature())
			}
		}},
	} {
		t.Run(c.desc, func(t *testing.T) { act(t, c.changes, c.says, c.look) })
	}
}

// act applies changes, holds what is said of the first and what came of it, and
// that the base line is as it was.
func act(t *testing.T, changes, says string, look func(*testing.T, *layer.Snapshot)) {
	snap := country(t)
	was, roads := contents(t, snap, everyone), snap.Network()
	out := apply(t, snap, everyone, geo.Value{}, changes)
	if !strings.Contains(out.Effects[0].Did.Text, says) {
		t.Errorf("says %q", out.Effects[0].Did.Text)
	}
	look(t, out.Snapshot)
	if contents(t, snap, everyone) != was || snap.Network() != roads || status(roads, "spur") != "closed" {
		t.Error("the base line was touched")
	}
	if out.Snapshot.Store == snap.Store {
		t.Error("tags of answers would be those of the base line")
	}
}

// TestProblems is the bad input of scenarios: each is said, and nothing fails.
func TestProblems(t *testing.T) {
	for _, c := range []struct{ desc, changes, says string }{
		{"a base that is gone", `{"act":"close","target":99}`, "no record 99 in bases"},
		{"another name", `{"act":"close","target":2,"name":"Gao"}`, "is called Mid"},
		{"over capacity", `{"act":"merge","target":3,"into":2}`, "Mid houses 250 people, and 500 would be there: 250 too many"},
		{"far from roads", `{"act":"move","target":3,"to":{"type":"Point","coordinates":[-20,0]}}`, "in the sea"},
		{"closed twice", `{"act":"close","target":2},{"act":"close","target":2}`, "not open, so that closing"},
		{"into a closed one", `{"act":"close","target":2},{"act":"merge","target":3,"into":2}`, "nothing can be merged into it"},
		{"a hub closes", `{"act":"close","target":2}`, "East was supplied from Mid"},
		{"a hub merges into what it supplied", `{"act":"merge","target":2,"into":3}`, "East was supplied from Mid"},
		{"an asset to a closed base", `{"act":"close","target":3},{"act":"move_asset","target":1,"into":3}`, "nothing can stand there"},
		{"open already", `{"act":"open","target":2}`, "open already"},
		{"of a change that added nothing", `{"act":"close","target":99},{"act":"close","target":-1}`, "Change 1 added nothing"},
		{"all closed", `{"act":"close","target":1},{"act":"close","target":2},{"act":"close","target":3},{"act":"close","target":4}`, "No base is open"},
	} {
		out := apply(t, country(t), everyone, geo.Value{}, c.changes)
		var all []process.Warning
		for _, e := range out.Effects {
			all = append(all, e.Problems...)
		}
		if said := strings.Join(geo.Texts(append(all, out.Warnings...)), " "); !strings.Contains(said, c.says) {
			t.Errorf("%s: said %q", c.desc, said)
		}
	}
}

func TestBadScenarios(t *testing.T) {
	for _, c := range []struct{ desc, body, where, says string }{
		{"no JSON", `{`, "body", "JSON object"},
		{"no changes", `{}`, "changes", "list"},
		{"changes that are none", `{"changes":7}`, "changes", "list"},
		{"an unknown field", `{"colour":1,"changes":[]}`, "colour", "no such"},
		{"an unknown act", `{"changes":[{"act":"close","target":1},{"act":"paint","target":1}]}`, "changes.2.act", "change 2"},
		{"no target", `{"changes":[{"act":"close"}]}`, "changes.1.target", "needs"},
		{"too much", `{"changes":[{"act":"close","target":1,"into":2}]}`, "changes.1.into", "takes no into"},
		{"into itself", `{"changes":[{"act":"merge","target":1,"into":1}]}`, "changes.1.into", "itself"},
		{"no point", `{"changes":[{"act":"move","target":1,"to":{"type":"LineString","coordinates":[[0,0],[1,1]]}}]}`, "changes.1.to", "Point"},
		{"no day", `{"changes":[{"act":"close","target":1,"on":"soon"}]}`, "changes.1.on", "change 1"},
		{"what comes later", `{"changes":[{"act":"close","target":-1}]}`, "changes.1.target", "not before"},
		{"a new base nowhere", `{"changes":[{"act":"open","fields":{"name":"x"}}]}`, "changes.1.to", "place"},
		{"an asset in two places", `{"changes":[{"act":"move_asset","target":1,"into":1,"to":{"type":"Point","coordinates":[0,0]}}]}`, "changes.1.into", "one of them"},
		{"no such field", `{"changes":[{"act":"change","target":1,"fields":{"colour":"red"}}]}`, "changes.1.fields.colour", "no such field"},
		{"of another kind", `{"changes":[{"act":"change","target":1,"fields":{"military":"many"}}]}`, "changes.1.fields.military", "integer"},
		{"a base that closes as a road", `{"changes":[{"act":"close_route","target":2,"collection":"bases"}]}`, "changes.1.collection", "bases holds no roads"},
		{"a base that closes by a field", `{"changes":[{"act":"change","target":2,"fields":{"status":"closed"}}]}`, "changes.1.fields.status", "by the acts close"},
		{"whose it is", `{"changes":[{"act":"change","target":1,"fields":{"mission":"X"}}]}`, "changes.1.fields.mission", "whose"},
	} {
		err := scenario.Check(country(t), &geo.Doc{Kind: scenario.DocKind, ID: "x", Body: []byte(c.body)})
		e, ok := err.(*geo.Error)
		if !ok || e.Where != c.where || !strings.Contains(e.Text, c.says) {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
}

// TestBasesAreNoRoads: what opens and closes roads leaves other records alone,
// whether or not its scenario was kept before that was checked.
func TestBasesAreNoRoads(t *testing.T) {
	for _, collection := range []string{"bases", "incidents"} {
		s, err := scenario.Parse("Test", []byte(`{"changes":[{"act":"close_route","target":2,"collection":"`+collection+`"}]}`))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := scenario.Apply(context.Background(), country(t), s, geo.Value{}, everyone); err == nil || !strings.Contains(err.Error(), "holds no roads") {
			t.Errorf("%s: %v", collection, err)
		}
	}
}

// TestHidden: a change of a record that the reader may not see is as if it were
// not there, and what is said is as of one that never was.
func TestHidden(t *testing.T) {
	snap, low := country(t), geo.Reader{}
	out := apply(t, snap, low, geo.Value{}, `{"act":"close","target":4},{"act":"merge","target":2,"into":4}`)
	never := apply(t, snap, low, geo.Value{}, `{"act":"close","target":5},{"act":"merge","target":2,"into":5}`)
	if got, want := fmt.Sprint(out.Effects), strings.NewReplacer(" 5 ", " 4 ", `"key":5`, `"key":4`).Replace(fmt.Sprint(never.Effects)); got != want {
		t.Errorf("tells of it: %s\nwant %s", got, want)
	}
	if contents(t, out.Snapshot, everyone) != contents(t, snap, everyone) {
		t.Error("changed something that its reader does not see")
	}
}

func TestDays(t *testing.T) {
	changes := `{"act":"close","target":3,"on":"2023-03-01"},{"act":"close","target":2,"on":"2023-02-01"},{"act":"open_route","target":3}`
	at := func(s string) geo.Value {
		i, err := geo.ParseInterval(s)
		if err != nil {
			t.Fatal(err)
		}
		return geo.TimeValue(i.Start.Time)
	}
	for day, want := range map[string]string{"2023-01-31": "false false true", "2023-02-01": "false true true", "2023-03-01": "true true true"} {
		out := apply(t, country(t), everyone, at(day), changes)
		if got := fmt.Sprint(out.Effects[0].Done, out.Effects[1].Done, out.Effects[2].Done); got != want {
			t.Errorf("%s: done %s", day, got)
		}
	}
}

// TestTimesOfDays: a change holds from its day, whatever time of it is named,
// and so does the day that is asked about.
func TestTimesOfDays(t *testing.T) {
	w := process.World{Snapshot: country(t), Reader: everyone}
	for on, want := range map[string]string{"2023-02-28": "true true true", "2023-03-01": "false true true", "2023-03-01T12:00:00Z": "false true true", "2023-03-02": "false false true"} {
		body := `{"body":{"changes":[{"act":"close","target":3,"on":"` + on + `"}]}}`
		var got []string
		for _, at := range []string{"@2023-02-28T18:00:00Z", "@2023-03-01", "@2023-03-02"} {
			s, err := scenario.Read(w, "scenario", body+at)
			if err != nil {
				t.Fatal(err)
			}
			out, err := scenario.Apply(context.Background(), w.Snapshot, s, s.Date, everyone)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, fmt.Sprint(out.Effects[0].Done))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("on %s: done %v, want %s", on, got, want)
		}
	}
}

// TestOrder: changes that have nothing to do with each other give the same
// world in any order.
func TestOrder(t *testing.T) {
	parts := []string{`{"act":"close","target":3}`, `{"act":"open_route","target":3}`, `{"act":"change","target":1,"fields":{"military":7}}`, `{"act":"clear_hazard","target":1}`}
	want := ""
	for _, order := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {1, 3, 0, 2}} {
		var list []string
		for _, i := range order {
			list = append(list, parts[i])
		}
		got := contents(t, apply(t, country(t), everyone, geo.Value{}, strings.Join(list, ",")).Snapshot, everyone)
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("in the order %v:\n%s\nwant\n%s", order, got, want)
		}
	}
}

// TestApart: an edit aside goes on a layer with a delta, and the writer's next
// edit does not show in it.
func TestApart(t *testing.T) {
	snap := country(t)
	bases, _ := snap.Layer("bases")
	f := base("Late", orb.Point{0.2, 0}, 1, 1, "")
	f.Key, f.Rev = 5, 2
	f.Values = append(f.Values, geo.Value{})
	grown, err := bases.With([]geo.Change{{Op: geo.Add, Feature: f}})
	if err != nil {
		t.Fatal(err)
	}
	layers := append([]*layer.Layer{grown}, snap.Layers()[1:]...)
	out := apply(t, snap.WithLayers(layers), everyone, geo.Value{}, `{"act":"close","target":5},{"act":"close","target":1}`)
	f.Values[0], f.Rev = geo.String("Later"), 3
	if _, err := grown.With([]geo.Change{{Op: geo.Replace, Feature: f}}); err != nil {
		t.Fatal(err)
	}
	if row := found(t, out.Snapshot, "bases", 5); row.Named("name").Text() != "Late" || row.Named("status").Text() != "closed" {
		t.Error(row.Feature())
	}
	if row, _ := grown.Find(5, everyone); row.Named("status").Text() != "open" {
		t.Error("the base line was touched")
	}
}

func TestWorldsAreKept(t *testing.T) {
	snap, kept := country(t), scenario.NewWorlds(2)
	s, err := scenario.Parse("Test", []byte(`{"changes":[{"act":"close","target":2}]}`))
	if err != nil {
		t.Fatal(err)
	}
	of := func(snap *layer.Snapshot, r geo.Reader) *layer.Snapshot {
		out, err := kept.Of(context.Background(), snap, s, r)
		if err != nil {
			t.Fatal(err)
		}
		return out.Snapshot
	}
	if first, again := of(snap, everyone), of(snap, everyone); first != again {
		t.Error("made twice")
	}
	if of(snap, everyone) == of(snap, geo.Reader{}) || of(snap, everyone) == of(snap.Apart("x"), everyone) {
		t.Error("one world for two readers or states")
	}
}

// TestWritten: what a scenario that is not kept adds is of its mission, which
// its reader must see.
func TestWritten(t *testing.T) {
	snap := country(t)
	const text = `{"mission":"M","body":{"changes":[{"act":"open","to":{"type":"Point","coordinates":[0,0]},"fields":{"name":"New"}}]}}`
	for _, c := range []struct {
		desc   string
		reader geo.Reader
		ok     bool
	}{
		{"of all missions", everyone, true},
		{"of this one", geo.Reader{Missions: []string{"M"}}, true},
		{"of another", geo.Reader{Missions: []string{"N"}}, false},
	} {
		s, err := scenario.Read(process.World{Snapshot: snap, Reader: c.reader}, "scenario", text)
		if (err == nil) != c.ok {
			t.Errorf("%s: %v", c.desc, err)
		}
		if err != nil {
			continue
		}
		out, err := scenario.Apply(context.Background(), snap, s, geo.Value{}, c.reader)
		if err != nil {
			t.Fatal(err)
		}
		if row := found(t, out.Snapshot, "bases", scenario.FirstNew); row.Feature().Mission != "M" {
			t.Errorf("%s: %+v", c.desc, row.Feature())
		}
	}
}

func TestRead(t *testing.T) {
	snap := country(t)
	docs := []geo.Doc{{Kind: scenario.DocKind, ID: "a", Title: "A", Rev: 1, Body: []byte(`{"changes":[]}`)}, {Kind: scenario.DocKind, ID: "secret", Class: geo.Confidential, Rev: 1, Body: []byte(`{"changes":[]}`)}}
	w := process.World{Snapshot: layer.NewSnapshot("test", snap.Layers(), docs, nil)}
	if s, err := scenario.Read(w, "scenario", "a@2023-02-03"); err != nil || s.Date.String() != "2023-02-03T00:00:00Z" {
		t.Error(s, err)
	}
	given := `{"mission":"M","body":{"changes":[{"act":"close","target":1,"note":"ask x@2023-05-05"},{"act":"close","target":2,"on":"2023-02-04"}]}}`
	for text, date := range map[string]string{given: geo.Value{}.String(), given + "@2023-02-03": "2023-02-03T00:00:00Z"} {
		if s, err := scenario.Read(w, "scenario", text); err != nil || len(s.Changes) != 2 || s.Doc != nil || s.Mission != "M" || s.Date.String() != date {
			t.Errorf("%s: %+v, %v", text, s, err)
		}
	}
	for _, name := range []string{"secret", "none", "a@soon", "a@2023-01-01/2023-02-01", "{", "{}", `{"body":{}}`, `{"body":{"changes":[{"act":"close"}]}}`, `{"class":"x","body":{"changes":[]}}`, given + "{}", given + "@soon", given + "2023-02-03"} {
		if _, err := scenario.Read(w, "scenario", name); geo.CodeOf(err) != geo.Invalid || strings.Contains(err.Error(), "are: a, secret") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
