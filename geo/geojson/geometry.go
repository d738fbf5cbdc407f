package geojson

import (
	"math"

	"github.com/paulmach/orb"
)

// AppendPoint adds a point without a height. It is apart from AppendGeometry
// because a point handed over as an orb.Geometry costs an allocation.
func AppendPoint(b []byte, p orb.Point) []byte {
	b = append(b, `{"type":"Point","coordinates":[`...)
	b = AppendNumber(b, p[0])
	b = append(b, ',')
	b = AppendNumber(b, p[1])
	return append(b, "]}"...)
}

// AppendGeometry adds g, null for nil. z is nil or holds one height in metres
// for each vertex in order; a vertex whose height is NaN, or beyond the end of
// z, is written without one. An orb.Ring is written as a Polygon of one ring
// and an orb.Bound as the Polygon of its edges, without heights.
func AppendGeometry(b []byte, g orb.Geometry, z []float64) []byte {
	w := vertices{z: z}
	return w.geometry(b, g)
}

// vertices counts the vertices written, to find the height of each.
type vertices struct {
	z       []float64
	n       int
	project func(orb.Point) orb.Point // nil leaves them as they are
}

func (w *vertices) geometry(b []byte, g orb.Geometry) []byte {
	switch g := g.(type) {
	case nil:
		return append(b, "null"...)
	case orb.Point:
		return append(w.position(append(b, `{"type":"Point","coordinates":`...), g), '}')
	case orb.MultiPoint:
		return append(w.line(append(b, `{"type":"MultiPoint","coordinates":`...), g), '}')
	case orb.LineString:
		return append(w.line(append(b, `{"type":"LineString","coordinates":`...), g), '}')
	case orb.MultiLineString:
		return append(lines(w, append(b, `{"type":"MultiLineString","coordinates":`...), g), '}')
	case orb.Polygon:
		return append(lines(w, append(b, `{"type":"Polygon","coordinates":`...), g), '}')
	case orb.MultiPolygon:
		return append(w.polygons(append(b, `{"type":"MultiPolygon","coordinates":`...), g), '}')
	case orb.Collection:
		return w.collection(b, g)
	case orb.Ring:
		return w.geometry(b, orb.Polygon{g})
	case orb.Bound:
		plain := vertices{project: w.project}
		return plain.geometry(b, g.ToPolygon())
	}
	return append(b, "null"...)
}

func (w *vertices) collection(b []byte, c orb.Collection) []byte {
	b = append(b, `{"type":"GeometryCollection","geometries":[`...)
	for i, g := range c {
		if i > 0 {
			b = append(b, ',')
		}
		b = w.geometry(b, g)
	}
	return append(b, "]}"...)
}

func (w *vertices) polygons(b []byte, m orb.MultiPolygon) []byte {
	b = append(b, '[')
	for i, p := range m {
		if i > 0 {
			b = append(b, ',')
		}
		b = lines(w, b, p)
	}
	return append(b, ']')
}

func lines[L ~[]orb.Point, S ~[]L](w *vertices, b []byte, parts S) []byte {
	b = append(b, '[')
	for i, l := range parts {
		if i > 0 {
			b = append(b, ',')
		}
		b = w.line(b, l)
	}
	return append(b, ']')
}

func (w *vertices) line(b []byte, points []orb.Point) []byte {
	b = append(b, '[')
	for i, p := range points {
		if i > 0 {
			b = append(b, ',')
		}
		b = w.position(b, p)
	}
	return append(b, ']')
}

func (w *vertices) position(b []byte, p orb.Point) []byte {
	if w.project != nil {
		p = w.project(p)
	}
	b = append(b, '[')
	b = AppendNumber(b, p[0])
	b = append(b, ',')
	b = AppendNumber(b, p[1])
	if w.n < len(w.z) && !math.IsNaN(w.z[w.n]) {
		b = append(b, ',')
		b = AppendNumber(b, w.z[w.n])
	}
	w.n++
	return append(b, ']')
}
