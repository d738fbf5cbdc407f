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
	Author string
	Reason string
}

// Import takes a whole source into a collection at once, as one Version that
// is published when all of it is in and durable; if its feed fails, nothing
// is. The collection is made where there is none, and gets the fields that it
// lacks. A record whose SourceID stands in the collection already replaces
// that one under its key. Feed itself must not bring a new SourceID twice;
// data/load sees to that.
func (s *Store) Import(ctx context.Context, source Source) (geo.Receipt, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	in, err := s.intake(&source)
	if err != nil {
		return geo.Receipt{}, err
	}
	if err := source.Feed(ctx, in.add); err != nil {
		return geo.Receipt{}, err
	}
	next, err := in.build()
	if err != nil {
		return geo.Receipt{}, err
	}
	if s.vault != nil {
		if err := s.vault.Intake(in.deed, in.added, next); err != nil {
			return geo.Receipt{}, err
		}
	}
	name := source.Schema.Name
	s.next[name] = in.added.Last
	delete(s.sources, name)
	delete(s.folds, name)
	s.times = append(s.times, in.moment)
	layers := s.with(s.Snapshot().Layers(), next)
	s.trail.add(layer.NewSnapshot(s.id, layers, s.docs, s.times))
	s.publish(layers)
	return geo.Receipt{Version: in.moment.Version, At: in.moment.At}, nil
}

// intake is an Import in the making.
type intake struct {
	store   *Store
	schema  geo.Schema // of the collection
	builder *layer.Builder
	move    func([]geo.Value) []geo.Value // from the source's fields
	moment  layer.Moment
	deed    *Deed
	added   Intake
	touched tally
	old     *layer.Layer // what the collection holds already; nil for nothing
	book    map[string]geo.Key
	resent  map[geo.Key]bool
}

func (s *Store) intake(source *Source) (*intake, error) {
	if err := checkSchema(&source.Schema); err != nil {
		return nil, err
	}
	name := source.Schema.Name
	in := &intake{store: s, schema: source.Schema, moment: s.moment(s.last(), 0), touched: tally{}}
	in.deed = &Deed{Commit: geo.Commit{Version: in.moment.Version, At: in.moment.At, Author: source.Author, Reason: source.Reason}}
	in.added = Intake{Commit: in.deed.Commit, Collection: name, First: s.next[name] + 1, Last: s.next[name]}
	changed, err := in.open(s, name)
	if err != nil {
		return nil, err
	}
	in.builder = layer.NewBuilder(in.schema)
	in.builder.Grow(source.Rows)
	in.move = layer.Mover(&source.Schema, &in.schema)
	if changed {
		in.deed.Schemas = []geo.Schema{in.schema}
		in.touched.at(name, "", geo.Unclassified, "")
		in.builder.Mark(geo.Unclassified, "", in.moment.Version)
	}
	return in, nil
}

// open looks at what the collection holds, and says whether its schema is new.
func (in *intake) open(s *Store, name string) (changed bool, err error) {
	l, err := s.Snapshot().Layer(name)
	if err != nil {
		return true, nil
	}
	own := l.Schema()
	if in.schema, err = merged(own, &in.schema); err != nil {
		return false, err
	}
	in.old, in.resent = l, map[geo.Key]bool{}
	in.book, err = s.sourceKeys(l)
	return len(in.schema.Fields) > len(own.Fields), err
}

func (in *intake) add(f *geo.Feature) error {
	f.Rev = in.moment.Version
	key, resent := in.book[f.SourceID]
	if !resent {
		key = in.added.Last + 1
	}
	if in.resent[key] {
		return geo.Errorf(geo.Conflict, "source id "+f.SourceID, "stands in this file twice")
	}
	f.Key, f.Values = key, in.move(f.Values)
	if err := checkFeature(&in.schema, f); err != nil {
		return err
	}
	if err := in.builder.Add(f); err != nil {
		return err
	}
	if resent {
		in.replace(f)
	} else {
		in.added.Last = key
		in.touched.edit(in.schema.Name, "", mark{}, markOf(f))
	}
	return nil
}

// replace notes what stood where the record now stands.
func (in *intake) replace(f *geo.Feature) {
	in.resent[f.Key] = true
	row, _ := in.old.Find(f.Key, everyone)
	before := row.Feature()
	before.Values = layer.Mover(in.old.Schema(), &in.schema)(before.Values)
	in.deed.Edits = append(in.deed.Edits, Edit{Collection: in.schema.Name, Key: f.Key, Before: &before})
	in.touched.edit(in.schema.Name, "", markOf(&before), markOf(f))
	in.builder.Mark(before.Class, before.Mission, in.moment.Version)
}

func (in *intake) build() (*layer.Layer, error) {
	in.deed.Touches = in.touched.list()
	if in.old == nil {
		return in.builder.Build()
	}
	in.old.CopyMarks(in.builder)
	move := layer.Mover(in.old.Schema(), &in.schema)
	err := in.old.Each(func(r geo.Row) error {
		if in.resent[r.Key()] {
			return nil
		}
		f := r.Feature()
		f.Values = move(f.Values)
		return in.builder.Add(&f)
	})
	if err != nil {
		return nil, err
	}
	return in.builder.Build()
}
