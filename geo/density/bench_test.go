package density_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo/density"
)

// BenchmarkEstimate spreads events over 500 by 500 cells with a bandwidth of
// 20 cells.
func BenchmarkEstimate(b *testing.B) {
	for _, k := range []density.Kernel{density.Quartic, density.Gaussian} {
		for _, n := range []int{1_000, 100_000} {
			r := rand.New(rand.NewPCG(1, 1))
			q := density.Query{Kernel: k, BandwidthMetres: 20e3, CellMetres: 1e3}
			if k == density.Gaussian {
				q.BandwidthMetres = 7e3 // as wide as the other
			}
			for range n {
				q.Points = append(q.Points, orb.Point{-2.2 + 4.4*r.Float64(), -2.2 + 4.4*r.Float64()})
			}
			b.Run(fmt.Sprint(k, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					s, err := density.Estimate(context.Background(), q, silent)
					if err != nil {
						b.Fatal(err)
					}
					b.ReportMetric(float64(s.Columns*s.Rows), "cells")
				}
			})
		}
	}
}

func BenchmarkContours(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	s, err := density.Estimate(context.Background(), density.Query{Points: scatter(r, 5000, orb.Point{0, 10}, 300e3), Kernel: density.Quartic, BandwidthMetres: 20e3, CellMetres: 1300}, silent)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		s.Contours(s.Levels([]float64{0.25, 0.5, 0.75, 0.9, 0.95}))
	}
}
