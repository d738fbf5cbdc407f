package wkb

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geom"
)

// to turns a shape into one of go-geom.
func to(g orb.Geometry, z []float64) (geom.T, error) {
	w := &writer{layout: geom.XY}
	if z != nil {
		w.layout, w.z = geom.XYZ, z
	}
	return w.geometry(g)
}

// writer takes the heights in the order of the vertices.
type writer struct {
	layout geom.Layout
	z      []float64
	n      int // vertices written
}

func (w *writer) geometry(g orb.Geometry) (geom.T, error) {
	switch g := g.(type) {
	case orb.Point:
		return geom.NewPointFlat(w.layout, w.flat(g)), nil
	case orb.MultiPoint:
		return geom.NewMultiPointFlat(w.layout, w.flat(g...)), nil
	case orb.LineString:
		return geom.NewLineStringFlat(w.layout, w.flat(g...)), nil
	case orb.MultiLineString:
		flat, ends := parts(w, g)
		return geom.NewMultiLineStringFlat(w.layout, flat, ends), nil
	case orb.Ring:
		return w.geometry(orb.Polygon{g})
	case orb.Bound:
		return w.geometry(g.ToPolygon())
	case orb.Polygon:
		flat, ends := parts(w, g)
		return geom.NewPolygonFlat(w.layout, flat, ends), nil
	case orb.MultiPolygon:
		return w.polygons(g), nil
	case orb.Collection:
		return w.collection(g)
	}
	return nil, fmt.Errorf("wkb: a shape of the type %T cannot be written", g)
}

func (w *writer) flat(points ...orb.Point) []float64 {
	out := make([]float64, 0, len(points)*w.layout.Stride())
	for _, p := range points {
		out = append(out, p[0], p[1])
		if w.layout == geom.XYZ {
			out = append(out, w.height())
		}
	}
	return out
}

func (w *writer) height() float64 {
	w.n++
	if w.n > len(w.z) {
		return math.NaN()
	}
	return w.z[w.n-1]
}

func parts[L ~[]orb.Point, S ~[]L](w *writer, lines S) (flat []float64, ends []int) {
	for _, l := range lines {
		flat = append(flat, w.flat(l...)...)
		ends = append(ends, len(flat))
	}
	return flat, ends
}

func (w *writer) polygons(m orb.MultiPolygon) geom.T {
	var flat []float64
	var ends [][]int
	for _, p := range m {
		part, partEnds := parts(w, p)
		for i := range partEnds {
			partEnds[i] += len(flat)
		}
		flat, ends = append(flat, part...), append(ends, partEnds)
	}
	return geom.NewMultiPolygonFlat(w.layout, flat, ends)
}

func (w *writer) collection(c orb.Collection) (geom.T, error) {
	out := geom.NewGeometryCollection()
	for _, part := range c {
		t, err := w.geometry(part)
		if err != nil {
			return nil, err
		}
		if err := out.Push(t); err != nil {
			return nil, err
		}
	}
	return out, nil
}
