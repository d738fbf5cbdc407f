package load

import (
	"bytes"
	"encoding/json"

	"bivouac/geo"
	"bivouac/geo/geojson"
)

// appendExtra adds the JSON object of the source fields that the row brings as
// such, and of the cells that have no field; nothing where there are none. A
// field of both is the former.
func (p *plan) appendExtra(b []byte, r *row, brought []byte) []byte {
	start := len(b)
	var taken map[string]json.RawMessage
	if body := bytes.TrimSpace(brought); len(body) > 2 && json.Unmarshal(body, &taken) == nil && len(taken) > 0 {
		b = append(b, bytes.TrimSpace(body[:len(body)-1])...)
	}
	for i := range p.extra {
		e := &p.extra[i]
		c := r.cell(e.column)
		if c.kind == absent || c.kind == untyped && e.kind != geo.KindString && isMissing(c.text) {
			continue
		}
		if taken != nil && taken[e.plain] != nil {
			continue
		}
		b = append(b, "{,"[min(1, len(b)-start)])
		b = append(b, e.name...)
		b = appendCell(b, c, e.kind)
	}
	if len(b) > start {
		b = append(b, '}')
	}
	return b
}

// appendCell writes numbers and bools of a table as such where the whole
// column holds nothing else.
func appendCell(b []byte, c *cell, kind geo.Kind) []byte {
	switch {
	case c.kind == nested:
		return append(b, c.raw...)
	case c.kind == typed:
		return geojson.AppendValue(b, c.value)
	case kind == geo.KindInt:
		return append(b, c.text...)
	case kind == geo.KindFloat:
		if v, ok := parseNumber(c.text); ok {
			return geojson.AppendNumber(b, v)
		}
	case kind == geo.KindBool:
		return append(b, bytes.ToLower(c.text)...)
	}
	return geojson.AppendString(b, string(c.text))
}

// isExtra knows the names under which our own files bring the source fields
// that had no column.
func isExtra(name string) bool {
	p := plain(name)
	return p == geojson.ExtraName || p == geojson.ExtraName2
}

// extraColumn is the column of those fields, -1 for none: objects all of them,
// as such or written as text, where the format has no type for them.
func (f *File) extraColumn() int {
	i := find(f.columns, geojson.ExtraOf(&f.schema))
	if i < 0 || f.columns[i].count == 0 || f.columns[i].objects < f.columns[i].count {
		return -1
	}
	return i
}

// object is the JSON that a cell holds, or that its text is.
func object(c *cell) []byte {
	switch {
	case c.kind == untyped:
		return c.text
	case c.kind == typed && c.value.Kind() == geo.KindString:
		return []byte(c.value.Text())
	}
	return c.raw
}

func isObject(c *cell) bool {
	text := object(c)
	return len(text) > 0 && text[0] == '{' && json.Valid(text)
}
