package load

import (
	"bytes"

	"bivouac/geo"
	"bivouac/geo/geojson"
)

// appendExtra adds the JSON object of the cells that have no field, nothing
// where there are none.
func (p *plan) appendExtra(b []byte, r *row) []byte {
	start := len(b)
	for i := range p.extra {
		e := &p.extra[i]
		c := r.cell(e.column)
		if c.kind == absent || c.kind == untyped && e.kind != geo.KindString && isMissing(c.text) {
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
		if v, err := parseNumber(c.text); err == "" {
			return geojson.AppendNumber(b, v)
		}
	case kind == geo.KindBool:
		return append(b, bytes.ToLower(c.text)...)
	}
	return geojson.AppendString(b, string(c.text))
}
