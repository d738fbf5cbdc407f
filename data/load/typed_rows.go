package load

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"bivouac/data/load/record"
	"bivouac/geo"
	"bivouac/geo/geojson"
)

// typedRows are the records of a file whose format types them.
type typedRows struct {
	record.Reader
	record  record.Record
	names   []string
	ordinal int
	table   bool   // of a format without shapes: columns may say the place
	written []byte // of the values of the row at hand
}

func (t *typedRows) columns() []string {
	all := t.Columns()
	for i := len(t.names); i < len(all); i++ {
		t.names = append(t.names, all[i].Name)
	}
	return t.names
}

func (t *typedRows) warnings() []geo.Said { return t.Warnings() }

func (t *typedRows) next(r *row) error {
	r.reset()
	err := t.Next(&t.record)
	var bad *record.Refused
	if err != nil && !errors.As(err, &bad) {
		return err
	}
	t.ordinal++
	r.ordinal, r.line = t.ordinal, 0
	r.id, r.placed, r.place, r.z = t.record.ID, !t.table, t.record.Geometry, knownHeights(t.record.Z)
	t.fill(r)
	if bad != nil {
		return &refused{t.ordinal, 0, bad.Said, start(r.raw)}
	}
	return nil
}

// knownHeights are the heights, nil where none of them is known: a file whose
// other records have some says so by NaN.
func knownHeights(z []float64) []float64 {
	if slices.ContainsFunc(z, func(h float64) bool { return !math.IsNaN(h) }) {
		return z
	}
	return nil
}

// fill turns the values into cells, and writes them for people.
func (t *typedRows) fill(r *row) {
	for len(r.cells) < len(t.record.Values) {
		r.cells = append(r.cells, cell{})
	}
	columns := t.Columns()
	t.written, r.raw = t.written[:0], r.raw[:0:cap(r.raw)]
	for i, v := range t.record.Values {
		from := len(t.written)
		switch v.Kind() {
		case geo.KindNull:
			continue
		case geo.KindString:
			if columns[i].Kind == geo.KindNull {
				t.written = append(t.written, v.Text()...)
				r.cells[i] = cell{kind: untyped, text: t.written[from:len(t.written):len(t.written)]}
				break
			}
			r.cells[i] = cell{kind: typed, value: v}
			t.written = append(t.written, v.Text()[:min(len(v.Text()), 200)]...)
		case geo.KindRecord, geo.KindList:
			t.written = geojson.AppendValue(t.written, v)
			r.cells[i] = cell{kind: nested, raw: t.written[from:len(t.written):len(t.written)]}
		default:
			t.written = geojson.AppendValue(t.written, v)
			r.cells[i] = cell{kind: typed, value: v, raw: t.written[from:len(t.written):len(t.written)]}
		}
		t.written = append(t.written, ',')
	}
	r.raw = append(r.raw, t.written[:min(len(t.written), 400)]...)
	if len(r.raw) == 0 {
		r.raw = append(r.raw, t.record.ID...)
	}
}

// declare notes the types that the file says its columns have.
func (f *File) declare(rs rows) {
	t, ok := rs.(*typedRows)
	if !ok {
		return
	}
	for _, c := range t.Columns() {
		f.columns[f.number(c.Name)].declared = c
	}
}

// listed lists the first names, and says how many more there are.
func listed(names []string) string {
	const most = 30
	text := ""
	for i, name := range names {
		if i == most {
			return text + fmt.Sprintf(" and %d more", len(names)-most)
		}
		if i > 0 {
			text += ", "
		}
		text += strconv.Quote(name)
	}
	return text
}
