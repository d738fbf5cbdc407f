package wkb

import (
	"encoding/binary"
	"errors"

	"github.com/paulmach/orb"
)

// GeoPackageHead is the length of the head of a GeoPackage geometry, without
// its box.
const GeoPackageHead = 8

// GeoPackageEmpty is the flag of a shape that is empty.
const GeoPackageEmpty = 0b10000

// envelopes are the lengths of the boxes that a head may announce.
var envelopes = [...]int{0, 32, 48, 48, 64}

// GeoPackageBody returns the well-known binary within a geometry as GeoPackage
// holds it (OGC 12-128r19, clause 2.1.3); false for bytes that are none.
func GeoPackageBody(blob []byte) (text []byte, ok bool) {
	if len(blob) < GeoPackageHead || blob[0] != 'G' || blob[1] != 'P' {
		return nil, false
	}
	kind := int(blob[3] >> 1 & 7)
	if kind >= len(envelopes) || len(blob) < GeoPackageHead+envelopes[kind] {
		return nil, false
	}
	return blob[GeoPackageHead+envelopes[kind]:], true
}

// GeoPackageOrder is the order of bytes in the head of a geometry.
func GeoPackageOrder(blob []byte) binary.ByteOrder {
	if blob[3]&1 == 0 {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// ParseGeoPackage is [Parse] for a geometry as GeoPackage holds it.
func ParseGeoPackage(blob []byte) (orb.Geometry, []float64, error) {
	text, ok := GeoPackageBody(blob)
	if !ok {
		return nil, nil, errors.New("these bytes are no GeoPackage geometry")
	}
	if blob[3]&GeoPackageEmpty != 0 {
		return nil, nil, nil
	}
	return Parse(text)
}
