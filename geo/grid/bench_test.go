package grid_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo/grid"
)

func BenchmarkOccupied(b *testing.B) {
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		r := rand.New(rand.NewPCG(1, 1))
		points := make([]orb.Point, n)
		for i := range points {
			points[i] = orb.Point{-12 + 16*r.Float64(), 10 + 15*r.Float64()}
		}
		g := grid.New(grid.NewPlane(orb.Point{-4, 17}), grid.Hexagon, 10e3)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				g.Occupied(points)
			}
		})
	}
}

// BenchmarkCover covers a star of 1,300 km in about 1,000, 100,000 and a
// million hexagons.
func BenchmarkCover(b *testing.B) {
	area := orb.Polygon{star(orb.Point{96, 20}, 700e3, 500, rand.New(rand.NewPCG(1, 1)))}
	for _, width := range []float64{30e3, 3e3, 1e3} {
		g := grid.New(grid.NewPlane(orb.Point{96, 20}), grid.Hexagon, width)
		b.Run(fmt.Sprint(width), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := g.Cover(context.Background(), area, "area", "cell_m"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
