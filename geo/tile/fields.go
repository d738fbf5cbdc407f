package tile

import (
	"slices"

	"bivouac/geo"
)

// fields is what of the records a tile shows, bound to the tables that its
// runs come from.
type fields struct {
	schema *geo.Schema
	query  Query
	shown  []shown // in the order of the schema
	tables []bound
}

// shown is a field that is a key of the tile.
type shown struct {
	*geo.Field
	at       int
	single   bool // on single records
	grouping bool // on merged ones, the same for all of them
	sum      int  // place among the sums, -1 for none
}

// bound is the columns of one table, in the orders of the fields.
type bound struct {
	geo.Table
	groups []geo.Column
	sums   []geo.Column
	shown  []geo.Column
}

func (f *fields) set(s *geo.Schema, q Query) {
	*f = fields{schema: s, query: q, shown: f.shown[:0], tables: f.tables[:0]}
	for i := range s.Fields {
		at := shown{
			Field: &s.Fields[i], at: i, sum: slices.Index(q.Sum, i),
			single: slices.Contains(q.Properties, i), grouping: slices.Contains(q.GroupBy, i),
		}
		if s.Fields[i].Name != Count && (at.single || at.grouping || at.sum >= 0) {
			f.shown = append(f.shown, at)
		}
	}
}

func (f *fields) release() {
	f.schema, f.query = nil, Query{}
	clear(f.shown[:cap(f.shown)])
	clear(f.tables[:cap(f.tables)])
}

// plain reports whether points are merged whatever they say, and nothing is
// added up: then a count is all that a run tells.
func (f *fields) plain() bool { return len(f.query.GroupBy)+len(f.query.Sum) == 0 }

// table returns the place of t among those met so far. There are two at most,
// the base of a layer and its delta.
func (f *fields) table(t geo.Table) int {
	for i := range f.tables {
		if f.tables[i].Table == t {
			return i
		}
	}
	b := bound{Table: t, groups: columns(t, f.query.GroupBy), sums: columns(t, f.query.Sum)}
	for i := range f.shown {
		b.shown = append(b.shown, t.Column(f.shown[i].at))
	}
	f.tables = append(f.tables, b)
	return len(f.tables) - 1
}

func columns(t geo.Table, at []int) []geo.Column {
	out := make([]geo.Column, len(at))
	for i, field := range at {
		out[i] = t.Column(field)
	}
	return out
}
