package measure

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/randtest"
)

// walk returns a random line of n vertices whose edges are up to the metres.
func walk(r *rand.Rand, n int, metres float64) orb.LineString {
	p := anywhere(r)
	l := orb.LineString{p}
	bearing := r.Float64() * 360
	for len(l) < n {
		bearing += r.Float64()*90 - 45
		p, _ = Direct(p, bearing, metres*r.Float64())
		l = append(l, p)
	}
	return l
}

// dense returns the line with geodesic points at most the step apart.
func dense(l orb.LineString, step float64) []orb.Point {
	out := []orb.Point{l[0]}
	for i := 1; i < len(l); i++ {
		s, az, _ := Inverse(l[i-1], l[i])
		for at := step; at < s; at += step {
			p, _ := Direct(l[i-1], az, at)
			out = append(out, p)
		}
		out = append(out, l[i])
	}
	return out
}

// slowly returns the distance to an edge by ternary search on its geodesic,
// where it has one minimum.
func slowly(p, a, b orb.Point) float64 {
	s, az, _ := Inverse(a, b)
	at := func(m float64) float64 { q, _ := Direct(a, az, m); return Distance(p, q) }
	lo, hi := 0.0, s
	for hi-lo > 1e-5 {
		m1, m2 := lo+(hi-lo)/3, hi-(hi-lo)/3
		if at(m1) < at(m2) {
			hi = m2
		} else {
			lo = m1
		}
	}
	return min(at((lo+hi)/2), min(Distance(p, a), Distance(p, b)))
}

func TestTargetAgainstTernarySearch(t *testing.T) {
	r := randtest.New(t, 0)
	worst := 0.0
	for range 400 {
		l := walk(r, 1+r.IntN(8), math.Pow(10, r.Float64()*5+1))
		target, err := NewTarget(l)
		if err != nil {
			t.Fatal(err)
		}
		for range 5 {
			p, _ := Direct(l[r.IntN(len(l))], r.Float64()*360, math.Pow(10, r.Float64()*9-3))
			want := Distance(p, l[0])
			for i := 1; i < len(l); i++ {
				want = min(want, slowly(p, l[i-1], l[i]))
			}
			foot, got := target.Nearest(p)
			if d := math.Abs(got - want); d > worst {
				worst = d
				if d > 1e-4 {
					t.Errorf("%v to %v: %.6f, by search %.6f", p, l, got, want)
				}
			}
			if d := Distance(foot, p); d != got || target.Distance(p) != got {
				t.Errorf("%v to %v: %.9f, but %.9f to the foot %v", p, l, got, d, foot)
			}
			s, bearing := target.DistanceBearing(p)
			if back, _ := Direct(foot, bearing, s); s != got || Distance(back, p) > 1e-6 {
				t.Errorf("%v to %v: %.6f at %.6f from the foot leads to %v", p, l, s, bearing, back)
			}
		}
	}
	t.Logf("worst %.3g m", worst)
}

func TestTargetAgainstDensePoints(t *testing.T) {
	r := randtest.New(t, 0)
	for range 30 {
		l := walk(r, 2+r.IntN(10), 200e3)
		points := dense(l, 500)
		target, _ := NewTarget(l)
		for range 20 {
			p := anywhere(r)
			if r.IntN(2) == 0 {
				p, _ = Direct(points[r.IntN(len(points))], r.Float64()*360, 3e5*r.Float64())
			}
			o, want := NewOrigin(p), math.Inf(1)
			for _, q := range points {
				want = min(want, o.Distance(q))
			}
			// The foot is at most 250 m from one of the points.
			if got := target.Distance(p); got > want+1e-4 || math.Hypot(got, 250.1) < want {
				t.Fatalf("%v to %v: %.6f, the dense points give %.6f", p, l, got, want)
			}
		}
	}
}

func TestWithinIsDistance(t *testing.T) {
	r := randtest.New(t, 0)
	for range 300 {
		l := walk(r, 1+r.IntN(50), math.Pow(10, r.Float64()*5+1))
		var g orb.Geometry = l
		if r.IntN(3) == 0 && len(l) > 2 && onOneSide(l) {
			g = orb.Polygon{orb.Ring(l)}
		}
		target, _ := NewTarget(g)
		for range 30 {
			p, _ := Direct(l[r.IntN(len(l))], r.Float64()*360, math.Pow(10, r.Float64()*8-1))
			d := target.Distance(p)
			for _, radius := range []float64{d, math.Nextafter(d, 0), d * (1 - 1e-12), d + 1e-6, d - 1e-6, d + 1, d - 1, d * 1.001, d / 1.001, d * 2, d / 2} {
				if target.Within(p, radius) != (d <= radius) {
					t.Fatalf("%v, %v m from %v: within %v is %v", p, d, g, radius, target.Within(p, radius))
				}
			}
		}
	}
}

func onOneSide(l orb.LineString) bool {
	b := l.Bound()
	return b.Max[0]-b.Min[0] < 170
}

