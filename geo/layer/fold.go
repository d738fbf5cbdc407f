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
	from := make([]int, len(schema.Fields))
	for i := range schema.Fields {
		from[i] = l.schema.Field(schema.Fields[i].Name)
	}
	b := NewBuilder(*schema)
	err := l.Each(func(r geo.Row) error {
		f := r.Feature()
		values := make([]geo.Value, len(from))
		for i, old := range from {
			if old >= 0 {
				values[i] = f.Values[old]
			}
		}
		f.Values = values
		return b.Add(&f)
	})
	if err != nil {
		return nil, err
	}
	folded, err := b.Build()
	if err != nil {
		return nil, err
	}
	folded.marks = l.marks
	return folded, nil
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
