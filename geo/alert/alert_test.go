package alert

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/measure"
	"bivouac/geo/randtest"
)

// The fields of the collections of the tests.
var schemas = []geo.Schema{
	{Name: "incidents", Geometry: geo.PointGeometry, Fields: []geo.Field{
		{Name: "time", Kind: geo.KindTime, Role: geo.InstantRole}, {Name: "killed", Kind: geo.KindInt}, {Name: "name", Kind: geo.KindString, Role: geo.NameRole}}},
	{Name: "corridors", Geometry: geo.LineGeometry, Fields: []geo.Field{{Name: "name", Kind: geo.KindString, Role: geo.NameRole}, {Name: "season", Kind: geo.KindString}}},
	{Name: "areas", Geometry: geo.AreaGeometry, Fields: []geo.Field{{Name: "name", Kind: geo.KindString}, {Name: "wet_months", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindInt}}}},
	{Name: "places", Geometry: geo.PointGeometry, Fields: []geo.Field{{Name: "name", Kind: geo.KindString, Role: geo.NameRole}}},
}

// world makes one state after the other.
type world struct {
	t     testing.TB
	now   *layer.Snapshot
	times []layer.Moment
	next  map[string]geo.Key
}

func newWorld(t testing.TB) *world {
	w := &world{t: t, next: map[string]geo.Key{}}
	var layers []*layer.Layer
	for _, s := range schemas {
		layers = append(layers, layer.New(s))
	}
	w.now = layer.NewSnapshot("store", layers, nil, nil)
	return w
}

// commit makes the next state of the changes, one of each collection.
func (w *world) commit(changes ...geo.Change) Step {
	w.t.Helper()
	v := w.now.Version + 1
	w.times = append(slices.Clone(w.times), layer.Moment{Version: v, At: day(100) + geo.Time(v)*geo.Second})
	var layers []*layer.Layer
	for _, l := range w.now.Layers() {
		var own []geo.Change
		for _, c := range changes {
			if c.Collection != l.Schema().Name {
				continue
			}
			if c.Feature.Rev = v; c.Op == geo.Add {
				w.next[c.Collection]++
				c.Feature.Key = w.next[c.Collection]
			}
			own = append(own, c)
		}
		next, err := l.With(own)
		if err != nil {
			w.t.Fatal(err)
		}
		layers = append(layers, next)
	}
	before := w.now
	w.now = layer.NewSnapshot("store", layers, nil, w.times)
	return Step{before, w.now}
}

func day(n int) geo.Time {
	return geo.TimeOf(time.Date(2026, 1, 1, 6, 0, 0, 0, time.UTC)) + geo.Time(n)*geo.Day
}

// incident is one on the day, at the place; killed below 0 is not known.
func incident(op geo.Op, key geo.Key, on geo.Time, lon, lat float64, killed int64) geo.Change {
	f := geo.Feature{Key: key, Geometry: orb.Point{lon, lat}, Valid: geo.Instant(on), Values: []geo.Value{geo.TimeValue(on), geo.Int(killed), {}}}
	if killed < 0 {
		f.Values[1] = geo.Value{}
	}
	return geo.Change{Collection: "incidents", Op: op, Feature: f}
}

