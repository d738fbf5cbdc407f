package measure

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
)

// TestPiecesInOnePlane: shapes whose edges lie on one meridian or on the
// equator, apart from each other, once were found to cross by rounding.
func TestPiecesInOnePlane(t *testing.T) {
	for _, c := range []struct {
		desc string
		a, b orb.Geometry
		// the places that are nearest to each other
		p, q orb.Point
	}{
		{"rectangles above each other", // found by layer.TestAgainstLinearScan
			orb.Polygon{{{-179, -1}, {-178.48089525102992, -1}, {-178.48089525102992, -0.5240185610602381}, {-179, -0.5240185610602381}, {-179, -1}}},
			orb.Polygon{{{-179, -2}, {-178.31004801415926, -2}, {-178.31004801415926, -1.2693945596098004}, {-179, -1.2693945596098004}, {-179, -2}}},
			orb.Point{-179, -1}, orb.Point{-179, -1.2693945596098004}},
		{"lines of a meridian", orb.LineString{{7, 1}, {7, 2}}, orb.LineString{{7, 3}, {7, 5}}, orb.Point{7, 2}, orb.Point{7, 3}},
		{"a metre apart", orb.LineString{{7, 1}, {7, 2}}, orb.LineString{{7, 2.000009}, {7, 5}}, orb.Point{7, 2}, orb.Point{7, 2.000009}},
		{"short ones", orb.LineString{{7, 1}, {7, 1.00001}}, orb.LineString{{7, 1.01}, {7, 1.01001}}, orb.Point{7, 1.00001}, orb.Point{7, 1.01}},
		{"on the equator", orb.LineString{{1, 0}, {2, 0}}, orb.LineString{{2.5, 0}, {9, 0}}, orb.Point{2, 0}, orb.Point{2.5, 0}},
		{"over the date line", orb.LineString{{179, 0}, {179.9, 0}}, orb.LineString{{-179.9, 0}, {-179, 0}}, orb.Point{179.9, 0}, orb.Point{-179.9, 0}},
	} {
		want := Distance(c.p, c.q)
		for range 2 {
			got, err := Between(c.a, c.b)
			if err != nil || math.Abs(got-want) > 1e-4 {
				t.Errorf("%s: %v m, want %v, %v", c.desc, got, want, err)
			}
			c.a, c.b = c.b, c.a
		}
	}
	for _, c := range []struct {
		desc string
		a, b orb.Geometry
	}{
		{"lines that overlap", orb.LineString{{7, 1}, {7, 2}}, orb.LineString{{7, 1.5}, {7, 5}}},
		{"lines that cross", orb.LineString{{7, 1}, {8, 2}}, orb.LineString{{7, 2}, {8, 1}}},
		{"short lines that cross", orb.LineString{{7, 1}, {7.00002, 1.00002}}, orb.LineString{{7, 1.00002}, {7.00002, 1}}},
	} {
		if got, err := Between(c.a, c.b); err != nil || got > 1e-4 {
			t.Errorf("%s: %v m apart, %v", c.desc, got, err)
		}
	}
}
