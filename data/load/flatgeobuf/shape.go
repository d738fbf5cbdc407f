package flatgeobuf

import (
	"math"

	"github.com/paulmach/orb"
)

// Types of shapes.
const (
	point = 1 + iota
	lineString
	polygon
	multiPoint
	multiLineString
	multiPolygon
	collection
)

const mostDeep = 32

// parser reads a shape, with a height for each vertex in their order.
type parser struct {
	buf     *buffer
	z       []float64
	high    bool
	left    int  // bytes that shapes may still fill: parts may point to the same ones again and again
	odd     bool // lists that do not fit together
	unknown byte // a type that is not read
}

// shape returns the shape of a table; kind is the type of all shapes of the
// file, 0 where each says its own. An empty one is nil.
func (p *parser) shape(g table, kind byte, deep int) orb.Geometry {
	if kind == 0 {
		kind = g.byte(6, 0)
	}
	const head = 8
	if p.left -= head; deep > mostDeep || p.left < 0 {
		p.odd = true
		return nil
	}
	switch kind {
	case multiPolygon:
		return p.polygons(g, deep)
	case collection:
		return p.collection(g, deep)
	case point, lineString, polygon, multiPoint, multiLineString:
	default:
		p.unknown = kind
		return nil
	}
	points := p.points(g)
	if len(points) == 0 {
		return nil
	}
	switch kind {
	case point:
		if p.odd = p.odd || len(points) != 1; math.IsNaN(points[0][0]) {
			return nil
		}
		return points[0]
	case lineString:
		return orb.LineString(points)
	case multiPoint:
		return orb.MultiPoint(points)
	}
	parts := p.parts(g, points)
	if kind == polygon {
		out := make(orb.Polygon, len(parts))
		for i := range parts {
			out[i] = parts[i]
		}
		return out
	}
	out := make(orb.MultiLineString, len(parts))
	for i := range parts {
		out[i] = parts[i]
	}
	return out
}

// points reads places and heights.
func (p *parser) points(g table) []orb.Point {
	xy, z := g.floats(1), g.floats(2)
	n := len(xy) / 2
	p.odd = p.odd || len(xy)%2 != 0 || len(z) != 0 && len(z) != n
	if p.left -= 8 * len(xy); p.odd || p.left < 0 {
		p.odd = true
		return nil
	}
	points := make([]orb.Point, n)
	for i := range points {
		points[i] = orb.Point{xy[2*i], xy[2*i+1]}
	}
	if len(z) > 0 {
		p.high = true
		p.z = append(p.z, z...)
		return points
	}
	for range points {
		p.z = append(p.z, math.NaN())
	}
	return points
}

// parts cuts the places where lines or rings end; one part has no ends.
func (p *parser) parts(g table, points []orb.Point) [][]orb.Point {
	ends := g.uint32s(0)
	if len(ends) == 0 {
		return [][]orb.Point{points}
	}
	parts := make([][]orb.Point, 0, len(ends))
	from := 0
	for _, to := range ends {
		if to < from || to > len(points) {
			p.odd = true
			return nil
		}
		parts = append(parts, points[from:to:to])
		from = to
	}
	p.odd = p.odd || from != len(points)
	return parts
}

func (p *parser) polygons(g table, deep int) orb.Geometry {
	var out orb.MultiPolygon
	for _, part := range g.tables(7) {
		if area, ok := p.shape(part, polygon, deep+1).(orb.Polygon); ok {
			out = append(out, area)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func (p *parser) collection(g table, deep int) orb.Geometry {
	var out orb.Collection
	for _, part := range g.tables(7) {
		if shape := p.shape(part, 0, deep+1); shape != nil {
			out = append(out, shape)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}