func TestTargetBoundsHold(t *testing.T) {
	r := randtest.New(t, 0)
	inside, far := 0, 0
	for range 1500 {
		l := walk(r, 1+r.IntN(30), math.Pow(10, r.Float64()*5+1))
		var g orb.Geometry = l
		if r.IntN(2) == 0 && len(l) > 2 && onOneSide(l) {
			g = orb.Polygon{orb.Ring(l)}
		}
		target, _ := NewTarget(g)
		b := someBox(r)
		p, w := l.Bound().Center(), math.Pow(10, r.Float64()*5-4)
		switch r.IntN(4) {
		case 0, 1:
			p, _ = Direct(l[0], r.Float64()*360, math.Pow(10, r.Float64()*7))
			fallthrough
		case 2: // where a polygon may hold it
			b = geo.Box{West: p[0], South: max(-90, p[1]-w), East: min(180, p[0]+w), North: min(90, p[1]+w)}
		}
		lower, upper := target.Bounds(b)
		if upper == 0 {
			inside++
		}
		if lower > 0 {
			far++
		}
		for range 20 {
			p := inBox(r, b)
			if d := target.Distance(p); !(lower <= d && d <= upper) {
				t.Fatalf("%v to %v: %v lies %.9f m away, outside %.9f to %.9f", g, b, p, d, lower, upper)
			}
		}
	}
	if inside < 3 || far < 300 {
		t.Errorf("the bounds were hardly tried: %d inside, %d away", inside, far)
	}
}

func TestTargetTable(t *testing.T) {
	square := orb.Polygon{{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}, {{4, 4}, {4, 6}, {6, 6}, {6, 4}, {4, 4}}}
	cap := orb.Polygon{{{-180, 80}, {-90, 80}, {0, 80}, {90, 80}, {180, 80}, {180, 90}, {-180, 90}, {-180, 80}}}
	degreeAtEquator := EquatorialRadiusMetres * degree
	for _, c := range []struct {
		desc string
		g    orb.Geometry
		p    orb.Point
		want float64
	}{
		{"a point", orb.Point{1, 0}, orb.Point{2, 0}, degreeAtEquator},
		{"the nearer of two points", orb.MultiPoint{{1, 0}, {5, 0}}, orb.Point{4, 0}, degreeAtEquator},
		{"a line at its end", orb.LineString{{0, 0}, {1, 0}}, orb.Point{2, 0}, degreeAtEquator},
		{"a line at its middle", orb.LineString{{-1, 0}, {1, 0}}, orb.Point{0, 1}, Distance(orb.Point{0, 0}, orb.Point{0, 1})},
		{"on a line", orb.LineString{{-40, 0}, {40, 0}}, orb.Point{1, 0}, 0},
		{"inside a polygon", square, orb.Point{1, 1}, 0},
		{"on its edge", square, orb.Point{10, 3}, 0},
		{"in its hole", square, orb.Point{4.2, 5}, slowly(orb.Point{4.2, 5}, orb.Point{4, 4}, orb.Point{4, 6})},
		{"outside", square, orb.Point{-1, 0}, degreeAtEquator},
		{"over the date line", orb.LineString{{179, 0}, {-179, 0}}, orb.Point{180, 1}, Distance(orb.Point{180, 0}, orb.Point{180, 1})},
		{"beyond the date line", orb.Point{179.5, 0}, orb.Point{-179.5, 0}, degreeAtEquator},
		{"a cap with the pole inside", cap, orb.Point{17, 85}, 0},
		{"the pole itself", cap, orb.Point{0, 90}, 0},
		{"a line over the pole", orb.LineString{{0, 89}, {180, 89}}, orb.Point{90, 90}, 0},
		{"opposite", orb.Point{0, 90}, orb.Point{0, -90}, 20003931.458625447},
		{"opposite a line", orb.LineString{{0, 90}, {0, 80}}, orb.Point{0, -90}, 20003931.458625447 - Distance(orb.Point{0, 90}, orb.Point{0, 80})},
		{"a line of one point", orb.LineString{{1, 1}}, orb.Point{1, 1}, 0},
		{"a ring of one point", orb.Polygon{{{1, 1}, {1, 1}, {1, 1}}}, orb.Point{1, 1}, 0},
		{"a bound", orb.Bound{Min: orb.Point{0, 0}, Max: orb.Point{1, 1}}, orb.Point{2, 0}, degreeAtEquator},
		{"a collection", orb.Collection{orb.Point{9, 9}, nil, orb.LineString{}, orb.Point{0, 0}}, orb.Point{1, 0}, degreeAtEquator},
	} {
		target, err := NewTarget(c.g)
		if err != nil {
			t.Fatalf("%s: %v", c.desc, err)
		}
		if got := target.Distance(c.p); math.Abs(got-c.want) > 1e-5 {
			t.Errorf("%s: %.6f, want %.6f", c.desc, got, c.want)
		}
	}
}

