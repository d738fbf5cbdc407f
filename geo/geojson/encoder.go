package geojson

import (
	"math"
	"slices"
	"strconv"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// ExtraName is the property that holds the source fields without a column.
// Where the schema has a field of that name, they stand under ExtraName2.
const (
	ExtraName  = "extra"
	ExtraName2 = "extra_fields"
)

// Options say what of a record is written. The zero Options write all of it.
type Options struct {
	Fields     []int // positions in the schema, in the order to write; nil is all
	NoGeometry bool  // write "geometry":null for every record
	NoExtra    bool  // leave the source fields without a column out

	// Profile is which GeoJSON is written. AppendRoot has what an outermost
	// object needs beside.
	Profile Profile

	// Project turns each vertex of a record's place into another reference
	// system, heights apart; nil leaves degrees, longitude first. It cannot
	// fail: what has no coordinates there is to be refused before.
	Project func(orb.Point) orb.Point

	// Simplify leaves vertices out of a record's place, and their heights,
	// before it is projected; nil writes all of them. Points are not asked.
	Simplify func(g orb.Geometry, heights []float64) (orb.Geometry, []float64)
}

// Property is a named value beside those of the record, such as distance_m.
type Property struct {
	Name  string
	Value geo.Value
}

// Encoder writes the rows of one schema. It remembers the table of the last
// row, so it serves one goroutine and is cheap enough to build for a request.
type Encoder struct {
	fields     []member
	extra      []byte
	noGeometry bool
	profile    Profile
	project    func(orb.Point) orb.Point
	simplify   func(orb.Geometry, []float64) (orb.Geometry, []float64)
	table      geo.Table
}

// member is a property with its name encoded, comma and colon and all, and the
// strings of its column that were written before.
type member struct {
	position int
	name     []byte
	dateOnly bool
	column   geo.Column
	words    [][]byte // by dictionary code; nil where there are too many
}

// wordsKept is the longest dictionary whose strings are kept encoded: codes
// have a few entries, and a table of names would cost more than it saves.
const wordsKept = 512

// NewEncoder returns an Encoder for rows whose tables have the schema.
func NewEncoder(s *geo.Schema, o Options) *Encoder {
	e := &Encoder{noGeometry: o.NoGeometry, profile: o.Profile, project: o.Project, simplify: o.Simplify}
	if !o.NoExtra {
		e.extra = encodeName(ExtraOf(s))
	}
	if o.Fields == nil {
		for i := range s.Fields {
			e.add(s, i)
		}
	}
	for _, i := range o.Fields {
		e.add(s, i)
	}
	return e
}

func (e *Encoder) add(s *geo.Schema, i int) {
	name := encodeName(s.Fields[i].Name)
	if len(e.fields) == 0 {
		name = name[1:]
	}
	e.fields = append(e.fields, member{position: i, name: name, dateOnly: s.Fields[i].DateOnly})
}

// ExtraOf returns the name of that property in features of the schema.
func ExtraOf(s *geo.Schema) string {
	if s.Field(ExtraName) >= 0 {
		return ExtraName2
	}
	return ExtraName
}

// encodeName returns the name with the comma before it and the colon behind.
func encodeName(name string) []byte { return append(AppendString([]byte{','}, name), ':') }

// AppendFeature adds the row as a GeoJSON feature: its Key as the id, every
// field of the schema in order with null where there is none, then the given
// properties, then the source fields without a column. It allocates nothing
// unless a value is a list or a record.
func (e *Encoder) AppendFeature(b []byte, row geo.Row, more ...Property) []byte {
	if t := row.Table(); t != e.table {
		e.take(t)
	}
	n := row.Number()
	b = append(b, `{"type":"Feature","id":`...)
	b = strconv.AppendInt(b, int64(e.table.Key(n)), 10)
	b = e.appendWhere(b, n)
	b = append(b, `,"properties":{`...)
	start := len(b)
	for i := range e.fields {
		b = append(b, e.fields[i].name...)
		b = e.fields[i].appendCell(b, n)
	}
	for i := range more {
		b = appendComma(b, start)
		b = AppendString(b, more[i].Name)
		b = append(b, ':')
		b = AppendValue(b, more[i].Value)
	}
	if e.extra != nil {
		b = appendExtra(b, start, e.extra, e.table.Extra(n))
	}
	return append(b, "}}"...)
}

// take looks the columns of a table up, once for all its rows.
func (e *Encoder) take(t geo.Table) {
	e.table = t
	for i := range e.fields {
		m := &e.fields[i]
		m.column = t.Column(m.position)
		m.words = nil
		if m.column.Kind == geo.KindString && len(m.column.Dict) <= wordsKept {
			m.words = make([][]byte, len(m.column.Dict))
		}
	}
}

// appendWhere adds the members that say where the record is, and by JSON-FG
// when it stood.
func (e *Encoder) appendWhere(b []byte, n uint32) []byte {
	const geometry, place, null = `,"geometry":`, `,"place":`, "null"
	if e.profile == RFC7946 {
		return e.appendPlace(append(b, geometry...), n, e.project)
	}
	b = append(appendWhen(append(b, `,"time":`...), e.table.Valid(n)), geometry...)
	switch {
	case e.project == nil:
		b = e.appendPlace(b, n, nil)
		return append(b, place+null...)
	case e.profile == JSONFGPlus:
		b = e.appendPlace(b, n, nil)
	default:
		b = append(b, null...)
	}
	return e.appendPlace(append(b, place...), n, e.project)
}

func (e *Encoder) appendPlace(b []byte, n uint32, project func(orb.Point) orb.Point) []byte {
	if e.noGeometry {
		return append(b, "null"...)
	}
	p, ok := e.table.Point(n)
	z := e.table.Z(n)
	if ok && z == nil {
		if project != nil {
			p = project(p)
		}
		return AppendPoint(b, p)
	}
	g := e.table.Geometry(n)
	if e.simplify != nil {
		g, z = e.simplify(g, z)
	}
	if e.profile != RFC7946 && slices.ContainsFunc(z, math.IsNaN) {
		z = nil // positions of one shape have one dimension there
	}
	w := vertices{z: z, project: project}
	return w.geometry(b, g)
}

func (m *member) appendCell(b []byte, n uint32) []byte {
	c := &m.column
	if c.Null(n) {
		return append(b, "null"...)
	}
	switch c.Kind {
	case geo.KindBool:
		return strconv.AppendBool(b, c.Ints[n] != 0)
	case geo.KindInt:
		return appendInt(b, c.Ints[n])
	case geo.KindTime:
		return AppendTime(b, geo.Time(c.Ints[n]), m.dateOnly)
	case geo.KindFloat:
		return AppendNumber(b, c.Floats[n])
	case geo.KindString:
		return m.appendWord(b, c.Codes[n])
	}
	return AppendValue(b, c.Others[n])
}

func (m *member) appendWord(b []byte, code uint32) []byte {
	if m.words == nil {
		return AppendString(b, m.column.Dict[code])
	}
	if m.words[code] == nil {
		m.words[code] = AppendString(nil, m.column.Dict[code])
	}
	return append(b, m.words[code]...)
}

// appendComma adds the comma before any property but the first.
func appendComma(b []byte, start int) []byte {
	if len(b) > start {
		b = append(b, ',')
	}
	return b
}

func appendExtra(b []byte, start int, name, extra []byte) []byte {
	if len(extra) == 0 {
		return b
	}
	b = appendComma(b, start)
	b = append(b, name[1:]...)
	return append(b, extra...)
}

// AppendGeoFeature adds a feature that stands in no table, for generators and
// single answers. The id is its Key, or its SourceID where it has no Key yet,
// or is left out.
func AppendGeoFeature(b []byte, s *geo.Schema, f *geo.Feature) []byte {
	b = append(b, `{"type":"Feature",`...)
	switch {
	case f.Key != 0:
		b = append(b, `"id":`...)
		b = append(strconv.AppendInt(b, int64(f.Key), 10), ',')
	case f.SourceID != "":
		b = append(b, `"id":`...)
		b = append(AppendString(b, f.SourceID), ',')
	}
	b = append(b, `"geometry":`...)
	b = AppendGeometry(b, f.Geometry, f.Z)
	b = append(b, `,"properties":{`...)
	start := len(b)
	for i := range s.Fields {
		b = appendComma(b, start)
		b = AppendString(b, s.Fields[i].Name)
		b = append(b, ':')
		b = AppendField(b, f.Value(i), &s.Fields[i])
	}
	b = appendExtra(b, start, encodeName(ExtraOf(s)), f.Extra)
	return append(b, "}}"...)
}
