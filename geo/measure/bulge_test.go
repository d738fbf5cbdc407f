package measure

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// TestBulge walks along geodesics: none leaves the box of its ends by more
// than it may.
func TestBulge(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 5000 {
		a := anywhere(r)
		size := math.Pow(10, r.Float64()*4-2)
		b := orb.Point{max(-180, min(180, a[0]+size*(r.Float64()-0.5))), max(-90, min(90, a[1]+size*(r.Float64()-0.5)))}
		bulge := Bulge(orb.LineString{a, b})
		if quick := EdgeBulge(a, b); quick < bulge {
			t.Fatalf("%v to %v: %v at least, quickly %v", a, b, bulge, quick)
		}
		box := pointBox(a).Union(pointBox(b))
		from, to := newEnd(a[0], a[1]), newEnd(b[0], b[1])
		way := pathBetween(&from, &to)
		sin, cos := unit(way.east1, way.north1)
		l := newLine(&from, sin, cos)
		for share := 0.0; share <= 1; share += 1. / 16 {
			at, _ := l.at(way.metres * share)
			if lower, _ := PointBoxBounds(at, box); lower > bulge+1e-4 {
				t.Fatalf("%v to %v leaves its box by %v at %v, more than %v", a, b, lower, share, bulge)
			}
		}
	}
}

// The figures are L^2 tan(latitude)/8R, which [Target] states.
func TestBulgeFigures(t *testing.T) {
	for _, c := range []struct {
		g      orb.Geometry
		metres float64
	}{
		{orb.LineString{{0, 30}, {0.1555, 30}}, 2.55},
		{orb.LineString{{0, 35}, {10.96, 35}}, 13_700},
		{orb.Polygon{{{0, 0}, {0, 30}, {0.1555, 30}, {0.1555, 0}, {0, 0}}}, 2.55},
		{orb.Collection{orb.Point{1, 1}, orb.MultiLineString{{{0, -30}, {0.1555, -30}}}}, 2.55},
		{orb.LineString{{5, 0}, {5, 80}}, 0},
		{orb.LineString{{5, 0}, {100, 0}}, 0},
		{orb.MultiPoint{{5, 0}, {50, 80}}, 0},
	} {
		if got := Bulge(c.g); math.Abs(got-c.metres) > 0.05*c.metres {
			t.Errorf("Bulge(%v) = %v, want about %v", c.g, got, c.metres)
		}
	}
}

// TestAround asks for places near targets of all kinds: none within the metres
// lies outside the boxes.
func TestAround(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 3000 {
		a := anywhere(r)
		b := orb.Point{max(-180, min(180, a[0]+60*(r.Float64()-0.5))), max(-90, min(90, a[1]+60*(r.Float64()-0.5)))}
		g := []orb.Geometry{a, orb.LineString{a, b}, orb.MultiPoint{a, b}}[r.IntN(3)]
		target, err := NewTarget(g)
		if err != nil {
			t.Fatal(err)
		}
		metres := math.Pow(10, r.Float64()*8-1)
		boxes := target.Around(metres)
		for range 20 {
			p, _ := Direct(a, r.Float64()*360, metres*(r.Float64()*1.2))
			if target.Distance(p) <= metres && !hasPlace(boxes, p) {
				t.Fatalf("%v lies within %v of %v, but outside %v", p, metres, g, boxes)
			}
		}
		for _, box := range boxes {
			if !box.Valid() || box.West > box.East {
				t.Fatalf("within %v of %v: the box %v", metres, g, box)
			}
		}
	}
}

func TestAroundDateLine(t *testing.T) {
	for _, lon := range []float64{180, -180, 540} {
		target, err := NewTarget(orb.Point{lon, 10})
		if err != nil {
			t.Fatal(err)
		}
		for _, metres := range []float64{0, 1000} {
			for _, p := range []orb.Point{{180, 10}, {-180, 10}} {
				if boxes := target.Around(metres); !hasPlace(boxes, p) {
					t.Errorf("%v is not within %v of %v: %v", p, metres, lon, boxes)
				}
			}
		}
	}
}

func hasPlace(boxes []geo.Box, p orb.Point) bool {
	for _, b := range boxes {
		if b.Has(p[0], p[1]) {
			return true
		}
	}
	return false
}
