package density_test

import (
	"context"
	"fmt"

	"github.com/paulmach/orb"

	"bivouac/geo/density"
	"bivouac/geo/grid"
)

// Three events in two hexagons of 10 km: the fewer, the wider the interval.
func ExampleInCells() {
	points := []orb.Point{{-4, 16}, {-4.01, 16.01}, {-3.8, 16.3}}
	centre, _ := grid.CentreOf(orb.MultiPoint(points))
	cover, of := grid.New(grid.NewPlane(centre), grid.Hexagon, 10_000).Occupied(points)
	cells := density.InCells(cover, of, nil)
	for i, n := range cells.Counts {
		r := cells.Per(cells.Sums[i], cover.Inside[i]/1e6)
		fmt.Printf("%d: %.3f per km2 (%.3f to %.3f)\n", n, r.Value, r.Lower, r.Upper)
	}
	// Output:
	// 2: 0.023 per km2 (0.003 to 0.083)
	// 1: 0.012 per km2 (0.000 to 0.064)
}

// An event spread over 10 km.
func ExampleEstimate() {
	s, err := density.Estimate(context.Background(), density.Query{
		Points: []orb.Point{{-4, 16}}, Kernel: density.Quartic, BandwidthMetres: 10_000, CellMetres: 500,
	}, func(int, int) {})
	if err != nil {
		fmt.Println(err)
		return
	}
	half := s.Contours(s.Levels([]float64{0.5}))[0]
	fmt.Printf("%.3f in all, half of it above %.4f per km2\n", s.Integral(), half.Level*1e6)
	// Output: 1.000 in all, half of it above 0.0061 per km2
}
