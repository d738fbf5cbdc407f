package reach_test

import (
	"context"
	"math/rand/v2"
	"testing"

	"bivouac/geo/network"
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
