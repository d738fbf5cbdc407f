package filter

import "strings"

// shapeTypes are the types of shapes, by their names in capitals, as GeoJSON names
// them, and how deep their positions lie: 0 for a single one.
var shapeTypes = map[string]struct {
	name  string
	depth int
}{
	"POINT": {"Point", 0}, "MULTIPOINT": {"MultiPoint", 1}, "LINESTRING": {"LineString", 1},
	"MULTILINESTRING": {"MultiLineString", 2}, "POLYGON": {"Polygon", 2}, "MULTIPOLYGON": {"MultiPolygon", 3},
	"GEOMETRYCOLLECTION": {collection, 0}, "BBOX": {bbox, 0},
}

const (
	collection = "GeometryCollection"
	bbox       = "bbox"
)

func isShape(word string) bool { return shapeTypes[strings.ToUpper(word)].name != "" }

// shape reads the rest of a shape in well-known text, or of BBOX.
func (p *parser) shape(word token) (*Expr, error) {
	c, err := p.wkt(word)
	return &Expr{at: word.at, form: aShape, name: c.name, shape: c}, err
}

// wkt reads what follows the name of a type.
func (p *parser) wkt(word token) (coordinates, error) {
	defer func() { p.depth-- }()
	if err := p.deeper(word.at); err != nil {
		return coordinates{}, err
	}
	if _, err := p.accept("Z"); err != nil {
		return coordinates{}, err
	}
	kind := shapeTypes[strings.ToUpper(word.text)]
	var c coordinates
	var err error
	switch kind.name {
	case collection:
		c, err = p.parts(p.member)
	case bbox:
		c, err = p.edges()
	case "Point":
		c, err = p.parts(p.position)
		if err == nil && len(c.parts) != 1 {
			err = p.wrong(word.at, "a point has one position")
		}
		if err == nil {
			c = c.parts[0]
		}
	case "MultiPoint":
		c, err = p.parts(p.pointOfMany)
	default:
		c, err = p.nested(kind.depth)
	}
	c.name = kind.name
	return c, err
}

// nested reads positions in brackets within brackets.
func (p *parser) nested(depth int) (coordinates, error) {
	if depth == 1 {
		return p.parts(p.position)
	}
	return p.parts(func() (coordinates, error) { return p.nested(depth - 1) })
}

// parts reads parts with commas between them, in brackets.
func (p *parser) parts(part func() (coordinates, error)) (coordinates, error) {
	out := coordinates{at: p.now.at}
	if err := p.expect("(", "and coordinates"); err != nil {
		return out, err
	}
	for {
		c, err := part()
		if err != nil {
			return out, err
		}
		out.parts = append(out.parts, c)
		more, err := p.accept(",")
		if err != nil {
			return out, err
		}
		if !more {
			return out, p.expect(")", "or a comma behind the coordinates")
		}
	}
}

// member reads a shape of a collection.
func (p *parser) member() (coordinates, error) {
	word := p.now
	if word.kind != name || !isShape(word.text) || word.is("BBOX") {
		return coordinates{}, p.expected("expected a shape such as POINT(8 47)")
	}
	if err := p.advance(); err != nil {
		return coordinates{}, err
	}
	return p.wkt(word)
}

// pointOfMany reads a position with or without brackets.
func (p *parser) pointOfMany() (coordinates, error) {
	if !p.now.is("(") {
		return p.position()
	}
	if err := p.advance(); err != nil {
		return coordinates{}, err
	}
	c, err := p.position()
	if err != nil {
		return c, err
	}
	return c, p.expect(")", "behind the position")
}

// position reads a longitude, a latitude and perhaps a height.
func (p *parser) position() (coordinates, error) {
	c := coordinates{at: p.now.at}
	if err := p.vertex(c.at); err != nil {
		return c, err
	}
	for len(c.numbers) < 2 || len(c.numbers) < 3 && (p.now.kind == number || p.now.is("-") || p.now.is("+")) {
		x, err := p.coordinate()
		if err != nil {
			return c, err
		}
		c.numbers = append(c.numbers, x)
	}
	return c, nil
}

func (p *parser) coordinate() (float64, error) {
	if p.now.kind != number && !p.now.is("-") && !p.now.is("+") {
		return 0, p.expected("expected a coordinate in degrees; a position is a longitude and a latitude, such as 8.5 47.4")
	}
	e, err := p.signed()
	if err != nil {
		return 0, err
	}
	if e.form != aLiteral {
		return 0, p.wrong(e.at, "expected a coordinate, not a calculation")
	}
	return e.literal.value.Float(), nil
}

// edges reads the four or six edges of BBOX.
func (p *parser) edges() (coordinates, error) {
	c, err := p.parts(func() (coordinates, error) {
		at := p.now.at
		x, err := p.coordinate()
		return coordinates{at: at, numbers: []float64{x}}, err
	})
	if err != nil {
		return c, err
	}
	out := coordinates{at: c.at}
	for _, edge := range c.parts {
		out.numbers = append(out.numbers, edge.numbers[0])
	}
	return out, nil
}
