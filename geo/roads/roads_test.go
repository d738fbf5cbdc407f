package roads_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/roads"
)

var (
	routeSchema = geo.Schema{Name: "routes", Geometry: geo.LineGeometry, Fields: []geo.Field{
		{Name: "name", Kind: geo.KindString, Role: geo.NameRole}, {Name: "surface", Kind: geo.KindString}, {Name: "status", Kind: geo.KindString},
		{Name: "season", Kind: geo.KindString}, {Name: "one_way", Kind: geo.KindBool},
	}}
	baseSchema   = geo.Schema{Name: "bases", Geometry: geo.PointGeometry, Fields: []geo.Field{{Name: "name", Kind: geo.KindString, Role: geo.NameRole}}}
	hazardSchema = geo.Schema{Name: "hazards", Geometry: geo.AreaGeometry, Fields: []geo.Field{{Name: "kind", Kind: geo.KindString},
		{Name: "reported", Kind: geo.KindTime, DateOnly: true, Role: geo.StartRole}, {Name: "released", Kind: geo.KindTime, DateOnly: true, Role: geo.EndRole}}}
)

// record is a shape with values in the order of its schema.
type record struct {
	shape  orb.Geometry
	class  geo.Class
	values []geo.Value
}

func build(t testing.TB, schema geo.Schema, records ...record) *layer.Layer {
	t.Helper()
	var features []geo.Feature
	for _, r := range records {
		features = append(features, geo.Feature{Rev: 1, Geometry: r.shape, Class: r.class, Values: r.values})
	}
	return layertest.Build(t, schema, features...)
}

// p is a place by thousandths of a degree, about 111 m each.
func p(x, y float64) orb.Point { return orb.Point{x / 1000, y / 1000} }

func route(name, status string, class geo.Class, points ...orb.Point) record {
	return record{orb.LineString(points), class, []geo.Value{geo.String(name), geo.String("gravel"), geo.String(status)}}
}

func text(s string) []geo.Value { return []geo.Value{geo.String(s)} }

// worldOf is a world of the routes, with two bases, a hazard and documents.
func worldOf(t testing.TB, reader geo.Reader, docs []geo.Doc, routes ...record) process.World {
	t.Helper()
	r := build(t, routeSchema, routes...)
	hazard := orb.Polygon{{p(44, -1), p(46, -1), p(46, 1), p(44, 1), p(44, -1)}}
	layers := []*layer.Layer{
		build(t, baseSchema, record{shape: p(0, 1), values: text("Near")}, record{shape: p(0, 90), values: text("Far")}, record{shape: p(100, 1), values: text("Apart")}),
		r, build(t, hazardSchema, record{shape: hazard, values: text("confirmed")}),
	}
	g, err := network.Build(t.Context(), []network.Source{{Schema: r.Schema(), Each: r.Each}}, network.Options{})
	if err != nil {
		t.Fatal(err)
	}
	snap := layer.NewSnapshot("test", layers, docs, []layer.Moment{{Version: 1, At: 5}})
	if len(routes) > 0 {
		snap = snap.WithNetwork(g)
	}
	return process.World{Snapshot: snap, Reader: reader}
}

// plain is a road in two parts, a closed one, one of another island, and a
// hidden one that joins the first almost.
func plain() []record {
	return []record{
		route("First", "open", 0, p(0, 0), p(50, 0)), route("Shut", "closed", 0, p(50, 0), p(60, 0)), route("Third", "open", 0, p(60, 0), p(70, 0)),
		route("Island", "open", 0, p(100, 0), p(110, 0)), route("Secret", "open", geo.Confidential, p(20, 0.05), p(20, 30)),
	}
}

func execute(t testing.TB, w process.World, in geo.Values) (process.Result, error) {
	t.Helper()
	p := roads.Process(network.NewCache(2))
	return p.Execute(t.Context(), w, in, nil)
}

