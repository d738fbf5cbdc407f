package data

import (
	"context"
	"fmt"
	"slices"

	"bivouac/geo"
	"bivouac/geo/layer"
)

// Apply commits the Batch: all of it, or nothing and the reason. Records that
// are added get their keys here, whatever Key their Feature brings; a SourceID
// must not stand in the collection yet.
func (s *Store) Apply(ctx context.Context, b geo.Batch) (geo.Receipt, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := ctx.Err(); err != nil {
		return geo.Receipt{}, geo.Errorf(geo.Cancelled, "", "the change was given up before it was made: %w", err)
	}
	a := &act{store: s, layers: s.Snapshot().Layers(), docs: s.docs, version: s.upcoming()}
	if err := a.run(&b); err != nil {
		a.undo()
		return geo.Receipt{}, err
	}
	s.docs = a.docs
	s.commit(a.layers, b.At)
	s.fold()
	return geo.Receipt{Version: a.version, Keys: a.keys}, nil
}

// act is a Batch in the making. Readers see nothing of it; what it writes to
// the writer's own books is written back by undo.
type act struct {
	store   *Store
	layers  []*layer.Layer
	docs    []geo.Doc
	version geo.Version
	keys    []geo.Key
	undos   []func()
}

func (a *act) run(b *geo.Batch) error {
	for i := range b.Schemas {
		if err := a.schema(&b.Schemas[i]); err != nil {
			return err
		}
	}
	byCollection := map[string][]geo.Change{}
	var order []string
	for i := range b.Changes {
		c, err := a.change(b.Changes[i])
		if err != nil {
			return at(i, err)
		}
		if byCollection[c.Collection] == nil {
			order = append(order, c.Collection)
		}
		byCollection[c.Collection] = append(byCollection[c.Collection], c)
		a.keys = append(a.keys, c.Feature.Key)
	}
	for _, name := range order {
		next, err := a.layer(name).With(byCollection[name])
		if err != nil {
			return err
		}
		a.layers = a.store.with(a.layers, next)
	}
	for _, d := range b.Docs {
		a.doc(d)
	}
	return nil
}

func (a *act) undo() {
	for _, undo := range slices.Backward(a.undos) {
		undo()
	}
}

// at says which change of a Batch an error is about.
func at(i int, err error) error {
	e, ok := err.(*geo.Error)
	if !ok {
		return err
	}
	named := *e
	named.Where = fmt.Sprintf("change %d, %s", i+1, e.Where)
	return &named
}

func (a *act) layer(name string) *layer.Layer {
	for _, l := range a.layers {
		if l.Schema().Name == name {
			return l
		}
	}
	return nil
}

// schema makes a collection, or gives one another schema.
func (a *act) schema(s *geo.Schema) error {
	if err := checkSchema(s); err != nil {
		return err
	}
	next := layer.New(*s)
	if old := a.layer(s.Name); old != nil {
		var err error
		if next, err = old.Fold(s); err != nil {
			return err
		}
	}
	a.layers = a.store.with(a.layers, next)
	return nil
}

// change checks one change and fills in what the store gives.
func (a *act) change(c geo.Change) (geo.Change, error) {
	l := a.layer(c.Collection)
	if l == nil {
		return c, geo.Errorf(geo.NotFound, "collection", "there is no collection %q", c.Collection)
	}
	c.Feature.Rev = a.version
	if c.Op == geo.Add {
		c.Feature.Key = a.store.key(c.Collection)
	}
	if c.Op != geo.Remove {
		if err := checkFeature(l.Schema(), &c.Feature); err != nil {
			return c, err
		}
	}
	return c, a.source(l, &c)
}

// source keeps the book of source ids.
func (a *act) source(l *layer.Layer, c *geo.Change) error {
	book, err := a.store.sourceKeys(l)
	if err != nil {
		return err
	}
	if c.Op != geo.Add {
		if old, ok := l.Find(c.Feature.Key, geo.Reader{Ceiling: geo.StrictlyConfidential}); ok {
			a.book(book, old.Table().SourceID(old.Number()), 0)
		}
	}
	id := c.Feature.SourceID
	if c.Op == geo.Remove || id == "" {
		return nil
	}
	if key, taken := book[id]; taken && key != c.Feature.Key {
		return geo.Errorf(geo.Conflict, "source id "+id, "%s already holds a record of this source id, with the key %d", c.Collection, key)
	}
	a.book(book, id, c.Feature.Key)
	return nil
}

func (a *act) book(book map[string]geo.Key, id string, key geo.Key) {
	old, had := book[id]
	a.undos = append(a.undos, func() {
		if had {
			book[id] = old
		} else {
			delete(book, id)
		}
	})
	if key == 0 {
		delete(book, id)
	} else {
		book[id] = key
	}
}

// doc stores, changes or, where it has no body, removes a document.
func (a *act) doc(d geo.Doc) {
	a.docs = slices.DeleteFunc(slices.Clone(a.docs), func(o geo.Doc) bool { return o.Kind == d.Kind && o.ID == d.ID })
	if len(d.Body) > 0 {
		d.Rev = a.version
		a.docs = append(a.docs, d)
	}
}

// A layer is folded when so many rows stand outside its packed base, or so
// large a part of it. Readers go on with what they hold.
const (
	foldRows = 1 << 16
	foldPart = 20
	foldMin  = 1 << 10
)

// fold packs the layers anew that have grown too much beside their base. The
// records, and so the Version, stay the same.
func (s *Store) fold() {
	layers := s.Snapshot().Layers()
	folded := false
	for _, l := range layers {
		if d := l.Delta(); d < foldRows && (d < foldMin || d*foldPart < l.Rows()) {
			continue
		}
		next, err := l.Fold(nil)
		if err != nil {
			continue // the layer answers rightly as it is, only slower
		}
		layers, folded = s.with(layers, next), true
	}
	if folded {
		s.publish(layers)
	}
}
