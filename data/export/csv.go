package export

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"

	"github.com/paulmach/orb/encoding/wkt"

	"bivouac/geo"
	"bivouac/geo/geojson"
)

// sheetCSV writes comma-separated values in UTF-8 (RFC 4180). A record without
// a value and one with an empty text look alike; heights and source fields
// without a column are left out.
type sheetCSV struct {
	w     *csv.Writer
	sheet Sheet
	point bool // the place is two columns, not one of shapes
	cells []string
	buf   []byte
	begun bool
}

// newCSV writes a column a field behind the key, and the place last: longitude
// and latitude of a collection of points, well-known text for any other.
func newCSV(w io.Writer, s Sheet) Writer {
	return &sheetCSV{w: csv.NewWriter(w), sheet: s, point: s.Schema.Geometry == geo.PointGeometry}
}

// header names the columns; one of our own gives way to a field of its name.
func (c *sheetCSV) header() []string {
	var names []string
	for i := range c.sheet.Schema.Fields {
		names = append(names, c.sheet.Schema.Fields[i].Name)
	}
	for i := range c.sheet.Beside {
		names = append(names, free(names, c.sheet.Beside[i].Name))
	}
	names = slices.Insert(names, 0, free(names, "id"))
	if c.point {
		names = append(names, free(names, "longitude"))
		return append(names, free(names, "latitude"))
	}
	if c.sheet.Schema.Geometry == geo.NoGeometry {
		return names
	}
	return append(names, free(names, "geometry"))
}

// free returns the name, with as many underlines behind as it takes.
func free(names []string, name string) string {
	for slices.Contains(names, name) {
		name += "_"
	}
	return name
}

func (c *sheetCSV) begin() error {
	if c.begun {
		return nil
	}
	c.begun = true
	return c.w.Write(c.header())
}

func (c *sheetCSV) Write(r geo.Row, beside []geo.Value) error {
	if err := c.begin(); err != nil {
		return err
	}
	c.cells = append(c.cells[:0], strconv.FormatInt(int64(r.Key()), 10))
	for i := range c.sheet.Schema.Fields {
		c.cells = append(c.cells, c.cell(r.Value(i), &c.sheet.Schema.Fields[i]))
	}
	for i, v := range beside {
		c.cells = append(c.cells, c.cell(v, &c.sheet.Beside[i]))
	}
	c.place(r)
	if err := c.w.Write(c.cells); err != nil {
		return err
	}
	// The reader's pace is ours: nothing may pile up here.
	c.w.Flush()
	return c.w.Error()
}

// cell writes texts as they are, and all else as JSON does.
func (c *sheetCSV) cell(v geo.Value, f *geo.Field) string {
	switch v.Kind() {
	case geo.KindNull:
		return ""
	case geo.KindString:
		return v.Text()
	case geo.KindTime:
		c.buf = geojson.AppendTime(c.buf[:0], v.Time(), f.DateOnly)
		return string(c.buf[1 : len(c.buf)-1])
	}
	c.buf = geojson.AppendField(c.buf[:0], v, f)
	if v.Kind() == geo.KindInterval {
		return string(c.buf[1 : len(c.buf)-1])
	}
	return string(c.buf)
}

func (c *sheetCSV) place(r geo.Row) {
	if c.sheet.Schema.Geometry == geo.NoGeometry {
		return
	}
	if !c.point {
		text := ""
		if g := r.Geometry(); g != nil {
			text = wkt.MarshalString(g)
		}
		c.cells = append(c.cells, text)
		return
	}
	p, ok := r.Point()
	for _, x := range p {
		text := ""
		if ok {
			c.buf = geojson.AppendNumber(c.buf[:0], x)
			text = string(c.buf)
		}
		c.cells = append(c.cells, text)
	}
}

func (c *sheetCSV) Close() error {
	if err := c.begin(); err != nil {
		return err
	}
	c.w.Flush()
	return c.w.Error()
}
