package measure

import (
	"math"

	"github.com/paulmach/orb"
)

// Bulge returns a length in metres that no point of a geodesic edge of g lies
// outside the smallest box of longitudes and latitudes about the vertices of
// g, which straight edges on a map would never leave. It is 0 where there are
// no edges, rounded up by 2 % or so, and half the length of an edge that runs
// so far around the globe that its highest point says little.
//
// Between two places a geodesic rises no farther towards the pole than it does
// between two at the latitude phi of the higher one, as far apart in
// longitude: to atan(tan(phi)/cos(dlon/2)), by Napier's rules on the auxiliary
// sphere.
func Bulge(g orb.Geometry) float64 {
	metres := 0.0
	edges := func(line []orb.Point) {
		for i := 1; i < len(line); i++ {
			metres = max(metres, edgeBulge(line[i-1], line[i], metres))
		}
	}
	switch g := g.(type) {
	case orb.LineString:
		edges(g)
	case orb.Ring:
		edges(g)
	case orb.MultiLineString:
		for _, l := range g {
			edges(l)
		}
	case orb.Polygon:
		for _, r := range g {
			edges(r)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			metres = max(metres, Bulge(p))
		}
	case orb.Collection:
		for _, part := range g {
			metres = max(metres, Bulge(part))
		}
	case orb.Bound:
		edges(g.ToRing())
	}
	return metres
}

const (
	widestEdge  = 170.0 // degrees of longitude; near 180 the ellipsoid turns the way over the pole
	bulgeMargin = 1.02  // what the auxiliary sphere differs from the ellipsoid, and room for rounding
)

// edgeBulge is the bulge of one edge, or anything less than known where it is
// no more than that.
func edgeBulge(a, b orb.Point, known float64) float64 {
	wide := math.Abs(b[0] - a[0])
	if wide > widestEdge {
		return Distance(a, b) / 2
	}
	// At no latitude does an edge so wide rise more: most are short.
	half := wide * degree / 2 * (1 + Flattening)
	if most := half * math.Tan(half/2) * UpperMetresPerRadian; most <= known {
		return 0
	}
	lat := max(math.Abs(a[1]), math.Abs(b[1])) * degree
	rise := math.Atan(math.Tan(lat)/math.Cos(half)) - lat
	return rise * UpperMetresPerRadian * bulgeMargin
}

// EdgeBulge returns no less than Bulge of one edge, at a small part of its cost
// where the edge is no wider than a degree: of such it is up to twice as much.
func EdgeBulge(a, b orb.Point) float64 {
	wide := math.Abs(b[0] - a[0])
	if wide > 1 {
		return edgeBulge(a, b, 0)
	}
	half := wide * degree / 2 * (1 + Flattening)
	return half * half / 2 * UpperMetresPerRadian * bulgeMargin
}