func rule(t testing.TB, body string) *Rule {
	t.Helper()
	r, err := ParseRule(&geo.Doc{Kind: Kind, ID: "r", Title: "Rule", Body: []byte(body)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// raised returns the keys of what the rule raises, after a look that the same
// step gives the same.
func raised(t testing.TB, r *Rule, s Step) []geo.Key {
	t.Helper()
	list, err := r.Evaluate(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	again, err := r.Evaluate(context.Background(), s)
	if a, b := text(t, list), text(t, again); err != nil || a != b {
		t.Errorf("once %s, then %s, %v", a, b, err)
	}
	keys := []geo.Key{}
	for i := range list {
		keys = append(keys, list[i].Key)
	}
	return keys
}

func text(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestBadRules(t *testing.T) {
	w := newWorld(t)
	w.commit(incident(geo.Add, 0, day(1), 0, 0, 1))
	for _, c := range []struct{ desc, body, where string }{
		{"no object", `[]`, "body"},
		{"another member", `{"collection":"incidents","colour":1}`, "body"},
		{"two values", `{"collection":"incidents"}{}`, "body"},
		{"no collection", `{}`, "body.collection"},
		{"a collection that is none", `{"collection":"nothing"}`, "body.collection"},
		{"a collection of a wrong kind", `{"collection":5}`, "body.collection"},
		{"no field", `{"collection":"incidents","filter":"wounded > 1"}`, "body.filter"},
		{"no CQL2", `{"collection":"incidents","filter":"killed >"}`, "body.filter"},
		{"a filter that is a number", `{"collection":"incidents","filter":5}`, "body.filter"},
		{"no severity", `{"collection":"incidents","severity":"grave"}`, "body.severity"},
		{"no status", `{"collection":"incidents","status":"draft"}`, "body.status"},
		{"near what", `{"collection":"incidents","near":{"radius_m":5}}`, "body.near.collection"},
		{"near nothing", `{"collection":"incidents","near":{"collection":"nothing","radius_m":5}}`, "body.near.collection"},
		{"a radius below 0", `{"collection":"incidents","near":{"collection":"places","radius_m":-1}}`, "body.near.radius_m"},
		{"a radius that is no number", `{"collection":"incidents","near":{"collection":"places","radius_m":"x"}}`, "body.near.radius_m"},
		{"in which season", `{"collection":"incidents","near":{"collection":"places","radius_m":1,"in_season":true}}`, "body.near.in_season"},
		{"no field near", `{"collection":"incidents","near":{"collection":"places","radius_m":1,"filter":"x = 1"}}`, "body.near.filter"},
		{"nothing is enough", `{"collection":"incidents","threshold":{"days":7}}`, "body.threshold.least"},
		{"no days", `{"collection":"incidents","threshold":{"least":3}}`, "body.threshold.days"},
		{"ages", `{"collection":"incidents","threshold":{"least":3,"days":1e9}}`, "body.threshold.days"},
		{"the wrong way", `{"collection":"incidents","threshold":{"least":3,"days":1,"within_m":-1}}`, "body.threshold.within_m"},
		{"a sum of names", `{"collection":"incidents","threshold":{"least":3,"days":1,"sum":"name"}}`, "body.threshold.sum"},
		{"records without time", `{"collection":"places","threshold":{"least":3,"days":1}}`, "body.threshold"},
		{"many addresses", `{"collection":"incidents","webhooks":[{"name":"a"},{"name":"b"},{"name":"c"},{"name":"d"},{"name":"e"},{"name":"f"}]}`, "body.webhooks"},
		{"no format", `{"collection":"incidents","webhooks":[{"name":"a","format":"xml"}]}`, "body.webhooks[0].format"},
	} {
		r, err := ParseRule(&geo.Doc{ID: "r", Title: "Rule", Body: []byte(c.body)})
		if err == nil {
			err = r.Check(w.now)
		}
		var e *geo.Error
		if !errors.As(err, &e) || e.Code != geo.Invalid || e.Where != c.where {
			t.Errorf("%s: %v, want an error of %s", c.desc, err, c.where)
		}
	}
}

// TestNewsAlone: a record is told of when it comes to meet the rule, and not
// while it goes on to.
func TestNewsAlone(t *testing.T) {
	w := newWorld(t)
	r := rule(t, `{"collection":"incidents","filter":"killed > 1"}`)
	for _, c := range []struct {
		desc   string
		change geo.Change
		want   []geo.Key
	}{
		{"does not meet it", incident(geo.Add, 0, day(1), 0, 0, 1), []geo.Key{}},
		{"meets it", incident(geo.Add, 0, day(1), 0, 0, 2), []geo.Key{2}},
		{"goes on to", incident(geo.Replace, 2, day(2), 1, 1, 9), []geo.Key{}},
		{"the first comes to", incident(geo.Replace, 1, day(1), 0, 0, 5), []geo.Key{1}},
		{"no more", incident(geo.Replace, 1, day(1), 0, 0, -1), []geo.Key{}},
		{"and again", incident(geo.Replace, 1, day(1), 0, 0, 5), []geo.Key{1}},
		{"is gone", geo.Change{Collection: "incidents", Op: geo.Remove, Feature: geo.Feature{Key: 1}}, []geo.Key{}},
		{"another collection", geo.Change{Collection: "places", Feature: geo.Feature{Geometry: orb.Point{0, 0}}}, []geo.Key{}},
	} {
		if got := raised(t, r, w.commit(c.change)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.desc, got, c.want)
		}
	}
	asleep := rule(t, `{"collection":"incidents","active":false}`)
	young := rule(t, `{"collection":"incidents"}`)
	s := w.commit(incident(geo.Add, 0, day(1), 0, 0, 2))
	young.Rev = s.After.Version
	if a, b := raised(t, asleep, s), raised(t, young, s); len(a)+len(b) != 0 {
		t.Errorf("one that is not active raises %v, one that is younger than the change %v", a, b)
	}
}

// TestMany: what is too much is counted.
func TestMany(t *testing.T) {
	w := newWorld(t)
	r := rule(t, `{"collection":"incidents"}`)
	var all []geo.Change
	for i := range Most + 1 {
		all = append(all, incident(geo.Add, 0, day(1), float64(i)/10, 1, 1))
	}
	if got := raised(t, r, w.commit(all[:Most]...)); len(got) != Most {
		t.Errorf("%d, want %d", len(got), Most)
	}
	list, err := r.Evaluate(context.Background(), w.commit(all...))
	if err != nil || len(list) != 1 || list[0].Count != Most+1 || list[0].ID != "r.2.many" || !slices.Equal(list[0].Box, []float64{0, 1, 20, 1}) {
		t.Errorf("%v %s", err, text(t, list))
	}
}

// TestApart: a rule sees what its readers see, and what all missions share is
// asked of each apart.
func TestApart(t *testing.T) {
	marked := func(c geo.Class, mission string) geo.Change {
		ch := incident(geo.Add, 0, day(1), 0, 0, 1)
		ch.Feature.Class, ch.Feature.Mission = c, mission
		return ch
	}
	changes := []geo.Change{
		marked(geo.Unclassified, ""), marked(geo.Unclassified, "A"), marked(geo.Unclassified, "B"), marked(geo.Confidential, "A"), marked(geo.StrictlyConfidential, ""), marked(geo.Unclassified, "A"),
	}
	for _, c := range []struct {
		class   geo.Class
		mission string
		plain   string // keys with missions
		two     string // of those where two came together
	}{
		{geo.Unclassified, "", "1: 2:A 6:A 3:B", "2:A"},
		{geo.Unclassified, "A", "1:A 2:A 6:A", "1:A"},
		{geo.Confidential, "A", "1:A 2:A 4:A 6:A", "1:A"},
		{geo.StrictlyConfidential, "", "1: 5: 2:A 4:A 6:A 3:B", "1: 2:A"},
		{geo.Unclassified, "C", "1:C", ""},
	} {
		for body, want := range map[string]string{`{"collection":"incidents"}`: c.plain, `{"collection":"incidents","threshold":{"least":2,"days":1}}`: c.two} {
			w := newWorld(t)
			r, err := ParseRule(&geo.Doc{ID: "r", Title: "Rule", Body: []byte(body), Class: c.class, Mission: c.mission})
			if err != nil {
				t.Fatal(err)
			}
			list, err := r.Evaluate(context.Background(), w.commit(changes...))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, a := range list {
				got = append(got, fmt.Sprintf("%d:%s", a.Key, a.Mission))
				if a.Class != c.class {
					t.Errorf("an alert of the class %v of a rule of the class %v", a.Class, c.class)
				}
			}
			if strings.Join(got, " ") != want {
				t.Errorf("%v %q: %v, want %s", c.class, c.mission, got, want)
			}
		}
	}
}

// TestSeason: a corridor counts in its season alone, over the new year too.
func TestSeason(t *testing.T) {
	w := newWorld(t)
	add := func(collection string, g orb.Geometry, values ...geo.Value) geo.Change {
		return geo.Change{Collection: collection, Feature: geo.Feature{Geometry: g, Values: values}}
	}
	months := func(list ...int64) geo.Value {
		var out []geo.Value
		for _, m := range list {
			out = append(out, geo.Int(m))
		}
		return geo.List(out...)
	}
	box := func(x float64, wide float64) orb.Polygon {
		return orb.Polygon{{{x, -1}, {x + wide, -1}, {x + wide, 1}, {x, 1}, {x, -1}}}
	}
	w.commit(
		add("corridors", orb.LineString{{0, 0}, {1, 0}}, geo.String("north"), geo.String("wet")),
		add("corridors", orb.LineString{{5, 0}, {6, 0}}, geo.String("south"), geo.String("dry")),
		add("corridors", orb.LineString{{10, 0}, {11, 0}}, geo.String("all"), geo.String("all")),
		add("corridors", orb.LineString{{50, 0}, {51, 0}}, geo.String("far"), geo.String("dry")),
		add("areas", box(-1, 30), geo.String("whole"), months(6, 7, 8)),
		add("areas", box(-1, 9), geo.String("part"), months(11, 12, 1, 2)),
	)
	r := rule(t, `{"collection":"incidents","near":{"collection":"corridors","radius_m":1000,"in_season":true}}`)
	at := func(month time.Month) geo.Time { return geo.TimeOf(time.Date(2026, month, 15, 0, 0, 0, 0, time.UTC)) }
	for _, c := range []struct {
		desc string
		on   geo.Time
		lon  float64
		near string
	}{
		{"wet in December", at(12), .5, "north"}, {"wet in January", at(1), .5, "north"}, {"wet in March", at(3), .5, ""}, {"wet where the larger area has it", at(7), .5, ""},
		{"dry in December", at(12), 5.5, ""}, {"dry in January", at(1), 5.5, ""}, {"dry in March", at(3), 5.5, "south"},
		{"always", at(7), 10.5, "all"}, {"nobody knows", at(7), 50.5, "far"}, {"near none", at(7), 30, ""},
	} {
		list, err := r.Evaluate(context.Background(), w.commit(incident(geo.Add, 0, c.on, c.lon, 0.001, 0)))
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case c.near == "" && len(list) == 0:
		case c.near == "" || len(list) != 1 || list[0].Near.Name != c.near || list[0].Near.Unseasoned != (c.near == "far") || list[0].Near.Metres < 110 || list[0].Near.Metres > 111:
			t.Errorf("%s: %s, want %q", c.desc, text(t, list), c.near)
		}
	}
}

// TestRadius holds the rim, the keys and the filter of what is near.
func TestRadius(t *testing.T) {
	w := newWorld(t)
	place := func(name string, lon float64) geo.Change {
		return geo.Change{Collection: "places", Feature: geo.Feature{Geometry: orb.Point{lon, 0}, Values: []geo.Value{geo.String(name)}}}
	}
	w.commit(place("a", 0), place("b", .02), place("c", 179.999))
	metres := measure.Distance(orb.Point{0, 0}, orb.Point{.01, .003})
	for _, c := range []struct {
		desc, near string
		lon        float64
		want       string
	}{
		{"on the rim", fmt.Sprintf(`"radius_m":%v`, metres), .01, "a"},
		{"within it", fmt.Sprintf(`"radius_m":%v`, metres-.001), .01, ""},
		{"of the key", fmt.Sprintf(`"radius_m":%v,"keys":[2]`, metres+1), .01, "b"},
		{"of the filter", `"radius_m":90000,"filter":"name <> 'a'"`, -.01, "b"},
		{"over the date line", `"radius_m":1000`, -179.999, "c"},
	} {
		r := rule(t, `{"collection":"incidents","near":{"collection":"places",`+c.near+`}}`)
		list, err := r.Evaluate(context.Background(), w.commit(incident(geo.Add, 0, day(1), c.lon, .003, 0)))
		if got := ""; err != nil || len(list) > 1 {
			t.Errorf("%s: %v %v", c.desc, err, list)
		} else {
			if len(list) == 1 {
				got = list[0].Near.Name
			}
			if got != c.want {
				t.Errorf("%s: %q, want %q", c.desc, got, c.want)
			}
		}
	}
}

// TestThresholdOracle holds a threshold, over commits drawn at random, to a look
// at every pair of records of both states.
func TestThresholdOracle(t *testing.T) {
	r := randtest.New(t, 7)
	alerts := 0
	for round := range 12 {
		body := fmt.Sprintf(`{"collection":"incidents","filter":"killed >= 0","threshold":{"least":%d,"days":%d`, 2+r.IntN(3), 1+r.IntN(4))
		if round%2 == 0 {
			body += `,"within_m":30000`
		}
		if round%3 == 0 {
			body += `,"sum":"killed"`
		}
		threshold := rule(t, body+"}}")
		w := newWorld(t)
		for range 40 {
			s := w.commit(someChanges(r, w)...)
			got, want := raised(t, threshold, s), risenByPairs(threshold.Threshold, s)
			alerts += len(want)
			if !slices.Equal(got, want) {
				t.Fatalf("%s: version %d raises %v, want %v", body, s.After.Version, got, want)
			}
		}
	}
	if alerts < 50 {
		t.Errorf("only %d alerts: the test proves little", alerts)
	}
}

// someChanges adds, moves and removes a few incidents, at the date line too.
func someChanges(r *rand.Rand, w *world) []geo.Change {
	var out []geo.Change
	some := func(op geo.Op, key geo.Key) geo.Change {
		lon := 179 + 2*r.Float64()
		if lon > 180 {
			lon -= 360
		}
		return incident(op, key, day(r.IntN(40))+geo.Time(r.IntN(3))*geo.Day/2, lon, r.Float64(), int64(r.IntN(4)-1))
	}
	for range 1 + r.IntN(3) {
		out = append(out, some(geo.Add, 0))
	}
	l, _ := w.now.Layer("incidents")
	_ = l.Each(func(row geo.Row) error {
		switch r.IntN(15) {
		case 0:
			out = append(out, some(geo.Replace, row.Key()))
		case 1:
			out = append(out, geo.Change{Collection: "incidents", Op: geo.Remove, Feature: geo.Feature{Key: row.Key()}})
		}
		return nil
	})
	return out
}

func risenByPairs(t *Threshold, s Step) []geo.Key {
	before, now := reachedByPairs(t, s.Before), reachedByPairs(t, s.After)
	near := func(a, b *event, later bool) bool {
		inTime := b.at > a.at-t.span() && (b.at <= a.at || later && b.at < a.at+t.span())
		return inTime && (t.WithinMetres == 0 || measure.Distance(a.place, b.place) <= t.WithinMetres)
	}
	out := []geo.Key{}
	for i := range now {
		isNew := true
		for j := range now {
			isEarlier := now[j].at < now[i].at || now[j].at == now[i].at && now[j].key < now[i].key
			isNew = isNew && !(isEarlier && near(&now[i], &now[j], false))
		}
		for j := range before {
			isNew = isNew && !near(&now[i], &before[j], true)
		}
		if isNew {
			out = append(out, now[i].key)
		}
	}
	slices.Sort(out)
	return out
}

// reachedByPairs returns the events that reach the threshold.
func reachedByPairs(t *Threshold, snap *layer.Snapshot) (out []event) {
	var all []event
	l, _ := snap.Layer("incidents")
	_ = l.Each(func(row geo.Row) error {
		killed := row.Named("killed")
		if at, _ := timeOf(row); !killed.Null() {
			weight := 1.0
			if t.Sum != "" {
				weight = killed.Float()
			}
			if weight > 0 {
				all = append(all, eventOf(row, at, weight))
			}
		}
		return nil
	})
	for _, a := range all {
		total := 0.0
		for _, b := range all {
			if b.at <= a.at && b.at > a.at-t.span() && (t.WithinMetres == 0 || measure.Distance(a.place, b.place) <= t.WithinMetres) {
				total += b.weight
			}
		}
		if total >= t.Least {
			out = append(out, a)
		}
	}
	return out
}

func BenchmarkImport(b *testing.B) {
	w := newWorld(b)
	var all []geo.Change
	r := rand.New(rand.NewPCG(1, 1))
	for range 100_000 {
		all = append(all, incident(geo.Add, 0, day(r.IntN(365)), 10*r.Float64(), 10*r.Float64(), int64(r.IntN(4))))
	}
	s := w.commit(all...)
	for desc, body := range map[string]string{
		"plain": `{"collection":"incidents"}`, "threshold": `{"collection":"incidents","threshold":{"least":300,"days":1}}`,
		"together": `{"collection":"incidents","threshold":{"least":8,"days":7,"within_m":20000}}`,
	} {
		rule := rule(b, body)
		b.Run(desc, func(b *testing.B) {
			for b.Loop() {
				if _, err := rule.Evaluate(context.Background(), s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
