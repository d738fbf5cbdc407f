package wkb

import (
	"fmt"
	"math"
	"strconv"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geom"
	"github.com/twpayne/go-geom/encoding/wkbcommon"

	"bivouac/geo"
)

// The library believes the counts that a WKB states before it sees the bytes.
// These keep a few false bytes from asking for gigabytes.
func init() {
	wkbcommon.MaxGeometryElements = [4]int{0, 4 << 20, 1 << 20, 1 << 18}
}

// From turns a geometry of go-geom into one of orb and its heights, nil where
// it has none. An empty geometry is none; a measure is left out. Another
// system than WGS84 and curves are errors.
func From(g geom.T) (orb.Geometry, []float64, error) {
	c := &converter{}
	out, err := c.geometry(g)
	if err != nil || !c.high {
		return out, nil, err
	}
	return out, c.z, nil
}

// converter collects the heights in the order of the vertices.
type converter struct {
	z    []float64
	high bool
}

func (c *converter) geometry(g geom.T) (orb.Geometry, error) {
	if srid := g.SRID(); srid != 0 && srid != 4326 {
		return nil, geo.ErrorOf(geo.Unsupported, "", otherSystem, strconv.Itoa(srid))
	}
	if g.Empty() {
		return nil, nil
	}
	switch g := g.(type) {
	case *geom.Point:
		return c.points(g)[0], nil
	case *geom.MultiPoint:
		return orb.MultiPoint(c.points(g)), nil
	case *geom.LineString:
		return orb.LineString(c.points(g)), nil
	case *geom.MultiLineString:
		var lines orb.MultiLineString
		for i := range g.NumLineStrings() {
			lines = append(lines, c.points(g.LineString(i)))
		}
		return lines, nil
	case *geom.Polygon:
		return c.polygon(g), nil
	case *geom.MultiPolygon:
		var polygons orb.MultiPolygon
		for i := range g.NumPolygons() {
			polygons = append(polygons, c.polygon(g.Polygon(i)))
		}
		return polygons, nil
	case *geom.GeometryCollection:
		return c.collection(g)
	}
	return nil, geo.ErrorOf(geo.Unsupported, "", otherType, fmt.Sprintf("%T", g))
}

func (c *converter) collection(g *geom.GeometryCollection) (orb.Geometry, error) {
	var out orb.Collection
	for i := range g.NumGeoms() {
		part, err := c.geometry(g.Geom(i))
		if err != nil {
			return nil, err
		}
		if part != nil {
			out = append(out, part)
		}
	}
	return out, nil
}

func (c *converter) polygon(g *geom.Polygon) orb.Polygon {
	var p orb.Polygon
	for i := range g.NumLinearRings() {
		p = append(p, c.points(g.LinearRing(i)))
	}
	return p
}

func (c *converter) points(g geom.T) []orb.Point {
	flat, stride, zAt := g.FlatCoords(), g.Stride(), g.Layout().ZIndex()
	points := make([]orb.Point, 0, len(flat)/max(1, stride))
	for i := 0; i+stride <= len(flat); i += stride {
		points = append(points, orb.Point{flat[i], flat[i+1]})
		z := math.NaN()
		if zAt >= 0 {
			z = flat[i+zAt]
			c.high = true
		}
		c.z = append(c.z, z)
	}
	return points
}