// TestRoadNetwork holds the parts, joins, lengths and bases as two readers see
// them.
func TestRoadNetwork(t *testing.T) {
	for _, k := range []struct {
		desc                                string
		reader                              geo.Reader
		selected, used, joins, parts, alone int
		length                              float64
	}{
		{"who sees the secret road", geo.Reader{Ceiling: geo.Confidential}, 5, 4, 1, 3, 1, 11.1},
		{"who does not", geo.Reader{}, 4, 3, 0, 3, 1, 7.8},
	} {
		r, err := execute(t, worldOf(t, k.reader, nil, plain()...), nil)
		if err != nil {
			t.Fatal(err)
		}
		s := r.Output["summary"].Record()
		got := [...]int{r.Selected, r.Used, int(s["joins"].Int()), int(s["parts"].Int()), int(s["unconnected"].Int())}
		if want := [...]int{k.selected, k.used, k.joins, k.parts, k.alone}; got != want || s["length_km"].Float() != k.length || r.Dropped["closed"] != 1 {
			t.Errorf("%s: %v and %v km, want %v and %v km", k.desc, got, s["length_km"], want, k.length)
		}
		if n := len(r.Output["joins"].Record()["features"].List()); n != k.joins {
			t.Errorf("%s: %d joins are drawn", k.desc, n)
		}
		body := r.Record().String()
		if seen := strings.Contains(body, "Secret"); seen != (k.joins > 0) {
			t.Errorf("%s: the secret road is named: %t", k.desc, seen)
		}
		// A road is cut where the hidden one is joined: nobody else is told.
		if cut := strings.Contains(body, "0.02 0"); cut != (k.joins > 0) {
			t.Errorf("%s: the place of the join is in the answer: %t", k.desc, cut)
		}
		if bases := r.Output["bases"].String(); !strings.Contains(bases, "Far") || !strings.Contains(bases, "Apart") || strings.Contains(bases, "Near") {
			t.Errorf("%s: bases %s", k.desc, bases)
		}
	}
}

// TestConditions holds what the inputs make of a road.
func TestConditions(t *testing.T) {
	doc := geo.Doc{Kind: roads.DocKind, ID: "tank", Title: "Tank", Rev: 1, Body: []byte(`{"base":"patrol","source":"assumption","speed_gravel_kmh":20,"stated":0,"status_closed":0.5}`)}
	hidden := geo.Doc{Kind: roads.DocKind, ID: "ghost", Class: geo.Confidential, Rev: 1, Body: doc.Body}
	bad := geo.Doc{Kind: roads.DocKind, ID: "bad", Rev: 1, Body: []byte(`{}`)}
	w := worldOf(t, geo.Reader{}, []geo.Doc{doc, hidden, bad}, plain()...)
	avoid := orb.Polygon{{p(5, -5), p(6, -5), p(6, 5), p(5, 5), p(5, -5)}}
	for _, k := range []struct {
		desc  string
		in    geo.Values
		speed float64 // on the first road; 0 is to be avoided
		shut  float64 // on the closed one
		where string  // of an error
	}{
		{"convoy", geo.Values{"profile": geo.String("convoy")}, 35, 0, ""},
		{"wet", geo.Values{"profile": geo.String("convoy"), "season": geo.String("wet")}, 24.5, 0, ""},
		{"a month goes before the season", geo.Values{"profile": geo.String("convoy"), "season": geo.String("wet"), "month": geo.Int(3)}, 35, 0, ""},
		{"a document", geo.Values{"profile": geo.String("tank")}, 20, 10, ""},
		{"hazards", geo.Values{"profile": geo.String("convoy"), "avoid_hazards": geo.Bool(true)}, 0, 0, ""},
		{"an area", geo.Values{"profile": geo.String("convoy"), "avoid": geo.Geometry(avoid)}, 0, 0, ""},
		{"a line that touches", geo.Values{"profile": geo.String("convoy"), "avoid": geo.Geometry(orb.LineString{p(25, 0), p(25, 9)})}, 0, 0, ""},
		{"an area elsewhere", geo.Values{"profile": geo.String("convoy"), "avoid": geo.Geometry(orb.Point{9, 9})}, 35, 0, ""},
		{"an empty shape", geo.Values{"profile": geo.String("convoy"), "avoid": geo.Geometry(orb.Polygon{})}, 0, 0, "avoid"},
		{"no such vehicle", geo.Values{"profile": geo.String("horse")}, 0, 0, "profile"},
		{"a vehicle that is hidden", geo.Values{"profile": geo.String("ghost")}, 0, 0, "profile"},
		{"a vehicle that cannot be read", geo.Values{"profile": geo.String("bad")}, 0, 0, "profile"},
	} {
		q, err := roads.Read(t.Context(), w, k.in)
		if e, ok := err.(*geo.Error); k.where != "" || err != nil {
			if !ok || e.Where != k.where || strings.Contains(e.Text, "ghost, ") {
				t.Errorf("%s: %v", k.desc, err)
			}
			continue
		}
		c := q.Conditions
		first := wayNamed(w.Network(), "First")
		speed, _ := c.SpeedKMH(w.Network().WayOf(first))
		for s := range int32(w.Network().Segments()) {
			// All of the road between junctions that the reader knows of.
			if w.Network().WayNumber(s) == first && c.Avoid != nil && c.Avoid(s) != (k.speed == 0) {
				t.Errorf("%s: a part of the road is avoided: %t", k.desc, c.Avoid(s))
			} else if k.speed == 0 {
				speed = 0
			}
		}
		shut, _ := c.SpeedKMH(w.Network().WayOf(wayNamed(w.Network(), "Shut")))
		if speed < k.speed-0.01 || speed > k.speed+0.01 || shut != k.shut {
			t.Errorf("%s: %v and %v km/h, want %v and %v", k.desc, speed, shut, k.speed, k.shut)
		}
	}
	if _, err := roads.Read(t.Context(), worldOf(t, geo.Reader{}, nil), geo.Values{"profile": geo.String("convoy")}); geo.CodeOf(err) != geo.Conflict {
		t.Errorf("without roads: %v", err)
	}
}

