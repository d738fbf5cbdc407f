package measure

import "github.com/paulmach/orb"

// Length returns the metres along the geometry's lines, or round its
// polygons, holes included. Points have none, nor has nil. Edges are
// geodesics; one between opposite meridians or wider than half a turn takes
// the short way.
func Length(g orb.Geometry) float64 {
	total := 0.0
	switch g := g.(type) {
	case orb.LineString:
		return lengthOf(g)
	case orb.Ring:
		return lengthOf(g)
	case orb.MultiLineString:
		for _, l := range g {
			total += lengthOf(l)
		}
	case orb.Polygon:
		for _, r := range g {
			total += lengthOf(r)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			total += Length(p)
		}
	case orb.Collection:
		for _, part := range g {
			total += Length(part)
		}
	case orb.Bound:
		return Length(g.ToRing())
	}
	return total
}

func lengthOf[L ~[]orb.Point](points L) float64 {
	total := 0.0
	if len(points) == 0 {
		return total
	}
	from := newEnd(points[0][0], points[0][1])
	for _, p := range points[1:] {
		to := newEnd(p[0], p[1])
		total += metresBetween(&from, &to)
		from = to
	}
	return total
}
