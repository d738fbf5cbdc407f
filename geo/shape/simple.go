package shape

import (
	"fmt"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"
)

// relateSimple asks simplefeatures for the matrix of two valid shapes. Its
// overlay panics where it finds its own edges inconsistent; that becomes an
// error here, since one odd pair must not end the answer of the others.
func relateSimple(a, b orb.Geometry) (matrix string, err error) {
	defer func() {
		if r := recover(); r != nil {
			matrix, err = "", fmt.Errorf("shape: relating the two shapes failed: %v", r)
		}
	}()
	return geom.Relate(toSimple(a), toSimple(b))
}

// toSimple returns g as simplefeatures writes it; nil as an empty collection.
func toSimple(g orb.Geometry) geom.Geometry {
	switch g := plain(g).(type) {
	case orb.Point:
		return simplePoint(g).AsGeometry()
	case orb.MultiPoint:
		return geom.NewMultiPoint(mapped(g, simplePoint)).AsGeometry()
	case orb.LineString:
		return simpleLine(g).AsGeometry()
	case orb.MultiLineString:
		return geom.NewMultiLineString(mapped(g, simpleLine)).AsGeometry()
	case orb.Polygon:
		return simplePolygon(g).AsGeometry()
	case orb.MultiPolygon:
		return geom.NewMultiPolygon(mapped(g, simplePolygon)).AsGeometry()
	case orb.Collection:
		return geom.NewGeometryCollection(mapped(g, toSimple)).AsGeometry()
	}
	return geom.Geometry{}
}

func simplePoint(p orb.Point) geom.Point {
	return geom.NewPoint(geom.Coordinates{XY: geom.XY{X: p[0], Y: p[1]}})
}

func simpleLine[L ~[]orb.Point](line L) geom.LineString {
	flat := make([]float64, 0, 2*len(line))
	for _, p := range line {
		flat = append(flat, p[0], p[1])
	}
	return geom.NewLineString(geom.NewSequence(flat, geom.DimXY))
}

func simplePolygon(p orb.Polygon) geom.Polygon {
	return geom.NewPolygon(mapped(p, simpleLine[orb.Ring]))
}

func mapped[S ~[]A, A, B any](list S, f func(A) B) []B {
	out := make([]B, len(list))
	for i, a := range list {
		out[i] = f(a)
	}
	return out
}
