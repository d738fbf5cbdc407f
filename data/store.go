package data

import (
	"cmp"
	"context"
	"crypto/rand"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"bivouac/geo"
	"bivouac/geo/layer"
)

// Store keeps collections in memory and, where it has a Vault, on disk. It is
// safe for use by many goroutines.
type Store struct {
	id      string
	clock   func() time.Time
	order   []string // built-in collections first
	vault   Vault    // nil keeps nothing and remembers nothing
	current atomic.Pointer[layer.Snapshot]
	news    atomic.Pointer[chan struct{}] // closed when a newer state stands
	queue   queue
	former  former
	trail   trail

	writing sync.Mutex // what follows is the writer's
	times   []layer.Moment
	docs    []geo.Doc
	next    map[string]geo.Key            // the last key given in a collection
	sources map[string]map[string]geo.Key // source ids of a collection, once they were asked for
	folds   map[string]*folding
	routing atomic.Bool // the graph of the roads is kept
	roads   roads
	orders  orders
	folding sync.WaitGroup
}

// New returns an empty Store that keeps nothing. Collections are listed in the
// given order of ids, others behind them by name.
func New(order ...string) *Store {
	s := newStore(rand.Text(), nil, order)
	s.publish(nil)
	return s
}

// Open returns the Store of what the vault holds.
func Open(ctx context.Context, v Vault, order ...string) (*Store, error) {
	held, err := v.Load(ctx)
	if err != nil {
		return nil, err
	}
	s := newStore(held.ID, v, order)
	s.docs, s.times, s.next = held.Docs, held.Times, held.Keys
	var layers []*layer.Layer
	for _, l := range held.Layers {
		layers = s.with(layers, l)
	}
	s.publish(layers)
	return s, nil
}

func newStore(id string, v Vault, order []string) *Store {
	s := &Store{
		id: id, clock: time.Now, order: order, vault: v,
		next: map[string]geo.Key{}, sources: map[string]map[string]geo.Key{}, folds: map[string]*folding{},
	}
	news := make(chan struct{})
	s.news.Store(&news)
	return s
}

// SetClock gives the store another clock: for tests of clocks that jump.
func (s *Store) SetClock(now func() time.Time) { s.clock = now }

// Snapshot returns the newest state. A reader takes it once for a whole
// answer.
func (s *Store) Snapshot() *layer.Snapshot { return s.current.Load() }

// Ready reports why answers would not be right yet, nil when they are.
func (s *Store) Ready() error { return nil }

// Wait returns when a Version after v stands, or with the error of ctx.
func (s *Store) Wait(ctx context.Context, v geo.Version) error {
	for {
		news := *s.news.Load()
		if s.Snapshot().Version > v {
			return nil
		}
		select {
		case <-news:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// publish makes the layers the newest state, and wakes who waits for it.
func (s *Store) publish(layers []*layer.Layer) {
	if s.routing.Load() {
		s.roads = s.roads.of(layers)
		s.orderRoads(s.roads.graph)
	}
	s.current.Store(layer.NewSnapshot(s.id, layers, s.docs, s.times).WithNetwork(s.roads.graph))
	next := make(chan struct{})
	close(*s.news.Swap(&next))
}

// moment is when the next Version is committed. A clock that jumped back does
// not turn time back.
func (s *Store) moment(last layer.Moment, at geo.Time) layer.Moment {
	if at == 0 {
		at = geo.TimeOf(s.clock())
	}
	return layer.Moment{Version: last.Version + 1, At: max(at, last.At)}
}

// last is the moment of the newest Version, zero before the first.
func (s *Store) last() layer.Moment {
	if len(s.times) == 0 {
		return layer.Moment{}
	}
	return s.times[len(s.times)-1]
}

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
		id := r.SourceID()
		// Of records that share an id, the first is the one that it finds.
		if key, taken := keys[id]; id != "" && (!taken || r.Key() < key) {
			keys[id] = r.Key()
		}
		return nil
	})
	s.sources[name] = keys
	return keys, err
}
