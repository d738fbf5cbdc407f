package data

import (
	"cmp"
	"slices"

	"bivouac/geo"
	"bivouac/geo/layer"
)

// act is a change in the making: the next Version. Readers see nothing of it;
// what it writes to the writer's own books is written back by undo.
type act struct {
	store   *Store
	request *request
	layers  []*layer.Layer // as the act finds them, then as it leaves them
	docs    []geo.Doc
	moment  layer.Moment
	deed    *Deed
	reader  *geo.Reader // of an undo, who must not learn what he does not see; nil sees all

	keys    []geo.Key
	order   []string                            // of collections, as first changed
	changes map[string][]geo.Change             // by collection, in their order
	stands  map[string]map[geo.Key]*geo.Feature // what the act made of records; nil is gone
	undos   []func()
}

func (a *act) run(last layer.Moment) error {
	if err := a.request.ctx.Err(); err != nil {
		return geo.Errorf(geo.Cancelled, "", "the change was given up before it was made: %w", err)
	}
	a.moment = a.store.moment(last, 0)
	a.changes, a.stands = map[string][]geo.Change{}, map[string]map[geo.Key]*geo.Feature{}
	if err := a.request.plan(a); err != nil {
		return err
	}
	for _, name := range a.order {
		next, err := a.layer(name).With(a.changes[name])
		if err != nil {
			return err
		}
		a.layers = a.store.with(a.layers, next)
	}
	a.deed.Version, a.deed.At = a.moment.Version, a.moment.At
	a.deed.Touches = a.deed.touches()
	a.request.receipt = geo.Receipt{Version: a.moment.Version, At: a.moment.At, Keys: a.keys}
	return nil
}

func (a *act) undo() {
	for _, undo := range slices.Backward(a.undos) {
		undo()
	}
}

// describe says who makes the change, why, and where at is not 0 when.
func (a *act) describe(at geo.Time, author, reason string) {
	if at != 0 {
		a.moment.At = max(at, a.store.last().At)
	}
	a.deed.Author, a.deed.Reason = author, reason
}

func (a *act) layer(name string) *layer.Layer {
	i := slices.IndexFunc(a.layers, func(l *layer.Layer) bool { return l.Schema().Name == name })
	if i < 0 {
		return nil
	}
	return a.layers[i]
}

// change takes one change in: it is checked, and gets what the store gives.
func (a *act) change(c geo.Change) error {
	if c.Op == geo.Add {
		c.Feature.Key = 0
	}
	return a.take(c)
}

// take is change for one that may bring the key of a record that was there
// before.
func (a *act) take(c geo.Change) error {
	l := a.layer(c.Collection)
	if l == nil {
		return geo.Errorf(geo.NotFound, "collection", "there is no collection %q", c.Collection)
	}
	c.Feature.Rev = a.moment.Version
	if c.Feature.Key == 0 && c.Op == geo.Add {
		c.Feature.Key = a.store.key(c.Collection)
	}
	before := a.stand(l, c.Feature.Key)
	if err := meets(&c, before); err != nil {
		return err
	}
	e := Edit{Collection: c.Collection, Key: c.Feature.Key, Before: before}
	if c.Op != geo.Remove {
		if err := Check(l.Schema(), &c.Feature); err != nil {
			return err
		}
		e.After = &c.Feature
	}
	if err := a.source(l, &c, before); err != nil {
		return err
	}
	a.note(c, e)
	return nil
}

// meets refuses a change of a record that is not as the change takes it to be.
func meets(c *geo.Change, before *geo.Feature) error {
	switch {
	case c.Op == geo.Add && before != nil:
		return geo.Errorf(geo.Conflict, "key", "%s holds a record of the key %d already", c.Collection, before.Key)
	case c.Op != geo.Add && before == nil:
		return geo.Errorf(geo.NotFound, "key", "%s has no record %d", c.Collection, c.Feature.Key)
	case c.IfRev != 0 && c.IfRev != before.Rev:
		return geo.Errorf(geo.Precondition, "key", "the record %d of %s was changed by version %d; read it again", before.Key, c.Collection, before.Rev)
	}
	return nil
}

func (a *act) note(c geo.Change, e Edit) {
	if a.changes[c.Collection] == nil {
		a.order = append(a.order, c.Collection)
		a.stands[c.Collection] = map[geo.Key]*geo.Feature{}
	}
	a.changes[c.Collection] = append(a.changes[c.Collection], c)
	a.stands[c.Collection][e.Key] = e.After
	a.deed.Edits = append(a.deed.Edits, e)
	a.keys = append(a.keys, e.Key)
}

// stand returns the record as the act has it so far, nil for none.
func (a *act) stand(l *layer.Layer, k geo.Key) *geo.Feature {
	if f, touched := a.stands[l.Schema().Name][k]; touched {
		return f
	}
	row, ok := l.Find(k, geo.Unrestricted())
	if !ok {
		return nil
	}
	f := row.Feature()
	return &f
}

// source keeps the book of source ids. A record keeps the one that it has.
func (a *act) source(l *layer.Layer, c *geo.Change, before *geo.Feature) error {
	book, err := a.store.sourceKeys(l)
	if err != nil {
		return err
	}
	if before != nil && book[before.SourceID] == before.Key {
		a.book(book, before.SourceID, 0)
	}
	id := c.Feature.SourceID
	if c.Op == geo.Remove || id == "" {
		return nil
	}
	key, taken := book[id]
	kept := before != nil && before.SourceID == id
	if taken && key != c.Feature.Key && !kept && !a.hides(l, key) {
		return geo.Errorf(geo.Conflict, "source id "+id, "%s already holds a record of this source id, with the key %d", c.Collection, key)
	}
	if !taken || c.Feature.Key < key {
		a.book(book, id, c.Feature.Key)
	}
	return nil
}

// hides reports whether the reader of an undo does not see the record. What is
// put back then shares its source id with it: a refusal would tell of it.
func (a *act) hides(l *layer.Layer, k geo.Key) bool {
	f := a.stand(l, k)
	return a.reader != nil && f != nil && !a.reader.Sees(f.Class, f.Mission)
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
func (a *act) doc(d geo.Doc) error {
	if d.Kind == "" || d.ID == "" {
		return geo.Errorf(geo.Invalid, "document", "a document has a kind and an id")
	}
	e := DocEdit{}
	same := func(o geo.Doc) bool { return o.Kind == d.Kind && o.ID == d.ID }
	if i := slices.IndexFunc(a.docs, same); i >= 0 {
		old := a.docs[i]
		e.Before = &old
	}
	if stands := cmp.Or(e.Before, &geo.Doc{}).Rev; d.Rev != 0 && max(d.Rev, 0) != stands {
		return geo.Errorf(geo.Precondition, "If-Match", "the %s %q was changed by version %d; read it again", d.Kind, d.ID, stands)
	}
	a.docs = slices.DeleteFunc(slices.Clone(a.docs), same)
	if len(d.Body) > 0 {
		d.Rev = a.moment.Version
		a.docs = append(a.docs, d)
		e.After = &d
	}
	if e.Before == nil && e.After == nil {
		return geo.Errorf(geo.NotFound, "document", "there is no %s %q", d.Kind, d.ID)
	}
	a.deed.Docs = append(a.deed.Docs, e)
	return nil
}
