package filter

import (
	"strconv"
	"time"

	"bivouac/geo"
)

// Parse returns the predicate that the named field of the schema holds what
// text says, read as the field's kind: numbers in decimal, true and false,
// days and RFC 3339 times. A day asked of a field of times is the whole day.
func Parse(s *geo.Schema, name, text string) (geo.Predicate, error) {
	i := s.Field(name)
	if i < 0 {
		return nil, unknownField(s, name)
	}
	switch f := &s.Fields[i]; f.Kind {
	case geo.KindString:
		return Equal(name, geo.String(text)), nil
	case geo.KindBool:
		b, err := strconv.ParseBool(text)
		if err != nil || text != "true" && text != "false" {
			return nil, geo.Errorf(geo.Invalid, name, "must be true or false, not %q", text)
		}
		return Equal(name, geo.Bool(b)), nil
	case geo.KindInt:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, geo.Errorf(geo.Invalid, name, "must be a whole number, not %q", text)
		}
		return Equal(name, geo.Int(n)), nil
	case geo.KindFloat:
		x, err := strconv.ParseFloat(text, 64)
		if err != nil || geo.Float(x).Null() {
			return nil, geo.Errorf(geo.Invalid, name, "must be a number, not %q", text)
		}
		return Equal(name, geo.Float(x)), nil
	case geo.KindTime:
		return parseTime(f, text)
	default:
		return nil, geo.Errorf(geo.Invalid, name, "a %v cannot be asked for by equality", f.Kind)
	}
}

func parseTime(f *geo.Field, text string) (geo.Predicate, error) {
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		from := geo.TimeOf(day)
		if f.DateOnly {
			return Equal(f.Name, geo.TimeValue(from)), nil
		}
		return during{f.Name, from, from + geo.Day}, nil
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return nil, geo.Errorf(geo.Invalid, f.Name, "must be a day such as 2016-04-11 or a time such as 2016-04-11T06:30:00Z, not %q", text)
	}
	return Equal(f.Name, geo.TimeValue(geo.TimeOf(t))), nil
}

// during is true for times in [from, to).
type during struct {
	name     string
	from, to geo.Time
}

func (d during) Bound() []geo.Box { return nil }
func (d during) String() string {
	return d.name + " in " + geo.Between(d.from, d.to).String()
}

func (d during) Bind(t geo.Table) (func(uint32) geo.Tri, error) {
	i := t.Schema().Field(d.name)
	if i < 0 {
		return nil, unknownField(t.Schema(), d.name)
	}
	c := t.Column(i)
	if c.Kind != geo.KindTime {
		return nil, geo.Errorf(geo.Invalid, d.name, "holds a %v, not times", c.Kind)
	}
	return func(n uint32) geo.Tri {
		if c.Null(n) {
			return geo.Maybe
		}
		at := geo.Time(c.Ints[n])
		return geo.TriOf(d.from <= at && at < d.to)
	}, nil
}
