package geojson

import (
	"math"
	"slices"
	"strconv"

	"github.com/paulmach/orb"
)

// ParseGeometry reads a GeoJSON geometry. Its heights are nil, or one for each
// vertex in order, NaN where a vertex has none among others that have.
func ParseGeometry(text []byte) (orb.Geometry, []float64, error) {
	p := parser{b: text, final: true}
	g, z, err := p.place()
	if err == nil {
		err = p.end()
	}
	return g, z, public(err)
}

// points collects the heights of a geometry in the order of its vertices.
type points struct {
	line []orb.Point // scratch for one line
	z    []float64
	high bool // some vertex had a height
}

// place reads a geometry or null, and its heights.
func (p *parser) place() (orb.Geometry, []float64, error) {
	p.points.z, p.points.high = p.points.z[:0], false
	c, err := p.peek()
	if err != nil {
		return nil, nil, err
	}
	if c == 'n' {
		return nil, nil, p.literal("null")
	}
	g, err := p.geometry(1)
	if err != nil || !p.points.high {
		return g, nil, err
	}
	return g, slices.Clone(p.points.z), nil
}

// geometry reads a geometry object, whichever of its members comes first. It
// is nil where the coordinates are an empty array, as RFC 7946 allows.
func (p *parser) geometry(depth int) (orb.Geometry, error) {
	c, err := p.peek()
	if err != nil {
		return nil, err
	}
	if c != '{' {
		return nil, p.fail(noGeometry, strconv.QuoteRune(rune(c)))
	}
	var g orb.Geometry
	kind, start, late, seen := "", p.i, -1, false
	err = p.object(depth, func(name []byte) error {
		switch string(name) {
		case "type":
			k, err := p.kind()
			kind = k
			return err
		case "coordinates", "geometries":
			seen = true
			if kind == "" {
				late = p.i
				return p.skip(depth + 1)
			}
			var err error
			g, err = p.coordinates(kind, depth+1)
			return err
		}
		return p.skip(depth + 1)
	})
	switch {
	case err != nil:
		return nil, err
	case kind == "":
		p.i = start
		return nil, p.fail(untyped)
	case !seen:
		p.i = start
		return nil, p.fail(noCoordinates, kind)
	case late >= 0:
		end := p.i
		p.i = late
		g, err = p.coordinates(kind, depth+1)
		if err != nil {
			return nil, err
		}
		p.i = end
	}
	return g, nil
}

// kinds are the geometry types by name, so that reading one allocates nothing.
var kinds = [...]string{"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"}

func kindNamed(s []byte) string {
	for _, k := range kinds {
		if k == string(s) {
			return k
		}
	}
	return ""
}

func (p *parser) kind() (string, error) {
	c, err := p.peek()
	if err != nil {
		return "", err
	}
	at := p.i
	if c == '"' {
		s, err := p.text()
		if err != nil {
			return "", err
		}
		if k := kindNamed(s); k != "" {
			return k, nil
		}
		p.i = at
		return "", p.fail(unknownType, strconv.Quote(string(s)))
	}
	return "", p.fail(typeNoText)
}

// coordinates reads the coordinates, or the geometries, of the kind. An empty
// array of them is no place.
func (p *parser) coordinates(kind string, depth int) (orb.Geometry, error) {
	if empty, err := p.empty(); empty || err != nil {
		return nil, err
	}
	switch kind {
	case "Point":
		return p.point()
	case "MultiPoint":
		ps, err := p.many(kind)
		return orb.MultiPoint(ps), err
	case "LineString":
		ps, err := p.many(kind)
		return orb.LineString(ps), err
	case "MultiLineString":
		return collect(p, kind, func() (orb.LineString, error) { return p.many(kind) }, func(l []orb.LineString) orb.Geometry { return orb.MultiLineString(l) })
	case "Polygon":
		return p.polygon(kind)
	case "MultiPolygon":
		return collect(p, kind, func() (orb.Polygon, error) {
			g, err := p.polygon(kind)
			if err != nil {
				return nil, err
			}
			return g.(orb.Polygon), nil
		}, func(l []orb.Polygon) orb.Geometry { return orb.MultiPolygon(l) })
	}
	c := orb.Collection{}
	err := p.array(depth, func() error {
		g, err := p.geometry(depth + 1)
		if g != nil {
			c = append(c, g)
		}
		return err
	})
	if err != nil || len(c) == 0 {
		return nil, err
	}
	return c, nil
}

