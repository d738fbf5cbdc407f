package filter

import (
	"strconv"

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
	f := &s.Fields[i]
	l, err := parseLiteral(f, text)
	if err != nil {
		return nil, err
	}
	return compare(propertyOf(f), equal, l), nil
}

func parseLiteral(f *geo.Field, text string) (literal, error) {
	switch f.Kind {
	case geo.KindString:
		return literal{value: geo.String(text)}, nil
	case geo.KindBool:
		if text != "true" && text != "false" {
			return literal{}, geo.Errorf(geo.Invalid, f.Name, "must be true or false, not %q", text)
		}
		return literal{value: geo.Bool(text == "true")}, nil
	case geo.KindInt:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return literal{}, geo.Errorf(geo.Invalid, f.Name, "must be a whole number, not %q", text)
		}
		return literal{value: geo.Int(n)}, nil
	case geo.KindFloat:
		x, err := strconv.ParseFloat(text, 64)
		if err != nil || geo.Float(x).Null() {
			return literal{}, geo.Errorf(geo.Invalid, f.Name, "must be a number, not %q", text)
		}
		return literal{value: geo.Float(x)}, nil
	case geo.KindTime:
		l, ok := parseMoment(text)
		if !ok {
			return l, geo.Errorf(geo.Invalid, f.Name, "must be a day such as 2016-04-11 or a time such as 2016-04-11T06:30:00Z, not %q", text)
		}
		return l, nil
	}
	return literal{}, geo.Errorf(geo.Invalid, f.Name, "a %v cannot be asked for by equality", f.Kind)
}
