package geo

import (
	"bytes"
	"math"
	"strconv"

	"github.com/paulmach/orb"
)

// Kind says what a Value holds, and what a Field takes.
type Kind uint8

// The kinds. Null is only ever a Value's kind, never a Field's.
const (
	KindNull Kind = iota
	KindBool
	KindInt
	KindFloat
	KindString
	KindTime
	KindInterval
	KindGeometry
	KindList
	KindRecord
)

var kindNames = [...]string{"null", "boolean", "integer", "number", "string", "time", "interval", "geometry", "list", "record"}

// String prints the kind for people.
func (k Kind) String() string { return kindNames[k] }

// Value is null, a bool, int64, float64, string, Time, Interval, geometry,
// list or record. The zero Value is null. Values are not to be changed.
type Value struct {
	kind Kind
	num  uint64
	str  string
	ref  any
}

// Values is a record: values by name. It is what a process takes and gives.
type Values map[string]Value

// Bool returns b as a Value.
func Bool(b bool) Value {
	if b {
		return Value{kind: KindBool, num: 1}
	}
	return Value{kind: KindBool}
}

// Int returns n as a Value.
func Int(n int64) Value { return Value{kind: KindInt, num: uint64(n)} }

// Float returns f as a Value; what is not finite becomes null, since no
// format that leaves this house can write it.
func Float(f float64) Value {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return Value{}
	}
	return Value{kind: KindFloat, num: math.Float64bits(f)}
}

// String returns s as a Value.
func String(s string) Value { return Value{kind: KindString, str: s} }

// TimeValue returns t as a Value.
func TimeValue(t Time) Value { return Value{kind: KindTime, num: uint64(t)} }

// IntervalValue returns i as a Value.
func IntervalValue(i Interval) Value { return Value{kind: KindInterval, ref: i} }

// Geometry returns g as a Value, null for a nil g.
func Geometry(g orb.Geometry) Value {
	if g == nil {
		return Value{}
	}
	return Value{kind: KindGeometry, ref: g}
}

// List returns the items as a Value.
func List(items ...Value) Value { return Value{kind: KindList, ref: items} }

// Record returns the values by name as a Value.
func Record(r Values) Value { return Value{kind: KindRecord, ref: r} }

// Kind says what v holds.
func (v Value) Kind() Kind { return v.kind }

// Null reports whether v is null.
func (v Value) Null() bool { return v.kind == KindNull }

// Bool returns the bool, false for any other kind.
func (v Value) Bool() bool { return v.kind == KindBool && v.num != 0 }

// Int returns the int64, 0 for any other kind.
func (v Value) Int() int64 {
	if v.kind != KindInt {
		return 0
	}
	return int64(v.num)
}

// Float returns a float64 or int64 as float64, 0 for any other kind.
func (v Value) Float() float64 {
	switch v.kind {
	case KindFloat:
		return math.Float64frombits(v.num)
	case KindInt:
		return float64(int64(v.num))
	}
	return 0
}

// Text returns the string, "" for any other kind.
func (v Value) Text() string { return v.str }

// Time returns the Time, 0 for any other kind.
func (v Value) Time() Time {
	if v.kind != KindTime {
		return 0
	}
	return Time(v.num)
}

// Interval returns the Interval, the zero one for any other kind.
func (v Value) Interval() Interval {
	i, _ := v.ref.(Interval)
	return i
}

// Geometry returns the geometry, nil for any other kind.
func (v Value) Geometry() orb.Geometry {
	g, _ := v.ref.(orb.Geometry)
	return g
}

// List returns the items, nil for any other kind.
func (v Value) List() []Value {
	l, _ := v.ref.([]Value)
	return l
}

// Record returns the values by name, nil for any other kind.
func (v Value) Record() Values {
	r, _ := v.ref.(Values)
	return r
}

// Equal reports whether the two hold the same; null equals null, and numbers
// are compared as numbers.
func (v Value) Equal(o Value) bool {
	if v.numeric() && o.numeric() && v.kind != o.kind {
		return v.Float() == o.Float()
	}
	if v.kind != o.kind || v.num != o.num || v.str != o.str {
		return false
	}
	switch v.kind {
	case KindInterval:
		return v.Interval() == o.Interval()
	case KindGeometry:
		return orb.Equal(v.Geometry(), o.Geometry())
	case KindList, KindRecord:
		return bytes.Equal(v.Append(nil), o.Append(nil))
	}
	return true
}

func (v Value) numeric() bool { return v.kind == KindInt || v.kind == KindFloat }

// Compare orders two values that are not null and of comparable kinds:
// numbers among each other, strings by code point, times, bools (false
// first). The second result is false where no order exists.
func (v Value) Compare(o Value) (int, bool) {
	switch {
	case v.kind == KindInt && o.kind == KindInt:
		return compare(v.Int(), o.Int()), true
	case v.numeric() && o.numeric():
		return compare(v.Float(), o.Float()), true
	case v.kind != o.kind:
		return 0, false
	case v.kind == KindString:
		return compare(v.str, o.str), true
	case v.kind == KindTime:
		return compare(v.Time(), o.Time()), true
	case v.kind == KindBool:
		return compare(v.num, o.num), true
	}
	return 0, false
}

func compare[T int64 | uint64 | float64 | string | Time](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// String prints v canonically: equal values print alike. It is for keys and
// messages; GeoJSON is written elsewhere.
func (v Value) String() string { return string(v.Append(nil)) }

// Append adds what String prints.
func (v Value) Append(b []byte) []byte {
	switch v.kind {
	case KindBool:
		return strconv.AppendBool(b, v.Bool())
	case KindInt:
		return strconv.AppendInt(b, v.Int(), 10)
	case KindFloat:
		return strconv.AppendFloat(b, v.Float(), 'g', -1, 64)
	case KindString:
		return strconv.AppendQuote(b, v.str)
	case KindTime:
		return v.Time().Append(b)
	case KindInterval:
		return v.Interval().Append(b)
	case KindGeometry:
		return appendGeometry(b, v.Geometry())
	case KindList:
		return appendList(b, v.List())
	case KindRecord:
		return v.Record().Append(b)
	}
	return append(b, "null"...)
}
