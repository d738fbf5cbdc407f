// Package export writes records as files, one file of code a format.
//
// A Writer takes rows as they come and keeps none, so that memory stays flat
// however many there are. What is written reads back by data/load with the
// same values, but for what a format cannot hold; each says what that is.
package export

import (
	"io"

	"bivouac/geo"
)

// Sheet is what a file says of itself, as far as its format can.
type Sheet struct {
	Schema      *geo.Schema
	Beside      []geo.Field // values that each row brings beside its own, such as distance_m
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
}

// Format is a kind of file.
type Format struct {
	ID        string // short and in lower case, as in f=csv
	Title     string
	Media     string // media type
	Extension string // of file names, with its dot
	New       func(io.Writer, Sheet) Writer
}

// Formats returns all formats. The first is the one for those who name none.
func Formats() []Format {
	return []Format{
		{"geojson", "GeoJSON", "application/geo+json", ".geojson", newGeoJSON},
		{"jsonfg", "GeoJSON with times (JSON-FG 1.0)", "application/geo+json", ".fg.json", newJSONFG},
		{"geojsonseq", "GeoJSON text sequence, a feature a line", "application/geo+json-seq", ".geojsons", newSequence},
		{"csv", "Comma-separated values", "text/csv; charset=utf-8", ".csv", newCSV},
	}
}
