package gpkg

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"

	"bivouac/geo"
	"bivouac/geo/jsonschema"
)

// feature reads a record as the table's read statement gives it, into values
// of one a column.
func (t *table) feature(row []driver.Value, values []geo.Value) (geo.Feature, error) {
	f := geo.Feature{Values: values}
	key, ok := row[0].(int64)
	if !ok || key < 1 {
		return f, t.damaged(row[0], keyColumn)
	}
	f.Key = geo.Key(key)
	rest := row[1:]
	if t.shape != "" {
		if blob, ok := rest[0].([]byte); ok {
			var err error
			if f.Geometry, f.Z, err = parseBlob(blob); err != nil {
				return f, t.damaged(key, shapeColumn)
			}
		}
		rest = rest[1:]
	}
	for i := range t.columns {
		if f.Values[i], ok = parseColumn(&t.schema.Fields[i], rest[i]); !ok {
			return f, t.damaged(key, t.columns[i])
		}
	}
	if err := geo.Fill(&t.schema, &f); err != nil {
		return f, t.damaged(key, err.Error())
	}
	rest = rest[len(t.columns):]
	if rev, ok := rest[0].(int64); ok {
		f.Rev = geo.Version(rev)
	}
	if source, ok := rest[1].(string); ok {
		f.SourceID = source
	}
	text, ok := rest[2].(string)
	if !ok {
		return f, nil
	}
	return f, t.addMore(&f, []byte(text))
}

// damaged says which value of which record cannot be read.
func (t *table) damaged(key any, column string) error {
	return geo.Errorf(geo.Invalid, t.schema.Name, "the record %v cannot be read: %s holds what does not belong there, so another program has written to the file; open the last backup", key, column)
}

func (t *table) addMore(f *geo.Feature, text []byte) error {
	var m more
	if err := json.Unmarshal(text, &m); err != nil {
		return t.damaged(f.Key, moreColumn)
	}
	if m.Mission != nil {
		f.Mission = *m.Mission
	}
	if m.Class != nil {
		c, err := geo.ParseClass(*m.Class)
		if err != nil {
			return t.damaged(f.Key, moreColumn)
		}
		f.Class = c
	}
	if m.Valid != nil {
		var err error
		if f.Valid, err = parseValid(*m.Valid); err != nil {
			return t.damaged(f.Key, moreColumn)
		}
	}
	f.Extra = m.Extra
	for name, text := range m.Exact {
		at, ok := parseTime(text)
		i := t.schema.Field(name)
		if !ok || i < 0 {
			return t.damaged(f.Key, moreColumn)
		}
		f.Values[i] = geo.TimeValue(at)
	}
	if len(m.Exact) > 0 && m.Valid == nil {
		return t.refill(f)
	}
	return nil
}

// refill says again when the record stood, from times that are exact now.
func (t *table) refill(f *geo.Feature) error {
	exact := geo.Feature{Values: f.Values}
	err := geo.Fill(&t.schema, &exact)
	f.Valid = exact.Valid
	return err
}

// parseValid reads an interval as Interval.String prints it.
func parseValid(s string) (geo.Interval, error) {
	v, ok := jsonschema.Coerce(&geo.Field{Kind: geo.KindInterval}, geo.String(s))
	if !ok {
		return geo.Interval{}, fmt.Errorf("gpkg: %q is no interval", s)
	}
	return v.Interval(), nil
}
