package pattern_test

import (
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
	"bivouac/geo/pattern"
)

// TestHull holds the corners that Ebdon's example has (methods, 2.2), and the
// cases in which there is no area.
func TestHull(t *testing.T) {
	for _, c := range []struct {
		desc   string
		points []orb.Point
		want   orb.Geometry
	}{
		{"Ebdon's points", []orb.Point{{1, 2}, {2, 3}, {2, 2}, {2, 1}, {3, 4}, {3, 3}, {3, 1}, {4, 4}}, orb.Polygon{{{1, 2}, {2, 1}, {3, 1}, {4, 4}, {3, 4}, {1, 2}}}},
		{"none", nil, nil},
		{"one", []orb.Point{{1, 1}}, nil},
		{"all coincident", []orb.Point{{1, 1}, {1, 1}, {1, 1}}, nil},
		{"a line", []orb.Point{{1, 1}, {2, 2}, {3, 3}}, nil},
		{"over the date line", []orb.Point{{179, 0}, {-179, 0}, {-179, 2}, {179, 2}, {180, 1}},
			orb.MultiPolygon{{{{179, 0}, {180, 0}, {180, 2}, {179, 2}, {179, 0}}}, {{{-180, 0}, {-179, 0}, {-179, 2}, {-180, 2}, {-180, 0}}}}},
	} {
		got := pattern.Hull(c.points)
		if (got == nil) != (c.want == nil) {
			t.Errorf("%s: %v, want %v", c.desc, got, c.want)
			continue
		}
		if got == nil {
			continue
		}
		if a, b := measure.PlaneArea(got), measure.PlaneArea(c.want); a < b*(1-1e-12) || a > b*(1+1e-12) {
			t.Errorf("%s: %v, want %v", c.desc, got, c.want)
		}
		for _, p := range c.points {
			if !measure.Inside(p, got) {
				t.Errorf("%s: %v is not inside %v", c.desc, p, got)
			}
		}
	}
}
