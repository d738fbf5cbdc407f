package opening_test

import (
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/network"
	"bivouac/geo/network/country"
	"bivouac/geo/opening"
)

// BenchmarkOpening looks at one candidate after another in a country of 50,000
// nodes, by its change of the roads and, as a yardstick, by all roads anew.
func BenchmarkOpening(b *testing.B) {
	const nodes = 50_000
	k := country.Make(nodes, 1)
	builder := layer.NewBuilder(routes)
	key := geo.Key(0)
	for i, from := range k.Tail {
		if to := k.Head[i]; from < to {
			key++
			status := []string{"open", "closed"}[max(0, i%200-198)]
			f := road("r", status, "all", k.Points[from], k.Points[to])
			f.Key = key
			layertest.Add(b, builder, f)
		}
	}
	l := layertest.Finish(b, builder)
	g, err := network.Build(b.Context(), []network.Source{{Schema: l.Schema(), Each: l.Each}}, network.Options{})
	if err != nil {
		b.Fatal(err)
	}
	if err := g.Order(b.Context(), nil); err != nil {
		b.Fatal(err)
	}
	conditions := network.Conditions{Profile: network.Profiles()[1]}
	travel := g.Travel(conditions)
	r := rand.New(rand.NewPCG(1, 1))
	q := &opening.Question{Hub: 0, Millis: 7_200_000}
	for range 20 {
		at, _ := travel.Snap(k.Points[r.IntN(nodes)], 1e6, travel.Open)
		q.Bases = append(q.Bases, opening.Base{Place: at})
	}
	for range 500 {
		at, _ := travel.Snap(orb.Point(k.Points[r.IntN(nodes)]), 1e6, travel.Open)
		q.Demand = append(q.Demand, opening.Demand{Place: at, People: 100})
	}
	var closed []int32
	for s := range int32(g.Segments()) {
		if g.Way(s).Status == "closed" {
			closed = append(closed, s)
		}
	}
	open := func(s int32) network.Conditions {
		c, key := conditions, g.Way(s).Key
		c.Opened = func(w *network.Way) bool { return w.Key == key }
		return c
	}
	look := func(b *testing.B, t *network.Travel) {
		if _, err := q.Look(b.Context(), t); err != nil {
			b.Fatal(err)
		}
	}
	look(b, travel)
	b.Run("change", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			s := closed[i%len(closed)]
			look(b, travel.With([]int32{s}, open(s)))
		}
	})
	b.Run("anew", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			look(b, g.Travel(open(closed[i%len(closed)])))
		}
	})
}
