package export

import (
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/geojson"
)

// cells reads rows as the values of a file's columns: the fields that are
// asked for, the values beside them, and the source fields without a column
// as JSON. It remembers the table of the last row, and serves one goroutine.
type cells struct {
	fields  []geo.Field // one a column
	columns []geo.Column
	from    []int // position in the schema; those beside and the extra ones have none
	extra   bool
	placed  bool // the collection has shapes
	system  crs.System
	degrees bool // the system is of longitude and latitude

	table  geo.Table
	n      uint32
	beside []geo.Value
}

func newCells(s Sheet, holds *Holds) *cells {
	c := &cells{extra: s.Extra && holds.Extra, system: s.System, degrees: s.System == crs.CRS84 || s.System == crs.LatLon, from: s.Fields, placed: s.Schema.Geometry != geo.NoGeometry}
	if s.Fields == nil {
		for i := range s.Schema.Fields {
			c.from = append(c.from, i)
		}
	}
	for _, i := range c.from {
		c.fields = append(c.fields, s.Schema.Fields[i])
	}
	c.fields = append(c.fields, s.Beside...)
	if c.extra {
		c.fields = append(c.fields, geo.Field{Name: geojson.ExtraOf(s.Schema), Title: "Source fields without a column", Kind: geo.KindRecord})
	}
	c.columns = make([]geo.Column, len(c.from))
	return c
}

// take makes r the row whose values are asked.
func (c *cells) take(r geo.Row, beside []geo.Value) {
	if t := r.Table(); t != c.table {
		c.table = t
		for i, position := range c.from {
			c.columns[i] = t.Column(position)
		}
	}
	c.n, c.beside = r.Number(), beside
}

// value returns the value of a column.
func (c *cells) value(i int) geo.Value {
	if i < len(c.columns) {
		return c.columns[i].Value(c.n)
	}
	if i -= len(c.columns); i < len(c.beside) {
		return c.beside[i]
	}
	if extra := c.table.Extra(c.n); len(extra) > 0 {
		return geo.String(string(extra))
	}
	return geo.Value{}
}

// point returns the place of a row that is a single point without a height.
func (c *cells) point() (orb.Point, bool) {
	p, ok := c.table.Point(c.n)
	if !ok || c.table.Z(c.n) != nil {
		return p, false
	}
	if c.degrees {
		return p, true
	}
	x, y, err := c.system.Project(p[0], p[1])
	if err != nil {
		panic("export: a record was not checked: " + err.Error())
	}
	return orb.Point{x, y}, true
}

// place returns the shape of the row and its heights, in the file's system,
// east before north in every format that has shapes.
func (c *cells) place() (orb.Geometry, []float64) {
	g := c.table.Geometry(c.n)
	if g == nil {
		return nil, nil
	}
	if !c.degrees {
		var err error
		if g, err = c.system.ProjectGeometry(g); err != nil {
			panic("export: a record was not checked: " + err.Error())
		}
	}
	return g, c.table.Z(c.n)
}

// names returns the names of the columns, none of them twice.
func (c *cells) names() []string {
	var out []string
	for i := range c.fields {
		out = append(out, free(out, c.fields[i].Name))
	}
	return out
}

// free returns the name, with as many underlines behind as it takes.
func free(names []string, name string) string {
	for slices.Contains(names, name) {
		name += "_"
	}
	return name
}

// appendText adds a value as text: texts as they are, times without quotes,
// and all else as JSON.
func appendText(b []byte, v geo.Value, f *geo.Field) []byte {
	start := len(b)
	switch v.Kind() {
	case geo.KindNull:
		return b
	case geo.KindString:
		return append(b, v.Text()...)
	case geo.KindTime, geo.KindInterval:
		b = geojson.AppendField(b, v, f)
		return append(b[:start], b[start+1:len(b)-1]...)
	}
	return geojson.AppendField(b, v, f)
}
