package data

import (
	"context"
	"reflect"

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

	// Compared says that the records were checked (Check) in the Schema, and were
	// compared with the collection: one of
	// a Key takes the place of the record of that Key, which must still be of
	// its Rev, and one without is new. Removed are the records that go, by the
	// Key and the Rev that they had. What changed since is a geo.Conflict, and
	// nothing is taken. It is done as the Reader: a new record may share its id
	// with one that he does not see, of which a refusal would tell.
	Compared bool
	Reader   geo.Reader
	Removed  []Standing
	Alone    geo.Version // refused too if he sees that the collection was changed after it; 0 for any
}

// Standing is a record as it was compared.
type Standing struct {
	Key geo.Key
	Rev geo.Version
}

// Import takes a whole source into a collection at once, as one Version that
// is published when all of it is in and durable; if its feed fails, nothing
// is. The collection is made where there is none, and gets the fields that it
// lacks. A record whose SourceID stands in the collection already replaces
// that one under its key. Feed itself must not bring a new SourceID twice;
// data/load sees to that. What changes nothing at all makes no Version; its
// Receipt is zero.
func (s *Store) Import(ctx context.Context, source Source) (geo.Receipt, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	in, err := s.intake(&source)
	if err != nil {
		return geo.Receipt{}, err
	}
	if err := in.unchanged(&source); err != nil {
		return geo.Receipt{}, err
	}
	for _, r := range source.Removed {
		if err := in.remove(r); err != nil {
			return geo.Receipt{}, err
		}
	}
	add := in.add
	if source.Compared {
		add = in.addCompared
	}
	if err := source.Feed(ctx, add); err != nil {
		return geo.Receipt{}, err
	}
	if len(in.touched) == 0 {
		return geo.Receipt{}, nil
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
	keep    func([]geo.Value) []geo.Value // from those that the collection has
	moment  layer.Moment
	deed    *Deed
	added   Intake
	touched tally
	reader  geo.Reader
	checked bool         // the records were checked in this very schema
	old     *layer.Layer // what the collection holds already; nil for nothing
	book    map[string]geo.Key
	resent  map[geo.Key]bool
}

func (s *Store) intake(source *Source) (*intake, error) {
	if err := CheckSchema(&source.Schema); err != nil {
		return nil, err
	}
	name := source.Schema.Name
	in := &intake{store: s, schema: source.Schema, moment: s.moment(s.last(), 0), touched: tally{}, reader: source.Reader}
	in.deed = &Deed{Commit: geo.Commit{Version: in.moment.Version, At: in.moment.At, Author: source.Author, Reason: source.Reason}}
	in.added = Intake{Commit: in.deed.Commit, Collection: name, First: s.next[name] + 1, Last: s.next[name], Before: in.before}
	changed, err := in.open(s, name)
	if err != nil {
		return nil, err
	}
	in.builder = layer.NewBuilder(in.schema)
	in.builder.Grow(source.Rows)
	in.move = layer.Mover(&source.Schema, &in.schema)
	in.checked = source.Compared && reflect.DeepEqual(source.Schema, in.schema)
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
	if in.schema, err = Merged(own, &in.schema); err != nil {
		return false, err
	}
	in.old, in.resent = l, map[geo.Key]bool{}
	in.keep = layer.Mover(own, &in.schema)
	in.book, err = s.sourceKeys(l)
	return len(in.schema.Fields) > len(own.Fields), err
}

func (in *intake) add(f *geo.Feature) error {
	key, resent := in.book[f.SourceID]
	if !resent {
		key = in.added.Last + 1
	}
	if in.resent[key] {
		return geo.ErrorOf(geo.Conflict, "source id "+f.SourceID, idTwice)
	}
	return in.put(f, key, resent)
}

// put adds the record under the key, in the place of another where there is one.
func (in *intake) put(f *geo.Feature, key geo.Key, replaces bool) error {
	f.Key, f.Rev, f.Values = key, in.moment.Version, in.move(f.Values)
	if !in.checked {
		if err := Check(&in.schema, f); err != nil {
			return err
		}
	}
	if err := in.builder.Add(f); err != nil {
		return err
	}
	if replaces {
		in.edit(f.Key, markOf(f))
	} else {
		in.added.Last = key
		in.touched.edit(in.schema.Name, "", mark{}, markOf(f))
	}
	return nil
}

// addCompared is add for a record that was compared.
func (in *intake) addCompared(f *geo.Feature) error {
	if f.Key == 0 {
		if key, taken := in.book[f.SourceID]; taken && in.sees(key) {
			return geo.ErrorOf(geo.Conflict, in.schema.Name, idAdded, f.SourceID)
		}
		return in.put(f, in.added.Last+1, false)
	}
	if err := in.stands(Standing{f.Key, f.Rev}); err != nil {
		return err
	}
	if key, taken := in.book[f.SourceID]; taken && key != f.Key && in.sees(key) && !in.bore(f) {
		return geo.ErrorOf(geo.Conflict, in.schema.Name, idAdded, f.SourceID)
	}
	return in.put(f, f.Key, true)
}

// bore reports whether the record that f replaces has its source id already: two
// may share one, where neither was seen when the other got it.
func (in *intake) bore(f *geo.Feature) bool {
	row, _ := in.old.Find(f.Key, geo.Unrestricted())
	return row.SourceID() == f.SourceID
}

// sees reports whether the reader of the import sees a record.
func (in *intake) sees(k geo.Key) bool {
	_, ok := in.old.Find(k, in.reader)
	return ok
}

// stands refuses a record that is not as it was compared, or is met twice.
func (in *intake) stands(r Standing) error {
	if in.old == nil || in.resent[r.Key] {
		return geo.ErrorOf(geo.Conflict, in.schema.Name, changedTwice, int64(r.Key))
	}
	row, ok := in.old.Find(r.Key, geo.Unrestricted())
	switch {
	case !ok:
		return geo.ErrorOf(geo.Conflict, in.schema.Name, recordRemoved, int64(r.Key))
	case row.Rev() != r.Rev:
		return geo.ErrorOf(geo.Conflict, in.schema.Name, recordChanged, int64(r.Key), int64(row.Rev()))
	}
	return nil
}

// unchanged refuses what was compared with another state of the collection
// where it takes the whole of it.
func (in *intake) unchanged(source *Source) error {
	if !source.Compared || source.Alone == 0 || in.old == nil || in.old.Changed(source.Reader) <= source.Alone {
		return nil
	}
	return geo.ErrorOf(geo.Conflict, in.schema.Name, othersChanged)
}

// remove takes a record away.
func (in *intake) remove(r Standing) error {
	if err := in.stands(r); err != nil {
		return err
	}
	in.edit(r.Key, mark{})
	return nil
}

// before returns what stands under the key, in the fields that the collection
// will have. It is asked for when it is written, so that memory does not grow
// with what a file takes away.
func (in *intake) before(k geo.Key) *geo.Feature {
	row, _ := in.old.Find(k, geo.Unrestricted())
	f := row.Feature()
	f.Values = in.keep(f.Values)
	return &f
}

// edit notes that what stands under the key gives way to what is of the mark.
func (in *intake) edit(k geo.Key, after mark) {
	in.resent[k] = true
	row, _ := in.old.Find(k, geo.Unrestricted())
	before := mark{true, row.Class(), row.Mission()}
	in.added.Edited = append(in.added.Edited, k)
	in.touched.edit(in.schema.Name, "", before, after)
	in.builder.Mark(before.class, before.mission, in.moment.Version)
}

func (in *intake) build() (*layer.Layer, error) {
	in.deed.Touches = in.touched.list()
	if in.old == nil {
		return in.builder.Build()
	}
	in.old.CopyMarks(in.builder)
	err := in.old.Each(func(r geo.Row) error {
		if in.resent[r.Key()] {
			return nil
		}
		f := r.Feature()
		f.Values = in.keep(f.Values)
		return in.builder.Add(&f)
	})
	if err != nil {
		return nil, err
	}
	return in.builder.Build()
}
