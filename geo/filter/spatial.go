package filter

import (
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/shape"
)

// relations are the questions of two shapes.
var relations = map[string]func(a, b orb.Geometry) (bool, error){
	"s_intersects": shape.Intersects, "s_disjoint": shape.Disjoint, "s_equals": shape.Equals, "s_touches": shape.Touches,
	"s_within": shape.Within, "s_contains": shape.Contains, "s_overlaps": shape.Overlaps, "s_crosses": shape.Crosses,
}

// spatial compiles a question of two shapes. With a literal, the record's own
// shape comes to stand first.
func (c *compiler) spatial(e *Expr) (geo.Predicate, error) {
	a, err := c.shapeOf(e.args[0])
	if err != nil {
		return nil, err
	}
	b, err := c.shapeOf(e.args[1])
	if err != nil {
		return nil, err
	}
	name := e.name
	if _, ok := a.(literalShape); ok {
		a, b, name = b, a, otherWay(name)
	}
	says := relating(relations[name])
	literal, ok := b.(literalShape)
	if !ok {
		return computed{a, b, spatialText(name, a, b), says}, nil
	}
	switch a := a.(type) {
	case place:
		return c.related(e, name, literal)
	case literalShape:
		return truth(says(geo.Geometry(a.shape), geo.Geometry(literal.shape)) == geo.True), nil
	}
	return computed{a, b, spatialText(name, a, b), says}, nil
}

func spatialText(name string, a, b scalar) string {
	return strings.ToUpper(name) + "(" + a.String() + ", " + b.String() + ")"
}

// otherWay is the question that b is asked of a where name asks a of b.
func otherWay(name string) string {
	switch name {
	case "s_within":
		return "s_contains"
	case "s_contains":
		return "s_within"
	}
	return name
}

// relating is the question of two values; shapes that cannot be related leave
// it unknown.
func relating(is func(a, b orb.Geometry) (bool, error)) func(a, b geo.Value) geo.Tri {
	return func(a, b geo.Value) geo.Tri {
		if a.Null() || b.Null() {
			return geo.Maybe
		}
		return sure(is(a.Geometry(), b.Geometry()))
	}
}

func sure(yes bool, err error) geo.Tri {
	if err != nil {
		return geo.Maybe
	}
	return geo.TriOf(yes)
}

// shapeOf compiles an operand that must be a shape.
func (c *compiler) shapeOf(e *Expr) (scalar, error) {
	s, err := c.scalar(e)
	if err == nil && s.gives() != geo.KindGeometry {
		return nil, c.wrong(e, "%s is %s and no shape; write geometry, or a shape such as POINT(8.5 47.4) or BBOX(8,47,9,48)", s, words(s.gives()))
	}
	return s, err
}

// related asks how the record's shape lies to another one, which is made ready
// once.
type related struct {
	name     string
	with     literalShape
	prepared *shape.Prepared
	edges    *shape.Prepared // the boundary of an area, nil of other shapes
}

func (c *compiler) related(e *Expr, name string, with literalShape) (geo.Predicate, error) {
	x := related{name: name, with: with}
	var err error
	if x.prepared, err = shape.Prepare(with.shape); err != nil {
		return nil, c.wrong(e, "%v", err)
	}
	if lines := boundaryOf(with.shape); lines != nil {
		if x.edges, err = shape.Prepare(lines); err != nil {
			return nil, c.wrong(e, "%v", err)
		}
	}
	return x, nil
}

// boundaryOf returns the rings of an area as lines, nil for other shapes.
func boundaryOf(g orb.Geometry) orb.Geometry {
	var polygons orb.MultiPolygon
	switch g := g.(type) {
	case orb.Polygon:
		polygons = orb.MultiPolygon{g}
	case orb.MultiPolygon:
		polygons = g
	default:
		return nil
	}
	var lines orb.MultiLineString
	for _, p := range polygons {
		for _, r := range p {
			lines = append(lines, orb.LineString(r))
		}
	}
	return lines
}

func (x related) String() string { return spatialText(x.name, place{"geometry"}, x.with) }

// Bound is the boxes of the other shape: but for being apart, every relation
// needs a place in common.
func (x related) Bound() []geo.Box {
	if x.name == "s_disjoint" {
		return nil
	}
	return x.with.boxes
}

func (x related) Bind(t geo.Table) (func(uint32) geo.Tri, error) {
	is := relations[x.name]
	return func(n uint32) geo.Tri {
		meet := x.meets(t, n)
		switch {
		case meet == geo.Maybe || x.name == "s_intersects":
			return meet
		case x.name == "s_disjoint":
			return meet.Not()
		case meet == geo.False:
			return geo.False
		}
		if p, ok := t.Point(n); ok && x.edges != nil {
			return geo.TriOf(x.pointOfArea(p))
		}
		return sure(is(t.Geometry(n), x.with.shape))
	}, nil
}

// pointOfArea answers for a point that belongs to an area: it lies within or
// touches the boundary, and is never more than that.
func (x related) pointOfArea(p orb.Point) bool {
	switch x.name {
	case "s_within":
		return !x.edges.Has(p)
	case "s_touches":
		return x.edges.Has(p)
	}
	return false
}

// meets asks whether the row's shape has a place in common with the other,
// unknown where it has no place. Boxes decide most of it.
func (x related) meets(t geo.Table, n uint32) geo.Tri {
	if p, ok := t.Point(n); ok {
		return geo.TriOf(x.prepared.Has(p))
	}
	box, ok := t.Bound(n)
	if !ok {
		return geo.Maybe
	}
	switch x.prepared.Relation(box) {
	case shape.Outside:
		return geo.False
	case shape.Inside:
		return geo.True
	}
	return geo.TriOf(x.prepared.Intersects(t.Geometry(n)))
}
