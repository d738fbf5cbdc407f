package measure

import (
	"math"
	"testing"

	"bivouac/geo/randtest"

	"github.com/paulmach/orb"
)

func TestChordsHold(t *testing.T) {
	r := randtest.New(t, 0)
	for range 50000 {
		p, q := anywhere(r), anywhere(r)
		switch r.IntN(4) {
		case 0, 1:
			q, _ = Direct(p, r.Float64()*360, math.Pow(10, r.Float64()*8-1))
		case 2:
			q = orb.Point{normalLon(p[0] + 180 + r.Float64() - .5), -p[1]}
		}
		s := Distance(p, q)
		c := newVertex(p).place.sub(newVertex(q).place).size()
		if lower, upper := chordLower(c), chordUpper(c); s < lower-1e-7 || s > upper+1e-7 {
			t.Fatalf("%v to %v: %.9f over a chord of %.9f is outside %.9f to %.9f", p, q, s, c, lower, upper)
		}
		if in := chordWithin(s); chordUpper(in) > s*(1+1e-9)+1e-9 && !math.IsInf(in, 1) {
			t.Fatalf("a chord of %.9f may be over more than %.9f", in, s)
		}
		if out := chordBeyond(s); c > out+1e-7 {
			t.Fatalf("a chord of %.9f, beyond %.9f, is over only %.9f", c, out, s)
		}
	}
}

func TestGround(t *testing.T) {
	r := randtest.New(t, 0)
	for range 50000 {
		p := anywhere(r)
		if r.IntN(4) == 0 {
			p[1] = math.Copysign(90-math.Pow(10, r.Float64()*9-9), p[1])
		}
		q, _ := Direct(p, r.Float64()*360, 10e3)
		a, b := newVertex(p), newVertex(q)
		// The middle of the chord, on the ground, against that of the geodesic.
		s, az, _ := Inverse(p, q)
		mid, _ := Direct(p, az, s/2)
		if got := a.place.along(b.place.sub(a.place), 0.5).ground(); Distance(got, mid) > 2e-5 {
			t.Fatalf("%v to %v: the middle %v is %g m from the geodesic's", p, q, got, Distance(got, mid))
		}
	}
}
