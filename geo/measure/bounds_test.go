package measure

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/randtest"
)

// someBox returns a box of any size, often small, degenerate or at an edge of
// the world.
func someBox(r *rand.Rand) geo.Box {
	size := math.Pow(10, r.Float64()*8-6)
	p := anywhere(r)
	w, h := size*r.Float64(), size*r.Float64()
	switch r.IntN(6) {
	case 0:
		w = 0
	case 1:
		h = 0
	case 2:
		p[0] = 180 - w
	case 3:
		p[0] = -180
	}
	switch r.IntN(8) {
	case 0:
		p[1] = 90 - h
	case 1:
		p[1] = -90
	}
	b := geo.Box{West: p[0], South: p[1], East: min(180, p[0]+w), North: min(90, p[1]+h)}
	b.West, b.South = max(-180, b.West), max(-90, b.South)
	return b
}

// inBox returns a point of the box: a corner, on an edge, or inside.
func inBox(r *rand.Rand, b geo.Box) orb.Point {
	at := func(lo, hi float64) float64 {
		switch r.IntN(4) {
		case 0:
			return lo
		case 1:
			return hi
		}
		return min(hi, lo+r.Float64()*(hi-lo))
	}
	return orb.Point{at(b.West, b.East), at(b.South, b.North)}
}

// somewhere returns a point, often near the box, a pole or the date line, or
// opposite the box.
func somewhere(r *rand.Rand, b geo.Box) orb.Point {
	p := anywhere(r)
	switch r.IntN(8) {
	case 0:
		p[1] = math.Copysign(90, p[1])
	case 1:
		p[0] = math.Copysign(180, p[0])
	case 2:
		p = inBox(r, b)
	case 3, 4:
		p, _ = Direct(inBox(r, b), r.Float64()*360, math.Pow(10, r.Float64()*9-3))
	case 5:
		p = inBox(r, b)
		p = orb.Point{normalLon(p[0] + 180), -p[1]}
	}
	return p
}

func TestBoundsHold(t *testing.T) {
	r := randtest.New(t, 0)
	inside, tight := 0, 0
	for range 20000 {
		b := someBox(r)
		p := somewhere(r, b)
		o := NewOrigin(p)
		lower, upper := o.Bounds(b)
		if got := o.Lower(b, math.Inf(1)); got != lower {
			t.Fatalf("%v to %v: %g alone, %g with the upper bound", p, b, got, lower)
		}
		beyond := lower * 2 * r.Float64()
		early := o.Lower(b, beyond)
		if early != lower && !(early > beyond) {
			t.Fatalf("%v to %v: %g is no reason to stop at %g", p, b, early, beyond)
		}
		least := math.Inf(1)
		for range 20 {
			q := inBox(r, b)
			d := o.Distance(q)
			if !(lower <= d && early <= d && d <= upper) {
				t.Fatalf("%v to %v: %v lies %.9f m away, outside %.9f to %.9f", p, b, q, d, lower, upper)
			}
			least = min(least, d)
		}
		if b.Has(p[0], p[1]) {
			if inside++; lower != 0 {
				t.Fatalf("%v in %v: lower %g", p, b, lower)
			}
		} else if lower > least*0.98 {
			tight++
		}
	}
	if inside < 500 || tight < 5000 {
		t.Errorf("the bounds were hardly tried: %d inside, %d tight", inside, tight)
	}
}

func TestBoundsAreTight(t *testing.T) {
	for _, c := range []struct {
		desc         string
		p            orb.Point
		b            geo.Box
		lower, upper float64 // what a perfect bound would be
	}{
		{"inside", orb.Point{1, 1}, geo.Box{West: 0, South: 0, East: 2, North: 2}, 0, 157e3},
		{"due south", orb.Point{1, 0}, geo.Box{West: 0, South: 1, East: 2, North: 2}, 110574, 247.9e3},
		{"across the date line", orb.Point{179.9, 0}, geo.Box{West: -179.9, South: -1, East: -179, North: 1}, 22263.9, 165e3},
		{"foot inside a tall edge", orb.Point{-30, 10}, geo.Box{West: 0, South: -60, East: 1, North: 60}, 3285e3, 8.24e6},
		{"beyond the pole", orb.Point{180, 89}, geo.Box{West: -1, South: 88, East: 1, North: 89.5}, 167.5e3, 335.1e3},
		{"the pole itself", orb.Point{0, 90}, geo.Box{West: -180, South: 80, East: 180, North: 85}, 558.5e3, 1116.8e3},
		{"everything", orb.Point{0, 0}, geo.Box{}, 0, 20003931},
		{"a point", orb.Point{3, 4}, geo.Box{West: 3, South: 4, East: 3, North: 4}, 0, 0},
	} {
		lower, upper := PointBoxBounds(c.p, c.b)
		if lower > c.lower+0.5 || lower < c.lower*0.989-1e-5 {
			t.Errorf("%s: lower %.1f, perfect is %.1f", c.desc, lower, c.lower)
		}
		if upper < c.upper*0.999 || upper > c.upper*1.013+1e-5 {
			t.Errorf("%s: upper %.1f, perfect is %.1f", c.desc, upper, c.upper)
		}
	}
}

func TestRadians(t *testing.T) {
	r := randtest.New(t, 0)
	for range 50000 {
		p, q := anywhere(r), anywhere(r)
		if r.IntN(2) == 0 {
			q, _ = Direct(p, r.Float64()*360, math.Pow(10, r.Float64()*7))
		}
		dLat, dLon := math.Sin((q[1]-p[1])/2*degree), math.Sin((q[0]-p[0])/2*degree)
		h := dLat*dLat + math.Cos(p[1]*degree)*math.Cos(q[1]*degree)*dLon*dLon
		angle := 2 * math.Atan2(math.Sqrt(h), math.Sqrt(max(0, 1-h)))
		if d := Distance(p, q); d < LowerMetres(angle)-1e-3 || d > UpperMetres(angle)+1e-3 {
			t.Fatalf("%v to %v: %.6f m for %.12f radians", p, q, d, angle)
		}
	}
}
