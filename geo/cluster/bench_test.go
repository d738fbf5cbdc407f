package cluster

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// evenly draws events over a square degree or more, so that a mean
// neighbourhood holds as many as asked.
func evenly(n int, neighbours, epsMetres float64) *Query {
	r := rand.New(rand.NewPCG(1, 1))
	side := math.Sqrt(float64(n)*math.Pi*epsMetres*epsMetres/neighbours) / 111e3
	q := &Query{Keys: keysFor(n), EpsMetres: epsMetres, MinPoints: 50}
	for range n {
		q.Points = append(q.Points, orb.Point{r.Float64() * side, r.Float64() * side})
	}
	return q
}

func BenchmarkDBSCAN(b *testing.B) {
	for _, n := range []int{1000, 100_000, 1_000_000} {
		q := evenly(n, 50, 1000)
		b.Run(fmt.Sprintf("space/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				mustDBSCAN(b, q)
			}
		})
		r := rand.New(rand.NewPCG(1, 2))
		timed := *q
		timed.EpsTime, timed.MinPoints = 365*geo.Day, 25
		for range n {
			timed.Times = append(timed.Times, geo.Time(r.Int64N(4*365*int64(geo.Day))))
		}
		b.Run(fmt.Sprintf("time/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				mustDBSCAN(b, &timed)
			}
		})
	}
}