// TestHazardsInForce holds which hazards count at which date.
func TestHazardsInForce(t *testing.T) {
	day := func(n int) geo.Time { return geo.Time(n) * geo.Day }
	for _, k := range []struct {
		desc  string
		kind  string
		valid geo.Interval
		on    []int // days of those asked at which it is in force; -1 is without a date, the hazards having changed on day 5
	}{
		{"never dated", "confirmed", geo.Interval{}, []int{-1, 0, 2, 4, 9}},
		{"of no kind", "", geo.Interval{}, []int{-1, 0, 2, 4, 9}},
		{"reported, not released", "suspected", geo.From(day(2)), []int{-1, 2, 4, 9}},
		{"reported later than the last change", "confirmed", geo.From(day(9)), []int{-1, 9}},
		{"reported and released", "confirmed", geo.Between(day(2), day(4)), []int{2}},
		{"released, nobody knows when reported", "confirmed", geo.Until(day(4)), []int{0, 2}},
		{"to be released after the last change", "confirmed", geo.Between(day(2), day(8)), []int{-1, 2, 4}},
		{"at a time that nobody knows", "confirmed", geo.UnknownTime, []int{-1, 0, 2, 4, 9}},
		{"cleared", "cleared", geo.Between(day(2), day(4)), nil},
		{"cancelled, without dates", "cancelled", geo.Interval{}, nil},
	} {
		b := layer.NewBuilder(hazardSchema)
		layertest.Add(t, b, geo.Feature{Key: 1, Rev: 1, Geometry: orb.Polygon{{p(44, -1), p(46, -1), p(46, 1), p(44, 1), p(44, -1)}}, Valid: k.valid, Values: text(k.kind)})
		l := layertest.Finish(t, b)
		plainWorld := worldOf(t, geo.Reader{}, nil, plain()...)
		moments := []layer.Moment{{Version: 1, At: day(5)}}
		w := process.World{Snapshot: layer.NewSnapshot("test", []*layer.Layer{plainWorld.Layers()[1], l}, nil, moments).WithNetwork(plainWorld.Network())}
		for _, on := range []int{-1, 0, 2, 4, 9} {
			in := geo.Values{"profile": geo.String("convoy"), "avoid_hazards": geo.Bool(true)}
			if on >= 0 {
				in["date"] = geo.TimeValue(day(on))
			}
			q, err := roads.Read(t.Context(), w, in)
			if err != nil {
				t.Fatal(err)
			}
			if want := slices.Contains(k.on, on); (q.Conditions.Avoid != nil) != want || (len(q.Warnings) == 0) != want {
				t.Errorf("%s, day %d: it closes the road: %t, want %t; %v", k.desc, on, !want, want, q.Warnings)
			}
		}
	}
}

