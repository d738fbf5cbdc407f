package shape

import (
	"bivouac/geo"

	"github.com/paulmach/orb"
)

// Relate returns the DE-9IM matrix of a and b: for the interior, boundary and
// exterior of a (rows) and of b (columns) the dimension of what they share, 0,
// 1 or 2, or F for nothing (Clementini and Di Felice 1995; OGC 06-103r4). The
// boundary of a line is its ends that an odd number of its parts have; a
// closed line and a point have none; a collection has those of its parts that
// no other part covers.
//
// What is empty has an exterior alone. Both shapes must be valid: the error is
// a *geo.Error that says why one is not. Where one is a point and the other a
// point, polygon or several polygons, the answer is exact and invalid shapes
// are read as [Prepare] does.
func Relate(a, b orb.Geometry) (string, error) {
	if err := check(a, b); err != nil {
		return "", err
	}
	a, b = plain(a), plain(b)
	if p, ok := a.(orb.Point); ok {
		if m, ok := relatePoint(p, b); ok {
			return m, nil
		}
	}
	if p, ok := b.(orb.Point); ok {
		if m, ok := relatePoint(p, a); ok {
			return transpose(m), nil
		}
	}
	for _, g := range []orb.Geometry{a, b} {
		if bad := Validate(g); bad != nil {
			return "", geo.Errorf(geo.Invalid, "geometry", "shape: %s; correct the shape to relate it", bad)
		}
	}
	return relateSimple(a, b)
}

// relatePoint returns the matrix of a point and a point or polygons; false for
// other types.
func relatePoint(p orb.Point, g orb.Geometry) (string, bool) {
	switch g := g.(type) {
	case orb.Point:
		if p == g {
			return "0FFFFFFF2", true
		}
		return "FF0FFF0F2", true
	case orb.Polygon, orb.MultiPolygon:
		if Empty(g) {
			return "", false
		}
		return [...]string{exterior: "FF0FFF212", boundary: "F0FFFF212", interior: "0FFFFF212"}[locate(g, p)], true
	}
	return "", false
}

func transpose(m string) string {
	return string([]byte{m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]})
}
