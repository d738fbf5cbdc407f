package params

import (
	"strings"

	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/jsonschema"
)

// parseProperty reads the value of a field as JSON gives it.
func parseProperty(f *geo.Field, m *geojson.Member) (geo.Value, error) {
	v := m.Value
	if m.Nested() {
		var err error
		if v, err = geojson.ParseValue(m.Raw); err != nil {
			return v, geo.Errorf(geo.Invalid, f.Name, "%v", err)
		}
	}
	v, ok := jsonschema.Coerce(f, v)
	switch {
	case !ok:
		return v, geo.Errorf(geo.Invalid, f.Name, "takes %s, not %s", taken(f), clip(string(m.Raw)))
	case f.DateOnly && v.Kind() == geo.KindTime && v.Time()%geo.Day != 0:
		return v, geo.Errorf(geo.Invalid, f.Name, "takes a day such as 2018-08-31, without a time of day; not %s", clip(string(m.Raw)))
	case strings.IndexByte(v.Text(), 0) >= 0:
		return v, geo.Errorf(geo.Invalid, f.Name, "holds a character of code 0, which no store keeps; take it out")
	}
	return v, nil
}

// taken says what a field takes.
func taken(f *geo.Field) string {
	switch f.Kind {
	case geo.KindBool:
		return "true or false"
	case geo.KindInt:
		return "a whole number"
	case geo.KindFloat:
		return "a number"
	case geo.KindString:
		return "a text in quotes"
	case geo.KindTime:
		return "a time such as 2018-08-31T12:00:00Z, or a day"
	case geo.KindInterval:
		return "two times with a / between"
	case geo.KindGeometry:
		return "a GeoJSON geometry"
	case geo.KindList:
		return "a list" + ofItems(f)
	}
	return "an object"
}

func ofItems(f *geo.Field) string {
	if f.Items == nil {
		return ""
	}
	return " whose items are each " + taken(f.Items)
}
