package measure_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
	"bivouac/geo/randtest"
)

// TestToEquator has the area of the whole earth, and a band as a polygon.
func TestToEquator(t *testing.T) {
	if got := 4 * math.Pi * measure.ToEquator(90); math.Abs(got-measure.WholeArea()) > 1e-12*got {
		t.Errorf("the earth has %v m2, want %v", got, measure.WholeArea())
	}
	box := orb.Polygon{{{10, 20}, {11, 20}, {11, 30}, {10, 30}, {10, 20}}}
	if got, want := (measure.ToEquator(30)-measure.ToEquator(20))*math.Pi/180, measure.PlaneArea(box); math.Abs(got-want) > 1e-9*want {
		t.Errorf("a band has %v m2, want %v", got, want)
	}
}

func TestFromEquatorIsTheInverse(t *testing.T) {
	r := randtest.New(t, 1)
	for _, lat := range []float64{0, 1e-9, 45, 89, 89.999, 90, -90, -33.3} {
		if got := measure.FromEquator(measure.ToEquator(lat)); math.Abs(got-lat) > 1e-6 {
			t.Errorf("%v comes back as %v", lat, got)
		}
	}
	for range 10_000 {
		lat := 178*r.Float64() - 89
		// The sine holds to its last digits, of which the latitude loses more the nearer the pole.
		if got := measure.FromEquator(measure.ToEquator(lat)); math.Abs(got-lat) > 1e-13/math.Cos(lat*math.Pi/180) {
			t.Fatalf("%v comes back as %v", lat, got)
		}
	}
	if got := measure.FromEquator(-1e20); got != -90 {
		t.Errorf("beyond the pole lies %v", got)
	}
}
