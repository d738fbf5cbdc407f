package geopackage

import "bivouac/geo"

// What is wrong with a file or a shape, and what is left out.
const (
	unreadShape   geo.Sentence = "gpkg-unread-shape: the shape cannot be read: {cause}"
	unreadColumns geo.Sentence = "gpkg-unread-columns: columns whose types are not read were left out: {columns}"
	binaryValues  geo.Sentence = "gpkg-binary: values that are bytes where a text or a number should stand, and so unknown: {n}"
	noTable       geo.Sentence = "gpkg-no-table: the GeoPackage has no table of features or attributes"
	givenUp       geo.Sentence = "gpkg-given-up: the reading was given up: {cause}"
	noGeoPackage  geo.Sentence = "gpkg-none: is an SQLite file and no GeoPackage; turn it into one, for instance with ogr2ogr out.gpkg IN"
	damaged       geo.Sentence = "gpkg-damaged: the GeoPackage is damaged, or another program holds it ({cause}); close it there, or ask for the file again"
)
