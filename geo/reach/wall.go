package reach

import (
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
)

// walls are what nobody walks over or into, in buckets of the sheet.
type walls struct {
	s       *sheet
	edges   [][2]orb.Point
	buckets map[[2]int32][]int32
	areas   []orb.Geometry // in longitudes of the sheet
	bounds  []orb.Bound
}

// bucketSteps is how wide a bucket is, in steps of the sheet.
const bucketSteps = 8

func (s *sheet) wallsOf(g orb.Geometry) *walls {
	if g == nil {
		return nil
	}
	w := &walls{s: s, buckets: map[[2]int32][]int32{}}
	w.add(g)
	if len(w.edges) == 0 {
		return nil
	}
	return w
}

func (w *walls) add(g orb.Geometry) {
	switch g := g.(type) {
	case orb.LineString:
		w.line(g)
	case orb.MultiLineString:
		for _, l := range g {
			w.line(l)
		}
	case orb.Polygon:
		area := make(orb.Polygon, len(g))
		for i, ring := range g {
			area[i] = orb.Ring(w.line(orb.LineString(ring)))
		}
		w.areas, w.bounds = append(w.areas, area), append(w.bounds, area.Bound())
	case orb.MultiPolygon:
		for _, p := range g {
			w.add(p)
		}
	case orb.Collection:
		for _, part := range g {
			w.add(part)
		}
	}
}

// line takes the edges of a line that lie near the sheet.
func (w *walls) line(l orb.LineString) orb.LineString {
	out := make(orb.LineString, len(l))
	for i := range l {
		out[i] = w.s.unroll(l[i])
		if i == 0 {
			continue
		}
		number := int32(len(w.edges))
		w.edges = append(w.edges, [2]orb.Point{out[i-1], out[i]})
		w.visit(out[i-1], out[i], func(bucket [2]int32) bool {
			w.buckets[bucket] = append(w.buckets[bucket], number)
			return false
		})
	}
	return out
}

// visit calls do with the buckets of the box about a line, as far as they lie
// on the sheet, until it says true.
func (w *walls) visit(a, b orb.Point, do func([2]int32) bool) bool {
	bucket := func(x, origin, step float64, n int) int32 {
		at := math.Floor((x - origin) / step / bucketSteps)
		return int32(min(max(at, -1), float64(n/bucketSteps+1)))
	}
	west, east := bucket(min(a[0], b[0]), w.s.West, w.s.LonStep, w.s.Columns), bucket(max(a[0], b[0]), w.s.West, w.s.LonStep, w.s.Columns)
	south, north := bucket(min(a[1], b[1]), w.s.South, w.s.LatStep, w.s.Rows), bucket(max(a[1], b[1]), w.s.South, w.s.LatStep, w.s.Rows)
	for x := west; x <= east; x++ {
		for y := south; y <= north; y++ {
			if do([2]int32{x, y}) {
				return true
			}
		}
	}
	return false
}

// between reports whether a wall stands between two places, or the second lies
// in an area that nobody walks into.
func (w *walls) between(a, b orb.Point) bool {
	met := w.visit(a, b, func(bucket [2]int32) bool {
		for _, e := range w.buckets[bucket] {
			if measure.SegmentsMeet(a, b, w.edges[e][0], w.edges[e][1]) {
				return true
			}
		}
		return false
	})
	return met || w.inside(b)
}

func (w *walls) inside(p orb.Point) bool {
	for i, area := range w.areas {
		if w.bounds[i].Contains(p) && measure.Inside(p, area) {
			return true
		}
	}
	return false
}
