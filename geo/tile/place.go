package tile

import (
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo/crs"
)

// placeOf returns where a geometry is counted as a point: the first of its
// points that lies on the map, the first of all where none does. Points are
// those of a point, a multipoint and a collection; false where there are none.
func placeOf(g orb.Geometry) (place orb.Point, ok bool) {
	switch g := g.(type) {
	case orb.Point:
		return g, true
	case orb.MultiPoint:
		for _, p := range g {
			if !ok || onMap(p[1]) {
				place, ok = p, true
			}
			if onMap(p[1]) {
				break
			}
		}
	case orb.Collection:
		for _, part := range g {
			p, has := placeOf(part)
			if has && (!ok || onMap(p[1])) {
				place, ok = p, true
			}
			if ok && onMap(place[1]) {
				break
			}
		}
	}
	return place, ok
}

func onMap(lat float64) bool { return math.Abs(lat) <= crs.WebMercatorLatitude }

// reaches reports whether a part of a shape may lie on the map.
func reaches(b orb.Bound) bool {
	return b.Min[1] <= crs.WebMercatorLatitude && b.Max[1] >= -crs.WebMercatorLatitude
}

// parts calls line with each line and area with each polygon of a geometry
// that reach the map.
func parts(g orb.Geometry, line func([]orb.Point), area func(orb.Polygon)) {
	switch g := g.(type) {
	case orb.LineString:
		if len(g) > 0 && reaches(g.Bound()) {
			line(g)
		}
	case orb.MultiLineString:
		for _, l := range g {
			parts(l, line, area)
		}
	case orb.Ring:
		parts(orb.Polygon{g}, line, area)
	case orb.Polygon:
		if len(g) > 0 && len(g[0]) > 0 && reaches(g[0].Bound()) {
			area(g)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			parts(p, line, area)
		}
	case orb.Bound:
		parts(g.ToPolygon(), line, area)
	case orb.Collection:
		for _, part := range g {
			parts(part, line, area)
		}
	}
}

// drawn reports whether a part of the geometry is a line or a polygon that
// reaches the map.
func drawn(g orb.Geometry) bool {
	found := false
	parts(g, func([]orb.Point) { found = true }, func(orb.Polygon) { found = true })
	return found
}

// shows reports whether a tile of each zoom shows the geometry.
func shows(g orb.Geometry) bool {
	p, ok := placeOf(g)
	return ok && onMap(p[1]) || drawn(g)
}