// empty takes an empty array, and refuses what is no array at all.
func (p *parser) empty() (bool, error) {
	if err := p.opening(); err != nil {
		return false, err
	}
	at := p.i
	p.i++
	c, err := p.peek()
	if err == nil && c == ']' {
		p.i++
		return true, nil
	}
	p.i = at
	return false, err
}

// opening refuses coordinates that are not an array, null among them.
func (p *parser) opening() error {
	c, err := p.peek()
	if err == nil && c != '[' {
		return p.fail(badCoordinates)
	}
	return err
}

func (p *parser) point() (orb.Geometry, error) {
	pt, err := p.position()
	if err != nil {
		return nil, err
	}
	return pt, nil
}

func (p *parser) polygon(kind string) (orb.Geometry, error) {
	return collect(p, kind, func() (orb.Ring, error) { return p.many(kind) }, func(r []orb.Ring) orb.Geometry { return orb.Polygon(r) })
}

// collect reads an array of parts.
func collect[T any](p *parser, kind string, part func() (T, error), whole func([]T) orb.Geometry) (orb.Geometry, error) {
	var parts []T
	err := p.array(1, func() error {
		t, err := part()
		parts = append(parts, t)
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(parts) == 0 {
		return nil, p.fail(noCoordinates, kind)
	}
	return whole(parts), nil
}

// many reads an array of positions.
func (p *parser) many(kind string) ([]orb.Point, error) {
	if err := p.opening(); err != nil {
		return nil, err
	}
	p.i++
	line := p.points.line[:0]
	if c, err := p.peek(); err != nil {
		return nil, err
	} else if c == ']' {
		return nil, p.fail(noCoordinates, kind)
	}
	for more := true; more; {
		pt, err := p.position()
		if err != nil {
			return nil, err
		}
		line = append(line, pt)
		if more, err = p.next(']'); err != nil {
			return nil, err
		}
	}
	p.points.line = line
	return slices.Clone(line), nil
}

// position reads longitude, latitude, a height if there is one, and drops what
// follows.
func (p *parser) position() (pt orb.Point, err error) {
	if err := p.take('['); err != nil {
		return pt, err
	}
	z := math.NaN()
	n := 0
	for more := true; more; n++ {
		c, err := p.peek()
		if err != nil {
			return pt, err
		}
		if c == ']' && n == 0 {
			break
		}
		v, err := p.coordinate(c, n)
		if err != nil {
			return pt, err
		}
		switch n {
		case 0, 1:
			pt[n] = v
		case 2:
			z = v
		}
		if more, err = p.next(']'); err != nil {
			return pt, err
		}
	}
	if n < 2 {
		return pt, p.fail(shortPosition, n)
	}
	if n > 3 && p.warned != nil {
		p.warned.LongPositions++
	}
	p.points.z = append(p.points.z, z)
	p.points.high = p.points.high || z == z
	return pt, nil
}

// coordinate reads the n-th number of a position; only a height may be null.
func (p *parser) coordinate(c byte, n int) (float64, error) {
	switch {
	case c == 'n' && n >= 2:
		return math.NaN(), p.literal("null")
	case c == 'n':
		return 0, p.fail(nullCoordinate)
	case c == '"':
		return 0, p.fail(textCoordinate)
	case c == '[':
		return 0, p.fail(deepCoordinates)
	}
	num, err := p.number()
	return num.f, err
}
