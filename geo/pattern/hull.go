package pattern

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
	"bivouac/geo/shape"
)

// Hull returns the convex hull of the points, its edges straight on the map:
// the smallest area that holds them all, in parts where it crosses the date
// line. Of fewer than three points, and of points on one line, it has no area;
// then it is nil.
func Hull(points []orb.Point) orb.Geometry {
	ring := convex(unrolled(points))
	if len(ring) < 3 {
		return nil
	}
	ring = append(ring, ring[0])
	for i := range ring {
		if ring[i][0] > 180 {
			ring[i][0] -= 360
		}
	}
	hull, _ := shape.SplitDateLine(orb.Polygon{ring})
	return hull
}

// unrolled returns the points with longitudes that go on counting from behind
// the widest empty stretch of the globe, sorted by longitude and latitude.
func unrolled(points []orb.Point) []orb.Point {
	out := slices.Clone(points)
	slices.SortFunc(out, byLon)
	out = slices.Compact(out)
	first, widest := 0, math.Inf(-1)
	for i := range out {
		before := out[(i+len(out)-1)%len(out)][0]
		if i == 0 {
			before -= 360
		}
		if gap := out[i][0] - before; gap > widest {
			first, widest = i, gap
		}
	}
	for i := range first {
		out[i][0] += 360
	}
	return slices.Concat(out[first:], out[:first])
}

func byLon(a, b orb.Point) int {
	switch {
	case a[0] != b[0]:
		return sign(a[0] - b[0])
	}
	return sign(a[1] - b[1])
}

func sign(x float64) int {
	switch {
	case x < 0:
		return -1
	case x > 0:
		return 1
	}
	return 0
}

// convex returns the corners of the hull of sorted points, counter-clockwise
// (Andrew 1979, Another efficient algorithm for convex hulls in two
// dimensions, Information Processing Letters 9).
func convex(points []orb.Point) orb.Ring {
	half := func(points []orb.Point) []orb.Point {
		var out []orb.Point
		for _, p := range points {
			for len(out) > 1 && measure.Turn(out[len(out)-2], out[len(out)-1], p) <= 0 {
				out = out[:len(out)-1]
			}
			out = append(out, p)
		}
		return out
	}
	if len(points) < 3 {
		return nil
	}
	below := half(points)
	back := slices.Clone(points)
	slices.Reverse(back)
	above := half(back)
	ring := orb.Ring(slices.Concat(below[:len(below)-1], above[:len(above)-1]))
	if len(ring) < 3 {
		return nil
	}
	return ring
}
