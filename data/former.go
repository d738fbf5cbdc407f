package data

import (
	"context"
	"slices"
	"sync"

	"bivouac/geo"
	"bivouac/geo/layer"
)

// AsOf returns the state at the Version, rebuilt from what changed since. A
// collection that did not change since is shared with the newest state.
func (s *Store) AsOf(ctx context.Context, v geo.Version) (*layer.Snapshot, error) {
	now := s.Snapshot()
	switch {
	case v == now.Version:
		return now, nil
	case v < 0 || v > now.Version:
		return nil, geo.Errorf(geo.NotFound, "version", "there is no version %d; the newest is %d", v, now.Version)
	case s.vault == nil:
		return nil, geo.Errorf(geo.NotFound, "version", "this world is kept in memory and does not remember what it was; serve it from a store")
	}
	s.former.mu.Lock()
	defer s.former.mu.Unlock()
	if snap := s.former.snapshot(v); snap != nil {
		return snap, nil
	}
	snap, err := s.rebuild(ctx, now, v)
	if err == nil {
		s.former.keep(snap)
	}
	return snap, err
}

func (s *Store) rebuild(ctx context.Context, now *layer.Snapshot, v geo.Version) (*layer.Snapshot, error) {
	schemas, err := s.vault.Schemas(ctx, v)
	if err != nil {
		return nil, err
	}
	marks, err := s.vault.Marks(ctx, v)
	if err != nil {
		return nil, err
	}
	var layers []*layer.Layer
	for i := range schemas {
		l, err := s.formerLayer(ctx, now, &schemas[i], marks, v)
		if err != nil {
			return nil, err
		}
		layers = s.with(layers, l)
	}
	docs, err := s.formerDocs(ctx, now, v)
	if err != nil {
		return nil, err
	}
	times := now.Moments()
	at, _ := slices.BinarySearchFunc(times, v+1, func(m layer.Moment, v geo.Version) int { return int(m.Version - v) })
	snap := layer.NewSnapshot(s.id, layers, docs, times[:at:at])
	if !s.routing.Load() {
		return snap, nil
	}
	then := roads{graph: now.Network(), at: madeOf(now.Layers())}.former(layers)
	return snap.WithNetwork(then.graph), nil
}

// formerLayer returns the collection as it was at v: the newest one where
// nothing changed it since, else one that an earlier question built, else a
// new one.
func (s *Store) formerLayer(ctx context.Context, now *layer.Snapshot, schema *geo.Schema, marks []Mark, v geo.Version) (*layer.Layer, error) {
	last := geo.Version(0)
	b := layer.NewBuilder(*schema)
	for _, m := range marks {
		if m.Collection == schema.Name {
			last = max(last, m.Version)
			b.Mark(m.Class, m.Mission, m.Version)
		}
	}
	l, err := now.Layer(schema.Name)
	if err != nil {
		return nil, err // no collection ever goes
	}
	if l.Changed(geo.Unrestricted()) == last {
		return l, nil
	}
	if built := s.former.layer(schema.Name, last); built != nil {
		return built, nil
	}
	if err := s.fillFormer(ctx, b, schema, l, v); err != nil {
		return nil, err
	}
	return b.Build()
}

// fillFormer adds the records of l to b as they were at v.
func (s *Store) fillFormer(ctx context.Context, b *layer.Builder, schema *geo.Schema, l *layer.Layer, v geo.Version) error {
	stood, added, err := s.since(ctx, schema.Name, v)
	if err != nil {
		return err
	}
	b.Grow(l.Rows())
	move := layer.Mover(l.Schema(), schema)
	err = l.Each(func(r geo.Row) error {
		k := r.Key()
		if _, changed := stood[k]; changed || slices.ContainsFunc(added, func(in Intake) bool { return in.Has(schema.Name, k) }) {
			return nil
		}
		f := r.Feature()
		f.Values = move(f.Values)
		return b.Add(&f)
	})
	if err != nil {
		return err
	}
	for _, f := range stood {
		if f == nil {
			continue
		}
		f.Values = move(f.Values)
		if err := b.Add(f); err != nil {
			return err
		}
	}
	return nil
}

// since returns what the records that changed after v were at v, nil for one
// that was not there, and what imports added since.
func (s *Store) since(ctx context.Context, collection string, v geo.Version) (map[geo.Key]*geo.Feature, []Intake, error) {
	added, err := s.vault.Intakes(ctx, v)
	if err != nil {
		return nil, nil, err
	}
	stood := map[geo.Key]*geo.Feature{}
	for past, err := range s.vault.Edits(ctx, EditQuery{After: v, Collection: collection}) {
		if err != nil {
			return nil, nil, err
		}
		// The oldest of them comes last, and is what counts.
		stood[past.Key] = past.Before
	}
	for k := range stood {
		if slices.ContainsFunc(added, func(in Intake) bool { return in.Has(collection, k) }) {
			stood[k] = nil
		}
	}
	return stood, added, nil
}

func (s *Store) formerDocs(ctx context.Context, now *layer.Snapshot, v geo.Version) ([]geo.Doc, error) {
	docs := slices.Clone(now.AllDocs())
	for past, err := range s.vault.DocEdits(ctx, v) {
		if err != nil {
			return nil, err
		}
		docs = slices.DeleteFunc(docs, func(d geo.Doc) bool { return d.Kind == past.Kind && d.ID == past.ID })
		if past.Before != nil {
			docs = append(docs, *past.Before)
		}
	}
	return docs, nil
}

// former is the past states that were asked for last. A rebuilt layer is as
// large as a present one, so that few are kept.
type former struct {
	mu   sync.Mutex // held while a state is rebuilt: the next asker wants the same
	kept []*layer.Snapshot
}

const formerStates = 2

func (f *former) snapshot(v geo.Version) *layer.Snapshot {
	for _, snap := range f.kept {
		if snap.Version == v {
			return snap
		}
	}
	return nil
}

// layer returns a kept layer of the collection that v was the last to change.
func (f *former) layer(collection string, v geo.Version) *layer.Layer {
	for _, snap := range f.kept {
		if l, err := snap.Layer(collection); err == nil && l.Changed(geo.Unrestricted()) == v {
			return l
		}
	}
	return nil
}

func (f *former) keep(snap *layer.Snapshot) {
	if len(f.kept) == formerStates {
		f.kept = f.kept[1:]
	}
	f.kept = append(f.kept, snap)
}
