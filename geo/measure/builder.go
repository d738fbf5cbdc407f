package measure

import (
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// builder takes a geometry apart into vertices and pieces, areas and loose
// chains.
type builder struct {
	vertices []vertex
	pieces   []piece
	areas    []area
	loose    []chain
}

func (b *builder) add(g orb.Geometry) error {
	switch g := g.(type) {
	case nil:
		return nil
	case orb.Point:
		return b.line([]orb.Point{g})
	case orb.MultiPoint:
		return each(g, func(p orb.Point) error { return b.line([]orb.Point{p}) })
	case orb.LineString:
		return b.line(g)
	case orb.MultiLineString:
		return each(g, func(l orb.LineString) error { return b.line(l) })
	case orb.Ring:
		return b.polygon(orb.Polygon{g})
	case orb.Polygon:
		return b.polygon(g)
	case orb.MultiPolygon:
		return each(g, b.polygon)
	case orb.Bound:
		return b.polygon(orb.Polygon{g.ToRing()})
	case orb.Collection:
		return each(g, b.add)
	}
	return geo.Errorf(geo.Invalid, "geometry", "measure: no distance is known from a %T", g)
}

func each[T any](parts []T, do func(T) error) error {
	for _, p := range parts {
		if err := do(p); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) line(points []orb.Point) error {
	if len(points) == 0 {
		return nil
	}
	if err := check(points); err != nil {
		return err
	}
	b.loose = append(b.loose, newChain(points, false))
	b.cut(points)
	return nil
}

func (b *builder) polygon(g orb.Polygon) error {
	for _, r := range g {
		if err := check(r); err != nil {
			return err
		}
	}
	a := newArea(g)
	for i := range a.rings {
		b.cut(a.rings[i].points)
	}
	if len(a.rings) > 0 {
		b.areas = append(b.areas, a)
	}
	return nil
}

// check refuses points that are no places on the globe.
func check(points []orb.Point) error {
	for i, p := range points {
		if !onGlobe(p) {
			return geo.Errorf(geo.Invalid, "geometry", "measure: point %d of %d is %v %v; "+
				"give a finite longitude and a latitude from -90 to 90, longitude first", i+1, len(points), p[0], p[1])
		}
	}
	return nil
}

func onGlobe(p orb.Point) bool { return finite(p) && math.Abs(p[1]) <= 90 }

// cut adds the edges as pieces. Where all points are one, it is a point.
func (b *builder) cut(points []orb.Point) {
	from := newEnd(points[0][0], points[0][1])
	last, before := b.vertex(points[0]), len(b.pieces)
	for _, p := range points[1:] {
		if p == b.vertices[last].at {
			continue
		}
		to := newEnd(p[0], p[1])
		last = b.edge(&from, &to, last)
		from = to
	}
	if len(b.pieces) == before {
		b.pieces = append(b.pieces, piece{last, last})
	}
}

// edge adds the pieces of one edge from the vertex that is there already, and
// returns the vertex at its end.
func (b *builder) edge(from, to *end, last uint32) uint32 {
	r := pathBetween(from, to)
	if n := math.Ceil(r.metres / pieceMetres); n > 1 {
		sin, cos := unit(r.east1, r.north1)
		l := newLine(from, sin, cos)
		for i := 1.0; i < n; i++ {
			at, _ := l.at(r.metres * i / n)
			next := b.vertex(at)
			b.pieces = append(b.pieces, piece{last, next})
			last = next
		}
	}
	next := b.vertex(orb.Point{to.lon, to.lat})
	b.pieces = append(b.pieces, piece{last, next})
	return next
}

func (b *builder) vertex(p orb.Point) uint32 {
	b.vertices = append(b.vertices, newVertex(p))
	return uint32(len(b.vertices) - 1)
}
