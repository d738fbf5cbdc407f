// Package shape answers how two shapes stand to each other, and whether a
// shape is one at all: point in polygon, the DE-9IM predicates for every pair
// of types, validity with the reason and the place, the cut along the date
// line, and unions of discs.
//
// Edges are straight in longitude and latitude, and the plane ends at -180
// and 180: 180 east and 180 west are two places here. Pass shapes that cross
// the date line through [SplitDateLine] first.
//
// Which side of a line a point lies on is decided exactly (see measure.Turn), so what
// follows from it alone - [Intersects], [Disjoint], all of [Prepared],
// [Validate], and every question with one point in it - has no tolerance. The
// other predicates build the DE-9IM matrix with simplefeatures, which takes
// places closer than 512 units in the last digit (about 1e-11 degrees, a
// thousandth of a millimetre) for one. simplefeatures is seen by this package
// alone. Of its set operations only those of two shapes are used, behind a
// guard that adds up their areas ([Difference]).
//
// What geodesic discs cover together, how often and within which outline is
// the business of a [Cover].
package shape

import "github.com/paulmach/orb"

// plain writes g with the types of the simple-feature standard alone: a Ring
// becomes a Polygon, and a Bound a Polygon or, where it is flat, a LineString
// or a Point. Nil, and a Bound whose least corner is above its greatest, become
// nil. Collections are left as they are.
func plain(g orb.Geometry) orb.Geometry {
	switch g := g.(type) {
	case orb.Ring:
		if len(g) == 0 {
			return nil
		}
		return orb.Polygon{g}
	case orb.Bound:
		return plainBound(g)
	}
	return g
}

func plainBound(b orb.Bound) orb.Geometry {
	flatX, flatY := b.Min[0] == b.Max[0], b.Min[1] == b.Max[1]
	switch {
	case b.Min[0] > b.Max[0] || b.Min[1] > b.Max[1]:
		return nil
	case flatX && flatY:
		return b.Min
	case flatX || flatY:
		return orb.LineString{b.Min, b.Max}
	}
	return b.ToPolygon()
}

// atoms calls do with every Point, LineString and Polygon of g, in order,
// until do returns false. It reports whether it came to the end. Empty ones
// are passed over.
func atoms(g orb.Geometry, do func(orb.Geometry) bool) bool {
	switch g := plain(g).(type) {
	case orb.Point:
		return do(g)
	case orb.LineString:
		return len(g) == 0 || do(g)
	case orb.Polygon:
		return emptyPolygon(g) || do(g)
	case orb.MultiPoint:
		return each(g, do)
	case orb.MultiLineString:
		return each(g, do)
	case orb.MultiPolygon:
		return each(g, do)
	case orb.Collection:
		return each(g, do)
	}
	return true
}

func each[G orb.Geometry](list []G, do func(orb.Geometry) bool) bool {
	for _, g := range list {
		if !atoms(g, do) {
			return false
		}
	}
	return true
}

// positions calls do with every position of g until do returns false, and
// reports whether it came to the end. Closing positions come twice.
func positions(g orb.Geometry, do func(orb.Point) bool) bool {
	return atoms(g, func(g orb.Geometry) bool {
		switch g := g.(type) {
		case orb.Point:
			return do(g)
		case orb.LineString:
			return along(g, do)
		case orb.Polygon:
			for _, r := range g {
				if !along(r, do) {
					return false
				}
			}
		}
		return true
	})
}

func along(list []orb.Point, do func(orb.Point) bool) bool {
	for _, p := range list {
		if !do(p) {
			return false
		}
	}
	return true
}

// Empty reports whether g is nil or holds no position at all.
func Empty(g orb.Geometry) bool {
	return atoms(g, func(orb.Geometry) bool { return false })
}

// emptyPolygon reports whether no ring of p has a position.
func emptyPolygon(p orb.Polygon) bool {
	for _, r := range p {
		if len(r) > 0 {
			return false
		}
	}
	return true
}
