package geojson

import (
	"maps"
	"slices"
	"strconv"

	"bivouac/geo"
)

// AppendValue adds v as JSON: times by RFC 3339, intervals as start/end in a
// string, geometries as GeoJSON, records with their names in order. Only lists
// and records of values allocate.
func AppendValue(b []byte, v geo.Value) []byte {
	switch v.Kind() {
	case geo.KindBool:
		return strconv.AppendBool(b, v.Bool())
	case geo.KindInt:
		return strconv.AppendInt(b, v.Int(), 10)
	case geo.KindFloat:
		return AppendNumber(b, v.Float())
	case geo.KindString:
		return AppendString(b, v.Text())
	case geo.KindTime:
		return AppendTime(b, v.Time(), false)
	case geo.KindInterval:
		b = append(b, '"')
		b = v.Interval().Append(b)
		return append(b, '"')
	case geo.KindGeometry:
		return AppendGeometry(b, v.Geometry(), nil)
	case geo.KindList:
		return appendList(b, v.List())
	case geo.KindRecord:
		return appendRecord(b, v.Record())
	}
	return append(b, "null"...)
}

// AppendField adds v as AppendValue does, and a time as a day where the field
// says so.
func AppendField(b []byte, v geo.Value, f *geo.Field) []byte {
	if v.Kind() == geo.KindTime {
		return AppendTime(b, v.Time(), f.DateOnly)
	}
	return AppendValue(b, v)
}

func appendList(b []byte, items []geo.Value) []byte {
	b = append(b, '[')
	for i, v := range items {
		if i > 0 {
			b = append(b, ',')
		}
		b = AppendValue(b, v)
	}
	return append(b, ']')
}

func appendRecord(b []byte, r geo.Values) []byte {
	b = append(b, '{')
	for i, name := range slices.Sorted(maps.Keys(r)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = AppendString(b, name)
		b = append(b, ':')
		b = AppendValue(b, r[name])
	}
	return append(b, '}')
}
