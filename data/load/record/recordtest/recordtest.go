// Package recordtest answers what a reader of records gives, for the tests of
// the readers.
package recordtest

import (
	"errors"
	"io"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/data/load/record"
	"bivouac/geo"
)

// Reader is what the readers of typed formats have in common.
type Reader interface {
	Next(*record.Record) error
	Columns() []record.Column
	Warnings() []geo.Said
	Close() error
}

const refusal = "refused: "

// Read returns all records, those before an error too, and closes the reader.
// One that was refused has the reason as its ID, behind "refused: ".
func Read(r Reader) (records []record.Record, err error) {
	defer r.Close()
	for {
		var x record.Record
		err := r.Next(&x)
		var bad *record.Refused
		switch {
		case errors.Is(err, io.EOF):
			return records, nil
		case errors.As(err, &bad):
			x.ID = refusal + bad.Said.Text
		case err != nil:
			return records, err
		}
		records = append(records, x)
	}
}

// Named returns the values of each record as texts by the names of their
// columns, without those that are null.
func Named(r Reader, records []record.Record) []map[string]string {
	out := make([]map[string]string, len(records))
	for n, x := range records {
		out[n] = map[string]string{}
		for i, v := range x.Values {
			if !v.Null() {
				out[n][r.Columns()[i].Name] = v.Text()
			}
		}
	}
	return out
}

// Said is what people would be told: the error, and why records were refused.
func Said(records []record.Record, err error) string {
	var b strings.Builder
	if err != nil {
		b.WriteString(err.Error())
	}
	for _, x := range records {
		b.WriteString(x.ID)
	}
	return b.String()
}

// Vertices counts those of a shape.
func Vertices(g orb.Geometry) (n int) {
	switch g := g.(type) {
	case orb.Point:
		return 1
	case orb.MultiPoint:
		return len(g)
	case orb.LineString:
		return len(g)
	case orb.MultiLineString:
		for _, l := range g {
			n += len(l)
		}
	case orb.Polygon:
		for _, r := range g {
			n += len(r)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			n += Vertices(p)
		}
	}
	return n
}
