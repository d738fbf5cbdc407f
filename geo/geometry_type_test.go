package geo_test

import (
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

func TestGeometryTypeHolds(t *testing.T) {
	point, line, area := orb.Point{1, 2}, orb.LineString{{1, 2}, {3, 4}}, orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}
	for _, c := range []struct {
		desc string
		kind geo.GeometryType
		g    orb.Geometry
		want bool
	}{
		{"a point", geo.PointGeometry, point, true},
		{"several points", geo.PointGeometry, orb.MultiPoint{point}, true},
		{"a line among points", geo.PointGeometry, line, false},
		{"a line", geo.LineGeometry, orb.MultiLineString{line}, true},
		{"an area", geo.AreaGeometry, area, true},
		{"an area among lines", geo.LineGeometry, area, false},
		{"a collection of shapes among areas", geo.AreaGeometry, orb.Collection{area}, false},
		{"a collection of shapes among any", geo.AnyGeometry, orb.Collection{area}, true},
		{"a type that is not said", "", point, true},
		{"a point where nothing stands", geo.NoGeometry, point, false},
		{"no place where nothing stands", geo.NoGeometry, nil, true},
	} {
		if got := c.kind.Holds(c.g); got != c.want {
			t.Errorf("%s: %t", c.desc, got)
		}
	}
}

func TestSeesAll(t *testing.T) {
	for _, c := range []struct {
		desc string
		r    geo.Reader
		want bool
	}{
		{"everything", geo.Reader{Ceiling: geo.StrictlyConfidential}, true},
		{"a lower ceiling", geo.Reader{Ceiling: geo.Confidential}, false},
		{"some missions", geo.Reader{Ceiling: geo.StrictlyConfidential, Missions: []string{"MINUSMA"}}, false},
		{"only what all share", geo.Reader{Ceiling: geo.StrictlyConfidential, Missions: []string{}}, false},
	} {
		if got := c.r.SeesAll(); got != c.want {
			t.Errorf("%s: %t", c.desc, got)
		}
	}
}
