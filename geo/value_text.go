package geo

import (
	"slices"
	"strconv"

	"github.com/paulmach/orb"
)

// Append adds the record canonically: names in order.
func (r Values) Append(b []byte) []byte {
	names := make([]string, 0, len(r))
	for name := range r {
		names = append(names, name)
	}
	slices.Sort(names)
	b = append(b, '{')
	for i, name := range names {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendQuote(b, name)
		b = append(b, ':')
		b = r[name].Append(b)
	}
	return append(b, '}')
}

// String prints the record canonically.
func (r Values) String() string { return string(r.Append(nil)) }

func appendList(b []byte, items []Value) []byte {
	b = append(b, '[')
	for i, v := range items {
		if i > 0 {
			b = append(b, ',')
		}
		b = v.Append(b)
	}
	return append(b, ']')
}

// appendGeometry prints every coordinate with all its digits, since two
// questions that differ in the last one are two questions.
func appendGeometry(b []byte, g orb.Geometry) []byte {
	b = append(b, g.GeoJSONType()...)
	switch g := g.(type) {
	case orb.Point:
		return appendPoints(b, g)
	case orb.MultiPoint:
		return appendPoints(b, g...)
	case orb.LineString:
		return appendPoints(b, g...)
	case orb.Ring:
		return appendPoints(b, g...)
	case orb.Bound:
		return appendPoints(b, g.Min, g.Max)
	case orb.MultiLineString:
		return appendParts(b, g)
	case orb.Polygon:
		return appendParts(b, g)
	case orb.MultiPolygon:
		return appendParts(b, g)
	case orb.Collection:
		return appendParts(b, g)
	}
	return b
}

func appendParts[G orb.Geometry, S ~[]G](b []byte, parts S) []byte {
	b = append(b, '(')
	for _, p := range parts {
		b = appendGeometry(b, p)
	}
	return append(b, ')')
}

func appendPoints(b []byte, points ...orb.Point) []byte {
	for i, p := range points {
		b = append(b, " ,"[min(i, 1)])
		b = strconv.AppendFloat(b, p[0], 'g', -1, 64)
		b = append(b, ' ')
		b = strconv.AppendFloat(b, p[1], 'g', -1, 64)
	}
	return b
}
