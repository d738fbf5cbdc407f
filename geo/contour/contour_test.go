package contour_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo/contour"
	"bivouac/geo/measure"
	"bivouac/geo/shape"
)

// TestAbove draws a cone: its outline at a level is a circle, and that of a
// higher level lies within.
func TestAbove(t *testing.T) {
	const n = 101
	l := contour.Lattice{West: 9, South: -1, LonStep: 0.02, LatStep: 0.02, Columns: n, Rows: n, Values: make([]float64, n*n), Beyond: -9}
	for row := range n {
		for column := range n {
			lon, lat := l.At(column, row)
			l.Values[row*n+column] = 1 - math.Hypot(lon-10, lat)
		}
	}
	wide, narrow := l.Above(0.2), l.Above(0.7)
	for _, c := range []struct {
		area   orb.Geometry
		radius float64
	}{{wide, 0.8}, {narrow, 0.3}} {
		if got, want := measure.PlaneArea(c.area)/measure.PlaneArea(disc(c.radius)), 1.0; math.Abs(got-want) > 2e-3 {
			t.Errorf("radius %v: %v of the circle", c.radius, got)
		}
	}
	if inside, err := shape.Within(narrow, wide); err != nil || !inside {
		t.Errorf("the higher level leaves the lower one, %v", err)
	}
	if l.Above(2) != nil {
		t.Error("a level that is not reached has an area")
	}
}

func disc(radius float64) orb.Polygon {
	ring := orb.Ring{}
	for i := range 720 {
		a := float64(i) * math.Pi / 360
		ring = append(ring, orb.Point{10 + radius*math.Cos(a), radius * math.Sin(a)})
	}
	return orb.Polygon{append(ring, ring[0])}
}

// TestAreasAreValid draws random values, over the date line: areas are valid
// and hold those of higher levels.
func TestAreasAreValid(t *testing.T) {
	const seed, n = 4, 30
	random := rand.New(rand.NewPCG(seed, 0))
	l := contour.Lattice{West: 179.9, South: 10, LonStep: 0.01, LatStep: 0.01, Columns: n, Rows: n, Values: make([]float64, n*n)}
	for i := range l.Values {
		l.Values[i] = random.Float64()
	}
	last := math.Inf(1)
	for _, level := range []float64{0.3, 0.5, 0.7, 0.9} {
		area := l.Above(level)
		if bad := shape.Validate(area); bad != nil {
			t.Errorf("seed %d, level %v: %v", seed, level, bad)
		}
		if size := measure.PlaneArea(area); size >= last || size <= 0 {
			t.Errorf("seed %d, level %v: %v m2 after %v", seed, level, size, last)
		} else {
			last = size
		}
	}
}
