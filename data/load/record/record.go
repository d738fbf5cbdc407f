// Package record answers what the records of a file hold whose format types
// them: it is the one shape in which the readers of shapefiles, GeoPackages,
// KML, GPX and the like give them to data/load.
package record

import (
	"github.com/paulmach/orb"

	"bivouac/geo"
)

// Column is one column of a file.
type Column struct {
	Name     string
	Kind     geo.Kind // KindNull where the file does not say: its texts are then read as those of a table
	DateOnly bool     // a KindTime of whole days
	Role     geo.Role // that it plays where its kind fits; none for most
}

// Record is one record as its file holds it. A Reader fills the same one again
// for the next; the geometry and the heights are then the caller's.
type Record struct {
	ID       string // "" for none
	Geometry orb.Geometry
	Z        []float64   // nil, or one height a vertex, NaN where there is none
	Values   []geo.Value // by column; those behind the end are null. Times are texts by RFC 3339
}

// Reset empties the record.
func (r *Record) Reset() {
	r.ID, r.Geometry, r.Z, r.Values = "", nil, nil, r.Values[:0]
}

// Set gives the value of a column.
func (r *Record) Set(column int, v geo.Value) {
	for len(r.Values) <= column {
		r.Values = append(r.Values, geo.Value{})
	}
	r.Values[column] = v
}

// Reader reads the records of one layer in their order.
type Reader interface {
	// Next reads the next record, io.EOF behind the last. A *Refused is a
	// record that cannot be read; the reading goes on behind it.
	Next(*Record) error
	// Columns are those met up to now. They keep their places.
	Columns() []Column
	// Warnings are what was read although it should not be so.
	Warnings() []geo.Said
	Close() error
}

// Refused says why one record cannot be read.
type Refused struct{ Said geo.Said }

// Refuse returns a Refused that says a sentence.
func Refuse(s geo.Sentence, values ...any) *Refused { return &Refused{s.With(values...)} }

func (r *Refused) Error() string { return r.Said.Text }
