package api_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"bivouac/api"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// fakeStore is a store in memory that keeps every state. Version 1 is a world
// without records, Version 2 loads what the layers hold.
type fakeStore struct {
	mu      sync.Mutex
	states  []*layer.Snapshot // by Version
	commits []fakeCommit      // by Version
	news    chan struct{}     // closed when a Version stands
	keys    map[string]geo.Key
	before  func() // runs before the next Apply, outside the lock
}

// fakeCommit is a Commit with all that it changed, whoever may see it.
type fakeCommit struct {
	geo.Commit
	records []geo.Past
	docs    []geo.PastDoc
}

var _ interface {
	api.Source
	api.Sink
	api.Past
} = (*fakeStore)(nil)

func newFakeStore(tb testing.TB, layers ...*layer.Layer) *fakeStore {
	tb.Helper()
	f := &fakeStore{news: make(chan struct{}), keys: map[string]geo.Key{}}
	empty := make([]*layer.Layer, len(layers))
	load := fakeCommit{Commit: geo.Commit{Version: 2, At: secondMoment, Author: "local", Reason: "loaded"}}
	for i, l := range layers {
		empty[i] = layer.New(*l.Schema())
		err := l.Each(func(r geo.Row) error {
			c := r.Feature()
			f.keys[l.Schema().Name] = max(f.keys[l.Schema().Name], c.Key)
			load.touch(geo.Touch{Collection: l.Schema().Name, Class: c.Class, Mission: c.Mission, Added: 1})
			return nil
		})
		if err != nil {
			tb.Fatal(err)
		}
	}
	first := layer.Moment{Version: 1, At: firstMoment}
	f.states = []*layer.Snapshot{nil, layer.NewSnapshot("store-1", empty, nil, []layer.Moment{first}),
		layer.NewSnapshot("store-1", layers, nil, []layer.Moment{first, {Version: 2, At: secondMoment}})}
	f.commits = []fakeCommit{{}, {Commit: geo.Commit{Version: 1, At: firstMoment}}, load}
	return f
}

// serveStore returns a server of a store that can be edited.
func serveStore(tb testing.TB, c api.Config, layers ...*layer.Layer) (*api.Server, *fakeStore) {
	tb.Helper()
	f := newFakeStore(tb, layers...)
	return serveFake(tb, c, f), f
}

