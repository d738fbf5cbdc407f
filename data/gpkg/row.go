package gpkg

import (
	"encoding/json"
	"time"

	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/jsonschema"
)

// Forms of times in columns, as GeoPackage asks for them. What is finer than a
// millisecond stands beside, exactly.
const (
	dayForm  = "2006-01-02"
	timeForm = "2006-01-02T15:04:05.000Z"
)

// more is what a record holds that its columns cannot: it is written where it
// differs from what the fields with roles say.
type more struct {
	Mission *string           `json:"mission,omitempty"`
	Class   *string           `json:"class,omitempty"`
	Valid   *string           `json:"valid,omitempty"`
	Extra   json.RawMessage   `json:"extra,omitempty"`
	Exact   map[string]string `json:"exact,omitempty"` // times that their columns round
}

// args appends the record as the table's statements take it.
func (t *table) args(to []any, f *geo.Feature) ([]any, error) {
	to = append(to, int64(f.Key))
	if t.shape != "" {
		if f.Geometry == nil {
			to = append(to, nil)
		} else {
			blob, err := appendBlob(nil, f.Geometry, f.Z, srsID)
			if err != nil {
				return to, err
			}
			to = append(to, blob)
		}
	}
	m := more{Extra: f.Extra}
	for i := range t.columns {
		v, exact := columnValue(&t.schema.Fields[i], f.Value(i))
		if !exact {
			if m.Exact == nil {
				m.Exact = map[string]string{}
			}
			m.Exact[t.schema.Fields[i].Name] = f.Value(i).Time().String()
		}
		to = append(to, v)
	}
	source, text := t.beside(f, &m)
	return append(to, int64(f.Rev), source, text), nil
}

// beside returns what stands in the last two columns: nil for what the fields
// say already.
func (t *table) beside(f *geo.Feature, m *more) (source, text any) {
	said := geo.Feature{Values: f.Values}
	// What cannot be filled in was refused before.
	_ = geo.Fill(&t.schema, &said)
	if f.SourceID != said.SourceID {
		source = f.SourceID
	}
	if f.Mission != said.Mission {
		m.Mission = &f.Mission
	}
	if f.Class != said.Class {
		class := f.Class.String()
		m.Class = &class
	}
	if f.Valid != said.Valid {
		valid := f.Valid.String()
		m.Valid = &valid
	}
	if m.Mission == nil && m.Class == nil && m.Valid == nil && len(m.Extra) == 0 && m.Exact == nil {
		return source, nil
	}
	if m.Mission == nil && m.Class == nil && m.Valid == nil && m.Exact == nil {
		// Most records have nothing else beside, and it is JSON already.
		return source, `{"extra":` + string(m.Extra) + `}`
	}
	b, err := json.Marshal(m)
	if err != nil {
		panic("gpkg: " + err.Error()) // Extra was checked to be JSON
	}
	return source, string(b)
}

// columnValue returns v as its column holds it, and whether that is exact.
func columnValue(f *geo.Field, v geo.Value) (column any, exact bool) {
	switch v.Kind() {
	case geo.KindNull:
		return nil, true
	case geo.KindBool:
		if v.Bool() {
			return int64(1), true
		}
		return int64(0), true
	case geo.KindInt:
		if f.Kind == geo.KindFloat {
			return v.Float(), true
		}
		return v.Int(), true
	case geo.KindFloat:
		return v.Float(), true
	case geo.KindString:
		return v.Text(), true
	case geo.KindTime:
		return timeColumn(f, v.Time())
	}
	return string(geojson.AppendValue(nil, v)), true
}

func timeColumn(f *geo.Field, t geo.Time) (text string, exact bool) {
	form, grain := timeForm, geo.Second/1000
	if f.DateOnly {
		form, grain = dayForm, geo.Day
	}
	std := t.Std()
	return std.Format(form), t%grain == 0 && std.Year() >= 0 && std.Year() <= 9999
}

// parseColumn reads what columnValue wrote. Another program may have written a
// value of another type: false then.
func parseColumn(f *geo.Field, v any) (geo.Value, bool) {
	switch v := v.(type) {
	case nil:
		return geo.Value{}, true
	case int64:
		switch f.Kind {
		case geo.KindBool:
			return geo.Bool(v != 0), v == 0 || v == 1
		case geo.KindFloat:
			return geo.Float(float64(v)), true
		}
		return geo.Int(v), f.Kind == geo.KindInt
	case float64:
		return geo.Float(v), f.Kind == geo.KindFloat
	case string:
		return parseText(f, v)
	}
	return geo.Value{}, false
}

func parseText(f *geo.Field, s string) (geo.Value, bool) {
	switch f.Kind {
	case geo.KindString:
		return geo.String(s), true
	case geo.KindTime:
		t, ok := parseTime(s)
		return geo.TimeValue(t), ok
	case geo.KindBool, geo.KindInt, geo.KindFloat:
		return geo.Value{}, false
	}
	v, err := geojson.ParseValue([]byte(s))
	if err != nil {
		return v, false
	}
	return jsonschema.Coerce(f, v)
}

// parseTime reads a day, or a time by RFC 3339. Opening a store reads millions
// of them, so that its own two forms have a short way.
func parseTime(s string) (geo.Time, bool) {
	if len(s) == len(dayForm) || len(s) == len(timeForm) {
		if t, ok := quickTime(s); ok {
			return t, true
		}
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	return geo.TimeOf(t), err == nil
}

// quickTime reads the two forms by their places.
func quickTime(s string) (geo.Time, bool) {
	year, month, day := digits(s[0:4]), digits(s[5:7]), digits(s[8:10])
	if year < 0 || month < 1 || month > 12 || day < 1 || day > 28 && !inMonth(year, month, day) || s[4] != '-' || s[7] != '-' {
		return 0, false
	}
	t := geo.Time(daysBefore(year, month)+day-1) * geo.Day
	if len(s) == len(dayForm) {
		return t, true
	}
	hour, minute, second, milli := digits(s[11:13]), digits(s[14:16]), digits(s[17:19]), digits(s[20:23])
	if min(hour, minute, second, milli) < 0 || hour > 23 || minute > 59 || second > 59 ||
		s[10] != 'T' || s[13] != ':' || s[16] != ':' || s[19] != '.' || s[23] != 'Z' {
		return 0, false
	}
	return t + geo.Time(hour*3600+minute*60+second)*geo.Second + geo.Time(milli)*geo.Second/1000, true
}

// digits reads a number of decimal digits, -1 for anything else.
func digits(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

func inMonth(year, month, day int) bool {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() == day
}

// daysBefore counts the days from 1970 to the first of a month, by the
// calendar of years that begin in March (H. Hinnant, days_from_civil).
func daysBefore(year, month int) int {
	if month <= 2 {
		year--
	}
	era := year / 400
	if year < 0 {
		era = (year - 399) / 400
	}
	ofEra := year - era*400
	return era*146097 + ofEra*365 + ofEra/4 - ofEra/100 + (153*((month+9)%12)+2)/5 - 719468
}
