package filter

import (
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/shape"
)

// literalShape is the scalar of a shape that was written.
type literalShape struct {
	shape orb.Geometry
	boxes []geo.Box // that hold it, none over the date line
	text  string
}

func (s literalShape) gives() geo.Kind { return geo.KindGeometry }
func (s literalShape) String() string  { return s.text }

func (s literalShape) bind(geo.Table) (func(uint32) geo.Value, error) {
	v := geo.Geometry(s.shape)
	return func(uint32) geo.Value { return v }, nil
}

// shapeScalar compiles a shape, which must be a valid one on the globe.
func (c *compiler) shapeScalar(e *Expr) (scalar, error) {
	out := literalShape{text: e.String()}
	var err error
	if e.name == bbox {
		out.shape, out.boxes, err = c.box(e)
		return out, err
	}
	if out.shape, err = c.geometry(e.name, e.shape); err != nil {
		return nil, err
	}
	if bad := shape.Validate(out.shape); bad != nil {
		return nil, c.wrong(e, "the shape is not valid: %s", bad)
	}
	out.boxes = boxesOf(out.shape)
	return out, nil
}

// boxesOf returns a box for each part of a shape.
func boxesOf(g orb.Geometry) (out []geo.Box) {
	switch g := g.(type) {
	case orb.Collection:
		for _, part := range g {
			out = append(out, boxesOf(part)...)
		}
		return out
	case orb.MultiPolygon:
		for _, part := range g {
			out = append(out, boxesOf(part)...)
		}
		return out
	}
	b := g.Bound()
	return []geo.Box{geo.NewBox(b.Min[0], b.Min[1], b.Max[0], b.Max[1])}
}

// box compiles a BBOX of four edges, or of six with heights, which are read
// and not asked for. One over the date line is two parts.
func (c *compiler) box(e *Expr) (orb.Geometry, []geo.Box, error) {
	n := e.shape.numbers
	switch len(n) {
	case 4:
	case 6:
		n = []float64{n[0], n[1], n[3], n[4]}
	default:
		return nil, nil, c.wrong(e, "BBOX takes 4 edges (west, south, east, north), or 6 with heights, not %d", len(n))
	}
	b, err := geo.CheckBox(n[0], n[1], n[2], n[3])
	if err != nil {
		return nil, nil, c.wrong(e, "%v", err)
	}
	boxes := b.Split()
	var parts orb.Collection
	var polygons orb.MultiPolygon
	for _, b := range boxes {
		part := flat(orb.Bound{Min: orb.Point{b.West, b.South}, Max: orb.Point{b.East, b.North}})
		parts = append(parts, part)
		if p, ok := part.(orb.Polygon); ok {
			polygons = append(polygons, p)
		}
	}
	switch {
	case len(parts) == 1:
		return parts[0], boxes, nil
	case len(parts) == len(polygons):
		return polygons, boxes, nil
	}
	return parts, boxes, nil
}

// flat is a box as the shape that it is: an area, a line or a point.
func flat(b orb.Bound) orb.Geometry {
	width, height := b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]
	switch {
	case width < math.SmallestNonzeroFloat64*2 && height < math.SmallestNonzeroFloat64*2:
		return b.Min
	case width == 0 || height == 0:
		return orb.LineString{b.Min, b.Max}
	}
	return b.ToPolygon()
}

// geometry turns coordinates of a type into a shape. Heights are left out.
func (c *compiler) geometry(name string, from coordinates) (orb.Geometry, error) {
	switch name {
	case "Point":
		return c.position(from)
	case "MultiPoint":
		line, err := c.line(from)
		return orb.MultiPoint(line), err
	case "LineString":
		line, err := c.line(from)
		return orb.LineString(line), err
	case "MultiLineString":
		return partsOf(from, func(p coordinates) (orb.LineString, error) { line, err := c.line(p); return line, err }, orb.MultiLineString(nil))
	case "Polygon":
		return c.polygon(from)
	case "MultiPolygon":
		return partsOf(from, c.polygon, orb.MultiPolygon(nil))
	}
	return partsOf(from, func(p coordinates) (orb.Geometry, error) { return c.geometry(p.name, p) }, orb.Collection(nil))
}

func partsOf[L ~[]G, G any](from coordinates, part func(coordinates) (G, error), out L) (L, error) {
	for _, p := range from.parts {
		g, err := part(p)
		if err != nil {
			return nil, err
		}
		out = append(out, g)
	}
	return out, nil
}

func (c *compiler) polygon(from coordinates) (orb.Polygon, error) {
	return partsOf(from, c.ring, orb.Polygon(nil))
}

func (c *compiler) ring(from coordinates) (orb.Ring, error) {
	line, err := c.line(from)
	if err != nil {
		return nil, err
	}
	if first, last := line[0], line[len(line)-1]; first != last {
		return nil, errorAt(c.text, from.at, "this ring is not closed: it begins at %v %v and ends at %v %v; repeat its first position at its end", first[0], first[1], last[0], last[1])
	}
	return line, nil
}

func (c *compiler) line(from coordinates) ([]orb.Point, error) {
	return partsOf(from, c.position, []orb.Point(nil))
}

func (c *compiler) position(from coordinates) (orb.Point, error) {
	p := orb.Point{from.numbers[0], from.numbers[1]}
	if p[0] < -180 || p[0] > 180 || p[1] < -90 || p[1] > 90 {
		return p, errorAt(c.text, from.at, "%v %v is not on the globe: longitudes lie within -180..180 and latitudes within -90..90; longitude comes first", p[0], p[1])
	}
	return p, nil
}
