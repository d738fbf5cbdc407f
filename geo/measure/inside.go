package measure

import (
	"math"

	"github.com/paulmach/orb"
)

// Inside reports whether the point lies in the areas of the geometry, their
// boundaries included. Edges are straight in longitude and latitude, rings
// are closed whether or not the last point repeats the first, and a polygon
// holds what lies in an odd number of its rings, so that holes need no
// particular winding. A multipolygon or a collection holds what one of its
// parts holds; points and lines hold nothing. The answer is exact: a point is
// on a boundary when it is so in rational arithmetic. The geometry may not
// cross the date line (split it first), and the longitude is compared as it is
// written.
func Inside(p orb.Point, g orb.Geometry) bool {
	if !finite(p) {
		return false
	}
	switch g := g.(type) {
	case orb.Polygon:
		return insidePolygon(p, g)
	case orb.MultiPolygon:
		for _, part := range g {
			if insidePolygon(p, part) {
				return true
			}
		}
	case orb.Ring:
		return ringSide(p, g) != outside
	case orb.Bound:
		return g.Contains(p)
	case orb.Collection:
		for _, part := range g {
			if Inside(p, part) {
				return true
			}
		}
	}
	return false
}

func finite(p orb.Point) bool {
	return !math.IsNaN(p[0]-p[0]) && !math.IsNaN(p[1]-p[1])
}

func insidePolygon(p orb.Point, g orb.Polygon) bool {
	odd := false
	for _, r := range g {
		switch ringSide(p, r) {
		case boundary:
			return true
		case inside:
			odd = !odd
		}
	}
	return odd
}

// side is where a point lies with respect to a ring.
type side uint8

const (
	outside side = iota
	inside
	boundary
)

// ringSide counts the edges that a ray to the east crosses.
func ringSide(p orb.Point, r orb.Ring) side {
	if len(r) == 0 {
		return outside
	}
	odd, a := false, r[len(r)-1]
	for _, b := range r {
		switch edgeSide(p, a, b) {
		case boundary:
			return boundary
		case inside:
			odd = !odd
		}
		a = b
	}
	if odd {
		return inside
	}
	return outside
}

// edgeSide returns inside when the ray from p to the east crosses the edge,
// boundary when p lies on it. Of an edge the ray crosses the lower end but
// not the upper.
func edgeSide(p, a, b orb.Point) side {
	above := a[1] > p[1]
	if above == (b[1] > p[1]) {
		if a == p || b == p || a[1] == p[1] && b[1] == p[1] && (a[0] > p[0]) != (b[0] > p[0]) {
			return boundary
		}
		return outside
	}
	if p[0] < a[0] && p[0] < b[0] {
		return inside
	}
	if p[0] > a[0] && p[0] > b[0] {
		return outside
	}
	if above {
		a, b = b, a
	}
	switch Turn(a, b, p) {
	case 1:
		return inside
	case 0:
		return boundary
	}
	return outside
}
