package load

import (
	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/jsonschema"
)

// convertNested reads an object or array of JSON for a field that holds one.
func (r *reading) convertNested(c *cell, f *geo.Field) (geo.Value, *geo.Said) {
	if f.Kind == geo.KindString {
		return geo.String(string(c.raw)), nil
	}
	v, err := geojson.ParseValue(c.raw)
	if err != nil {
		return geo.Value{}, geo.SaidBy(err)
	}
	if v, ok := jsonschema.Coerce(f, v); ok {
		return v, nil
	}
	return geo.Value{}, wrong(c, f)
}
