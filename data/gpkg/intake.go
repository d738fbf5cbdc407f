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
		for _, k := range in.Edited {
			if err := w.remember(t, d.Version, &data.Edit{Collection: in.Collection, Key: k, Before: in.Before(k)}); err != nil {
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
	w.takeAway(t, in.Edited, l)
	grown := bounds{}
	put := filling{w: w, table: t, named: make([]bool, len(t.all))}
	blocks, stop := blocksOf(t, v, l)
	defer stop()
	for b := range blocks {
		if b.err != nil {
			return b.err
		}
		put.name(&b)
		for i := range b.features {
			f := &b.features[i]
			t = w.room(t, f)
			if in.Has(in.Collection, f.Key) {
				put.row(b.row(i))
			} else {
				w.exec(t.update, b.row(i)...)
			}
			grown.add(in.Collection, f)
		}
		if w.err != nil {
			return w.err
		}
	}
	put.flush()
	w.grow(grown)
	if t.shape != "" {
		if in.Last-in.First+1 == geo.Key(l.Rows()) && len(in.Edited) == 0 {
			w.packTree(t, l, in.First)
		} else {
			w.fillTree(t, v, l)
		}
	}
	w.createTriggers(t)
	return w.err
}

// takeAway removes the edited records that l does not hold any more.
func (w *writer) takeAway(t *table, edited []geo.Key, l *layer.Layer) {
	all := geo.Reader{Ceiling: geo.StrictlyConfidential}
	for _, k := range edited {
		key := int64(k)
		if _, stays := l.Find(k, all); stays {
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
