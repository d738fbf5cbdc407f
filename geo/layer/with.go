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
		delta: &delta{page: &p, tree: d.tree.Copy(), unplaced: slices.Clip(d.unplaced)},
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
	box, ok := e.rows.page.Bound(n)
	if !ok {
		e.delta.unplaced = append(e.delta.unplaced, n)
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
	d.byKey = e.keys()
	d.writer = &writer{e.rows, d.page}
	e.from.delta.writer.newest = nil
	return &Layer{
		schema: e.from.schema, base: e.from.base, dead: e.from.dead.with(e.deadBase),
		delta: d, marks: e.marks,
	}
}

// keys merges the living rows of the old delta with those of the edit.
func (e *edit) keys() []keyed {
	out := make([]keyed, 0, len(e.from.delta.byKey)+len(e.byKey))
	for _, k := range e.from.delta.byKey {
		if _, touched := e.byKey[k.key]; !touched {
			out = append(out, k)
		}
	}
	for k, row := range e.byKey {
		if row >= 0 {
			out = append(out, keyed{k, uint32(row)})
		}
	}
	slices.SortFunc(out, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
	return out
}
