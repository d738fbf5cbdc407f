package geo

import (
	"strconv"
	"strings"
)

// MaxSort is how many fields a read can be sorted by.
const MaxSort = 4

// SortKey is one field that a read is sorted by. Records whose value is null
// come last, whichever the direction; strings are ordered by code point.
type SortKey struct {
	Field      string
	Descending bool
}

// String prints the key as the sortby parameter takes it.
func (k SortKey) String() string {
	if k.Descending {
		return "-" + k.Field
	}
	return k.Field
}

// Sortable reports whether records can be sorted by the field.
func (f *Field) Sortable() bool {
	switch f.Kind {
	case KindBool, KindInt, KindFloat, KindString, KindTime:
		return true
	}
	return false
}

// ValuesCursor returns the Cursor behind a record in the order of values.
func ValuesCursor(values []Value, k Key) Cursor {
	var b []byte
	for i, v := range values {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendSortValue(b, v)
	}
	return Cursor{Order: ByValues, Key: k, Values: string(b)}
}

// appendSortValue writes null as ~, and marks what parts values in a text. A
// time is its microseconds.
func appendSortValue(b []byte, v Value) []byte {
	switch v.Kind() {
	case KindNull:
		return append(b, '~')
	case KindString:
		return append(b, sortEscape.Replace(v.Text())...)
	case KindTime:
		return strconv.AppendInt(b, int64(v.Time()), 10)
	}
	return v.Append(b)
}

var (
	sortEscape   = strings.NewReplacer("~", "~~", ",", "~.")
	sortUnescape = strings.NewReplacer("~~", "~", "~.", ",")
)

// SortValues reads the values of a cursor in the order of values, one of each
// kind.
func (c Cursor) SortValues(kinds []Kind) ([]Value, error) {
	bad := Errorf(Invalid, "after", "that place belongs to a list that is sorted otherwise; follow the next link as it was given, or leave after out")
	parts := strings.Split(c.Values, ",")
	if c.Order != ByValues || len(parts) != len(kinds) {
		return nil, bad
	}
	out := make([]Value, len(kinds))
	for i, part := range parts {
		v, ok := parseSortValue(part, kinds[i])
		if !ok {
			return nil, bad
		}
		out[i] = v
	}
	return out, nil
}

func parseSortValue(s string, k Kind) (v Value, ok bool) {
	if s == "~" {
		return Value{}, true
	}
	var err error
	switch k {
	case KindBool:
		v, ok = Bool(s == "true"), s == "true" || s == "false"
	case KindString:
		v, ok = String(sortUnescape.Replace(s)), true
	case KindFloat:
		var f float64
		f, err = strconv.ParseFloat(s, 64)
		v = Float(f)
		ok = err == nil && !v.Null()
	case KindInt, KindTime:
		var n int64
		n, err = strconv.ParseInt(s, 10, 64)
		v, ok = Int(n), err == nil
		if k == KindTime {
			v = TimeValue(Time(n))
		}
	}
	return v, ok
}
