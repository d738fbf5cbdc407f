// Package shapefile answers how shapes and their attributes stand in the files
// of a shapefile: .shp and .shx (ESRI Shapefile Technical Description, 1998)
// and .dbf (dBASE III). It writes parts of them; data/export puts them together.
package shapefile

import (
	"encoding/binary"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Kind is the type of all shapes of a file, as the .shp numbers it.
type Kind uint32

// The kinds. Those with heights are 10 more.
const (
	Null       Kind = 0
	Point      Kind = 1
	PolyLine   Kind = 3
	Polygon    Kind = 5
	MultiPoint Kind = 8
	high       Kind = 10
)

// High returns the kind with heights.
func (k Kind) High() Kind { return k + high }

// Has reports whether shapes of the kind have heights.
func (k Kind) Has() bool { return k > high }

// Words says what files of the kind hold, for their names.
func (k Kind) Words() string {
	words := map[Kind]string{Null: "table", Point: "points", PolyLine: "lines", Polygon: "polygons", MultiPoint: "multipoints"}
	if k.Has() {
		return words[k-high] + "_z"
	}
	return words[k]
}

// KindOf returns the kind of a shape without heights, Null for what no file
// takes: a collection, and none.
func KindOf(g orb.Geometry) Kind {
	switch g.(type) {
	case orb.Point:
		return Point
	case orb.MultiPoint:
		return MultiPoint
	case orb.LineString, orb.MultiLineString:
		return PolyLine
	case orb.Polygon, orb.MultiPolygon, orb.Ring, orb.Bound:
		return Polygon
	}
	return Null
}

// Limit is the greatest size of a file: many programs count its bytes in 31
// bits.
const Limit = math.MaxInt32

// noMeasure stands where there is no measure.
const noMeasure = -1e39

// Extent is what the head of a .shp says of its shapes.
type Extent struct {
	Bound       orb.Bound
	Low, Summit float64 // of heights
	placed      bool
}

func (e *Extent) take(b orb.Bound, z []float64) {
	if !e.placed {
		e.Bound, e.placed = b, true
		if len(z) > 0 {
			e.Low, e.Summit = z[0], z[0]
		}
	}
	e.Bound = e.Bound.Union(b)
	for _, h := range z {
		e.Low, e.Summit = min(e.Low, h), max(e.Summit, h)
	}
}

// Append adds the content of a record: the shape, and its heights where the
// kind has them. Null for a nil shape. It takes the shape into e.
func Append(b []byte, k Kind, g orb.Geometry, z []float64, e *Extent) []byte {
	if g == nil || KindOf(g) == Null {
		return binary.LittleEndian.AppendUint32(b, uint32(Null))
	}
	if !k.Has() {
		z = nil
	}
	e.take(g.Bound(), z)
	b = binary.LittleEndian.AppendUint32(b, uint32(k))
	if p, ok := g.(orb.Point); ok {
		b = numbers(b, p[0], p[1])
		if k.Has() {
			b = numbers(b, z[0], noMeasure)
		}
		return b
	}
	bound := g.Bound()
	b = numbers(b, bound.Min[0], bound.Min[1], bound.Max[0], bound.Max[1])
	if points, ok := g.(orb.MultiPoint); ok {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(points)))
		return appendHeights(appendPoints(b, points), z)
	}
	lines := linesOf(g)
	starts, n := make([]uint32, len(lines)), 0
	for i, l := range lines {
		starts[i] = uint32(n)
		n += len(l)
	}
	if KindOf(g) == Polygon {
		lines, z = turned(g, lines, z)
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(len(lines)))
	b = binary.LittleEndian.AppendUint32(b, uint32(n))
	for _, s := range starts {
		b = binary.LittleEndian.AppendUint32(b, s)
	}
	for _, l := range lines {
		b = appendPoints(b, l)
	}
	return appendHeights(b, z)
}

func numbers(b []byte, all ...float64) []byte {
	for _, f := range all {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(f))
	}
	return b
}

func appendPoints(b []byte, points []orb.Point) []byte {
	for _, p := range points {
		b = numbers(b, p[0], p[1])
	}
	return b
}

func appendHeights(b []byte, z []float64) []byte {
	if len(z) == 0 {
		return b
	}
	return numbers(numbers(b, slices.Min(z), slices.Max(z)), z...)
}

func linesOf(g orb.Geometry) (lines [][]orb.Point) {
	switch g := g.(type) {
	case orb.LineString:
		return [][]orb.Point{g}
	case orb.MultiLineString:
		for _, l := range g {
			lines = append(lines, l)
		}
	case orb.Ring:
		return [][]orb.Point{g}
	case orb.Bound:
		return linesOf(g.ToPolygon())
	case orb.Polygon:
		for _, r := range g {
			lines = append(lines, r)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			lines = append(lines, linesOf(p)...)
		}
	}
	return lines
}

// turned returns the rings as a shapefile wants them: the outer ones
// clockwise, holes the other way.
func turned(g orb.Geometry, lines [][]orb.Point, z []float64) ([][]orb.Point, []float64) {
	outer := make([]bool, 0, len(lines))
	polygons, ok := g.(orb.MultiPolygon)
	if !ok {
		polygons = orb.MultiPolygon{make(orb.Polygon, len(lines))}
	}
	for _, p := range polygons {
		for i := range p {
			outer = append(outer, i == 0)
		}
	}
	at := 0
	for i, l := range lines {
		if (orb.Ring(l).Orientation() == orb.CW) != outer[i] {
			lines[i] = slices.Clone(l)
			slices.Reverse(lines[i])
			if len(z) > 0 {
				if at == 0 || i == 0 {
					z = slices.Clone(z)
				}
				slices.Reverse(z[at : at+len(l)])
			}
		}
		at += len(l)
	}
	return lines, z
}

// headBytes is the length of the heads of .shp and .shx.
const headBytes = 100

// Head is the head of a .shp, or of its .shx, of so many bytes behind it.
func Head(k Kind, bytes int64, e *Extent) []byte {
	b := make([]byte, 0, headBytes)
	b = binary.BigEndian.AppendUint32(b, 9994)
	b = append(b, make([]byte, 20)...)
	b = binary.BigEndian.AppendUint32(b, uint32((headBytes+bytes)/2))
	b = binary.LittleEndian.AppendUint32(b, 1000)
	b = binary.LittleEndian.AppendUint32(b, uint32(k))
	b = numbers(b, e.Bound.Min[0], e.Bound.Min[1], e.Bound.Max[0], e.Bound.Max[1], e.Low, e.Summit, 0, 0)
	return b
}

// AppendRecordHead adds the head of the n-th record, from 1, of a .shp.
func AppendRecordHead(b []byte, n, content int) []byte {
	return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(b, uint32(n)), uint32(content/2))
}

// AppendIndex adds the record of a .shx: where the record's head is, so many
// bytes behind that of the .shp, and how long its content.
func AppendIndex(b []byte, at int64, content int) []byte {
	return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(b, uint32((headBytes+at)/2)), uint32(content/2))
}
