package jsonschema

import (
	"math"
	"strings"
	"time"

	"bivouac/geo"
	"bivouac/geo/geojson"
)

// Coerce turns a value as JSON gives it into one of the field's kind: text
// into times and intervals, objects into geometries, whole numbers into either
// kind of number, and the items of lists and records. It is false where the
// value is of another kind. Null fits every field.
func Coerce(f *geo.Field, v geo.Value) (geo.Value, bool) {
	if v.Null() || v.Kind() == f.Kind && f.Kind != geo.KindList && f.Kind != geo.KindRecord {
		return v, true
	}
	switch f.Kind {
	case geo.KindFloat:
		return geo.Float(v.Float()), v.Kind() == geo.KindInt
	case geo.KindInt:
		n := v.Float()
		return geo.Int(int64(n)), v.Kind() == geo.KindFloat && n == math.Trunc(n) && math.Abs(n) < 1<<53
	case geo.KindTime:
		t, ok := parseTime(v.Text())
		return geo.TimeValue(t), ok
	case geo.KindInterval:
		i, ok := parseInterval(v.Text())
		return geo.IntervalValue(i), ok
	case geo.KindGeometry:
		return coerceGeometry(v)
	case geo.KindList:
		return coerceList(f, v)
	case geo.KindRecord:
		return coerceRecord(f, v)
	}
	return geo.Value{}, false
}

func coerceGeometry(v geo.Value) (geo.Value, bool) {
	if v.Kind() != geo.KindRecord {
		return v, false
	}
	g, _, err := geojson.ParseGeometry(geojson.AppendValue(nil, v))
	return geo.Geometry(g), err == nil && g != nil
}

func coerceList(f *geo.Field, v geo.Value) (geo.Value, bool) {
	if v.Kind() != geo.KindList || f.Items == nil {
		return v, v.Kind() == geo.KindList
	}
	items := make([]geo.Value, len(v.List()))
	for i, item := range v.List() {
		var ok bool
		if items[i], ok = Coerce(f.Items, item); !ok {
			return v, false
		}
	}
	return geo.List(items...), true
}

func coerceRecord(f *geo.Field, v geo.Value) (geo.Value, bool) {
	if v.Kind() != geo.KindRecord {
		return v, false
	}
	r := geo.Values{}
	for name, item := range v.Record() {
		r[name] = item
	}
	for i := range f.Fields {
		item, there := r[f.Fields[i].Name]
		if !there {
			continue
		}
		c, ok := Coerce(&f.Fields[i], item)
		if !ok {
			return v, false
		}
		r[f.Fields[i].Name] = c
	}
	return geo.Record(r), true
}

// parseTime reads RFC 3339, a day, or a time without a zone as one in UTC.
func parseTime(s string) (geo.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02", "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return geo.TimeOf(t), true
		}
	}
	return 0, false
}

// parseInterval reads start/end as Interval prints it. A single time is the
// instant, a single day the day.
func parseInterval(s string) (geo.Interval, bool) {
	first, second, two := strings.Cut(s, "/")
	start, ok := parseEnd(first)
	if !ok {
		return geo.Interval{}, false
	}
	if two {
		end, ok := parseEnd(second)
		i := geo.Interval{Start: start, End: end}
		return i, ok && i.Valid()
	}
	if start.Kind != geo.At {
		return geo.Interval{}, false
	}
	if len(s) == len("2006-01-02") {
		return geo.Between(start.Time, start.Time+geo.Day), true
	}
	return geo.Instant(start.Time), true
}

func parseEnd(s string) (geo.End, bool) {
	switch s {
	case "..":
		return geo.End{Kind: geo.Open}, true
	case "":
		return geo.End{Kind: geo.Unknown}, true
	case "-":
		return geo.End{Kind: geo.Absent}, true
	}
	t, ok := parseTime(s)
	return geo.End{Kind: geo.At, Time: t}, ok
}
