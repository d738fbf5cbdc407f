// Package density answers how many events there are for each square kilometre,
// and where more.
//
// It does so in two ways. Cells of equal area (cells.go) count: each figure is
// of its own cell, with the area as its denominator and an exact interval. The
// kernel estimate (surface.go) smooths: each event is spread over a bandwidth,
// and the surface is drawn by areas that hold a share of all (contour.go).
package density

import (
	"bivouac/geo/grid"
	"bivouac/geo/stat"
)

// Cells is counts and rates in the cells of a study area.
type Cells struct {
	Cover      *grid.Cover
	Counts     []int
	Sums       []float64 // of weights
	Dispersion float64   // of the weights, 1 where there are none; see [stat.Scaled]
	Weighted   bool
}

// InCells counts events into cells, given the cell of each. Nil weights are 1
// each.
func InCells(cover *grid.Cover, of []int32, weights []float64) *Cells {
	c := &Cells{Cover: cover, Counts: cover.Counts(of), Sums: cover.Sums(of, weights), Dispersion: 1, Weighted: weights != nil}
	sum, squares := 0.0, 0.0
	for _, w := range weights {
		sum, squares = sum+w, squares+w*w
	}
	if sum > 0 {
		c.Dispersion = squares / sum
	}
	return c
}

// Rate is a number of events, or a sum of weights, by an exposure.
type Rate struct {
	Value float64
	stat.Interval
}

// Per returns the rate of a sum by an exposure, such as square kilometres, with
// Garwood's exact Poisson interval: where events weigh more than 1, of the sum
// scaled by the dispersion of all of them. The exposure must be positive.
func (c *Cells) Per(sum, exposure float64) Rate {
	i, _ := stat.Scaled(sum, c.Dispersion, stat.Confidence)
	return Rate{sum / exposure, stat.Interval{Lower: i.Lower / exposure, Upper: i.Upper / exposure}}
}
