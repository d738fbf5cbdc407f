package measure

import (
	"math"
	"math/rand/v2"
	"testing"

	"bivouac/geo/randtest"

	"github.com/paulmach/orb"
)

// denseRing is n points of a rim.
func denseRing(r *Rim, n int) orb.Ring {
	var out orb.Ring
	for i := range n {
		out = append(out, r.At(360*float64(i)/float64(n)))
	}
	return append(out, out[0])
}

// TestRimArea compares with polygons of many points, whose error falls with
// the square of their number: two of them give the limit.
func TestRimArea(t *testing.T) {
	for _, c := range []struct {
		desc   string
		centre orb.Point
		radius float64
	}{
		{"a kilometre", orb.Point{2, 46}, 999}, {"over one", orb.Point{2, 46}, 1001},
		{"a patrol", orb.Point{2, 16}, 100e3}, {"a long one", orb.Point{2, 46}, 318e3}, {"a longer one", orb.Point{2, 46}, 320e3}, {"a flight", orb.Point{-70, -35}, 1200e3}, {"and farther", orb.Point{-70, -35}, 1400e3},
		{"a pole inside", orb.Point{30, 88}, 400e3}, {"at a pole", orb.Point{0, -90}, 3000e3},
		{"an ocean", orb.Point{10, 40}, 5000e3}, {"a half", orb.Point{10, 40}, 9500e3},
	} {
		r := NewRim(c.centre, c.radius)
		rough, fine := Area(denseRing(&r, 1500)), Area(denseRing(&r, 3000))
		want := fine + (fine-rough)/3
		if got := r.Area(); math.Abs(got-want) > 2e-9*want {
			t.Errorf("%s: %v m2, want %v: %.2g", c.desc, got, want, got/want-1)
		}
	}
	if small := NewRim(orb.Point{2, 16}, 10); math.Abs(small.Area()-100*math.Pi) > 1e-8 {
		t.Errorf("ten metres: %v m2", small.Area())
	}
	// Beyond a half, the disc is what the disc round the far pole leaves.
	far, near := NewRim(orb.Point{0, 90}, 15e6), NewRim(orb.Point{0, -90}, HalfMeridianMetres-15e6)
	if got := far.Area() + near.Area(); math.Abs(got-wholeArea) > 1e-9*wholeArea {
		t.Errorf("two parts of the earth are %v of it", got/wholeArea)
	}
	// The far side is taken for the opposite point's; the rim has only its outside.
	for _, radius := range []float64{12e6, 15e6, 18e6, 19.5e6, 19.89e6} {
		r := NewRim(orb.Point{10, 20}, radius)
		rough, fine := Area(denseRing(&r, 3000)), Area(denseRing(&r, 6000))
		want := wholeArea - fine - (fine-rough)/3
		if got := r.Area(); math.Abs(got-want) > 1e-8*want {
			t.Errorf("radius %v: %v m2, want %v: %.2g", radius, got, want, got/want-1)
		}
	}
}

func TestSector(t *testing.T) {
	r := NewRim(orb.Point{20, 50}, 700e3)
	for _, c := range [][2]float64{{0, 90}, {10, 11}, {100, 350}, {-30, 30}, {300, 700}} {
		polygon := func(n int) float64 {
			var e Enclosure
			last := r.At(c[0])
			e.Leg(r.Centre(), last)
			for i := range n {
				next := r.At(c[0] + (c[1]-c[0])*float64(i+1)/float64(n))
				e.Leg(last, next)
				last = next
			}
			e.Leg(last, r.Centre())
			return e.Area()
		}
		rough, fine := polygon(1000), polygon(2000)
		want := fine + (fine-rough)/3
		if got := r.Sector(c[0], c[1]); math.Abs(got-want) > 1e-8*want {
			t.Errorf("from %v to %v: %v m2, want %v", c[0], c[1], got, want)
		}
	}
}

