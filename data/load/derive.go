package load

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// derivation makes ids of rows that bring none, from what they say in some
// fields or columns: the first 16 bytes, in hexadecimal digits behind "d-", of
// the SHA-256 of their canonical texts, each behind its name and closed by a
// zero byte. A field that is known is taken as its value, so that one day is
// the same however it is written; a part of the place as its number; any other
// column as the number or time that it holds, else as its text without spaces
// around it.
type derivation struct {
	parts []derived
	b     []byte
}

type derived struct {
	name   string
	field  int // -1 for none
	axis   int // 0 longitude, 1 latitude, -1 for none
	column int // -1 for none
}

// derive finds what ids are derived from.
func (f *File) derive() error {
	if len(f.options.IDFrom) == 0 {
		return nil
	}
	d := &derivation{}
	for _, name := range f.options.IDFrom {
		p := derived{name: name, field: f.schema.Field(name), axis: -1, column: find(f.columns, name)}
		if p.field >= 0 && !f.plan.fields[p.field].set() {
			p.field = -1
		}
		if p.field < 0 && p.column >= 0 {
			for i := range f.plan.fields {
				if f.plan.fields[i].column == p.column && f.plan.fields[i].codes == nil {
					p.field, p.name = i, f.schema.Fields[i].Name
				}
			}
		}
		switch {
		case p.field >= 0:
		case p.column >= 0 && p.column == f.place.lon, p.column < 0 && isAxis(name, lonNames) && f.hasPlace():
			p.axis, p.name = 0, "longitude"
		case p.column >= 0 && p.column == f.place.lat, p.column < 0 && isAxis(name, latNames) && f.hasPlace():
			p.axis, p.name = 1, "latitude"
		case p.column < 0:
			_, err := f.column("id-from", name)
			return err
		}
		d.parts = append(d.parts, p)
	}
	f.ids, f.derivation = true, d
	return nil
}

func isAxis(name string, names []string) bool {
	for _, n := range names {
		if plain(name) == n {
			return true
		}
	}
	return false
}

func (f *File) hasPlace() bool { return f.placed || f.place.lon >= 0 || f.place.shape >= 0 }

// id returns the id of a feature that is filled, "" where all that it is to be
// derived from is empty.
func (d *derivation) id(f *geo.Feature, row *row) string {
	d.b = d.b[:0]
	some := false
	for _, p := range d.parts {
		d.b = append(append(d.b, p.name...), '=')
		before := len(d.b)
		switch {
		case p.field >= 0:
			if v := f.Value(p.field); !v.Null() {
				d.b = v.Append(d.b)
			}
		case p.axis >= 0:
			if at, ok := f.Geometry.(orb.Point); ok {
				d.b = strconv.AppendFloat(d.b, at[p.axis], 'g', -1, 64)
			} else if f.Geometry != nil {
				d.b = strconv.AppendFloat(d.b, f.Geometry.Bound().Center()[p.axis], 'g', -1, 64)
			}
		default:
			d.b = append(d.b, canonical(row.cell(p.column))...)
		}
		some = some || len(d.b) > before
		d.b = append(d.b, 0)
	}
	if !some {
		return ""
	}
	sum := sha256.Sum256(d.b)
	return "d-" + hex.EncodeToString(sum[:16])
}

// placed reports whether ids are derived from the place.
func (d *derivation) placed() bool {
	return slices.ContainsFunc(d.parts, func(p derived) bool { return p.axis >= 0 })
}

// canonical is the text of a cell that no field is taken from: a number or a
// time is the same however it is written.
func canonical(c *cell) []byte {
	text := rawText(c)
	if len(text) == 0 || c.kind == nested {
		return text
	}
	switch saw := classify(text); saw {
	case sawInt, sawFloat:
		if n, ok := parseNumber(text); ok {
			return geo.Float(n).Append(nil)
		}
	case sawDay, sawTime:
		if m, ok := parseMoment(text); ok {
			return m.at.Append(nil)
		}
	case sawMissing:
		return nil
	}
	return text
}

// rawText is what stands in a cell, without spaces around it.
func rawText(c *cell) []byte {
	switch {
	case c.kind == typed && c.value.Kind() == geo.KindString:
		return []byte(strings.TrimSpace(c.value.Text()))
	case c.kind == typed:
		return c.value.Append(nil)
	case c.kind == nested:
		return c.raw
	}
	return bytes.TrimSpace(c.text)
}

// deriveID gives the row at hand its derived id.
func (r *reading) deriveID(row *row) *fault {
	d := r.file.derivation
	if d == nil {
		return nil
	}
	id := d.id(&r.feature, row)
	if id == "" {
		return &fault{strings.Join(r.file.options.IDFrom, ", "), told(emptyID)}
	}
	r.feature.SourceID = id
	if i := r.file.schema.WithRole(geo.SourceIDRole); i >= 0 {
		r.feature.Values[i] = geo.String(id)
	}
	return nil
}
