// Package export writes records as files, one file of code a format.
//
// A Writer takes rows as they come and keeps none, so that memory stays flat
// however many there are. What is written reads back with the same values, but
// for what a format cannot hold; [Holds] says what that is, for answers, for
// people and for the tests.
package export

import (
	"io"

	"bivouac/geo"
	"bivouac/geo/crs"
)

// Sheet is what a file says of itself, as far as its format can, and what of
// the records goes into it.
type Sheet struct {
	Schema      *geo.Schema
	Fields      []int       // positions of the fields to write, in that order; nil is all
	Beside      []geo.Field // values that each row brings beside its own, such as distance_m
	Extra       bool        // some records have source fields without a column
	Heights     bool        // some records have heights
	System      crs.System  // of the shapes; every record is known to have a place in it
	Ordered     bool        // rows come in an order that was asked for, not by where they are
	Highest     geo.Class   // the highest class among the records
	Attribution []string    // whose data it is
	At          geo.Time    // when the records last changed; 0 leaves it out
}

// Writer writes one file.
type Writer interface {
	// Write adds a record and the values beside it, one for each field of
	// Sheet.Beside.
	Write(r geo.Row, beside []geo.Value) error
	// Close ends the file. It does not close what is written to.
	Close() error
	// Discard gives up what the writer holds, such as a temporary file. After
	// Close it does nothing; whoever does not come to Close calls it.
	Discard()
	// Lost says what of the records written so far the file does not hold, a
	// sentence each, beside what Holds says beforehand.
	Lost() []string
}

// Format is a kind of file.
type Format struct {
	ID        string // short and in lower case, as in f=csv
	Title     string
	Media     string // media type
	Extension string // of file names, with its dot
	Holds     Holds
	New       func(io.Writer, Sheet) (Writer, error)
}

// Formats returns all formats. The first is the one for those who name none.
func Formats() []Format {
	return []Format{
		{"geojson", "GeoJSON", "application/geo+json", ".geojson", geojsonHolds, newGeoJSON},
		{"jsonfg", "GeoJSON with times (JSON-FG 1.0)", "application/geo+json", ".fg.json", geojsonHolds, newJSONFG},
		{"geojsonseq", "GeoJSON text sequence (RFC 8142)", "application/geo+json-seq", ".geojsons", geojsonHolds, newSequence},
		{"ndjson", "GeoJSON, a feature a line", "application/x-ndjson", ".ndjson", geojsonHolds, newLines},
		{"csv", "Comma-separated values", "text/csv; charset=utf-8", ".csv", csvHolds, newCSV},
		{"gpkg", "GeoPackage", "application/geopackage+sqlite3", ".gpkg", geopackageHolds, newGeoPackage},
		{"fgb", "FlatGeobuf", "application/flatgeobuf", ".fgb", flatgeobufHolds, newFlatGeobuf},
		{"shp", "Shapefiles in a ZIP", "application/zip", ".shp.zip", shapefileHolds, newShapefile},
		{"parquet", "GeoParquet", "application/vnd.apache.parquet", ".parquet", geoparquetHolds, newGeoParquet},
		{"kml", "KML", "application/vnd.google-earth.kml+xml", ".kml", kmlHolds, newKML},
		{"gpx", "GPX, points and lines", "application/gpx+xml", ".gpx", gpxHolds, newGPX},
	}
}

// Find returns the format of the id.
func Find(id string) (Format, bool) {
	for _, f := range Formats() {
		if f.ID == id {
			return f, true
		}
	}
	return Format{}, false
}
