package shape

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// SplitDateLine cuts g where it crosses the date line and reports whether it
// did. An edge whose longitudes differ by more than 180 degrees is read as
// crossing the short way (RFC 7946, 3.1.9 wants such shapes cut). What is cut
// becomes a MultiLineString or MultiPolygon with all parts in -180..180, outer
// rings counter-clockwise, holes clockwise, and the same area in square
// degrees; a Collection stays one, its parts cut. What is not cut comes back
// as it is, and shares its memory. Points and Bounds are never cut. A line
// without a length and a polygon without an area are not cut either.
//
// A ring that goes round a pole is closed along the date line over that pole:
// the one that its mean latitude is nearer to, or the one on the side of a
// hole that goes round it too.
//
// A ring whose edges join -180 to 180 itself, such as a band round the world
// or Antarctica drawn down to -90, is kept as written where reading those
// edges the short way would enclose nothing or a pole, or would turn a sound
// counter-clockwise ring round.
//
// A valid shape stays valid but for one case: where a hole over the date line
// touches its outer ring, the one ring that the two become touches itself.
//
// An invalid polygon is not repaired. One with a ring that is empty or not
// closed is not cut; of others the parts may be anything in range.
//
// A geometry with a coordinate that is not finite or out of range
// ([Validate] says so) comes back as it is, uncut.
func SplitDateLine(g orb.Geometry) (orb.Geometry, bool) {
	if validPositions(g) != nil {
		return g, false
	}
	return split(g)
}

func split(g orb.Geometry) (orb.Geometry, bool) {
	switch g := g.(type) {
	case orb.LineString:
		return splitLines(g, orb.MultiLineString{g})
	case orb.MultiLineString:
		return splitLines(g, g)
	case orb.Ring:
		return splitPolygons(g, orb.MultiPolygon{{g}})
	case orb.Polygon:
		return splitPolygons(g, orb.MultiPolygon{g})
	case orb.MultiPolygon:
		return splitPolygons(g, g)
	case orb.Collection:
		return splitCollection(g)
	}
	return g, false
}

func splitCollection(c orb.Collection) (orb.Geometry, bool) {
	out, cut := slices.Clone(c), false
	for i := range out {
		var did bool
		out[i], did = split(out[i])
		cut = cut || did
	}
	if !cut {
		return c, false
	}
	return out, true
}

func splitLines(whole orb.Geometry, lines orb.MultiLineString) (orb.Geometry, bool) {
	out, cut := orb.MultiLineString{}, false
	for _, line := range lines {
		if hasLongEdge(line) {
			if parts := cutLine(unroll(line)); len(parts) > 0 {
				out, cut = append(out, parts...), true
				continue
			}
		}
		out = append(out, line)
	}
	if !cut {
		return whole, false
	}
	return out, true
}

func splitPolygons(whole orb.Geometry, polygons orb.MultiPolygon) (orb.Geometry, bool) {
	out, cut := orb.MultiPolygon{}, false
	for _, p := range polygons {
		if parts, did := splitPolygon(p); did {
			out, cut = append(out, parts...), true
			continue
		}
		out = append(out, p)
	}
	if !cut {
		return whole, false
	}
	return out, true
}

// long reports whether an edge is read the short way, over the date line.
func long(a, b orb.Point) bool { return math.Abs(b[0]-a[0]) > 180 }

func hasLongEdge[P ~[]orb.Point](path P) bool {
	for i := 1; i < len(path); i++ {
		if long(path[i-1], path[i]) {
			return true
		}
	}
	return false
}

// turned is a position on the unrolled plane: its longitude as written, and
// how many times the date line was crossed eastward on the way to it.
type turned struct {
	at    orb.Point
	world int
}

func (t turned) lon() float64 { return t.at[0] + 360*float64(t.world) }

// unroll follows a path over the date line.
func unroll(path []orb.Point) []turned {
	out, world := make([]turned, len(path)), 0
	for i, p := range path {
		if i > 0 && long(path[i-1], p) {
			world += cmp.Compare(path[i-1][0], p[0]) // from east longitudes to west ones: eastward
		}
		out[i] = turned{p, world}
	}
	return out
}

// asWritten leaves a path as it is on the plane.
func asWritten(path []orb.Point) []turned {
	out := make([]turned, len(path))
	for i, p := range path {
		out[i].at = p
	}
	return out
}

// plane returns a path on the unrolled plane.
func plane(path []turned) []orb.Point {
	out := make([]orb.Point, len(path))
	for i, t := range path {
		out[i] = orb.Point{t.lon(), t.at[1]}
	}
	return out
}

// unrolledArea returns the signed area on the unrolled plane.
func unrolledArea(ring []turned) float64 { return signedArea(plane(ring)) }

// winding returns how often a closed ring goes round eastward.
func winding(ring []turned) int { return ring[len(ring)-1].world - ring[0].world }
