package measure

import (
	"math"
	"testing"

	"bivouac/geo/randtest"

	"github.com/paulmach/orb"
)

// TestOneDistance holds every way of asking a distance to the same bits.
func TestOneDistance(t *testing.T) {
	r := randtest.New(t, 0)
	for range 50000 {
		p, q := anywhere(r), anywhere(r)
		switch r.IntN(4) {
		case 0, 1:
			q, _ = Direct(p, r.Float64()*360, math.Pow(10, r.Float64()*8-2))
		case 2:
			q = orb.Point{normalLon(p[0] + 180 + r.Float64() - .5), -p[1] + min(0.1, 90-math.Abs(p[1]))*r.Float64()}
		}
		want := Distance(p, q)
		o := NewOrigin(p)
		inverse, _, _ := Inverse(p, q)
		bearing, _ := o.DistanceBearing(q)
		target, _ := NewTarget(p)
		back := NewOrigin(q)
		for name, got := range map[string]float64{
			"back": Distance(q, p), "Origin": o.Distance(q), "Origin back": back.Distance(p), "Inverse": inverse,
			"DistanceBearing": bearing, "Target": target.Distance(q), "a turn on": Distance(orb.Point{p[0], p[1]}, q),
			"Length": Length(orb.LineString{p, q}),
		} {
			if got != want {
				t.Fatalf("%v to %v: %v, by %s %v", p, q, want, name, got)
			}
		}
		if !(want >= 0 && want <= HalfMeridianMetres) {
			t.Fatalf("%v to %v: %v", p, q, want)
		}
	}
}

func TestInverseTable(t *testing.T) {
	quarter := HalfMeridianMetres / 2
	for _, c := range []struct {
		desc                 string
		a, b                 orb.Point
		metres, leave, reach float64
	}{
		{"coincident", orb.Point{2, 3}, orb.Point{2, 3}, 0, 0, 0},
		{"coincident over the date line", orb.Point{180, 3}, orb.Point{-180, 3}, 0, 0, 0},
		{"coincident, another turn", orb.Point{2, 3}, orb.Point{362, 3}, 0, 0, 0},
		{"the same pole", orb.Point{2, 90}, orb.Point{77, 90}, 0, 0, 0},
		{"north", orb.Point{2, 0}, orb.Point{2, 90}, quarter, 0, 0},
		{"south", orb.Point{2, 0}, orb.Point{2, -90}, quarter, 180, 180},
		{"from the north pole", orb.Point{10, 90}, orb.Point{40, 0}, quarter, 150, 180},
		{"from the south pole", orb.Point{10, -90}, orb.Point{40, 0}, quarter, 30, 0},
		{"pole to pole", orb.Point{10, 90}, orb.Point{10, -90}, 2 * quarter, 180, 180},
		{"east along the equator", orb.Point{0, 0}, orb.Point{90, 0}, 10018754.171394622, 90, 90},
		{"west along the equator", orb.Point{0, 0}, orb.Point{-90, 0}, 10018754.171394622, 270, 270},
		{"a short step east", orb.Point{0, 0}, orb.Point{1, 0}, 111319.49079327358, 90, 90},
		{"over the date line", orb.Point{179.5, 0}, orb.Point{-179.5, 0}, 111319.49079327358, 90, 90},
		{"opposite on the equator, over a pole", orb.Point{0, 0}, orb.Point{180, 0}, 2 * quarter, 0, 180},
		{"over the pole", orb.Point{0, 89}, orb.Point{180, 89}, 2 * 111693.86492, 0, 180},
	} {
		s, leave, reach := Inverse(c.a, c.b)
		if math.Abs(s-c.metres) > 1e-3 || turnApart(leave, c.leave) > 1e-9 || turnApart(reach, c.reach) > 1e-9 || leave >= 360 || reach >= 360 {
			t.Errorf("%s: %.6f %v %v, want %.6f %v %v", c.desc, s, leave, reach, c.metres, c.leave, c.reach)
		}
		if c.metres == 0 && s != 0 {
			t.Errorf("%s: %g m apart", c.desc, s)
		}
	}
	for _, p := range []orb.Point{{math.NaN(), 0}, {0, math.NaN()}, {0, 90.1}, {0, -91}, {math.Inf(1), 0}, {0, math.Inf(1)}} {
		for _, q := range []orb.Point{{0, 0}, {0.1, 89.9}, {120, -40}} {
			if a, b := Distance(p, q), Distance(q, p); !math.IsNaN(a) || !math.IsNaN(b) {
				t.Errorf("%v to %v: %v and %v", p, q, a, b)
			}
		}
	}
}

func TestDirectByFixtures(t *testing.T) {
	worst := 0.0
	for i, r := range numbers(t, "geodesics.txt") {
		a, want := orb.Point{r[1], r[0]}, orb.Point{r[3], r[2]}
		got, az := Direct(a, r[4], r[6])
		// The azimuths of the fixture have 12 digits: 2e-14 radians.
		off := Distance(got, want)
		worst = max(worst, off)
		if off > 150e-9 {
			t.Errorf("row %d: %v, want %v, %g m off", i+1, got, want, off)
		}
		if math.Abs(got[0]) > 180 {
			t.Errorf("row %d: longitude %v", i+1, got[0])
		}
		if math.Abs(want[1]) < 89 && turnApart(az, r[5]) > 1e-9 {
			t.Errorf("row %d: bearing %v, want %v", i+1, az, r[5])
		}
	}
	t.Logf("worst %.3g m", worst)
}

func TestDirectAndBack(t *testing.T) {
	r := randtest.New(t, 0)
	for range 20000 {
		p, bearing, metres := anywhere(r), r.Float64()*360, math.Pow(10, r.Float64()*9-2)*0.0199
		q, on := Direct(p, bearing, metres)
		s, leave, reach := Inverse(p, q)
		if math.Abs(s-metres) > 20e-9 {
			t.Fatalf("%v by %v %v is %v, which is %v away", p, bearing, metres, q, s)
		}
		arm := min(metres, HalfMeridianMetres-metres) * degree
		if side := max(turnApart(leave, bearing), turnApart(reach, on)) * arm; side > 1e-6 && math.Abs(q[1]) < 89.9 && math.Abs(p[1]) < 89.9 {
			t.Fatalf("%v by %v %v: bearings %v %v, back %v %v: %g m", p, bearing, metres, bearing, on, leave, reach, side)
		}
		if back, _ := Direct(q, on, -metres); Distance(back, p) > 50e-9 {
			t.Fatalf("%v by %v %v and back is %v", p, bearing, metres, back)
		}
	}
}

func TestSinCos(t *testing.T) {
	r := randtest.New(t, 0)
	worst := 0.0
	for range 200000 {
		x := (r.Float64()*2 - 1) * math.Pi / 4
		s, c := sinCosOctant(x)
		worst = max(worst, math.Abs(s-math.Sin(x)), math.Abs(c-math.Cos(x)))
	}
	if worst > 2.3e-16 {
		t.Errorf("off by %g", worst)
	}
	for deg := -360.0; deg <= 360; deg += 90 {
		s, c := sinCos(deg)
		if s != math.Round(math.Sin(deg*degree)) || c != math.Round(math.Cos(deg*degree)) {
			t.Errorf("%v degrees: %v %v", deg, s, c)
		}
	}
}
