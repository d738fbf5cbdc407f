package data

import (
	"bivouac/geo"
	"bivouac/geo/layer"
)

// A layer is folded when so many rows stand outside its packed base, or so
// large a part of it. Readers and the writer go on meanwhile.
const (
	foldRows = 1 << 14
	foldPart = 20
	foldMin  = 1 << 10
)

// folding is the fold of one collection that goes on. What is changed since
// it began is made again on the folded layer.
type folding struct{ since []geo.Change }

// fold begins to pack those layers anew that have grown too much beside their
// base. The records, and so the Version, stay the same.
func (s *Store) fold() {
	for _, l := range s.Snapshot().Layers() {
		name := l.Schema().Name
		if d := l.Delta(); s.folds[name] != nil || d < foldRows && (d < foldMin || d*foldPart < l.Rows()) {
			continue
		}
		f := &folding{}
		s.folds[name] = f
		s.folding.Go(func() { s.finishFold(f, l) })
	}
}

// finishFold packs the layer, then takes the lock to put it in its place.
func (s *Store) finishFold(f *folding, l *layer.Layer) {
	folded, err := l.Fold(nil)
	s.writing.Lock()
	defer s.writing.Unlock()
	name := l.Schema().Name
	if s.folds[name] != f {
		return // the collection was made anew since
	}
	delete(s.folds, name)
	if err == nil && len(f.since) > 0 {
		folded, err = folded.With(f.since)
	}
	if err != nil {
		return // the layer answers rightly as it is, only slower
	}
	s.publish(s.with(s.Snapshot().Layers(), folded))
}

// noteForFolds keeps what the act changed for the folds that go on.
func (s *Store) noteForFolds(a *act) {
	for name, f := range s.folds {
		f.since = append(f.since, a.changes[name]...)
	}
	for i := range a.deed.Schemas {
		delete(s.folds, a.deed.Schemas[i].Name)
	}
}

// Close ends or waits for what goes on in the background. No change may come
// after it.
func (s *Store) Close() {
	s.orders.close()
	s.folding.Wait()
}
