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
	flagsPlain = 0b0001
	flagsBoxed = 0b0011
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

// parseBlob reads a shape; nil for one that is empty.
func parseBlob(blob []byte) (orb.Geometry, []float64, error) {
	g, z, err := wkb.ParseGeoPackage(blob)
	if err != nil {
		return nil, nil, geo.Errorf(geo.Invalid, "geom", "the shape cannot be read: %w", err)
	}
	return g, z, nil
}

type box struct{ west, east, south, north float64 }

// boxOfBlob returns the box that a blob states, or that of its shape.
func boxOfBlob(blob []byte) (b box, ok bool) {
	text, ok := wkb.GeoPackageBody(blob)
	if !ok || blob[3]&wkb.GeoPackageEmpty != 0 {
		return b, false
	}
	if blob[3]>>1&7 > 0 {
		for i, f := range []*float64{&b.west, &b.east, &b.south, &b.north} {
			*f = math.Float64frombits(wkb.GeoPackageOrder(blob).Uint64(blob[wkb.GeoPackageHead+8*i:]))
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
