package measure

import (
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
)

func TestStripsUnderGeodesics(t *testing.T) {
	for i, r := range numbers(t, "geodesics.txt") {
		if r[6] > 19.9e6 {
			continue // the strip hangs on which of the shortest ways is taken
		}
		a, b := newEnd(r[1], r[0]), newEnd(r[3], r[2])
		if got := under(&a, &b); math.Abs(got-r[7]) > 0.3 {
			t.Errorf("row %d: %.3f, want %.3f", i+1, got, r[7])
		}
	}
}

func TestAreasByPlanimeter(t *testing.T) {
	whole := 4 * math.Pi * authalicSq
	for i, row := range numbers(t, "areas.txt") {
		var ring orb.Ring
		for j := 2; j < len(row); j += 2 {
			ring = append(ring, orb.Point{row[j+1], row[j]})
		}
		want := math.Abs(row[0])
		want = min(want, whole-want)
		// Both sums round at some 10^-16 of an octant for each vertex.
		limit := 0.05 * float64(len(ring))
		for turn := range 2 {
			if got := Area(ring); math.Abs(got-want) > limit {
				t.Errorf("row %d, %d: %.4f, want %.4f", i+1, turn, got, want)
			}
			slices.Reverse(ring)
		}
		closed := append(slices.Clone(ring), ring[0])
		if got := Area(orb.Polygon{closed}); math.Abs(got-want) > limit {
			t.Errorf("row %d, closed: %.4f, want %.4f", i+1, got, want)
		}
		if got := Length(closed); math.Abs(got-row[1]) > 1e-7 {
			t.Errorf("row %d: round %.9f, want %.9f", i+1, got, row[1])
		}
	}
}

func TestAreaTable(t *testing.T) {
	outer := orb.Ring{{0, 0}, {2, 0}, {2, 2}, {0, 2}, {0, 0}}
	hole := orb.Ring{{1, 1}, {1.5, 1}, {1.5, 1.5}, {1, 1.5}, {1, 1}}
	half := 2 * math.Pi * authalicSq
	for _, c := range []struct {
		desc string
		g    orb.Geometry
		want float64
	}{
		{"nil", nil, 0},
		{"a point", orb.Point{1, 1}, 0},
		{"a line", orb.LineString{{0, 0}, {1, 1}}, 0},
		{"an empty polygon", orb.Polygon{}, 0},
		{"a ring of two", orb.Ring{{0, 0}, {1, 1}}, 0},
		{"a ring there and back", orb.Ring{{0, 0}, {1, 1}, {0, 0}}, 0},
		{"a hole, wound either way", orb.Polygon{outer, hole}, Area(outer) - Area(hole)},
		{"two parts", orb.MultiPolygon{{outer}, {hole}}, Area(outer) + Area(hole)},
		{"a collection", orb.Collection{outer, orb.Point{}, hole}, Area(outer) + Area(hole)},
		{"a hemisphere", orb.Ring{{0, 0}, {120, 0}, {-120, 0}}, half},
		{"a bound", orb.Bound{Min: orb.Point{0, 0}, Max: orb.Point{2, 2}}, Area(outer)},
	} {
		if got := Area(c.g); math.Abs(got-c.want) > 0.1 {
			t.Errorf("%s: %.3f, want %.3f", c.desc, got, c.want)
		}
	}
	if whole := 2 * half; math.Abs(whole-510065621724088.4) > 100 {
		t.Errorf("the ellipsoid has %.1f m2", whole)
	}
}

func TestAreaOverTheEdgeOfTheWorld(t *testing.T) {
	// A cap whose ring runs along the edge of the map and over the pole.
	cap := orb.Ring{{-180, 80}, {-90, 80}, {0, 80}, {90, 80}, {180, 80}, {180, 90}, {-180, 90}, {-180, 80}}
	plain := orb.Ring{{-180, 80}, {-90, 80}, {0, 80}, {90, 80}, {-180, 80}}
	if a, b := Area(cap), Area(plain); math.Abs(a-b) > 0.1 || a < 1e12 {
		t.Errorf("%.2f and %.2f", a, b)
	}
	// A square cut at the date line.
	cut := orb.MultiPolygon{{{{179, 0}, {180, 0}, {180, 1}, {179, 1}}}, {{{-180, 0}, {-179, 0}, {-179, 1}, {-180, 1}}}}
	inner := orb.MultiPolygon{{{{9, 0}, {10, 0}, {10, 1}, {9, 1}}}, {{{10, 0}, {11, 0}, {11, 1}, {10, 1}}}}
	if a, b := Area(cut), Area(inner); math.Abs(a-b) > 0.1 {
		t.Errorf("%.2f and %.2f", a, b)
	}
}
