package layer

import (
	"cmp"
	"slices"

	"bivouac/geo"
)

// With returns the layer after the changes, in their order. It shares the base
// and the old rows; l stays as it was. Keys and revisions are the caller's: an
// Add must bring a Key that the layer does not hold, Replace and Remove one
// that it does. The first change that cannot be made is returned as a
// *geo.Error, and nothing is changed.
//
// Only one goroutine, the writer, may call With on the layers of one
// collection.
func (l *Layer) With(changes []geo.Change) (*Layer, error) {
	e := l.edit()
	for i := range changes {
		if err := e.apply(&changes[i]); err != nil {
			// What was appended belongs to no version: the next edit must not
			// build on it.
			l.delta.writer.newest = nil
			return nil, err
		}
	}
	return e.layer(), nil
}

// edit is a layer in the making.
type edit struct {
	from     *Layer
	delta    *delta
	rows     *appender
	byKey    map[geo.Key]int64 // the row of a key that the edit touched, -1 for removed
	deadBase []uint32
	deadRows []uint32
	marks    marks
}

func (l *Layer) edit() *edit {
	d := l.delta
	p := *d.page
	p.columns = slices.Clone(p.columns)
	for i := range p.columns {
		// A word of marks holds old rows and new ones; readers hold the old.
		p.columns[i].Nulls = slices.Clone(p.columns[i].Nulls)
	}
	rows := d.writer.rows
	if d.writer.newest == d.page {
		rows.page = &p
	} else {
		p.clip()
		rows = appendTo(&p)
	}
	return &edit{
		from: l, rows: rows, byKey: map[geo.Key]int64{}, marks: l.marks.clone(),
		delta: &delta{page: &p, tree: d.tree.Copy(), sum: d.sum},
	}
}

// clip gives up the spare room of all slices, so that appending copies them.
func (p *page) clip() {
	p.keys, p.revs = slices.Clip(p.keys), slices.Clip(p.revs)
	p.xs, p.ys = slices.Clip(p.xs), slices.Clip(p.ys)
	for _, t := range []*text{&p.ids, &p.extra} {
		t.ends, t.bytes = slices.Clip(t.ends), slices.Clip(t.bytes)
	}
	p.shapes.s, p.bounds.s, p.heights.s = slices.Clip(p.shapes.s), slices.Clip(p.bounds.s), slices.Clip(p.heights.s)
	p.valid.s, p.classes.s = slices.Clip(p.valid.s), slices.Clip(p.classes.s)
	clipColumn(&p.missions)
	for i := range p.columns {
		clipColumn(&p.columns[i])
	}
}

func clipColumn(c *geo.Column) {
	c.Ints, c.Floats, c.Others = slices.Clip(c.Ints), slices.Clip(c.Floats), slices.Clip(c.Others)
	c.Codes, c.Dict = slices.Clip(c.Codes), slices.Clip(c.Dict)
}

func (e *edit) apply(c *geo.Change) error {
	old, found := e.find(c.Feature.Key)
	switch {
	case c.Op == geo.Add && found:
		return geo.Errorf(geo.Conflict, where(&c.Feature), "there is a record of this key already")
	case c.Op != geo.Add && !found:
		return geo.Errorf(geo.NotFound, where(&c.Feature), "there is no such record in %s", e.from.schema.Name)
	case c.IfRev != 0 && c.IfRev != old.Rev():
		return geo.Errorf(geo.Precondition, where(&c.Feature), "the record was changed by version %d; read it again", old.Rev())
	}
	added := uint32(e.rows.page.n)
	if c.Op != geo.Remove {
		if err := e.add(&c.Feature); err != nil {
			return err
		}
	}
	if found {
		e.bury(old, c.Feature.Rev)
	}
	e.byKey[c.Feature.Key] = int64(added)
	if c.Op == geo.Remove {
		e.byKey[c.Feature.Key] = -1
	}
	return nil
}

func (e *edit) find(k geo.Key) (geo.Row, bool) {
	if row, ok := e.byKey[k]; ok {
		return geo.RowOf(e.rows.page, uint32(max(row, 0))), row >= 0
	}
	return e.from.find(k)
}

func (e *edit) add(f *geo.Feature) error {
	n := uint32(e.rows.page.n)
	if err := e.rows.add(f); err != nil {
		return err
	}
	e.marks.touch(f.Class, f.Mission, f.Rev)
	e.delta.sum = e.delta.sum.union(e.rows.page.summary(n))
	box, ok := e.rows.page.Bound(n)
	if !ok {
		return nil
	}
	return e.delta.tree.Insert(box, n)
}

// bury marks a row dead. Its class and mission count as changed: whoever saw
// it sees a change.
func (e *edit) bury(old geo.Row, rev geo.Version) {
	t, n := old.Table(), old.Number()
	e.marks.touch(t.Class(n), t.Mission(n), rev)
	if t == geo.Table(e.from.base.page) {
		e.deadBase = append(e.deadBase, n)
		return
	}
	e.deadRows = append(e.deadRows, n)
}

func (e *edit) layer() *Layer {
	d := e.delta
	d.dead = e.from.delta.dead.with(e.deadRows)
	d.byKey, d.byPlace = e.keys(), e.places()
	d.writer = &writer{e.rows, d.page}
	e.from.delta.writer.newest = nil
	return &Layer{
		schema: e.from.schema, base: e.from.base, dead: e.from.dead.with(e.deadBase),
		delta: d, marks: e.marks,
	}
}

// keys merges the living rows of the old delta with those of the edit.
func (e *edit) keys() []keyed {
	var added []keyed
	for k, row := range e.byKey {
		if row >= 0 {
			added = append(added, keyed{k, uint32(row)})
		}
	}
	slices.SortFunc(added, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
	old := e.from.delta.byKey
	out := make([]keyed, 0, len(old)+len(added))
	for _, k := range old {
		if _, touched := e.byKey[k.key]; touched {
			continue
		}
		for len(added) > 0 && added[0].key < k.key {
			out, added = append(out, added[0]), added[1:]
		}
		out = append(out, k)
	}
	return append(out, added...)
}

// places does so in the order of place. What it adds is few beside what was
// there, which is in order already.
func (e *edit) places() []ranked {
	var added []ranked
	for _, row := range e.byKey {
		if row >= 0 {
			n := uint32(row)
			added = append(added, ranked{e.delta.rank(n), e.delta.keys[n], n})
		}
	}
	slices.SortFunc(added, ranked.compare)
	old := e.from.delta.byPlace
	out := make([]ranked, 0, len(old)+len(added))
	for _, r := range old {
		if _, touched := e.byKey[r.key]; touched {
			continue
		}
		for len(added) > 0 && added[0].compare(r) < 0 {
			out, added = append(out, added[0]), added[1:]
		}
		out = append(out, r)
	}
	return append(out, added...)
}
