package measure_test

import (
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
)

// TestFoot holds that an edge asked alone answers as a target of it does.
func TestFoot(t *testing.T) {
	const seed = 5
	r := rand.New(rand.NewPCG(seed, 0))
	for i := range 2000 {
		wide := []float64{1e-4, 0.05, 3, 40}[i%4]
		near := func(p orb.Point) orb.Point {
			return orb.Point{p[0] + wide*(r.Float64()-0.5), max(-90, min(90, p[1]+wide*(r.Float64()-0.5)))}
		}
		p := orb.Point{r.Float64()*340 - 170, r.Float64()*160 - 80}
		a, b := near(p), near(p)
		if i%40 == 0 {
			b = a
		}
		target, err := measure.NewTarget(orb.LineString{a, b})
		if err != nil {
			t.Fatal(err)
		}
		foot, metres := measure.Foot(p, a, b)
		want, far := target.Nearest(p)
		if metres > far+1e-4 || metres < far-1e-4 || measure.Distance(foot, want) > 0.1 {
			t.Fatalf("seed %d, %v to the edge %v %v: %v at %v m, want %v at %v m", seed, p, a, b, foot, metres, want, far)
		}
	}
}

func TestFootAllocatesNothing(t *testing.T) {
	a, b, p := orb.Point{1, 12}, orb.Point{1.01, 12.01}, orb.Point{1.004, 12.002}
	if n := testing.AllocsPerRun(100, func() { measure.Foot(p, a, b) }); n > 0 {
		t.Errorf("%v allocations for a short edge", n)
	}
}