// TestCrossings: the distances at a crossing are the radii to 10 nm for plain
// discs, and always far under a millimetre; the turns lead there; and one walks
// into the other disc, or out of it, as is said.
func TestCrossings(t *testing.T) {
	rng := randtest.New(t, 1)
	worst, met := 0.0, 0
	for range 20_000 {
		a, b := randomPair(rng)
		m := a.Meet(&b, nil)
		if len(m.Crossings)%2 != 0 {
			t.Fatalf("%v %v and %v %v cross %d times", a.Centre(), a.Radius(), b.Centre(), b.Radius(), len(m.Crossings))
		}
		if p := a.At(rng.Float64() * 360); len(m.Crossings) == 0 && math.Abs(b.beyond(p)) > 1e-6 && b.Holds(p) != m.AInB {
			t.Fatalf("%v %v in %v %v: %v", a.Centre(), a.Radius(), b.Centre(), b.Radius(), m)
		}
		for _, c := range m.Crossings {
			met++
			miss := max(math.Abs(a.beyond(c.At)), math.Abs(b.beyond(c.At)))
			worst = max(worst, miss)
			if miss > 1e-6 {
				t.Errorf("%v %v and %v %v: %v m off", a.Centre(), a.Radius(), b.Centre(), b.Radius(), miss)
			}
			for _, back := range []float64{Distance(a.At(c.TurnA), c.At), Distance(b.At(c.TurnB), c.At)} {
				if back > 1e-5 {
					t.Errorf("%v %v and %v %v: a turn leads %v m off", a.Centre(), a.Radius(), b.Centre(), b.Radius(), back)
				}
			}
			before, after := b.beyond(a.At(c.TurnA-1e-4)), b.beyond(a.At(c.TurnA+1e-4))
			if math.Abs(before-after) > 1e-3 && before > 0 && after < 0 != c.AEnters {
				t.Errorf("%v %v and %v %v: enters %v, from %v to %v", a.Centre(), a.Radius(), b.Centre(), b.Radius(), c.AEnters, before, after)
			}
		}
	}
	t.Logf("%d crossings, %.2g m off at most", met, worst)
	if met < 10_000 {
		t.Errorf("only %d crossings", met)
	}
}

// randomPair returns rims that often cross, touch almost, or lie in each other.
func randomPair(rng *rand.Rand) (Rim, Rim) {
	radius := math.Pow(10, rng.Float64()*7) // to 10,000 km
	if rng.IntN(10) == 0 {
		radius = 19.8e6 * rng.Float64()
	}
	other := min(radius*(0.1+rng.Float64()*2), 19.8e6)
	at := orb.Point{rng.Float64()*360 - 180, math.Asin(rng.Float64()*2-1) / degree}
	away := rng.Float64() * (radius + other)
	switch rng.IntN(6) {
	case 0:
		away = (radius + other) * (1 - math.Pow(10, -rng.Float64()*9))
	case 1:
		away = math.Abs(radius-other) * (1 + math.Pow(10, -rng.Float64()*9))
	}
	to, _ := Direct(at, rng.Float64()*360, min(away, 19.9e6))
	return NewRim(at, radius), NewRim(to, other)
}

// TestPlaneArea compares with geodesic edges through points set close on the
// straight ones.
func TestPlaneArea(t *testing.T) {
	for desc, g := range map[string]orb.Polygon{
		"a square":     {{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}},
		"a large one":  {{{-30, 20}, {40, 10}, {35, 70}, {-30, 60}, {-30, 20}}},
		"with a hole":  {{{-30, 20}, {40, 10}, {35, 70}, {-30, 60}, {-30, 20}}, {{0, 30}, {5, 45}, {10, 30}, {0, 30}}},
		"a thin one":   {{{10, 50}, {60, 50.001}, {60, 50.002}, {10, 50}}},
		"an hourglass": {{{0, -40}, {10, 0}, {0, 40}, {-10, 0}, {0, -40}}},
	} {
		var dense orb.Polygon
		for _, r := range g {
			var path orb.Ring
			for i := 1; i < len(r); i++ {
				for k := range 4000 {
					s := float64(k) / 4000
					path = append(path, orb.Point{r[i-1][0] + s*(r[i][0]-r[i-1][0]), r[i-1][1] + s*(r[i][1]-r[i-1][1])})
				}
			}
			dense = append(dense, append(path, path[0]))
		}
		if got, want := PlaneArea(g), Area(dense); math.Abs(got-want) > 1e-7*want {
			t.Errorf("%s: %v m2, want %v", desc, got, want)
		}
	}
	world := orb.Polygon{{{-180, -90}, {180, -90}, {180, 90}, {-180, 90}, {-180, -90}}}
	if got := PlaneArea(world); math.Abs(got-wholeArea) > 1e-9*wholeArea {
		t.Errorf("the world has %v m2 of %v", got, wholeArea)
	}
}
