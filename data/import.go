package data

import (
	"context"

	"bivouac/geo"
	"bivouac/geo/layer"
)

// Feed calls add with every record of a source. A *geo.Error from add refuses
// that record and no other; Feed may go on. Any other error ends it.
type Feed func(ctx context.Context, add func(*geo.Feature) error) error

// Source is records that come together.
type Source struct {
	Schema geo.Schema
	Rows   int // about how many, to make room for; 0 where that is not known
	Feed   Feed
}

// Import takes a whole source into a collection at once, as one Version that
// is published when all of it is in; if its feed fails, nothing is. The
// collection is made where there is none. A record whose SourceID stands in
// the collection already replaces that one under its key. Feed itself must not
// bring a new SourceID twice; data/load sees to that.
func (s *Store) Import(ctx context.Context, source Source) (geo.Version, error) {
	schema := source.Schema
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := checkSchema(&schema); err != nil {
		return 0, err
	}
	in := &intake{store: s, builder: layer.NewBuilder(schema), schema: &schema, version: s.upcoming(), next: s.next[schema.Name]}
	if err := in.open(); err != nil {
		return 0, err
	}
	in.builder.Grow(source.Rows)
	if err := source.Feed(ctx, in.add); err != nil {
		return 0, err
	}
	next, err := in.build()
	if err != nil {
		return 0, err
	}
	s.next[schema.Name] = in.next
	delete(s.sources, schema.Name)
	return s.commit(s.with(s.Snapshot().Layers(), next), 0), nil
}

// intake is an Import in the making.
type intake struct {
	store   *Store
	schema  *geo.Schema
	builder *layer.Builder
	version geo.Version
	next    geo.Key
	old     *layer.Layer // what the collection holds already; nil for nothing
	book    map[string]geo.Key
	resent  map[geo.Key]bool
}

func (in *intake) open() error {
	l, err := in.store.Snapshot().Layer(in.schema.Name)
	if err != nil || l.Rows() == 0 {
		return nil
	}
	in.resent = map[geo.Key]bool{}
	if in.old, err = l.Fold(in.schema); err != nil {
		return err
	}
	in.book, err = in.store.sourceKeys(l)
	return err
}

func (in *intake) add(f *geo.Feature) error {
	f.Rev = in.version
	key, resent := in.book[f.SourceID]
	if !resent {
		key = in.next + 1
	}
	if in.resent[key] {
		return geo.Errorf(geo.Conflict, "source id "+f.SourceID, "stands in this file twice")
	}
	f.Key = key
	if err := checkFeature(in.schema, f); err != nil {
		return err
	}
	if err := in.builder.Add(f); err != nil {
		return err
	}
	if resent {
		in.resent[key] = true
	} else {
		in.next = key
	}
	return nil
}

func (in *intake) build() (*layer.Layer, error) {
	if in.old != nil {
		err := in.old.Each(func(r geo.Row) error {
			if in.resent[r.Key()] {
				return nil
			}
			f := r.Feature()
			return in.builder.Add(&f)
		})
		if err != nil {
			return nil, err
		}
	}
	return in.builder.Build()
}
