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
		if err := w.rememberAll(t, d.Version, &in); err != nil {
			return err
		}
		return w.take(t, d, in, l)
	})
}

// rememberAll writes what the records were that an import replaces or removes.
func (w *writer) rememberAll(t *table, v geo.Version, in *data.Intake) error {
	into := w.inserting("bivouac_edit", pastColumns...)
	blocks, stop := formerOf(t, v, in)
	defer stop()
	for b := range blocks {
		for i := range b.rows() {
			into.row(b.row(i)...)
		}
		if b.err != nil {
			return b.err
		}
		if w.err != nil {
			return w.err
		}
	}
	into.flush()
	return w.err
}

// take writes the records, in the order of their keys, which suits the table,
// and then their boxes in the order of place, which suits the tree.
func (w *writer) take(t *table, d *data.Deed, in data.Intake, l *layer.Layer) error {
	v := d.Version
	w.dropTriggers(t)
	gone := goneOf(in.Edited, l)
	w.takeAway(t, gone)
	grown := bounds{}
	put := filling{w: w, table: t, named: make([]bool, len(t.all))}
	blocks, stop := recordsOf(t, v, l)
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
		if edits := len(in.Edited) + int(in.Last-in.First) + 1; edits > l.Rows()/packPart {
			w.packTree(t, l)
		} else {
			w.cutTree(t, gone)
			w.fillTree(t, v, l)
		}
	}
	w.createTriggers(t)
	return w.err
}

// packPart is the part of a collection from which on its tree is packed anew: to
// put a box in by itself, or take one out, takes as long as to pack about so many.
const packPart = 8

// goneOf returns those of the edited keys that l does not hold any more.
func goneOf(edited []geo.Key, l *layer.Layer) []any {
	var gone []any
	for _, k := range edited {
		if _, stays := l.Find(k, geo.Unrestricted()); !stays {
			gone = append(gone, int64(k))
		}
	}
	return gone
}

// takeAway removes the records of the keys.
func (w *writer) takeAway(t *table, keys []any) {
	w.eachOf("DELETE FROM "+t.name()+" WHERE "+keyColumn, keys)
}

// cutTree takes their boxes out of the R-tree, which has no way for many.
func (w *writer) cutTree(t *table, keys []any) {
	for _, k := range keys {
		w.exec("DELETE FROM "+quote(t.treeName())+" WHERE id=?", k)
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
