package measure_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
	"bivouac/geo/randtest"
)

// scattered are points at all scales: about a pole, over the date line, in
// heaps, and some that coincide.
func scattered(r *rand.Rand, n int) []orb.Point {
	centres := []orb.Point{{0, 0}, {180, 10}, {-179.99, -60}, {30, 90}, {-100, -89.9}, {2, 16}}
	out := make([]orb.Point, 0, n)
	for len(out) < n {
		c := centres[r.IntN(len(centres))]
		p, _ := measure.Direct(c, 360*r.Float64(), math.Pow(10, 7.2*r.Float64()))
		out = append(out, p)
		if r.IntN(10) == 0 {
			out = append(out, p)
		}
	}
	return out[:n]
}

// TestCloudAgainstEveryPair compares with the distance of every pair, at radii
// of which some are exactly the distance of two points.
func TestCloudAgainstEveryPair(t *testing.T) {
	r := randtest.New(t, 1)
	points := scattered(r, 400)
	radii := []float64{0, 0.3, 40, 5_000, 300_000, 2e6, 1.2e7, 2.1e7}
	for range 12 {
		radii = append(radii, measure.Distance(points[r.IntN(len(points))], points[r.IntN(len(points))]))
	}
	for _, radius := range radii {
		cloud, err := measure.NewCloud(points, radius)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range points {
			var want []int32
			for j, q := range points {
				if measure.Distance(p, q) <= radius {
					want = append(want, int32(j))
				}
			}
			got := cloud.NearPoint(nil, p)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Fatalf("%v m of point %d, %v: %v, want %v", radius, i, p, got, want)
			}
			others := cloud.Near(nil, i)
			slices.Sort(others)
			if want = slices.DeleteFunc(want, func(j int32) bool { return int(j) == i }); !slices.Equal(others, want) {
				t.Fatalf("%v m, others of point %d: %v, want %v", radius, i, others, want)
			}
		}
	}
}

func TestCloudRefuses(t *testing.T) {
	for _, c := range []struct {
		desc   string
		points []orb.Point
		radius float64
	}{
		{"a radius below 0", nil, -1},
		{"a radius that is no number", nil, math.NaN()},
		{"a latitude beyond the pole", []orb.Point{{0, 91}}, 5},
		{"a longitude that is no number", []orb.Point{{math.NaN(), 1}}, 5},
	} {
		if _, err := measure.NewCloud(c.points, c.radius); err == nil {
			t.Errorf("%s is taken", c.desc)
		}
	}
}

func BenchmarkCloud(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	points := make([]orb.Point, 1_000_000)
	for i := range points {
		points[i] = orb.Point{-10 + 20*r.Float64(), 10 + 15*r.Float64()}
	}
	const radius = 5_400 // about 50 neighbours
	b.Run("build", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := measure.NewCloud(points, radius); err != nil {
				b.Fatal(err)
			}
		}
	})
	cloud, err := measure.NewCloud(points, radius)
	if err != nil {
		b.Fatal(err)
	}
	var near []int32
	b.Run("near", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			near = cloud.Near(near[:0], i%len(points))
		}
	})
}
