package measure

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
)

// flatArea is the signed area in square degrees.
func flatArea(r orb.Ring) float64 {
	sum := 0.0
	for i := 1; i < len(r); i++ {
		sum += (r[i][0] - r[i-1][0]) * (r[i][1] + r[i-1][1]) / 2
	}
	return -sum
}

// checkRings tests what every circle promises.
func checkRings(t *testing.T, desc string, g orb.MultiPolygon) {
	t.Helper()
	for _, p := range g {
		for i, r := range p {
			if len(r) < 4 || !r.Closed() {
				t.Errorf("%s: ring %v is not closed", desc, r)
			}
			if (flatArea(r) > 0) != (i == 0) {
				t.Errorf("%s: ring %d is wound the wrong way", desc, i)
			}
			for j, q := range r {
				if math.Abs(q[0]) > 180 || math.Abs(q[1]) > 90 {
					t.Errorf("%s: %v is off the map", desc, q)
				}
				if j > 0 && q[0] != r[j-1][0] && math.Abs(q[0]-r[j-1][0]) > 180 && math.Abs(q[1]) != 90 {
					t.Errorf("%s: a jump from %v to %v", desc, r[j-1], q)
				}
			}
		}
	}
}

func TestCircleTable(t *testing.T) {
	for _, c := range []struct {
		desc         string
		centre       orb.Point
		radius       float64
		parts, rings int
	}{
		{"plain", orb.Point{2, 16}, 50e3, 1, 1},
		{"tiny", orb.Point{2, 16}, 1, 1, 1},
		{"on the date line", orb.Point{180, 16}, 50e3, 2, 2},
		{"on the other side of it", orb.Point{-180, 16}, 50e3, 2, 2},
		{"just short of it", orb.Point{179.9, 0}, 50e3, 2, 2},
		{"just past it", orb.Point{-179.9, 0}, 50e3, 2, 2},
		{"a pole inside", orb.Point{30, 89.9}, 50e3, 1, 1},
		{"round the north pole", orb.Point{0, 90}, 50e3, 1, 1},
		{"round the south pole", orb.Point{77, -90}, 50e3, 1, 1},
		{"the south pole inside", orb.Point{30, -89.9}, 50e3, 1, 1},
		{"the rim close to a pole", orb.Point{30, 80}, 1116.8e3, 1, 1},
		{"the rim just past a pole", orb.Point{30, 80}, 1117.1e3, 1, 1},
		{"near a pole, over the date line", orb.Point{170, 85}, 500e3, 2, 2},
		{"a hemisphere", orb.Point{30, 40}, 10e6, 1, 1},
		{"both poles inside", orb.Point{30, 0}, 15e6, 1, 1},
		{"both poles inside, the opposite point off the date line", orb.Point{100, 0}, 15e6, 1, 2},
		{"all", orb.Point{30, 0}, 21e6, 1, 1},
		{"nothing", orb.Point{30, 0}, 0, 0, 0},
		{"no radius", orb.Point{30, 0}, math.NaN(), 0, 0},
		{"no place", orb.Point{30, 91}, 1, 0, 0},
	} {
		g := Circle(c.centre, c.radius, 64)
		rings := 0
		for _, p := range g {
			rings += len(p)
		}
		if len(g) != c.parts || rings != c.rings {
			t.Errorf("%s: %d parts of %d rings, want %d and %d: %v", c.desc, len(g), rings, c.parts, c.rings, g)
		}
		checkRings(t, c.desc, g)
	}
}

func TestCircleHoldsWhatIsNear(t *testing.T) {
	r := seeded(t)
	for range 1500 {
		c := anywhere(r)
		switch r.IntN(5) {
		case 0:
			c[0] = math.Copysign(180-math.Pow(10, r.Float64()*5-4), c[0])
		case 1:
			c[1] = math.Copysign(90-math.Pow(10, r.Float64()*5-4), c[1])
		}
		radius := math.Pow(10, 1+r.Float64()*6.25)
		g := Circle(c, radius, 256)
		checkRings(t, "random", g)
		for range 20 {
			p, _ := Direct(c, r.Float64()*360, min(19.99e6, radius*r.Float64()*2))
			d := Distance(c, p)
			if math.Abs(d-radius) < radius*0.02 {
				continue // the chords of the rim
			}
			if got := Inside(p, g); got != (d < radius) {
				t.Fatalf("%v, %g m from %v: inside the circle of %g m is %v: %v", p, d, c, radius, got, g)
			}
		}
	}
}
