package geo

import "github.com/paulmach/orb"

// Table is one part of a layer: rows 0 to Len-1 of typed columns.
type Table interface {
	Schema() *Schema
	Len() int
	// Column returns the column of a position in the Schema.
	Column(i int) Column
	Key(n uint32) Key
	Rev(n uint32) Version
	SourceID(n uint32) string
	// Point returns the place of a row that is a single point, without an
	// allocation; false for a row of another shape or without a place.
	Point(n uint32) (orb.Point, bool)
	// Geometry returns nil for a row without a place. It is not to be changed.
	Geometry(n uint32) orb.Geometry
	// Bound returns the box of the row, false for one without a place.
	Bound(n uint32) (Box, bool)
	Z(n uint32) []float64
	Extra(n uint32) []byte
	Valid(n uint32) Interval
	Class(n uint32) Class
	Mission(n uint32) string
}

// Row names one record of a Table. It is a value: passing it on allocates
// nothing. The zero Row is no record.
type Row struct {
	t Table
	n uint32
}

// RowOf returns row n of t.
func RowOf(t Table, n uint32) Row { return Row{t, n} }

// Table returns the part of the layer that holds the row.
func (r Row) Table() Table { return r.t }

// Number returns the place of the row in its Table.
func (r Row) Number() uint32 { return r.n }

// Key returns the record's key.
func (r Row) Key() Key { return r.t.Key(r.n) }

// Rev returns the Version that last wrote the record.
func (r Row) Rev() Version { return r.t.Rev(r.n) }

// Mission returns the mission that the record is of, "" where all share it.
func (r Row) Mission() string { return r.t.Mission(r.n) }

// SourceID returns the sender's id of the record, "" for none.
func (r Row) SourceID() string { return r.t.SourceID(r.n) }

// Class returns how the record is classified.
func (r Row) Class() Class { return r.t.Class(r.n) }

// Geometry returns the record's shape, nil for none. It is not to be changed.
func (r Row) Geometry() orb.Geometry { return r.t.Geometry(r.n) }

// Point returns the record's place where its shape is a single point.
func (r Row) Point() (orb.Point, bool) { return r.t.Point(r.n) }

// Value returns the value at a position in the Schema.
func (r Row) Value(i int) Value {
	c := r.t.Column(i)
	return c.Value(r.n)
}

// Named returns the value of the named field, null where there is no such
// field. To ask many rows, look the Column up once instead.
func (r Row) Named(name string) Value {
	i := r.t.Schema().Field(name)
	if i < 0 {
		return Value{}
	}
	return r.Value(i)
}

// Name returns what people call the record: its field of [NameRole], "" where
// it has none.
func (r Row) Name() string {
	i := r.t.Schema().WithRole(NameRole)
	if i < 0 {
		return ""
	}
	return r.Value(i).Text()
}

// Feature copies the row out of its Table.
func (r Row) Feature() Feature {
	values := make([]Value, len(r.t.Schema().Fields))
	for i := range values {
		values[i] = r.Value(i)
	}
	return Feature{
		Key: r.Key(), Rev: r.Rev(), SourceID: r.t.SourceID(r.n),
		Geometry: r.Geometry(), Z: r.t.Z(r.n), Values: values, Extra: r.t.Extra(r.n),
		Valid: r.t.Valid(r.n), Class: r.t.Class(r.n), Mission: r.t.Mission(r.n),
	}
}
