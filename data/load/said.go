package load

import (
	"cmp"
	"slices"

	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/staging"
)

// Says tells which parts of a record a file speaks of at all. What it does not
// speak of is unknown, and not empty.
type Says struct {
	Fields []bool // by field of the schema
	Place  bool   // geometry and heights
	Extra  bool   // source fields without a column
}

// Says returns what the rows say.
func (f *File) Says() Says {
	s := Says{Fields: make([]bool, len(f.schema.Fields)), Place: f.placed || f.place.lon >= 0 || f.place.shape >= 0, Extra: len(f.plan.extra) > 0}
	for i := range s.Fields {
		s.Fields[i] = f.plan.fields[i].set()
	}
	s.Extra = s.Extra || f.extraColumn() >= 0
	if i := f.schema.WithRole(geo.SourceIDRole); i >= 0 && len(f.options.IDFrom) > 0 {
		s.Fields[i] = true
	}
	return s
}

// At returns the row at hand while Read runs, and the line on which it starts,
// 0 where that is not known.
func (f *File) At() (row, line int) { return f.row, f.line }

// Columns returns the columns of the file, what stands in them, and what is
// taken from them.
func (f *File) Columns() []staging.Column {
	out := make([]staging.Column, 0, len(f.columns))
	for i, c := range f.columns {
		kind, _ := kindOf(c.saw)
		if kind == geo.KindNull {
			kind = geo.KindRecord
		}
		col := staging.Column{Name: c.name, Type: kind.String(), Samples: append([]string{}, c.samples...), Fields: []string{}}
		if c.dropped != nil {
			col.Samples, col.Dropped, col.DroppedSaid = []string{}, c.dropped.Text, &geojson.Told{Said: *c.dropped}
		}
		for n := range f.plan.fields {
			if f.plan.fields[n].column == i {
				col.Fields = append(col.Fields, f.schema.Fields[n].Name)
			}
		}
		switch i {
		case f.place.lon:
			col.Place = "longitude"
		case f.place.lat:
			col.Place = "latitude"
		case f.place.shape:
			col.Place = "shape"
		}
		out = append(out, col)
	}
	return out
}

// Mapping returns the column of each field that is taken from one.
func (f *File) Mapping() map[string]string { return f.plan.used }

// Profile returns the name of the recipe that is followed, "" for none.
func (f *File) Profile() string {
	if f.recipe == nil {
		return ""
	}
	return f.recipe.Name
}

// IDColumn says what tells records apart: the columns that ids are derived
// from, the field or column of them, or "" where they have none.
func (f *File) IDColumn() string {
	if f.key != nil {
		return f.key.name
	}
	if len(f.options.IDFrom) > 0 {
		text := ""
		for i, name := range f.options.IDFrom {
			text += name
			if i < len(f.options.IDFrom)-1 {
				text += ", "
			}
		}
		return text
	}
	if i := f.schema.WithRole(geo.SourceIDRole); i >= 0 && f.plan.fields[i].column >= 0 {
		return f.columns[f.plan.fields[i].column].name
	}
	if f.ids {
		return "id"
	}
	return ""
}

// mostSamples is how many values of a column are shown.
const mostSamples = 3

func (c *column) sample(v *cell) {
	if len(c.samples) == mostSamples {
		return
	}
	if text := v.written(); !slices.Contains(c.samples, text) {
		c.samples = append(c.samples, text)
	}
}

// isMark knows the columns that a file of refused rows has beside its own.
func isMark(name string) bool { return name == staging.ReasonColumn || name == staging.TextColumn }

// recordOf returns the columns of a refused row as a GeoJSON feature.
func (r *reading) recordOf(row *row) []byte {
	b := []byte(`{"type":"Feature",`)
	if row.id != "" {
		b = append(geojson.AppendString(append(b, `"id":`...), row.id), ',')
	}
	b = append(b, `"geometry":`...)
	if row.place != nil {
		b = geojson.AppendGeometry(b, row.place, row.z)
	} else {
		b = append(b, "null"...)
	}
	b = append(b, `,"properties":{`...)
	start := len(b)
	add := func(name string, value []byte) {
		if len(b) > start {
			b = append(b, ',')
		}
		b = append(append(geojson.AppendString(b, name), ':'), value...)
	}
	switch rs, isTable := r.rowsIn.(*tableRows); {
	case row.refused == nil:
		for i := range row.cells {
			if c := &row.cells[i]; c.kind != absent && !isMark(r.file.columns[i].name) && r.file.isKept(i) {
				add(r.file.columns[i].name, wholeCell(c))
			}
		}
	case isTable && len(rs.cut) > 0:
		for i, text := range rs.cut {
			add(rs.nameOf(i), geojson.AppendString(nil, text))
		}
	default:
		add(staging.TextColumn, geojson.AppendString(nil, cmp.Or(row.refused.raw, row.refused.said.Text)))
	}
	return append(b, "}}"...)
}

// idOf returns the id that a refused row would have had, as far as it can be
// read.
func (r *reading) idOf(row *row) string {
	switch i := r.file.schema.WithRole(geo.SourceIDRole); {
	case row.refused != nil:
		return ""
	case r.file.derivation != nil:
		return r.derivedID(row)
	case i >= 0 && r.file.plan.fields[i].column >= 0:
		if c := row.cell(r.file.plan.fields[i].column); c.kind == untyped || c.kind == typed {
			return string(rawText(c))
		}
	}
	if r.file.key != nil {
		return "" // what the row brings is its key
	}
	return row.id
}

// derivedID is the id that is derived from a row of which a part is wrong; ""
// where it would be derived from that part.
func (r *reading) derivedID(row *row) string {
	f := geo.Feature{Values: make([]geo.Value, len(r.file.schema.Fields))}
	var bad *fault
	if f.Geometry, _, bad = r.place(row); bad != nil && r.file.derivation.placed() {
		return ""
	}
	for _, p := range r.file.derivation.parts {
		if p.field < 0 {
			continue
		}
		c := row.cell(r.file.plan.fields[p.field].column)
		v, problem := r.convert(c, &r.file.schema.Fields[p.field])
		if s := r.file.plan.fields[p.field]; s.via != nil {
			v, problem = s.via(c)
		}
		if problem != nil {
			return ""
		}
		f.Values[p.field] = v
	}
	return r.file.derivation.id(&f, row)
}

func wholeCell(c *cell) []byte {
	switch {
	case c.kind == nested:
		return c.raw
	case c.kind == typed:
		return geojson.AppendValue(nil, c.value)
	}
	return geojson.AppendString(nil, string(c.text))
}

// isKept reports whether anything is made of a column.
func (f *File) isKept(i int) bool {
	return f.columns[i].dropped == nil || f.key != nil && f.key.column == i
}

// Names are those of all columns that are kept, and of the id and the geometry
// where rows bring them beside their columns.
func (f *File) Names() []string {
	var out []string
	if keyed := f.key != nil && f.key.column < 0; keyed || f.placed && f.ids && f.derivation == nil && find(f.columns, idOfRows) < 0 {
		out = append(out, idOfRows)
	}
	for i, c := range f.columns {
		if f.isKept(i) {
			out = append(out, c.name)
		}
	}
	if f.placed && find(f.columns, staging.GeometryName) < 0 {
		out = append(out, staging.GeometryName)
	}
	return out
}
