package gpkg

import (
	"bivouac/data"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// Intake writes a whole import: the records of l that bear the deed's Version.
func (f *File) Intake(d *data.Deed, in data.Intake, l *layer.Layer) error {
	return f.write(func(w *writer) error {
		w.head(d)
		if in.Last >= in.First {
			w.exec("INSERT INTO bivouac_intake (version, collection, first, last) VALUES (?,?,?,?)", int64(d.Version), in.Collection, int64(in.First), int64(in.Last))
		}
		t := w.tableOf(in.Collection)
		if w.err != nil {
			return w.err
		}
		for i := range d.Edits {
			if err := w.remember(t, d.Version, &d.Edits[i]); err != nil {
				return err
			}
		}
		return w.take(t, d, in, l)
	})
}

// take writes the records, in the order of their keys, which suits the table,
// and then their boxes in the order of place, which suits the tree.
func (w *writer) take(t *table, d *data.Deed, in data.Intake, l *layer.Layer) error {
	v := d.Version
	w.dropTriggers(t)
	w.takeAway(t, d.Edits, l)
	grown := bounds{}
	args := make([]any, 0, len(t.columns)+5)
	err := l.EachByKey(func(r geo.Row) error {
		if r.Rev() != v {
			return nil
		}
		f := r.Feature()
		t = w.room(t, &f)
		var err error
		if args, err = t.args(args[:0], &f); err != nil {
			return err
		}
		if in.Has(in.Collection, f.Key) {
			w.exec(t.insert, args...)
		} else {
			w.exec(t.update, args...)
		}
		grown.add(in.Collection, &f)
		return w.err
	})
	if err != nil {
		return err
	}
	w.grow(grown)
	if t.shape != "" {
		if in.Last-in.First+1 == geo.Key(l.Rows()) && len(d.Edits) == 0 {
			w.packTree(t, l)
		} else {
			w.fillTree(t, v, l)
		}
	}
	w.createTriggers(t)
	return w.err
}

// takeAway removes the edited records that l does not hold any more.
func (w *writer) takeAway(t *table, edits []data.Edit, l *layer.Layer) {
	all := geo.Reader{Ceiling: geo.StrictlyConfidential}
	for i := range edits {
		key := int64(edits[i].Key)
		if _, stays := l.Find(edits[i].Key, all); stays {
			continue
		}
		w.exec("DELETE FROM "+t.name()+" WHERE "+keyColumn+"=?", key)
		if t.shape != "" {
			w.exec("DELETE FROM "+quote(t.treeName())+" WHERE id=?", key)
		}
	}
}

// fillTree puts the boxes of the records of the Version into the R-tree.
func (w *writer) fillTree(t *table, v geo.Version, l *layer.Layer) {
	insert := "INSERT OR REPLACE INTO " + quote(t.treeName()) + " VALUES (?,?,?,?,?)"
	remove := "DELETE FROM " + quote(t.treeName()) + " WHERE id=?"
	// Each hands out the rows of a packed layer in Hilbert order.
	_ = l.Each(func(r geo.Row) error {
		if r.Rev() != v {
			return nil
		}
		if b, ok := r.Table().Bound(r.Number()); ok {
			w.exec(insert, int64(r.Key()), b.West, b.East, b.South, b.North)
		} else {
			w.exec(remove, int64(r.Key()))
		}
		return w.err
	})
}
