package density_test

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/density"
	"bivouac/geo/measure"
)

// TestKernelsAreWhole integrates each over the plane.
func TestKernelsAreWhole(t *testing.T) {
	for _, k := range []density.Kernel{density.Quartic, density.Gaussian} {
		const h, steps = 700.0, 20_000
		sum, reach := 0.0, k.Reach(h)
		for i := range steps {
			r := (float64(i) + 0.5) * reach / steps
			sum += 2 * math.Pi * r * k.At(r, h) * reach / steps
		}
		if math.Abs(sum-1) > 1e-6 {
			t.Errorf("%s adds up to %v", k, sum)
		}
		if k.At(reach*1.001, h) != 0 {
			t.Errorf("%s does not end", k)
		}
	}
}

func scatter(r *rand.Rand, n int, centre orb.Point, metres float64) []orb.Point {
	out := make([]orb.Point, n)
	for i := range out {
		out[i], _ = measure.Direct(centre, 360*r.Float64(), metres*math.Sqrt(r.Float64()))
	}
	return out
}

func estimate(t *testing.T, q density.Query) *density.Surface {
	t.Helper()
	s, err := density.Estimate(context.Background(), q, silent)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSurfaceAgainstGeodesics compares cells with the sum of kernels over
// geodesic distances, and the integral with the sum of weights.
func TestSurfaceAgainstGeodesics(t *testing.T) {
	r := seeded(t)
	for _, c := range []struct {
		desc   string
		centre orb.Point
		spread float64
		kernel density.Kernel
		h      float64
		within float64
	}{
		{"a country", orb.Point{96, 20}, 600e3, density.Quartic, 60e3, 2e-4},
		{"a town", orb.Point{-95.4, 29.8}, 20e3, density.Quartic, 2e3, 2e-5},
		{"a country, Gaussian", orb.Point{-4, 16}, 500e3, density.Gaussian, 20e3, 2e-4},
		{"over the date line", orb.Point{179.9, -17}, 100e3, density.Quartic, 30e3, 1e-4},
		{"the south", orb.Point{-70, -50}, 200e3, density.Gaussian, 10e3, 3e-4},
		{"the far north", orb.Point{20, 70}, 200e3, density.Quartic, 50e3, 2e-3},
	} {
		points := scatter(r, 300, c.centre, c.spread)
		weights := make([]float64, len(points))
		total := 0.0
		for i := range weights {
			weights[i] = float64(r.IntN(4))
			total += weights[i]
		}
		s := estimate(t, density.Query{Points: points, Weights: weights, Kernel: c.kernel, BandwidthMetres: c.h, CellMetres: c.h / 8})
		if got := s.Integral(); math.Abs(got/total-1) > 2e-3 {
			t.Errorf("%s: holds %v of %v", c.desc, got, total)
		}
		if s.LargestScaleError > c.within || s.LargestScaleError == 0 {
			t.Errorf("%s: the scale is off by %v", c.desc, s.LargestScaleError)
		}
		peak := slices.Max(s.Values)
		for range 200 {
			column, row := r.IntN(s.Columns), r.IntN(s.Rows)
			lon, lat := s.Middle(column, row)
			want := 0.0
			for i, p := range points {
				want += weights[i] * c.kernel.At(measure.Distance(p, orb.Point{math.Remainder(lon, 360), lat}), c.h)
			}
			// The Gaussian kernel ends with a step of exp(-8) of its height.
			slack := 10 * c.within * peak
			if c.kernel == density.Gaussian {
				slack += 3 * 3.4e-4 * c.kernel.At(0, c.h) * 3
			}
			if got := s.Values[row*s.Columns+column]; math.Abs(got-want) > slack {
				t.Errorf("%s: %v at %v %v, by geodesics %v (peak %v)", c.desc, got, lon, lat, want, peak)
			}
		}
	}
}

// TestSurfaceDoesNotDependOnProcessors, to the last bit, nor on the order of
// the events.
func TestSurfaceDoesNotDependOnProcessors(t *testing.T) {
	r := seeded(t)
	q := density.Query{Points: scatter(r, 500, orb.Point{10, 10}, 50e3), Kernel: density.Quartic, BandwidthMetres: 5e3}
	q.Points = append(q.Points, q.Points[:50]...)
	many := estimate(t, q)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	r.Shuffle(len(q.Points), func(i, j int) { q.Points[i], q.Points[j] = q.Points[j], q.Points[i] })
	if one := estimate(t, q); !slices.Equal(one.Values, many.Values) {
		t.Error("one processor gives another surface than many")
	}
}

// TestOneEvent has circles as contours, of the area that the kernel says.
func TestOneEvent(t *testing.T) {
	const h = 10e3
	s := estimate(t, density.Query{Points: []orb.Point{{44.4, 33.3}}, Kernel: density.Quartic, BandwidthMetres: h, CellMetres: h / 60})
	top := density.Quartic.At(0, h)
	levels := []float64{0.1 * top, 0.5 * top, 0.9 * top}
	contours := s.Contours(levels)
	if len(contours) != 3 {
		t.Fatalf("%d contours", len(contours))
	}
	for i, c := range contours {
		radius2 := h * h * (1 - math.Sqrt(levels[i]/top))
		if got, want := measure.PlaneArea(c.Area), math.Pi*radius2; math.Abs(got/want-1) > 2e-3 {
			t.Errorf("level %d: %v m2, want %v", i, got, want)
		}
		u := 1 - radius2/(h*h)
		if want := 1 - u*u*u; math.Abs(c.Share-want) > 5e-3 {
			t.Errorf("level %d: holds %v, want %v", i, c.Share, want)
		}
	}
	for i, level := range s.Levels([]float64{0.5, 0.9}) {
		share := []float64{0.5, 0.9}[i]
		u := math.Cbrt(1 - share)
		if want := top * u * u; math.Abs(level/want-1) > 0.02 {
			t.Errorf("the area of %v begins at %v, want %v", share, level, want)
		}
	}
}

// TestContoursNest asks at random places: whatever lies in a contour lies in
// all lower ones, and in it is where the surface is as high.
func TestContoursNest(t *testing.T) {
	r := seeded(t)
	for _, centre := range []orb.Point{{96, 20}, {-180, 5}} {
		points := scatter(r, 60, centre, 100e3)
		s := estimate(t, density.Query{Points: points, Kernel: density.Quartic, BandwidthMetres: 25e3, CellMetres: 5e3})
		contours := s.Contours(s.Levels([]float64{0.99, 0.9, 0.75, 0.5, 0.25, 0.05}))
		if len(contours) != 6 {
			t.Fatalf("%d contours", len(contours))
		}
		nested(t, r, contours, centre)
		for i, c := range contours {
			agrees(t, s, c)
			if i > 0 && (c.Share >= contours[i-1].Share || measure.PlaneArea(c.Area) >= measure.PlaneArea(contours[i-1].Area)) {
				t.Errorf("contour %d is as large as the lower one", i)
			}
		}
	}
}

func nested(t *testing.T, r *rand.Rand, contours []density.Contour, centre orb.Point) {
	t.Helper()
	for range 3000 {
		p := scatter(r, 1, centre, 130e3)[0]
		in := true
		for _, c := range contours {
			now := measure.Inside(p, c.Area)
			if now && !in {
				t.Fatalf("%v lies in the area of %v, and not in that of the next lower level", p, c.Level)
			}
			in = now
		}
	}
}

func agrees(t *testing.T, s *density.Surface, c density.Contour) {
	t.Helper()
	for row := range s.Rows {
		for column := range s.Columns {
			lon, lat := s.Middle(column, row)
			high := s.Values[row*s.Columns+column] >= c.Level
			if measure.Inside(orb.Point{math.Remainder(lon, 360), lat}, c.Area) != high {
				t.Fatalf("level %v: the cell %d %d is high: %v", c.Level, column, row, high)
			}
		}
	}
}

func TestBadEstimates(t *testing.T) {
	here := []orb.Point{{10, 10}, {11, 11}}
	for _, c := range []struct {
		desc  string
		q     density.Query
		where string
		says  string
	}{
		{"bandwidth 0", density.Query{Points: here, Kernel: density.Quartic}, "bandwidth_m", "above 0"},
		{"no number", density.Query{Points: here, Kernel: density.Quartic, BandwidthMetres: math.NaN()}, "bandwidth_m", "above 0"},
		{"nothing", density.Query{Kernel: density.Quartic, BandwidthMetres: 1e3}, "collection", "no events"},
		{"cells too wide", density.Query{Points: here, Kernel: density.Quartic, BandwidthMetres: 1e3, CellMetres: 600}, "resolution_m", "half or less"},
		{"too many cells", density.Query{Points: here, Kernel: density.Quartic, BandwidthMetres: 1e3, CellMetres: 10}, "resolution_m", "would do"},
		{"too small a bandwidth for the area", density.Query{Points: []orb.Point{{10, 10}, {60, 50}}, Kernel: density.Quartic, BandwidthMetres: 100}, "resolution_m", "larger bandwidth"},
		{"the pole", density.Query{Points: []orb.Point{{10, 84.9}}, Kernel: density.Quartic, BandwidthMetres: 50e3}, "method", "hexagons"},
		{"round the earth", density.Query{Points: here, Kernel: density.Gaussian, BandwidthMetres: 5e6}, "method", "smaller"},
	} {
		_, err := density.Estimate(context.Background(), c.q, silent)
		var bad *geo.Error
		if !errors.As(err, &bad) || bad.Where != c.where || !strings.Contains(bad.Text, c.says) {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
	stop, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := density.Estimate(stop, density.Query{Points: here, Kernel: density.Quartic, BandwidthMetres: 1e4}, silent); err != context.Canceled {
		t.Errorf("cancelled: %v", err)
	}
}
