package filter

import (
	"strconv"
	"strings"
	"time"

	"bivouac/geo"
)

// property is a field by its name, as the schema describes it.
type property struct {
	name    string
	kind    geo.Kind
	days    bool   // it holds days, written as their first moments
	example string // a code that the field is known to hold, for messages
}

func propertyOf(f *geo.Field) property {
	p := property{name: f.Name, kind: f.Kind, days: f.DateOnly}
	if len(f.Enum) > 0 {
		p.example = f.Enum[0]
	}
	return p
}

// String prints the name, in double quotes where it would not be read as one
// without them.
func (p property) String() string {
	if isPlainName(p.name) {
		return p.name
	}
	return `"` + strings.ReplaceAll(p.name, `"`, `""`) + `"`
}

// column looks the property up in t.
func (p property) column(t geo.Table) (*geo.Column, error) {
	i := t.Schema().Field(p.name)
	if i < 0 {
		return nil, unknownField(t.Schema(), p.name)
	}
	c := t.Column(i)
	if c.Kind != p.kind && !(numeric(c.Kind) && numeric(p.kind)) {
		return nil, geo.Errorf(geo.Invalid, p.name, "holds a %v, not a %v", c.Kind, p.kind)
	}
	return &c, nil
}

func numeric(k geo.Kind) bool { return k == geo.KindInt || k == geo.KindFloat }

// literal is a value as it is written. A day is the whole of [day, next day).
type literal struct {
	value geo.Value
	day   bool // the value is a time at which a day begins
}

// String prints the literal as CQL2 text takes it.
func (l literal) String() string {
	switch {
	case l.day:
		return "DATE('" + l.moment() + "')"
	case l.value.Kind() == geo.KindTime:
		return "TIMESTAMP('" + l.moment() + "')"
	case l.value.Kind() == geo.KindString:
		return "'" + strings.ReplaceAll(l.value.Text(), "'", "''") + "'"
	case l.value.Kind() == geo.KindBool:
		return strings.ToUpper(strconv.FormatBool(l.value.Bool()))
	}
	return l.value.String()
}

// moment prints a day or a time.
func (l literal) moment() string {
	if l.day {
		return l.value.Time().Std().Format(time.DateOnly)
	}
	return l.value.Time().String()
}

// parseMoment reads a day or a time.
func parseMoment(s string) (literal, bool) {
	if day, err := time.Parse(time.DateOnly, s); err == nil {
		return literal{geo.TimeValue(geo.TimeOf(day)), true}, true
	}
	t, err := time.Parse(time.RFC3339Nano, strings.ToUpper(s))
	if err != nil {
		return literal{}, false
	}
	return literal{geo.TimeValue(geo.TimeOf(t)), false}, true
}

func comparable(k geo.Kind) bool {
	switch k {
	case geo.KindBool, geo.KindInt, geo.KindFloat, geo.KindString, geo.KindTime:
		return true
	}
	return false
}

// words names a kind as people do.
func words(k geo.Kind) string {
	switch k {
	case geo.KindBool:
		return "true or false"
	case geo.KindInt:
		return "a whole number"
	case geo.KindString:
		return "a text"
	case geo.KindInterval:
		return "an interval"
	case geo.KindGeometry:
		return "a shape"
	}
	return "a " + k.String()
}

// exampleOf is a literal that fits the property.
func exampleOf(p property) string {
	switch p.kind {
	case geo.KindBool:
		return "TRUE"
	case geo.KindInt:
		return "3"
	case geo.KindFloat:
		return "2.5"
	case geo.KindTime:
		return "DATE('2018-08-31') or TIMESTAMP('2018-08-31T12:00:00Z')"
	}
	if p.example == "" {
		return "'text'"
	}
	return literal{value: geo.String(p.example)}.String()
}

func parseNumber(s string) (geo.Value, bool) {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return geo.Int(n), true
	}
	x, err := strconv.ParseFloat(s, 64)
	v := geo.Float(x + 0) // -0 is 0
	return v, err == nil && !v.Null()
}
