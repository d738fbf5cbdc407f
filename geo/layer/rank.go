package layer

import (
	"math"
	"slices"
	"sort"

	"bivouac/geo"
)

// last is the rank of null: behind all values in either direction.
const last = math.MaxUint64

// ranking gives the values of one field numbers in the order of the read, the
// same ones for base and delta.
type ranking struct {
	at         int // position of the field
	descending bool
	dict       []string // of the base, in order
	strangers  []string // strings that it lacks, in order: those of the delta and the cursor
	codes      []uint64 // by code of the delta
}

// newRanking looks names and strings up once. after is the cursor's value,
// which may be a string that no row holds by now.
func newRanking(l *Layer, k geo.SortKey, after geo.Value) (*ranking, error) {
	i := l.schema.Field(k.Field)
	if i < 0 || !l.schema.Fields[i].Sortable() {
		return nil, geo.Errorf(geo.Invalid, "sortby", "%q is no field that records can be sorted by", k.Field)
	}
	r := &ranking{at: i, descending: k.Descending}
	if l.schema.Fields[i].Kind != geo.KindString {
		return r, nil
	}
	r.dict = l.base.columns[i].Dict
	extra := l.delta.columns[i].Dict
	for _, s := range extra {
		r.meet(s)
	}
	r.meet(after.Text())
	slices.Sort(r.strangers)
	r.strangers = slices.Compact(r.strangers)
	r.codes = make([]uint64, len(extra))
	for code, s := range extra {
		r.codes[code] = r.ofString(s)
	}
	return r, nil
}

func (r *ranking) meet(s string) {
	if _, found := slices.BinarySearch(r.dict, s); !found {
		r.strangers = append(r.strangers, s)
	}
}

// ofString ranks a string of the base's dictionary by its code. One that the
// base lacks comes before the next one that it has, in order among its like.
func (r *ranking) ofString(s string) uint64 {
	code, found := slices.BinarySearch(r.dict, s)
	if found {
		return ofCode(uint32(code))
	}
	return uint64(code)<<32 | uint64(sort.SearchStrings(r.strangers, s)+1)
}

func ofCode(code uint32) uint64 { return uint64(code)<<32 | math.MaxUint32 }

// directed turns the rank of a value round where the read descends. The two
// values that would be as late as null count as their neighbours.
func (r *ranking) directed(rank uint64) uint64 {
	if r.descending {
		rank = ^rank
	}
	return min(rank, last-1)
}

// ofInt and ofFloat keep the order of signed numbers.
func ofInt(n int64) uint64 { return uint64(n) ^ 1<<63 }

func ofFloat(f float64) uint64 {
	bits := math.Float64bits(f + 0) // no -0, which equals 0
	if bits>>63 != 0 {
		return ^bits
	}
	return bits | 1<<63
}

// of ranks a value of the field.
func (r *ranking) of(v geo.Value) uint64 {
	switch v.Kind() {
	case geo.KindBool:
		return r.directed(ofInt(int64(geo.TriOf(v.Bool()) / geo.True)))
	case geo.KindInt:
		return r.directed(ofInt(v.Int()))
	case geo.KindTime:
		return r.directed(ofInt(int64(v.Time())))
	case geo.KindFloat:
		return r.directed(ofFloat(v.Float()))
	case geo.KindString:
		return r.directed(r.ofString(v.Text()))
	}
	return last
}

// row ranks a row of a column of the base, or of the delta where codes are
// given.
func (r *ranking) row(c *geo.Column, codes []uint64, n uint32) uint64 {
	if c.Null(n) {
		return last
	}
	switch c.Kind {
	case geo.KindFloat:
		return r.directed(ofFloat(c.Floats[n]))
	case geo.KindString:
		if codes != nil {
			return r.directed(codes[c.Codes[n]])
		}
		return r.directed(ofCode(c.Codes[n]))
	}
	return r.directed(ofInt(c.Ints[n]))
}
