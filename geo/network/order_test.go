package network_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/randtest"
)

// TestOrder holds that searches by the hierarchy answer as those without, on
// every profile, after records changed that share the order, and after roads
// were added and removed, by the order of the graph before.
func TestOrder(t *testing.T) {
	r := randtest.New(t, 11)
	var before *network.Graph
	for i := range 60 {
		w := randomWorld(r)
		g := w.graph(t)
		if i%3 == 0 {
			before = nil
		}
		for range 3 {
			plain := w.graph(t)
			if err := g.Order(t.Context(), before); err != nil {
				t.Fatal(err)
			}
			before = g
			for _, profile := range append(network.Profiles(), steady().Profile) {
				c := randomConditions(r)
				c.Profile = profile
				sameSearches(t, r, g.Travel(c), plain.Travel(c))
			}
			w = w.changed(r)
			g = updated(t, g, w)
		}
	}
}

// changed is the world with the status of some roads and barriers changed.
func (w world) changed(r *rand.Rand) world {
	out := world{}
	for schema, list := range w {
		out[schema] = slices.Clone(list)
		for i := range out[schema] {
			if status := schema.Field("status"); status >= 0 && r.IntN(3) == 0 {
				values := geo.Values{}
				for k, v := range list[i].values {
					values[k] = v
				}
				values["status"] = geo.String([]string{"open", "closed", "restricted"}[r.IntN(3)])
				out[schema][i].values = values
			}
		}
	}
	return out
}

// updated is the graph after all records of the world were written again.
func updated(t *testing.T, g *network.Graph, w world) *network.Graph {
	t.Helper()
	var changes []network.Changed
	for _, s := range w.sources(t) {
		if s.Schema.Name != "areas" {
			changes = append(changes, network.Changed{Schema: s.Schema, Rows: len(w[schemaOf(s.Schema.Name)]), Each: s.Each})
		}
	}
	next, ok := g.Update(changes)
	if !ok {
		t.Fatal("a change of status is said to change the shape of the graph")
	}
	return next
}

