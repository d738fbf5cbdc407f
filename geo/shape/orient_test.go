package shape

import (
	"math"
	"testing"

	"bivouac/geo"

	"github.com/paulmach/orb"
)

func TestOrient(t *testing.T) {
	for _, c := range []struct{ desc, in, want string }{
		{"nothing", "", ""},
		{"a point", "POINT(1 2)", "POINT(1 2)"},
		{"a line keeps its direction", "LINESTRING(0 0,0 1,1 1,0 0)", "LINESTRING(0 0,0 1,1 1,0 0)"},
		{"right already", "POLYGON((0 0,1 0,1 1,0 0))", "POLYGON((0 0,1 0,1 1,0 0))"},
		{"outer ring clockwise", "POLYGON((0 0,1 1,1 0,0 0))", "POLYGON((0 0,1 0,1 1,0 0))"},
		{"hole counter-clockwise", "POLYGON((0 0,9 0,9 9,0 0),(3 1,4 1,4 2,3 1))", "POLYGON((0 0,9 0,9 9,0 0),(3 1,4 2,4 1,3 1))"},
		{"no area", "POLYGON((0 0,1 1,2 2,0 0))", "POLYGON((0 0,1 1,2 2,0 0))"},
		{"several in a collection", "GEOMETRYCOLLECTION(MULTIPOLYGON(((0 0,1 1,1 0,0 0))))", "GEOMETRYCOLLECTION(MULTIPOLYGON(((0 0,1 0,1 1,0 0))))"},
	} {
		t.Run(c.desc, func(t *testing.T) {
			in := parse(t, c.in)
			if got := Orient(in); !orb.Equal(got, parse(t, c.want)) {
				t.Errorf("got %v, want %s", got, c.want)
			}
			if !orb.Equal(in, parse(t, c.in)) {
				t.Errorf("the argument was changed to %v", in)
			}
		})
	}
}

func TestEmpty(t *testing.T) {
	for _, c := range []struct {
		desc string
		in   orb.Geometry
		want bool
	}{
		{"nil", nil, true},
		{"a polygon of empty rings", orb.Polygon{{}, {}}, true},
		{"nested emptiness", orb.Collection{orb.Collection{orb.MultiLineString{{}}}, nil}, true},
		{"a point", orb.Point{}, false},
		{"a point that is not a number", orb.Point{math.NaN(), 0}, false},
		{"a bound of one place", orb.Bound{}, false},
	} {
		t.Run(c.desc, func(t *testing.T) {
			if got := Empty(c.in); got != c.want {
				t.Errorf("Empty = %v", got)
			}
		})
	}
}

func TestBound(t *testing.T) {
	for _, c := range []struct {
		desc string
		in   orb.Geometry
		want geo.Box
		ok   bool
	}{
		{"nothing", nil, geo.Box{}, false},
		{"an empty collection", orb.Collection{orb.MultiPoint{}, nil}, geo.Box{}, false},
		{"a bound the wrong way round", orb.Bound{Min: orb.Point{1, 1}}, geo.Box{}, false},
		{"a point", orb.Point{1, 2}, geo.Box{West: 1, South: 2, East: 1, North: 2}, true},
		{"the point 0 0 is not everything", orb.Point{}, geo.NewBox(0, 0, 0, 0), true},
		{"a polygon", orb.Polygon{{{1, 2}, {5, 2}, {3, 7}, {1, 2}}}, geo.Box{West: 1, South: 2, East: 5, North: 7}, true},
		{"parts of a collection", orb.Collection{orb.Point{9, 9}, orb.LineString{{1, 2}, {3, 4}}}, geo.Box{West: 1, South: 2, East: 9, North: 9}, true},
		{"not a number", orb.MultiPoint{{1, 2}, {3, math.NaN()}}, geo.Box{}, false},
		{"infinite", orb.MultiPoint{{1, 2}, {math.Inf(1), 3}}, geo.Box{}, false},
	} {
		t.Run(c.desc, func(t *testing.T) {
			got, ok := Bound(c.in)
			if got != c.want || ok != c.ok || got.Everything() == ok {
				t.Errorf("got %v, %v, want %v, %v", got, ok, c.want, c.ok)
			}
		})
	}
}
