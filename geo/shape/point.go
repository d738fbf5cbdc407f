package shape

import (
	"bivouac/geo/measure"

	"github.com/paulmach/orb"
)

// place is where a point lies in a polygon or in several.
type place uint8

const (
	exterior place = iota
	boundary
	interior
)

// hasPoint reports whether p belongs to g, boundaries included.
func hasPoint(g orb.Geometry, p orb.Point) bool {
	return !atoms(g, func(atom orb.Geometry) bool {
		switch a := atom.(type) {
		case orb.Point:
			return a != p
		case orb.LineString:
			return !onPath(a, p)
		}
		return !measure.Inside(p, atom)
	})
}

// locate returns where p lies in g, a Polygon or MultiPolygon.
func locate(g orb.Geometry, p orb.Point) place {
	at := exterior
	atoms(g, func(atom orb.Geometry) bool {
		if !measure.Inside(p, atom) {
			return true
		}
		at = interior
		for _, r := range atom.(orb.Polygon) {
			if onPath(r, p) || len(r) > 0 && holdsPoint(r[len(r)-1], r[0], p) {
				at = boundary
			}
		}
		return at != interior
	})
	return at
}

func onPath(path []orb.Point, p orb.Point) bool {
	for i := range path {
		if holdsPoint(path[max(0, i-1)], path[i], p) {
			return true
		}
	}
	return false
}