// TestDate holds that the month follows from the date, unless it is given.
func TestDate(t *testing.T) {
	w := worldOf(t, geo.Reader{}, nil, plain()...)
	date := geo.TimeValue(geo.TimeOf(time.Date(2026, time.July, 3, 0, 0, 0, 0, time.UTC)))
	for _, k := range []struct {
		in   geo.Values
		want string
	}{
		{geo.Values{"date": date}, "July"},
		{geo.Values{"date": date, "month": geo.Int(2)}, "February"},
		{geo.Values{"date": date, "season": geo.String("wet")}, "the wet season"},
		{geo.Values{}, "the dry season"},
	} {
		k.in["profile"] = geo.String("patrol")
		q, err := roads.Read(t.Context(), w, k.in)
		if err != nil || q.Month() != k.want {
			t.Errorf("%v: %s, want %s; %v", k.in, q.Month(), k.want, err)
		}
	}
}

func wayNamed(g *network.Graph, name string) int32 {
	for n := range int32(g.Ways()) {
		if g.WayOf(n).Name == name {
			return n
		}
	}
	return -1
}

// TestSentences holds what is said where there is no road or no way.
func TestSentences(t *testing.T) {
	w := worldOf(t, geo.Reader{}, nil, plain()...)
	q, err := roads.Read(t.Context(), w, geo.Values{"profile": geo.String("convoy")})
	if err != nil {
		t.Fatal(err)
	}
	travel := w.Network().Travel(q.Conditions)
	if _, err := roads.Snap(travel, p(0, 90), 1000, "to"); err == nil || !strings.Contains(err.Error(), "to: ") || !strings.Contains(err.Error(), "10.0 km from the nearest open road, First") {
		t.Errorf("%v", err)
	}
	at := func(x, y float64) network.Place {
		place, err := roads.Snap(travel, p(x, y), 1000, "to")
		if err != nil {
			t.Fatal(err)
		}
		return place
	}
	for _, k := range []struct {
		to   network.Place
		want string
	}{
		{at(65, 0), "no way is open: Shut is closed"},
		{at(105, 0), "the roads of First and of Island are not connected; the gap between them is 5.6 km"},
	} {
		if err := roads.NoWay(travel, at(1, 0), k.to, "to"); !strings.Contains(err.Error(), k.want) {
			t.Errorf("%v, want %q", err, k.want)
		}
	}
}

// TestBadProfiles holds what a document of a vehicle is refused for.
func TestBadProfiles(t *testing.T) {
	for body, where := range map[string]string{
		`{}`: "source", `[]`: "inputs", `{"source":"x","base":"horse"}`: "base", `{"source":"x","speed_paved_kmh":-1}`: "speed_paved_kmh",
		`{"source":"x","wet_earth":2}`: "wet_earth", `{"source":"x","colour":"red"}`: "colour", `{"source":"x","refused":"no"}`: "refused",
	} {
		err := roads.CheckProfile(nil, &geo.Doc{ID: "a", Body: []byte(body)})
		if e, ok := err.(*geo.Error); !ok || e.Where != where {
			t.Errorf("%s: %v, want an error on %s", body, err, where)
		}
	}
	if err := roads.CheckProfile(nil, &geo.Doc{ID: "a", Body: []byte(`{"source":"assumption","refused":["no"],"load_t":30}`)}); err != nil {
		t.Error(err)
	}
}
