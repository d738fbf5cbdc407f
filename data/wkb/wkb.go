// Package wkb answers how a shape of ours is written in well-known binary, and
// read from it: it joins orb, whose shapes the house speaks, and go-geom,
// whose encoders know heights.
package wkb

import (
	"encoding/binary"
	"errors"
	"math"
	"strconv"

	"github.com/paulmach/orb"
	gowkb "github.com/twpayne/go-geom/encoding/wkb"
	"github.com/twpayne/go-geom/encoding/wkbcommon"

	"bivouac/geo"
)

// Well-known binary of a point: little-endian, its type, two numbers. Nearly
// all records are points, and go-geom takes four allocations for each.
const (
	pointBytes = 1 + 4 + 8 + 8
	pointType  = 1
)

// Append adds g in little-endian well-known binary. z is nil or one height a
// vertex; a shape with heights is written with one for every vertex, NaN where
// there is none. An orb.Ring and an orb.Bound are written as polygons.
func Append(b []byte, g orb.Geometry, z []float64) ([]byte, error) {
	if p, ok := g.(orb.Point); ok && z == nil {
		return AppendPoint(b, p), nil
	}
	t, err := to(g, z)
	if err != nil {
		return b, err
	}
	text, err := gowkb.Marshal(t, gowkb.NDR)
	return append(b, text...), err
}

// AppendPoint is Append for a point without a height, without an allocation.
func AppendPoint(b []byte, p orb.Point) []byte {
	b = append(b, 1)
	b = binary.LittleEndian.AppendUint32(b, pointType)
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(p[0]))
	return binary.LittleEndian.AppendUint64(b, math.Float64bits(p[1]))
}

// Parse reads well-known binary of either order of bytes. An empty shape is
// nil.
func Parse(b []byte) (orb.Geometry, []float64, error) {
	if p, ok := parsePoint(b); ok {
		return p, nil, nil
	}
	t, err := gowkb.Unmarshal(b)
	var unread wkbcommon.ErrUnsupportedType
	if errors.As(err, &unread) {
		return nil, nil, geo.ErrorOf(geo.Unsupported, "", otherType, nameOfType(uint32(unread)))
	}
	if err != nil {
		return nil, nil, err
	}
	return From(t)
}

// nameOfType is what a type of well-known binary that is not read is called
// (OGC 06-103r4, table 7), with what turns curves and surfaces into our shapes.
func nameOfType(code uint32) string {
	names := [...]string{8: "CircularString", "CompoundCurve", "CurvePolygon", "MultiCurve", "MultiSurface", "Curve", "Surface", "PolyhedralSurface", "TIN", "Triangle"}
	n := code % 1000 // thousands say that there are Z and M
	switch {
	case int(n) >= len(names) || names[n] == "":
		return strconv.FormatUint(uint64(code), 10)
	case n <= 14:
		return names[n] + " (curves; straighten them, for instance with ogr2ogr -nlt CONVERT_TO_LINEAR OUT IN)"
	}
	return names[n]
}

// parsePoint reads what AppendPoint writes.
func parsePoint(b []byte) (orb.Point, bool) {
	if len(b) != pointBytes || b[0] != 1 || binary.LittleEndian.Uint32(b[1:]) != pointType {
		return orb.Point{}, false
	}
	p := orb.Point{
		math.Float64frombits(binary.LittleEndian.Uint64(b[5:])),
		math.Float64frombits(binary.LittleEndian.Uint64(b[13:])),
	}
	return p, p[0] == p[0] // an empty point is written as NaN
}
