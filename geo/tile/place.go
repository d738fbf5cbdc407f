package tile

import "github.com/paulmach/orb"

// placeOf returns where a geometry is counted as a point: the first of its
// points that lies on the map, the first of all where none does. Points are
// those of a point, a multipoint and a collection; false where there are none.
func (r Grid) placeOf(g orb.Geometry) (place orb.Point, ok bool) {
	switch g := g.(type) {
	case orb.Point:
		return g, true
	case orb.MultiPoint:
		for _, p := range g {
			if !ok || r.onMap(p[1]) {
				place, ok = p, true
			}
			if r.onMap(p[1]) {
				break
			}
		}
	case orb.Collection:
		for _, part := range g {
			p, has := r.placeOf(part)
			if has && (!ok || r.onMap(p[1])) {
				place, ok = p, true
			}
			if ok && r.onMap(place[1]) {
				break
			}
		}
	}
	return place, ok
}

// reaches reports whether a part of a shape may lie on the map.
func (r Grid) reaches(b orb.Bound) bool {
	return b.Min[1] <= r.Latitude() && b.Max[1] >= -r.Latitude()
}

// parts calls line with each line and area with each polygon of a geometry
// that reach the map.
func (r Grid) parts(g orb.Geometry, line func([]orb.Point), area func(orb.Polygon)) {
	switch g := g.(type) {
	case orb.LineString:
		if len(g) > 0 && r.reaches(g.Bound()) {
			line(g)
		}
	case orb.MultiLineString:
		for _, l := range g {
			r.parts(l, line, area)
		}
	case orb.Ring:
		r.parts(orb.Polygon{g}, line, area)
	case orb.Polygon:
		if len(g) > 0 && len(g[0]) > 0 && r.reaches(g[0].Bound()) {
			area(g)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			r.parts(p, line, area)
		}
	case orb.Bound:
		r.parts(g.ToPolygon(), line, area)
	case orb.Collection:
		for _, part := range g {
			r.parts(part, line, area)
		}
	}
}

// drawn reports whether a part of the geometry is a line or a polygon that
// reaches the map.
func (r Grid) drawn(g orb.Geometry) bool {
	found := false
	r.parts(g, func([]orb.Point) { found = true }, func(orb.Polygon) { found = true })
	return found
}

// shows reports whether a tile of each zoom shows the geometry.
func (r Grid) shows(g orb.Geometry) bool {
	p, ok := r.placeOf(g)
	return ok && r.onMap(p[1]) || r.drawn(g)
}