func serveFake(tb testing.TB, c api.Config, f *fakeStore) *api.Server {
	tb.Helper()
	c.Source, c.Sink, c.Past = f, f, f
	if c.Processes == nil {
		c.Processes = registry(tb)
	}
	s, err := api.New(c)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func (f *fakeStore) Ready() error { return nil }

func (f *fakeStore) Snapshot() *layer.Snapshot {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.states[len(f.states)-1]
}

func (f *fakeStore) Apply(_ context.Context, b geo.Batch) (geo.Receipt, error) {
	if before := f.before; before != nil {
		f.before = nil
		before()
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range b.Changes {
		if c := &b.Changes[i]; c.Op == geo.Add {
			f.keys[c.Collection]++
			c.Feature.Key = f.keys[c.Collection]
		}
	}
	return f.commit(b, 0)
}

// commit makes the next state. An Add brings its key.
func (f *fakeStore) commit(b geo.Batch, undoes geo.Version) (geo.Receipt, error) {
	now := f.states[len(f.states)-1]
	version := now.Version + 1
	at := secondMoment + geo.Time(version)*60*geo.Second
	c := fakeCommit{Commit: geo.Commit{Version: version, At: at, Author: b.Author, Reason: b.Reason, Undoes: undoes}}
	layers, docs := slices.Clone(now.Layers()), f.allDocs(now)
	receipt := geo.Receipt{Version: version, At: at}
	for i := range b.Changes {
		b.Changes[i].Feature.Rev = version
		if err := c.change(layers, b.Changes[i]); err != nil {
			named := *err.(*geo.Error)
			named.Where = fmt.Sprintf("changes[%d].%s", i, named.Where)
			return receipt, &named
		}
		receipt.Keys = append(receipt.Keys, b.Changes[i].Feature.Key)
	}
	for _, d := range b.Docs {
		var err error
		if docs, err = c.doc(docs, d); err != nil {
			return receipt, err
		}
	}
	moments := make([]layer.Moment, 0, len(f.commits))
	for _, old := range f.commits[1:] {
		moments = append(moments, layer.Moment{Version: old.Version, At: old.At})
	}
	f.states = append(f.states, layer.NewSnapshot("store-1", layers, docs, append(moments, layer.Moment{Version: version, At: at})))
	f.commits = append(f.commits, c)
	close(f.news)
	f.news = make(chan struct{})
	return receipt, nil
}

// change makes one change in the layers and notes it.
func (c *fakeCommit) change(layers []*layer.Layer, change geo.Change) error {
	for i, l := range layers {
		if l.Schema().Name != change.Collection {
			continue
		}
		before := featureAt(l, change.Feature.Key)
		next, err := l.With([]geo.Change{change})
		if err != nil {
			return err
		}
		layers[i] = next
		after := featureAt(next, change.Feature.Key)
		c.records = append(c.records, geo.Past{Collection: change.Collection, Key: change.Feature.Key, Before: before, After: after})
		c.touchStates(geo.Touch{Collection: change.Collection}, markOf(before), markOf(after))
		return nil
	}
	return geo.Errorf(geo.NotFound, "collection", "there is no collection %q", change.Collection)
}

// mark is who sees something; nil is nothing to see.
type mark struct {
	class   geo.Class
	mission string
}

func markOf(f *geo.Feature) *mark {
	if f == nil {
		return nil
	}
	return &mark{f.Class, f.Mission}
}

func featureAt(l *layer.Layer, k geo.Key) *geo.Feature {
	row, ok := l.Find(k, geo.Reader{Ceiling: geo.StrictlyConfidential})
	if !ok {
		return nil
	}
	f := row.Feature()
	return &f
}

// touchStates counts a change for those who see it before, and after.
func (c *fakeCommit) touchStates(t geo.Touch, before, after *mark) {
	if before != nil && after != nil && *before == *after {
		t.Class, t.Mission, t.Replaced = after.class, after.mission, 1
		c.touch(t)
		return
	}
	if before != nil {
		gone := t
		gone.Class, gone.Mission, gone.Removed = before.class, before.mission, 1
		c.touch(gone)
	}
	if after != nil {
		t.Class, t.Mission, t.Added = after.class, after.mission, 1
		c.touch(t)
	}
}

func (c *fakeCommit) touch(t geo.Touch) {
	for i := range c.Touches {
		if o := &c.Touches[i]; o.Collection == t.Collection && o.Document == t.Document && o.Class == t.Class && o.Mission == t.Mission {
			o.Added, o.Replaced, o.Removed = o.Added+t.Added, o.Replaced+t.Replaced, o.Removed+t.Removed
			return
		}
	}
	c.Touches = append(c.Touches, t)
}

// allDocs returns the documents of a state, of every kind that there was.
func (f *fakeStore) allDocs(now *layer.Snapshot) []geo.Doc {
	var out []geo.Doc
	kinds := map[string]bool{}
	for _, c := range f.commits {
		for _, d := range c.docs {
			if kind := docOf(d).Kind; !kinds[kind] {
				kinds[kind] = true
				out = append(out, now.Docs(kind, geo.Reader{Ceiling: geo.StrictlyConfidential})...)
			}
		}
	}
	return out
}

func docOf(p geo.PastDoc) *geo.Doc {
	if p.After != nil {
		return p.After
	}
	return p.Before
}

// doc makes, changes or removes one document.
func (c *fakeCommit) doc(docs []geo.Doc, d geo.Doc) ([]geo.Doc, error) {
	var before, after *geo.Doc
	if i := slices.IndexFunc(docs, func(o geo.Doc) bool { return o.Kind == d.Kind && o.ID == d.ID }); i >= 0 {
		before = &geo.Doc{}
		*before = docs[i]
		docs = slices.Delete(slices.Clone(docs), i, i+1)
	}
	if d.Rev > 0 && (before == nil || before.Rev != d.Rev) || d.Rev == geo.NewDoc && before != nil {
		return docs, geo.Errorf(geo.Precondition, "id", "the document was changed since")
	}
	touch := geo.Touch{Document: d.Kind}
	if len(d.Body) > 0 {
		d.Rev = c.Version
		after = &d
		docs = append(docs, d)
	}
	c.docs = append(c.docs, geo.PastDoc{Before: before, After: after})
	c.touchStates(touch, markOfDoc(before), markOfDoc(after))
	return docs, nil
}

func markOfDoc(d *geo.Doc) *mark {
	if d == nil {
		return nil
	}
	return &mark{d.Class, d.Mission}
}
