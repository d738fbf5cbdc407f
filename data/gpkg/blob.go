package gpkg

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"

	"bivouac/data/wkb"
	"bivouac/geo"
)

// srsID is WGS84, longitude first as GeoPackage stores it.
const srsID = 4326

// Flags of the head of a geometry: little-endian, without or with a box of
// four numbers.
const (
	headBytes  = 8
	flagsPlain = 0b0001
	flagsBoxed = 0b0011
	flagEmpty  = 0b10000
)

// appendBlob adds a shape of the system as GeoPackage holds it: a head, the box of what is no
// point, and well-known binary.
func appendBlob(b []byte, g orb.Geometry, z []float64, srs int) ([]byte, error) {
	flags := byte(flagsPlain)
	_, isPoint := g.(orb.Point)
	if !isPoint {
		flags = flagsBoxed
	}
	b = append(b, 'G', 'P', 0, flags)
	b = binary.LittleEndian.AppendUint32(b, uint32(srs))
	if !isPoint {
		bound := g.Bound()
		for _, f := range [4]float64{bound.Min[0], bound.Max[0], bound.Min[1], bound.Max[1]} {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(f))
		}
	}
	return wkb.Append(b, g, z)
}

// envelopes are the lengths of the boxes that a head may announce.
var envelopes = [...]int{0, 32, 48, 48, 64}

// body returns the well-known binary of a blob and the system that it is of;
// false for bytes that are no GeoPackage geometry.
func body(blob []byte) (text []byte, srs int, ok bool) {
	if len(blob) < headBytes || blob[0] != 'G' || blob[1] != 'P' {
		return nil, 0, false
	}
	kind := int(blob[3] >> 1 & 7)
	if kind >= len(envelopes) || len(blob) < headBytes+envelopes[kind] {
		return nil, 0, false
	}
	srs = int(int32(order(blob).Uint32(blob[4:])))
	return blob[headBytes+envelopes[kind]:], srs, true
}

func order(blob []byte) binary.ByteOrder {
	if blob[3]&1 == 0 {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// parseBlob reads a shape; nil for one that is empty.
func parseBlob(blob []byte) (orb.Geometry, []float64, error) {
	text, _, ok := body(blob)
	if !ok {
		return nil, nil, geo.Errorf(geo.Invalid, "geom", "these bytes are no GeoPackage geometry")
	}
	if blob[3]&flagEmpty != 0 {
		return nil, nil, nil
	}
	g, z, err := wkb.Parse(text)
	if err != nil {
		return nil, nil, geo.Errorf(geo.Invalid, "geom", "the shape cannot be read: %w", err)
	}
	return g, z, nil
}

type box struct{ west, east, south, north float64 }

// boxOfBlob returns the box that a blob states, or that of its shape.
func boxOfBlob(blob []byte) (b box, ok bool) {
	text, _, ok := body(blob)
	if !ok || blob[3]&flagEmpty != 0 {
		return b, false
	}
	if blob[3]>>1&7 > 0 {
		for i, f := range []*float64{&b.west, &b.east, &b.south, &b.north} {
			*f = math.Float64frombits(order(blob).Uint64(blob[headBytes+8*i:]))
		}
		return b, true
	}
	g, _, err := wkb.Parse(text)
	if err != nil || g == nil {
		return b, false
	}
	bound := g.Bound()
	return box{bound.Min[0], bound.Max[0], bound.Min[1], bound.Max[1]}, !bound.IsEmpty()
}

// typeOf is GeoPackage's name of the type of a shape.
func typeOf(g orb.Geometry) string {
	switch g.(type) {
	case orb.Point:
		return "POINT"
	case orb.MultiPoint:
		return "MULTIPOINT"
	case orb.LineString:
		return "LINESTRING"
	case orb.MultiLineString:
		return "MULTILINESTRING"
	case orb.Polygon, orb.Ring, orb.Bound:
		return "POLYGON"
	case orb.MultiPolygon:
		return "MULTIPOLYGON"
	}
	return "GEOMETRYCOLLECTION"
}

// anyType is the type of a table that holds shapes of several types.
const anyType = "GEOMETRY"
