// Package wkb answers how a shape of ours is written in well-known binary, and
// read from it: it joins orb, whose shapes the house speaks, and go-geom,
// whose encoders know heights.
package wkb

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"
	gowkb "github.com/twpayne/go-geom/encoding/wkb"
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
	if err != nil {
		return nil, nil, err
	}
	return From(t)
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
