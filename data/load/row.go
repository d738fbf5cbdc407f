package load

import (
	"github.com/paulmach/orb"

	"bivouac/geo"
)

// row is one record as its source writes it. It is used again for the next.
type row struct {
	ordinal int // 1 for the first
	line    int // on which it starts
	id      string
	placed  bool // it brings its geometry itself, be it none
	place   orb.Geometry
	z       []float64
	cells   []cell // by column; those behind the end are absent
	raw     []byte // the whole row, to show it where it is refused
	refused *refused
}

func (r *row) reset() {
	r.id, r.placed, r.place, r.z, r.refused = "", false, nil, nil, nil
	clear(r.cells)
}

// cell returns the cell of a column, absent for -1.
func (r *row) cell(column int) *cell {
	if column < 0 || column >= len(r.cells) {
		return &cell{}
	}
	return &r.cells[column]
}

// cell is one value as its source writes it.
type cell struct {
	kind  cellKind
	text  []byte    // untyped: what is written
	value geo.Value // typed
	raw   []byte    // typed and nested: the JSON
}

type cellKind uint8

const (
	absent  cellKind = iota // nothing, or null
	untyped                 // text of a table: its type is to be found out
	typed                   // a bool, number or string of JSON
	nested                  // an object or array of JSON
)

// written returns what the source wrote, for people.
func (c *cell) written() string {
	const most = 60
	s := string(c.raw)
	switch {
	case c.kind == untyped:
		s = string(c.text)
	case c.kind == typed && c.value.Kind() == geo.KindString:
		s = c.value.Text()
	}
	if len(s) > most {
		s = s[:most] + "..."
	}
	return s
}

// rows are the records of one member.
type rows interface {
	// next reads the next row. A *refused is a row that cannot be read.
	next(r *row) error
	// columns are the names met up to now, by column.
	columns() []string
	// warnings are what was read although it should not be so.
	warnings() []geo.Said
}

// refused is a row that the source itself could not read.
type refused struct {
	ordinal, line int
	said          geo.Said
	raw           string
}

func (r *refused) Error() string { return r.said.Text }
