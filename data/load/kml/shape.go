package kml

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/data/load/record"
	"bivouac/data/load/xmltext"
)

func isShape(name string) bool {
	switch name {
	case "Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Track", "MultiTrack":
		return true
	}
	return false
}

// parser reads shapes, with a height for each vertex in their order.
type parser struct {
	shapes     []*xmltext.Element
	z          []float64
	high       bool // a height is said that means something
	begin, end string
}

// all returns the shapes as one, nil for none, and their heights, nil where
// none is said.
func (p *parser) all() (orb.Geometry, []float64, error) {
	var list []orb.Geometry
	for _, e := range p.shapes {
		g, err := p.shape(e, 0)
		if err != nil {
			return nil, nil, err
		}
		list = append(list, g...)
	}
	if !p.high {
		p.z = nil
	}
	return joined(list), p.z, nil
}

const mostDeep = 32

// shape returns the single shapes of an element.
func (p *parser) shape(e *xmltext.Element, deep int) ([]orb.Geometry, error) {
	switch e.Name {
	case "Point":
		return single(p.points(e, func(at []orb.Point) (orb.Geometry, error) {
			if len(at) != 1 {
				return nil, record.Refuse(manyPlaces, len(at))
			}
			return at[0], nil
		}))
	case "LineString", "LinearRing":
		return single(p.points(e, func(at []orb.Point) (orb.Geometry, error) { return orb.LineString(at), nil }))
	case "Polygon":
		return single(p.polygon(e))
	case "Track":
		return single(p.track(e))
	}
	var list []orb.Geometry
	if deep > mostDeep {
		return nil, record.Refuse(deepShapes)
	}
	for _, part := range e.Parts {
		if !isShape(part.Name) {
			continue
		}
		g, err := p.shape(part, deep+1)
		if err != nil {
			return nil, err
		}
		list = append(list, g...)
	}
	return list, nil
}

func single(g orb.Geometry, err error) ([]orb.Geometry, error) {
	if g == nil || err != nil {
		return nil, err
	}
	return []orb.Geometry{g}, nil
}

// points reads the coordinates of an element; none is no shape.
func (p *parser) points(e *xmltext.Element, whole func([]orb.Point) (orb.Geometry, error)) (orb.Geometry, error) {
	at, err := p.coordinates(e.Part("coordinates").Text(), e.Part("altitudeMode").Text())
	if err != nil || len(at) == 0 {
		return nil, err
	}
	return whole(at)
}

func (p *parser) polygon(e *xmltext.Element) (orb.Geometry, error) {
	var out orb.Polygon
	mode := e.Part("altitudeMode").Text()
	for _, name := range []string{"outerBoundaryIs", "innerBoundaryIs"} {
		for _, b := range e.Parts {
			if b.Name != name {
				continue
			}
			for _, part := range b.Parts { // several rings in one boundary are not allowed, and met
				ring, err := p.ring(part, mode)
				if err != nil {
					return nil, err
				}
				if len(ring) > 0 {
					out = append(out, ring)
				}
			}
		}
	}
	if len(out) == 0 {
		return nil, nil
	}
	return out, nil
}

// ring reads a ring, and closes one that was left open, as many programs do.
func (p *parser) ring(e *xmltext.Element, mode string) (orb.Ring, error) {
	if e.Name != "LinearRing" {
		return nil, nil
	}
	at, err := p.coordinates(e.Part("coordinates").Text(), mode)
	if n := len(at); n > 0 && at[0] != at[n-1] {
		at = append(at, at[0])
		p.z = append(p.z, p.z[len(p.z)-n])
	}
	return at, err
}

// track reads Google's extension: places in the order of their times.
func (p *parser) track(e *xmltext.Element) (orb.Geometry, error) {
	var line orb.LineString
	for _, part := range e.Parts {
		switch part.Name {
		case "when":
			if p.end = part.Text(); p.begin == "" {
				p.begin = p.end
			}
		case "coord":
			at, err := p.coordinates(strings.Join(strings.Fields(part.Text()), ","), e.Part("altitudeMode").Text())
			if err != nil {
				return nil, err
			}
			line = append(line, at...)
		}
	}
	switch len(line) {
	case 0:
		return nil, nil
	case 1:
		return line[0], nil
	}
	return line, nil
}

// coordinates reads lon,lat[,height] parted by space. A height of 0 where
// heights are clamped to the ground, which is what KML does unless it is told,
// says nothing.
func (p *parser) coordinates(text, mode string) ([]orb.Point, error) {
	var out []orb.Point
	for tuple := range strings.FieldsSeq(commas.Replace(text)) {
		var n [3]float64
		n[2] = math.NaN()
		parts := strings.Split(strings.TrimRight(tuple, ","), ",")
		if len(parts) < 2 || len(parts) > 3 { // more are decimal commas, 1,5,2,5
			return nil, record.Refuse(noPlace, fmt.Sprintf("%.60q", tuple))
		}
		for i := range min(len(parts), 3) {
			if parts[i] == "" && i == 2 {
				continue
			}
			var err error
			if n[i], err = strconv.ParseFloat(parts[i], 64); err != nil {
				return nil, record.Refuse(noPlace, fmt.Sprintf("%.60q", tuple))
			}
		}
		out = append(out, orb.Point{n[0], n[1]})
		p.z = append(p.z, n[2])
		p.high = p.high || !math.IsNaN(n[2]) && (n[2] != 0 || mode == "absolute" || mode == "relativeToGround")
	}
	return out, nil
}

// commas takes away the space that people write behind commas.
var commas = strings.NewReplacer(", ", ",", ",\t", ",", ",\n", ",", ",\r\n", ",")

// joined makes one shape of several: of one kind where they are.
func joined(list []orb.Geometry) orb.Geometry {
	if len(list) < 2 {
		if len(list) == 0 {
			return nil
		}
		return list[0]
	}
	var points orb.MultiPoint
	var lines orb.MultiLineString
	var areas orb.MultiPolygon
	for _, g := range list {
		switch g := g.(type) {
		case orb.Point:
			points = append(points, g)
		case orb.LineString:
			lines = append(lines, g)
		case orb.Polygon:
			areas = append(areas, g)
		}
	}
	switch len(list) {
	case len(points):
		return points
	case len(lines):
		return lines
	case len(areas):
		return areas
	}
	return orb.Collection(list)
}
