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

// TestFootWithin holds that an edge is passed over only where it is farther than
// the metres, and that most of those are.
func TestFootWithin(t *testing.T) {
	const seed = 6
	r := rand.New(rand.NewPCG(seed, 0))
	passed, farther := 0, 0
	for i := range 5000 {
		wide := []float64{0.05, 1, 8, 80}[i%4]
		a := orb.Point{r.Float64()*340 - 170, r.Float64()*160 - 80}
		b := orb.Point{a[0] + wide*(r.Float64()-0.5), max(-90, min(90, a[1]+wide*(r.Float64()-0.5)))}
		p := orb.Point{a[0] + wide*(r.Float64()-0.5), max(-90, min(90, a[1]+wide*(r.Float64()-0.5)))}
		want, metres := measure.Foot(p, a, b)
		within := metres * (0.5 + r.Float64())
		if i%5 == 0 {
			within = metres
		}
		foot, off, ok := measure.FootWithin(p, a, b, within)
		switch {
		case ok && (foot != want || off != metres):
			t.Fatalf("seed %d: %v to the edge %v %v: %v at %v m, want %v at %v m", seed, p, a, b, foot, off, want, metres)
		case !ok && metres <= within:
			t.Fatalf("seed %d: the edge %v %v is %v m from %v, and passed over within %v m", seed, a, b, metres, p, within)
		case !ok:
			passed++
		}
		if metres > within {
			farther++
		}
	}
	if passed < farther/2 {
		t.Errorf("of %d edges that are farther %d are passed over", farther, passed)
	}
}

func TestFootAllocatesNothing(t *testing.T) {
	a, b, p := orb.Point{1, 12}, orb.Point{1.01, 12.01}, orb.Point{1.004, 12.002}
	if n := testing.AllocsPerRun(100, func() { measure.Foot(p, a, b) }); n > 0 {
		t.Errorf("%v allocations for a short edge", n)
	}
}
