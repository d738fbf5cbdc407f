package measure

import (
	"slices"
	"testing"

	"bivouac/geo/randtest"

	"github.com/paulmach/orb"
)

// TestSweepIsNear: a sweep over any stretches gives what asking for each
// point gives.
func TestSweepIsNear(t *testing.T) {
	r := randtest.New(t, 0)
	for _, c := range []struct {
		desc   string
		centre orb.Point
		spread float64
		radius float64
	}{
		{"a mission", orb.Point{-1, 16}, 2, 20e3}, {"the date line", orb.Point{180, -17}, 1, 10e3},
		{"the north pole", orb.Point{0, 89}, 1, 40e3}, {"the globe", orb.Point{0, 0}, 80, 900e3},
		{"coincident ones alone", orb.Point{0, 0}, 1e-4, 0},
	} {
		points := make([]orb.Point, 400)
		for i := range points {
			points[i] = orb.Point{c.centre[0] + (r.Float64()-0.5)*2*c.spread, c.centre[1] + (r.Float64()-0.5)*c.spread}
			if i > 0 && r.IntN(5) == 0 {
				points[i] = points[r.IntN(i)]
			}
		}
		cloud, err := NewCloud(points, c.radius)
		if err != nil {
			t.Fatal(err)
		}
		seen := 0
		for from := 0; from < len(points); from += 37 {
			cloud.Sweep(from, min(from+37, len(points)), func(i int, near []int32) {
				seen++
				want := cloud.Near(nil, i)
				got := slices.Clone(near)
				slices.Sort(want)
				slices.Sort(got)
				if !slices.Equal(got, want) {
					t.Errorf("%s: point %d: %v, asked alone %v", c.desc, i, got, want)
				}
			})
		}
		if seen != len(points) {
			t.Errorf("%s: %d of %d points", c.desc, seen, len(points))
		}
	}
}
