// Package jsonschema answers how a Schema is said in JSON Schema (draft
// 2020-12), and what Schema such a document says: the stored collections, the
// schema and queryables resources, the link that GDAL follows and the inputs
// of a process are all written here.
//
// One property of the document is one field. What JSON Schema has no word for
// stands in these members:
//
//	x-ogc-role           primary-geometry, primary-instant, primary-interval-start, primary-interval-end
//	x-ogc-propertySeq    the place of the field in the order, from 1
//	x-ogc-unit, x-unit   the unit by UCUM
//	x-role               the geo.Role of the field
//	x-collection         the collection whose keys the field holds
//	x-codes              the known codes of an open list
//	x-kind               interval or geometry, where type and format do not tell
//	x-name               the collection's id, on the document itself
//
// Code lists are open: a record whose code nobody knew loads and is served, so
// "enum", which is closed, would make our own answers invalid. The codes stand
// in x-codes, and again in "examples" for readers that know the standard
// alone. The classification, which is closed, is an enum.
package jsonschema

// Draft is the dialect of every document.
const Draft = "https://json-schema.org/draft/2020-12/schema"

// GeometryName is the property that stands for the record's shape.
const GeometryName = "geometry"

// Kind says which document is written.
type Kind uint8

// The documents.
const (
	Stored     Kind = iota // flat: a stored collection, and the schema resource
	Queryables             // Stored, and the older array that GDAL 3.6 reads
	Sortables              // flat: the fields that a list can be sorted by
	Feature                // shaped like the GeoJSON feature, for the describedBy link
)
