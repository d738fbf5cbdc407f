package layer

import "bivouac/geo"

// Fold returns a layer of the same records, and of a new schema where one is
// given, in a freshly packed base. Values move by the names of their fields;
// fields that the new schema lacks are dropped. It takes as long as building
// from the records; readers of l go on undisturbed.
func (l *Layer) Fold(schema *geo.Schema) (*Layer, error) {
	if schema == nil {
		schema = l.schema
	}
	b := NewBuilder(*schema)
	b.Grow(l.Rows())
	if err := l.FoldInto(b); err != nil {
		return nil, err
	}
	return b.Build()
}

// CopyMarks gives b the marks of l.
func (l *Layer) CopyMarks(b *Builder) {
	for m, v := range l.marks {
		b.marks.touch(m.class, m.mission, v)
	}
}

// FoldInto adds all records and marks of l to b, values by the names of their
// fields.
func (l *Layer) FoldInto(b *Builder) error {
	l.CopyMarks(b)
	move := Mover(l.schema, &b.schema)
	return l.Each(func(r geo.Row) error {
		f := r.Feature()
		f.Values = move(f.Values)
		return b.Add(&f)
	})
}

// Mover returns the function that puts the values of one schema where another
// has the fields of the same names.
func Mover(from, to *geo.Schema) func([]geo.Value) []geo.Value {
	at := make([]int, len(to.Fields))
	same := len(from.Fields) == len(to.Fields)
	for i := range to.Fields {
		at[i] = from.Field(to.Fields[i].Name)
		same = same && at[i] == i
	}
	if same {
		return func(v []geo.Value) []geo.Value { return v }
	}
	return func(values []geo.Value) []geo.Value {
		out := make([]geo.Value, len(at))
		for i, j := range at {
			if j >= 0 && j < len(values) {
				out[i] = values[j]
			}
		}
		return out
	}
}

// Each calls f with every record, whoever may see it, in no order that is
// promised, until f returns an error.
func (l *Layer) Each(f func(geo.Row) error) error {
	for n := range uint32(l.base.n) {
		if l.dead.has(n) {
			continue
		}
		if err := f(geo.RowOf(l.base.page, n)); err != nil {
			return err
		}
	}
	for _, k := range l.delta.byKey {
		if err := f(geo.RowOf(l.delta.page, k.row)); err != nil {
			return err
		}
	}
	return nil
}

// Since calls f with every record that a Version after v wrote, whoever may see
// it, in no order that is promised, until f returns an error. It looks at the
// packed base only where that was packed since.
func (l *Layer) Since(v geo.Version, f func(geo.Row) error) error {
	if l.base.newest > v {
		for n := range uint32(l.base.n) {
			if l.base.revs[n] <= v || l.dead.has(n) {
				continue
			}
			if err := f(geo.RowOf(l.base.page, n)); err != nil {
				return err
			}
		}
	}
	for _, k := range l.delta.byKey {
		if l.delta.revs[k.row] <= v {
			continue
		}
		if err := f(geo.RowOf(l.delta.page, k.row)); err != nil {
			return err
		}
	}
	return nil
}

// EachByKey is Each in the order of the keys.
func (l *Layer) EachByKey(f func(geo.Row) error) error {
	extra := l.delta.byKey
	for _, n := range l.base.byKey {
		if l.dead.has(n) {
			continue
		}
		for len(extra) > 0 && extra[0].key < l.base.keys[n] {
			if err := f(geo.RowOf(l.delta.page, extra[0].row)); err != nil {
				return err
			}
			extra = extra[1:]
		}
		if err := f(geo.RowOf(l.base.page, n)); err != nil {
			return err
		}
	}
	for _, k := range extra {
		if err := f(geo.RowOf(l.delta.page, k.row)); err != nil {
			return err
		}
	}
	return nil
}
