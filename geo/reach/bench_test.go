package reach_test

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
	"bivouac/geo/network"
	"bivouac/geo/network/country"
	"bivouac/geo/reach"
)

// BenchmarkDraw draws an hour on random roads.
func BenchmarkDraw(b *testing.B) {
	g := graph(b, randomWays(rand.New(rand.NewPCG(1, 0)))...)
	s := reach.NewSearch(g.Travel(plain()), []network.Place{{Segment: 0, Fraction: 0.3}}, false)
	limit := reach.Limit{Millis: 3_600_000, Parts: s.Roads(3_600_000)}
	for name, o := range map[string]reach.Options{"width": {WidthMetres: 200}, "walk": {WidthMetres: 200, WalkKMH: 4, WalkMetres: 2000}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := reach.Draw(context.Background(), g, []reach.Limit{limit}, o); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkCountry draws what is reached in an hour in a made country of a
// million nodes; the search itself is counted apart.
func BenchmarkCountry(b *testing.B) {
	c := country.Make(1_000_000, 1)
	var ways []way
	for arc, head := range c.Head {
		if tail := c.Tail[arc]; tail < head {
			metres := measure.Distance(c.Points[tail], c.Points[head])
			ways = append(ways, way{orb.LineString{c.Points[tail], c.Points[head]}, metres * 3600 / float64(max(c.Millis[arc], 1)), false})
		}
	}
	travel := graph(b, ways...).Travel(plain())
	places := []network.Place{{Segment: int32(travel.Segments() / 2), Fraction: 0.5}}
	b.Run("search", func(b *testing.B) {
		for b.Loop() {
			reach.NewSearch(travel, places, false)
		}
	})
	s := reach.NewSearch(travel, places, false)
	b.Run("area", func(b *testing.B) {
		for b.Loop() {
			limit := reach.Limit{Millis: 3_600_000, Parts: s.Roads(3_600_000)}
			if _, err := reach.Draw(context.Background(), travel.Graph, []reach.Limit{limit}, reach.Options{WidthMetres: 250}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
