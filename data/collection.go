package data

import (
	"slices"

	"bivouac/geo"
	"bivouac/geo/layer"
)

// schema makes a collection, or gives one another schema, which has all fields
// that it had.
func (a *act) schema(s *geo.Schema) error {
	if err := CheckSchema(s); err != nil {
		return err
	}
	b := layer.NewBuilder(*s)
	if old := a.layer(s.Name); old != nil {
		if err := keepsFields(old.Schema(), s); err != nil {
			return err
		}
		if err := old.FoldInto(b); err != nil {
			return err
		}
	}
	// The schema is seen by every reader.
	b.Mark(geo.Unclassified, "", a.moment.Version)
	next, err := b.Build()
	if err != nil {
		return err
	}
	a.layers = a.store.with(a.layers, next)
	a.deed.Schemas = append(a.deed.Schemas, *s)
	return nil
}

// keepsFields refuses a schema that lacks a field of the one before it, or
// gives it another kind: then the history could not be read any more.
func keepsFields(old, s *geo.Schema) error {
	for i := range old.Fields {
		f := &old.Fields[i]
		if j := s.Field(f.Name); j < 0 || s.Fields[j].Kind != f.Kind {
			return geo.ErrorOf(geo.Conflict, f.Name, fieldStays, s.Name, f.Kind)
		}
	}
	return nil
}

// Merged returns the schema of a collection that takes in records of another
// schema: its own fields, then those that it lacks. A whole number fits a
// field of numbers; any other difference of kinds is an error.
func Merged(own, other *geo.Schema) (geo.Schema, error) {
	out := *own
	out.Fields = slices.Clone(own.Fields)
	for i := range other.Fields {
		f := &other.Fields[i]
		j := own.Field(f.Name)
		if j < 0 {
			added := *f
			added.Required = false // what is stored already lacks it
			out.Fields = append(out.Fields, added)
			continue
		}
		if kind := own.Fields[j].Kind; kind != f.Kind && (kind != geo.KindFloat || f.Kind != geo.KindInt) {
			return out, geo.ErrorOf(geo.Conflict, f.Name, otherKind, own.Name, kind, f.Kind)
		}
	}
	return out, nil
}
