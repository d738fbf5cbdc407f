package data

import (
	"cmp"
	"crypto/rand"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"bivouac/geo"
	"bivouac/geo/layer"
)

// Store keeps collections in memory. It is safe for use by many goroutines.
type Store struct {
	id      string
	clock   func() time.Time
	order   []string // built-in collections first
	current atomic.Pointer[layer.Snapshot]

	writing sync.Mutex // what follows is the writer's
	times   []layer.Moment
	docs    []geo.Doc
	next    map[string]geo.Key            // the next key of a collection
	sources map[string]map[string]geo.Key // source ids of a collection, once they were asked for
}

// New returns an empty Store. Collections are listed in the given order of
// ids, others behind them by name.
func New(order ...string) *Store {
	s := &Store{
		id: rand.Text(), clock: time.Now, order: order,
		next: map[string]geo.Key{}, sources: map[string]map[string]geo.Key{},
	}
	s.publish(nil)
	return s
}

// Snapshot returns the newest state. A reader takes it once for a whole
// answer.
func (s *Store) Snapshot() *layer.Snapshot { return s.current.Load() }

// Ready reports why answers would not be right yet, nil when they are.
func (s *Store) Ready() error { return nil }

// publish makes the layers the newest state.
func (s *Store) publish(layers []*layer.Layer) {
	s.current.Store(layer.NewSnapshot(s.id, layers, s.docs, s.times))
}

// commit gives the layers a Version of their own and publishes them. A clock
// that jumped back does not turn time back.
func (s *Store) commit(layers []*layer.Layer, at geo.Time) geo.Version {
	if at == 0 {
		at = geo.TimeOf(s.clock())
	}
	last := layer.Moment{}
	if len(s.times) > 0 {
		last = s.times[len(s.times)-1]
	}
	s.times = append(s.times, layer.Moment{Version: last.Version + 1, At: max(at, last.At)})
	s.publish(layers)
	return last.Version + 1
}

// upcoming is the Version that commit will give.
func (s *Store) upcoming() geo.Version { return s.Snapshot().Version + 1 }

// with returns the layers with l in its place.
func (s *Store) with(layers []*layer.Layer, l *layer.Layer) []*layer.Layer {
	out := slices.DeleteFunc(slices.Clone(layers), func(o *layer.Layer) bool { return o.Schema().Name == l.Schema().Name })
	out = append(out, l)
	slices.SortFunc(out, func(a, b *layer.Layer) int {
		return cmp.Or(cmp.Compare(s.place(a), s.place(b)), cmp.Compare(a.Schema().Name, b.Schema().Name))
	})
	return out
}

func (s *Store) place(l *layer.Layer) int {
	if i := slices.Index(s.order, l.Schema().Name); i >= 0 {
		return i
	}
	return len(s.order)
}

// key gives out the next key of a collection.
func (s *Store) key(collection string) geo.Key {
	s.next[collection]++
	return s.next[collection]
}

// sourceKeys returns the keys of a collection by source id. It is built when
// first asked for and kept up by apply.
func (s *Store) sourceKeys(l *layer.Layer) (map[string]geo.Key, error) {
	name := l.Schema().Name
	if keys, ok := s.sources[name]; ok {
		return keys, nil
	}
	keys := make(map[string]geo.Key, l.Rows())
	err := l.Each(func(r geo.Row) error {
		if id := r.Table().SourceID(r.Number()); id != "" {
			keys[id] = r.Key()
		}
		return nil
	})
	s.sources[name] = keys
	return keys, err
}
