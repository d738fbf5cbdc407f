package geo

import "math"

// Column is the values of one field for the rows of a Table, as the slices
// that hold them, so that a bound Predicate reads them without a call. It is
// not to be changed. Which slice is set follows from Kind:
//
//	KindBool, KindInt, KindTime  Ints (bools as 0 and 1)
//	KindFloat                    Floats
//	KindString                   Codes into Dict
//	others                       Others
type Column struct {
	Kind   Kind
	Nulls  []uint64 // a bit a row, set where null; nil where no row is null
	Ints   []int64
	Floats []float64
	Codes  []uint32
	Dict   []string
	Sorted bool // Dict is in order, so that codes compare as strings do
	Others []Value
}

// Null reports whether row n holds no value.
func (c *Column) Null(n uint32) bool {
	return c.Nulls != nil && c.Nulls[n>>6]&(1<<(n&63)) != 0
}

// Value returns the value of row n.
func (c *Column) Value(n uint32) Value {
	if c.Null(n) {
		return Value{}
	}
	switch c.Kind {
	case KindBool, KindInt, KindTime:
		return Value{kind: c.Kind, num: uint64(c.Ints[n])}
	case KindFloat:
		return Value{kind: KindFloat, num: math.Float64bits(c.Floats[n])}
	case KindString:
		return String(c.Dict[c.Codes[n]])
	}
	return c.Others[n]
}

// Number returns row n of a column of ints or floats as a float64; false
// where it is null or the column is of another kind.
func (c *Column) Number(n uint32) (float64, bool) {
	switch {
	case c.Null(n):
		return 0, false
	case c.Kind == KindInt:
		return float64(c.Ints[n]), true
	case c.Kind == KindFloat:
		return c.Floats[n], true
	}
	return 0, false
}
