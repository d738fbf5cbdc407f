// Package geojson answers how a record is written as GeoJSON, and what a
// GeoJSON text says: it is the only place of the house that does either.
//
// Writing appends to a byte slice and allocates nothing for a row: an
// [Encoder] is built once for a schema, holds the property names already
// encoded and takes the columns of a table once. Coordinates are written in
// fixed point with exactly the digits that were loaded, so that what is read
// back is the same number, bit for bit.
//
// Reading streams: a [Decoder] holds one feature at a time, takes the members
// of a FeatureCollection in any order, and goes on behind a feature that is
// wrong. It also reads bare features and geometries, text sequences (RFC 8142),
// features a line, and arrays of flat records. The format is RFC 7946.
package geojson

// Limits of what a text may ask of the reader. Both are far beyond what any
// field file holds; they are there for files made to exhaust a machine.
const (
	MaxDepth        = 64       // arrays and objects within one another in a feature
	MaxFeatureBytes = 64 << 20 // bytes of one feature, or of one foreign member
)