func schemaOf(name string) *geo.Schema {
	for _, s := range []*geo.Schema{&roadSchema, &barrierSchema, &restrictionSchema, &areaSchema} {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// sameSearches compares the answers of two travels in graphs that were made of
// the same records.
func sameSearches(t *testing.T, r *rand.Rand, a, b *network.Travel) {
	t.Helper()
	if !slices.Equal(a.Times, b.Times) {
		t.Fatal("a graph that was updated has other times than one made anew")
	}
	var places []network.Place
	for range 4 {
		if place, ok := a.Snap(p(6*r.Float64(), 6*r.Float64()), 1e6, a.Open); ok {
			places = append(places, place)
		}
	}
	if n := len(places); n > 0 && r.IntN(3) == 0 { // a place at a junction
		if at, ok := a.PlaceAt(int32(r.IntN(a.Nodes()))); ok && a.Open(at.Segment) {
			places[n-1] = at
		}
	}
	if !slices.Equal(a.From(places), b.From(places)) || !slices.Equal(a.To(places), b.To(places)) {
		t.Fatal("one to all differs")
	}
	sameMatrix(t, a, b, places)
	for _, from := range places {
		for _, to := range places {
			samePath(t, a, b, from, to)
		}
	}
}

func sameMatrix(t *testing.T, a, b *network.Travel, places []network.Place) {
	t.Helper()
	first, err := a.Matrix(t.Context(), places, places)
	if err != nil {
		t.Fatal(err)
	}
	second, err := b.Matrix(t.Context(), places, places)
	if err != nil {
		t.Fatal(err)
	}
	for i := range first {
		if !slices.Equal(first[i], second[i]) {
			t.Fatalf("a row of the matrix is %v, want %v", first[i], second[i])
		}
	}
	for _, travel := range []*network.Travel{a, b} {
		sameColumns(t, travel, places, places, first)
		for i := range places { // few points, so that only what lies above them is searched
			sameColumns(t, travel, places, places[i:i+1], first)
		}
	}
}

// sameColumns compares the columns of some of the places with a matrix of all.
func sameColumns(t *testing.T, travel *network.Travel, places, points []network.Place, matrix [][]uint32) {
	t.Helper()
	in, out := travel.Columns(points, false), travel.Columns(points, true)
	from, err := in.From(t.Context(), places...)
	if err != nil {
		t.Fatal(err)
	}
	toward, err := out.From(t.Context(), places...)
	if err != nil {
		t.Fatal(err)
	}
	for i := range places {
		for k, p := range points {
			j := slices.Index(places, p)
			if from[i][k] != matrix[i][j] || toward[i][k] != matrix[j][i] {
				t.Fatalf("%d ms to a point and %d from it; the matrix says %d and %d", from[i][k], toward[i][k], matrix[i][j], matrix[j][i])
			}
		}
	}
}

func samePath(t *testing.T, a, b *network.Travel, from, to network.Place) {
	t.Helper()
	x, okX := a.Path(from, to)
	y, okY := b.Path(from, to)
	if okX != okY || x.Millis != y.Millis {
		t.Fatalf("%d ms, %t; want %d ms, %t", x.Millis, okX, y.Millis, okY)
	}
	if okX {
		checkContinuous(t, a, x)
	}
}

// TestUpdateRefuses holds what changes the shape of the graph.
func TestUpdateRefuses(t *testing.T) {
	roads := []record{road("a", nil, p(0, 0), p(10, 0)), road("b", nil, p(10, 0), p(20, 0))}
	gate := record{shape: p(5, 0), values: geo.Values{"kind": geo.String("gate")}}
	area := record{shape: orb.Polygon{{p(0, 0), p(1, 0), p(1, 1), p(0, 0)}}, values: geo.Values{"wet_months": geo.List(geo.Int(1))}}
	base := world{&roadSchema: roads, &barrierSchema: {gate}, &areaSchema: {area}}
	g := base.graph(t)
	edit := func(schema *geo.Schema, i int, change func(*record)) world {
		w := world{}
		for s, list := range base {
			w[s] = slices.Clone(list)
		}
		change(&w[schema][i])
		return w
	}
	for _, k := range []struct {
		desc   string
		schema *geo.Schema
		world  world
		ok     bool
	}{
		{"a name", &roadSchema, edit(&roadSchema, 0, func(r *record) { r.values = geo.Values{"name": geo.String("N16")} }), true},
		{"a course", &roadSchema, edit(&roadSchema, 0, func(r *record) { r.shape = line(p(0, 0), p(10, 1)) }), false},
		{"a class", &roadSchema, edit(&roadSchema, 0, func(r *record) { r.class = geo.Confidential }), false},
		{"a mission", &roadSchema, edit(&roadSchema, 0, func(r *record) { r.mission = "A" }), false},
		{"a road of an imported network now", &roadSchema, edit(&roadSchema, 0, func(r *record) { r.values = geo.Values{"highway": geo.String("track")} }), false},
		{"a road more", &roadSchema, world{&roadSchema: append(slices.Clone(roads), roads[0])}, false},
		{"a gate that closes", &barrierSchema, edit(&barrierSchema, 0, func(r *record) { r.values = geo.Values{"status": geo.String("closed")} }), true},
		{"a gate elsewhere", &barrierSchema, edit(&barrierSchema, 0, func(r *record) { r.shape = p(6, 0) }), false},
		{"when it rains", &areaSchema, edit(&areaSchema, 0, func(r *record) { r.values = geo.Values{"wet_months": geo.List(geo.Int(2))} }), false},
	} {
		var changes []network.Changed
		for _, s := range k.world.sources(t) {
			if s.Schema.Name == k.schema.Name {
				changes = append(changes, network.Changed{Schema: s.Schema, Rows: len(k.world[k.schema]), Each: s.Each})
			}
		}
		if _, ok := g.Update(changes); ok != k.ok {
			t.Errorf("%s: the shape stays: %t", k.desc, ok)
		}
	}
}

// TestWideJunction begins at a junction of twelve roads that was taken apart,
// so that a search has as many seeds.
func TestWideJunction(t *testing.T) {
	w := world{&barrierSchema: {{shape: p(0, 0), values: geo.Values{"delay_min": geo.Float(1)}}}}
	for i := range 12 {
		w[&roadSchema] = append(w[&roadSchema], road("", nil, p(0, 0), p(float64(i-6), 20)))
	}
	plain, ordered := w.graph(t), w.graph(t)
	if err := ordered.Order(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	a, b := ordered.Travel(steady()), plain.Travel(steady())
	places := []network.Place{snap(t, b, p(0, 0)), snap(t, b, p(3, 20)), snap(t, b, p(-6, 20))}
	if !slices.Equal(a.From(places[:1]), b.From(places[:1])) || !slices.Equal(a.To(places[:1]), b.To(places[:1])) {
		t.Error("one to all differs")
	}
	sameMatrix(t, a, b, places)
	for _, from := range places {
		for _, to := range places {
			samePath(t, a, b, from, to)
		}
	}
}

// TestTravelWith holds that conditions which differ in a few segments give the
// same as if all had been asked anew, with a hierarchy and without.
func TestTravelWith(t *testing.T) {
	r := randtest.New(t, 11)
	for i := range 60 {
		w := randomWorld(r)
		g := w.graph(t)
		if i%2 == 0 {
			if err := g.Order(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
		}
		c := randomConditions(r)
		avoided := map[int32]bool{}
		for range r.IntN(5) {
			avoided[int32(r.IntN(g.Segments()))] = true
		}
		c.Avoid = func(s int32) bool { return avoided[s] }
		base := g.Travel(c)
		base.From(nil)
		for range 4 {
			segments, then := lifted(r, g, c, avoided)
			sameSearches(t, r, base.With(segments, then), w.graph(t).Travel(then))
		}
	}
}

// lifted are the conditions with one road opened, or with nothing avoided, and
// the segments for which they differ.
func lifted(r *rand.Rand, g *network.Graph, c network.Conditions, avoided map[int32]bool) (segments []int32, _ network.Conditions) {
	if r.IntN(2) == 0 {
		c.Avoid = nil
		return slices.Sorted(maps.Keys(avoided)), c
	}
	way := int32(r.IntN(g.Ways()))
	key := g.WayOf(way).Key
	c.Opened = func(w *network.Way) bool { return w.Key == key }
	for s := range int32(g.Segments()) {
		if g.WayNumber(s) == way {
			segments = append(segments, s)
		}
	}
	return segments, c
}
