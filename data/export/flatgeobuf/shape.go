package flatgeobuf

import (
	"math"

	flatbuffers "github.com/google/flatbuffers/go"
	"github.com/paulmach/orb"
)

// Slots of the table Geometry.
const (
	slotEnds, slotXY, slotZ, slotKind, slotParts = 0, 1, 2, 6, 7
	geometrySlots                                = 8
)

// shaper writes a shape into the builder, and takes the heights in the order
// of the vertices.
type shaper struct {
	w *Writer
	z []float64
}

func (s *shaper) shape(g orb.Geometry) flatbuffers.UOffsetT {
	switch g := g.(type) {
	case orb.Point:
		return s.plain(pointType, nil, g)
	case orb.MultiPoint:
		return s.plain(pointsType, nil, g...)
	case orb.LineString:
		return s.plain(lineType, nil, g...)
	case orb.MultiLineString:
		return lines(s, linesType, g)
	case orb.Polygon:
		return lines(s, polygonType, g)
	case orb.Ring:
		return s.shape(orb.Polygon{g})
	case orb.Bound:
		return s.shape(g.ToPolygon())
	case orb.MultiPolygon:
		parts := make([]orb.Geometry, len(g))
		for i := range g {
			parts[i] = g[i]
		}
		return s.parts(polygonsType, parts)
	case orb.Collection:
		return s.parts(collectionType, g)
	}
	panic("flatgeobuf: the type of the shape was checked")
}

func lines[L ~[]orb.Point, M ~[]L](s *shaper, kind byte, all M) flatbuffers.UOffsetT {
	if len(all) == 1 && kind == polygonType {
		return s.plain(kind, nil, all[0]...)
	}
	var points []orb.Point
	ends := make([]uint32, 0, len(all))
	for _, l := range all {
		points = append(points, l...)
		ends = append(ends, uint32(len(points)))
	}
	return s.plain(kind, ends, points...)
}

// plain writes a shape of one part, whose rings or lines end behind so many
// vertices.
func (s *shaper) plain(kind byte, ends []uint32, points ...orb.Point) flatbuffers.UOffsetT {
	b := s.w.b
	var zs, es flatbuffers.UOffsetT
	if s.w.head.Heights {
		zs = s.heights(len(points))
	}
	xy := s.w.coordinates(points...)
	if len(ends) > 0 {
		b.StartVector(4, len(ends), 4)
		for i := len(ends) - 1; i >= 0; i-- {
			b.PrependUint32(ends[i])
		}
		es = b.EndVector(len(ends))
	}
	return s.w.shape(kind, es, xy, zs)
}

// heights takes those of the next n vertices.
func (s *shaper) heights(n int) flatbuffers.UOffsetT {
	b := s.w.b
	b.StartVector(8, n, 8)
	for i := n - 1; i >= 0; i-- {
		z := math.NaN()
		if i < len(s.z) {
			z = s.z[i]
		}
		b.PrependFloat64(z)
	}
	s.z = s.z[min(n, len(s.z)):]
	return b.EndVector(n)
}

func (s *shaper) parts(kind byte, all []orb.Geometry) flatbuffers.UOffsetT {
	offsets := make([]flatbuffers.UOffsetT, len(all))
	for i, g := range all {
		offsets[i] = s.shape(g)
	}
	b := s.w.b
	parts := b.CreateVectorOfTables(offsets)
	b.StartObject(geometrySlots)
	b.PrependByteSlot(slotKind, kind, 0)
	b.PrependUOffsetTSlot(slotParts, parts, 0)
	return b.EndObject()
}

func (w *Writer) coordinates(points ...orb.Point) flatbuffers.UOffsetT {
	w.b.StartVector(8, 2*len(points), 8)
	for i := len(points) - 1; i >= 0; i-- {
		w.b.PrependFloat64(points[i][1])
		w.b.PrependFloat64(points[i][0])
	}
	return w.b.EndVector(2 * len(points))
}

func (w *Writer) shape(kind byte, ends, xy, z flatbuffers.UOffsetT) flatbuffers.UOffsetT {
	b := w.b
	b.StartObject(geometrySlots)
	b.PrependUOffsetTSlot(slotEnds, ends, 0)
	b.PrependUOffsetTSlot(slotXY, xy, 0)
	b.PrependUOffsetTSlot(slotZ, z, 0)
	b.PrependByteSlot(slotKind, kind, 0)
	return b.EndObject()
}
