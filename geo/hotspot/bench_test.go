package hotspot_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo/grid"
	"bivouac/geo/hotspot"
)

// hexagons is so many cells about the equator, with a value each.
func hexagons(b *testing.B, rows int) (*grid.Cover, []float64) {
	g := grid.New(grid.NewPlane(orb.Point{0, 0}), grid.Hexagon, 1000)
	r := rand.New(rand.NewPCG(1, 1))
	var points []orb.Point
	for row := range rows {
		for column := range rows {
			points = append(points, g.Centre(grid.Cell{Q: int32(column - row/2), R: int32(row)}))
		}
	}
	cover, _ := g.Occupied(points)
	if len(cover.Cells) != rows*rows {
		b.Fatalf("%d cells", len(cover.Cells))
	}
	values := make([]float64, len(cover.Cells))
	for i := range values {
		values[i] = float64(r.IntN(10))
	}
	return cover, values
}

// BenchmarkGiStar finds the neighbours, 18 of a cell, and the scores.
func BenchmarkGiStar(b *testing.B) {
	for _, rows := range []int{32, 316} {
		cover, values := hexagons(b, rows)
		b.Run(fmt.Sprint(len(values)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				z, err := hotspot.GiStar(values, hotspot.CellBand(cover, 2000))
				if err != nil {
					b.Fatal(err)
				}
				hotspot.Bins(z, true)
			}
		})
	}
}

func BenchmarkLocalMoran(b *testing.B) {
	cover, values := hexagons(b, 100)
	near := hotspot.CellBand(cover, 2000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := hotspot.LocalMoran(context.Background(), values, near, 999, 1, silent); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEmerge(b *testing.B) {
	cover, _ := hexagons(b, 100)
	near := hotspot.CellBand(cover, 2000)
	r := rand.New(rand.NewPCG(1, 1))
	c := hotspot.Cube{Units: 10_000, Steps: 52, Values: make([]float64, 520_000)}
	for i := range c.Values {
		c.Values[i] = float64(r.IntN(5))
	}
	b.ReportAllocs()
	for b.Loop() {
		z, err := c.GiStar(context.Background(), near, 1, silent)
		if err != nil {
			b.Fatal(err)
		}
		c.Emerge(z, true)
	}
}
