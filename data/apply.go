package data

import (
	"context"
	"fmt"

	"bivouac/geo"
)

// Apply commits the Batch: all of it, or nothing and the reason. Records that
// are added get their keys here, whatever Key their Feature brings; a SourceID
// must not stand in the collection yet. What a field with a role says goes
// before what the Feature says beside its fields.
func (s *Store) Apply(ctx context.Context, b geo.Batch) (geo.Receipt, error) {
	return s.commit(ctx, func(a *act) error { return a.batch(&b) })
}

func (a *act) batch(b *geo.Batch) error {
	if len(b.Changes)+len(b.Schemas)+len(b.Docs) == 0 {
		return geo.Errorf(geo.Invalid, "changes", "there is no change in it; send at least one")
	}
	a.describe(b.At, b.Author, b.Reason)
	for i := range b.Schemas {
		if err := a.schema(&b.Schemas[i]); err != nil {
			return err
		}
	}
	for i := range b.Changes {
		if err := a.change(b.Changes[i]); err != nil {
			return at(i, err)
		}
	}
	for i := range b.Docs {
		if err := a.doc(b.Docs[i]); err != nil {
			return err
		}
	}
	return nil
}

// at says which change of a Batch an error is about.
func at(i int, err error) error {
	e, ok := err.(*geo.Error)
	if !ok {
		return err
	}
	named := *e
	named.Where = fmt.Sprintf("changes[%d]", i)
	if e.Where != "" {
		named.Where += ", " + e.Where
	}
	return &named
}
