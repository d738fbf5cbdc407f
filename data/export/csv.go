package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/paulmach/orb/encoding/wkt"

	"bivouac/geo"
	"bivouac/geo/geojson"
)

// sheetCSV writes comma-separated values in UTF-8 (RFC 4180). A record without
// a value and one with an empty text look alike; heights, source fields
// without a column, and the places of records of several points are left out.
type sheetCSV struct {
	nothing
	w     *csv.Writer
	cells *cells
	shape geo.GeometryType
	line  []string
	buf   []byte
	begun bool

	several int // records of more points than two columns hold
}

var csvHolds = Holds{Shapes: AsText, Strips: true}

// newCSV writes a column a field behind the key, and the place last: longitude
// and latitude of a collection of points, well-known text for any other.
func newCSV(w io.Writer, s Sheet) (Writer, error) {
	return &sheetCSV{w: csv.NewWriter(w), cells: newCells(s, &csvHolds), shape: s.Schema.Geometry}, nil
}

// header names the columns; one of our own gives way to a field of its name.
func (c *sheetCSV) header() []string {
	names := c.cells.names()
	names = slices.Insert(names, 0, free(names, "id"))
	switch c.shape {
	case geo.NoGeometry:
		return names
	case geo.PointGeometry:
		names = append(names, free(names, "longitude"))
		return append(names, free(names, "latitude"))
	}
	return append(names, free(names, "geometry"))
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
	c.cells.take(r, beside)
	c.line = append(c.line[:0], strconv.FormatInt(int64(r.Key()), 10))
	for i := range c.cells.fields {
		c.line = append(c.line, c.text(i))
	}
	c.place(r)
	if err := c.w.Write(c.line); err != nil {
		return err
	}
	// The reader's pace is ours: nothing may pile up here.
	c.w.Flush()
	return c.w.Error()
}

// text is the value of a column; a text as it is, without a copy.
func (c *sheetCSV) text(i int) string {
	v := c.cells.value(i)
	if v.Kind() == geo.KindString {
		return v.Text()
	}
	c.buf = appendText(c.buf[:0], v, &c.cells.fields[i])
	return string(c.buf)
}

func (c *sheetCSV) place(r geo.Row) {
	switch c.shape {
	case geo.NoGeometry:
		return
	case geo.PointGeometry:
		p, ok := r.Point()
		if !ok && r.Geometry() != nil {
			c.several++
		}
		for _, x := range p {
			text := ""
			if ok {
				c.buf = geojson.AppendNumber(c.buf[:0], x)
				text = string(c.buf)
			}
			c.line = append(c.line, text)
		}
		return
	}
	text := ""
	if g := r.Geometry(); g != nil {
		text = wkt.MarshalString(g)
	}
	c.line = append(c.line, text)
}

// Lost counts records of several points.
func (c *sheetCSV) Lost() (out []string) {
	if c.several > 0 {
		out = append(out, fmt.Sprintf("%d records of several points have no place", c.several))
	}
	return out
}

func (c *sheetCSV) Close() error {
	if err := c.begin(); err != nil {
		return err
	}
	c.w.Flush()
	return c.w.Error()
}
