package geo

import "github.com/paulmach/orb"

// Key names one record of its collection for good: the store gives it and never
// gives it again. It is the id in URLs, the tile id and the last tie-breaker
// of every order. Keys start at 1; 0 is a record that has none yet.
type Key int64

// Version counts the states of a store. Every committed Batch makes the next
// one; 0 is the state before the first.
type Version int64

// Feature is one record, as a value apart from any store.
type Feature struct {
	Key      Key
	Rev      Version // the Version that last wrote it
	SourceID string  // the sender's id, unique in its collection; "" for none
	Geometry orb.Geometry
	Z        []float64 // nil, or one height in metres for each vertex in order
	Values   []Value   // by position in the Schema; a short slice reads as nulls
	Extra    []byte    // a JSON object of source fields without a column, or nil
	Valid    Interval  // when it stood; the zero Interval is always
	Class    Class
	Mission  string // "" is shared by all missions
}

// Value returns the i-th value, null where the Feature holds none.
func (f *Feature) Value(i int) Value {
	if i < 0 || i >= len(f.Values) {
		return Value{}
	}
	return f.Values[i]
}
