package load

import (
	"bytes"
	"math"
	"strconv"
	"strings"

	"bivouac/geo"
	"bivouac/geo/jsonschema"
)

// convert turns a cell into a value of the field. The text is what is wrong
// and what would be right, nil where nothing is.
func (r *reading) convert(c *cell, f *geo.Field) (geo.Value, *geo.Said) {
	switch c.kind {
	case absent:
		return geo.Value{}, nil
	case nested:
		return r.convertNested(c, f)
	case typed:
		if v, ok := convertTyped(c, f); ok {
			return v, nil
		}
		if c.value.Kind() != geo.KindString {
			return r.convertNumeric(c, f)
		}
		r.text = append(r.text[:0], c.value.Text()...)
		return r.convertText(c, r.text, f)
	}
	if f.Kind == geo.KindString {
		return geo.String(r.words.of(c.text)), nil
	}
	return r.convertText(c, c.text, f)
}

// convertTyped takes the values whose type is right already.
func convertTyped(c *cell, f *geo.Field) (geo.Value, bool) {
	k := c.value.Kind()
	switch f.Kind {
	case geo.KindFloat:
		if k == geo.KindInt {
			return geo.Float(c.value.Float()), true
		}
		return c.value, k == geo.KindFloat
	case geo.KindString:
		if k == geo.KindString {
			return c.value, true
		}
		return geo.String(string(c.raw)), k != geo.KindString
	}
	return c.value, k == f.Kind
}

// convertNumeric takes numbers and bools where something else is wanted.
func (r *reading) convertNumeric(c *cell, f *geo.Field) (geo.Value, *geo.Said) {
	n := c.value.Float()
	switch {
	case f.Kind == geo.KindInt && c.value.Kind() == geo.KindFloat && n == math.Trunc(n) && math.Abs(n) < 1<<53:
		return geo.Int(int64(n)), nil
	case f.Kind == geo.KindBool && c.value.Kind() == geo.KindInt && (n == 0 || n == 1):
		return geo.Bool(n == 1), nil
	case f.Kind == geo.KindTime && c.value.Kind() == geo.KindInt && n >= epochLeast && n < epochMost:
		return geo.TimeValue(geo.Time(c.value.Int()) * 1000), nil
	}
	return geo.Value{}, wrong(c, f)
}

// Whole numbers between these are read as milliseconds since 1970 where a time
// is wanted: the years 1973 to 2286.
const (
	epochLeast = 1e11
	epochMost  = 1e13
)

func (r *reading) convertText(c *cell, b []byte, f *geo.Field) (geo.Value, *geo.Said) {
	b = bytes.TrimSpace(b)
	if len(b) == 0 || isMissing(b) && f.Kind != geo.KindString {
		return geo.Value{}, nil
	}
	switch f.Kind {
	case geo.KindString:
		return geo.String(r.words.of(b)), nil
	case geo.KindInt:
		if n, err := strconv.ParseInt(string(b), 10, 64); err == nil {
			return geo.Int(n), nil
		}
		if n, ok := parseNumber(b); ok && n == math.Trunc(n) && math.Abs(n) < 1<<53 {
			return geo.Int(int64(n)), nil
		}
	case geo.KindFloat:
		if n, ok := parseNumber(b); ok {
			return geo.Float(n), nil
		}
	case geo.KindBool:
		switch strings.ToLower(string(b)) {
		case "true", "yes", "y", "1", "oui":
			return geo.Bool(true), nil
		case "false", "no", "n", "0", "non":
			return geo.Bool(false), nil
		}
	case geo.KindTime:
		return r.convertTime(c, b, f)
	case geo.KindList:
		if b[0] != '[' {
			return r.convertList(c, b, f)
		}
		return r.convertNested(&cell{kind: nested, raw: b}, f) // as tables hold JSON
	case geo.KindRecord, geo.KindGeometry:
		return r.convertNested(&cell{kind: nested, raw: b}, f)
	case geo.KindInterval:
		if v, ok := jsonschema.Coerce(f, geo.String(string(b))); ok {
			return v, nil
		}
	}
	return geo.Value{}, wrong(c, f)
}

// convertTime reads a time. A day that is the end of something is its last
// second, where the field keeps more than days.
func (r *reading) convertTime(c *cell, b []byte, f *geo.Field) (geo.Value, *geo.Said) {
	m, ok := parseMoment(b)
	if !ok {
		if n, err := strconv.ParseInt(string(b), 10, 64); err == nil && n >= epochLeast && n < epochMost {
			return geo.TimeValue(geo.Time(n) * 1000), nil
		}
		return geo.Value{}, wrong(c, f)
	}
	if m.zoneless {
		r.report.ZonelessTimes++
	}
	if m.day && f.Role == geo.EndRole && !f.DateOnly {
		return geo.TimeValue(m.at + geo.Day - geo.Second), nil
	}
	if f.DateOnly && !m.day {
		m.at = startOfDay(m.at)
	}
	return geo.TimeValue(m.at), nil
}

func startOfDay(t geo.Time) geo.Time {
	rest := t % geo.Day
	if rest < 0 {
		rest += geo.Day
	}
	return t - rest
}

// convertList reads the items of a list from one cell, parted by spaces,
// semicolons or commas.
func (r *reading) convertList(c *cell, b []byte, f *geo.Field) (geo.Value, *geo.Said) {
	var items []geo.Value
	for _, part := range bytes.FieldsFunc(b, func(r rune) bool { return r == ';' || r == ',' || r == ' ' }) {
		if f.Items == nil {
			items = append(items, geo.String(string(part)))
			continue
		}
		v, problem := r.convertText(&cell{kind: untyped, text: part}, part, f.Items)
		if problem != nil {
			return geo.Value{}, problem
		}
		items = append(items, v)
	}
	return geo.List(items...), nil
}

// parseNumber reads a finite number.
func parseNumber(b []byte) (float64, bool) {
	n, err := strconv.ParseFloat(string(b), 64)
	return n, err == nil && !math.IsNaN(n) && !math.IsInf(n, 0)
}

// mostShown is how much of a value is shown where it is wrong.
const mostShown = 60

// noNumberIn says why there is no number in a text.
func noNumberIn(b []byte) *geo.Said {
	if bytes.IndexByte(b, ',') >= 0 {
		return told(decimalComma, quoted(b, mostShown))
	}
	return told(noNumber, quoted(b, mostShown))
}

// wrong says what a field takes instead of the cell.
func wrong(c *cell, f *geo.Field) *geo.Said {
	value := quoted(c.written(), 2*mostShown) // it is cut already
	s, ok := map[geo.Kind]geo.Sentence{
		geo.KindBool: notBool, geo.KindInt: notWhole, geo.KindFloat: notNumber, geo.KindTime: notTime, geo.KindList: notList,
	}[f.Kind]
	if !ok {
		return told(notKind, value, f.Kind)
	}
	return told(s, value)
}