func TestTargetRefuses(t *testing.T) {
	for _, g := range []orb.Geometry{
		nil, orb.MultiPoint{}, orb.LineString{}, orb.Polygon{}, orb.Polygon{{}}, orb.Collection{}, orb.Collection{nil},
		orb.Point{math.NaN(), 0}, orb.LineString{{0, 0}, {math.Inf(1), 0}}, orb.Polygon{{{0, 0}, {1, 91}, {1, 1}}},
	} {
		_, err := NewTarget(g)
		var e *geo.Error
		if !errors.As(err, &e) || e.Code != geo.Invalid || e.Text == "" {
			t.Errorf("%#v: error %v", g, err)
		}
	}
	target, _ := NewTarget(orb.LineString{{0, 0}, {1, 1}})
	for _, p := range []orb.Point{{math.NaN(), 0}, {0, math.Inf(-1)}, {0, 90.1}} {
		if d := target.Distance(p); !math.IsNaN(d) || target.Within(p, math.Inf(1)) {
			t.Errorf("%v: distance %v, within %v", p, d, target.Within(p, math.Inf(1)))
		}
	}
	if target.Within(orb.Point{0, 0}, -1) || target.Within(orb.Point{0, 0}, math.NaN()) || !target.Within(orb.Point{0, 0}, 0) {
		t.Error("a radius below 0 holds nothing, 0 holds the line itself")
	}
}

func TestBetweenTable(t *testing.T) {
	square := orb.Polygon{{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}, {{4, 4}, {4, 6}, {6, 6}, {6, 4}, {4, 4}}}
	for _, c := range []struct {
		desc string
		a, b orb.Geometry
		want float64
	}{
		{"crossing lines", orb.LineString{{0, 0}, {2, 2}}, orb.LineString{{0, 2}, {2, 0}}, 0},
		{"touching ends", orb.LineString{{0, 0}, {2, 2}}, orb.LineString{{2, 2}, {3, 0}}, 0},
		{"lines crossing over the date line", orb.LineString{{179, 1}, {-179, -1}}, orb.LineString{{179, -1}, {-179, 1}}, 0},
		{"a line over the date line and one across the world", orb.LineString{{179, 1}, {-179, 1}}, orb.LineString{{0, 0}, {0, 2}}, Distance(orb.Point{0, 2}, orb.Point{179, 1})},
		{"a point in a polygon", square, orb.Point{1, 1}, 0},
		{"a line in a polygon", square, orb.LineString{{1, 1}, {2, 2}}, 0},
		{"a polygon in a polygon", orb.Polygon{{{1, 1}, {2, 1}, {2, 2}, {1, 1}}}, square, 0},
		{"a point in a hole", square, orb.Point{4.2, 5}, slowly(orb.Point{4.2, 5}, orb.Point{4, 4}, orb.Point{4, 6})},
		{"points in a hole", square, orb.MultiPoint{{5, 5}, {4.2, 5}}, slowly(orb.Point{4.2, 5}, orb.Point{4, 4}, orb.Point{4, 6})},
		{"side by side", square, orb.LineString{{12, -5}, {12, 0}}, Distance(orb.Point{10, 0}, orb.Point{12, 0})},
		{"points", orb.MultiPoint{{0, 0}, {1, 0}}, orb.MultiPoint{{3, 0}, {4, 0}}, 2 * degree * EquatorialRadiusMetres},
		{"poles", orb.Point{7, 90}, orb.LineString{{9, -90}, {9, -89}}, 20003931.458625447 - Distance(orb.Point{9, -90}, orb.Point{9, -89})},
	} {
		for _, pair := range [][2]orb.Geometry{{c.a, c.b}, {c.b, c.a}} {
			got, err := Between(pair[0], pair[1])
			if err != nil || math.Abs(got-c.want) > 1e-4 {
				t.Errorf("%s: %.6f, want %.6f (%v)", c.desc, got, c.want, err)
			}
		}
	}
	if _, err := Between(orb.Point{}, nil); err == nil {
		t.Error("nil has a distance")
	}
}

func TestBetweenAgainstPoints(t *testing.T) {
	r := randtest.New(t, 0)
	for range 150 {
		a := walk(r, 2+r.IntN(20), 60e3)
		b := walk(r, 2+r.IntN(20), 60e3)
		p, _ := Direct(a[0], r.Float64()*360, math.Pow(10, r.Float64()*4+3))
		for i := range b { // bring b near a
			s, az, _ := Inverse(b[0], b[i])
			if i > 0 {
				b[i], _ = Direct(p, az, s)
			}
		}
		b[0] = p
		target, _ := NewTarget(a)
		got := target.To(b)
		want := math.Inf(1)
		for _, q := range dense(b, 200) {
			want = min(want, target.Distance(q))
		}
		if got > want+1e-3 || got < want-100.1 {
			t.Fatalf("%v to %v: %.6f, by points %.6f", a, b, got, want)
		}
		back, _ := NewTarget(b)
		if other := back.To(a); math.Abs(other-got) > 1e-4 {
			t.Fatalf("%v to %v: %.6f, back %.6f", a, b, got, other)
		}
	}
}
