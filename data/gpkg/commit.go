package gpkg

import (
	"fmt"
	"math"
	"strings"
	"time"

	"bivouac/data"
	"bivouac/geo"
)

// Commit writes the deeds in one transaction: they are on the disk when it
// returns nil, and none of them is in the file else.
func (f *File) Commit(deeds []*data.Deed) error {
	return f.write(func(w *writer) error {
		grown := bounds{}
		for _, d := range deeds {
			if err := w.deed(d, grown); err != nil {
				return err
			}
		}
		w.grow(grown)
		return nil
	})
}

// deed writes one commit.
func (w *writer) deed(d *data.Deed, grown bounds) error {
	w.head(d)
	for i := range d.Edits {
		e := &d.Edits[i]
		if err := w.edit(d.Version, e, grown); err != nil {
			return err
		}
	}
	for i := range d.Docs {
		if err := w.docEdit(d.Version, &d.Docs[i]); err != nil {
			return err
		}
	}
	return w.err
}

// head writes what a commit is, apart from its records.
func (w *writer) head(d *data.Deed) {
	w.exec("INSERT INTO bivouac_commit VALUES (?,?,?,?,?)", int64(d.Version), int64(d.At), d.Author, d.Reason, int64(d.Undoes))
	entry := geo.Entry{At: d.At, Who: d.Author, Act: geo.ActChange, Question: strings.TrimSpace(fmt.Sprintf("version %d %s", d.Version, d.Reason))}
	for _, t := range d.Touches {
		w.exec("INSERT INTO bivouac_touch (version, collection, document, class, mission, added, replaced, removed) VALUES (?,?,?,?,?,?,?,?)",
			int64(d.Version), t.Collection, t.Document, int64(t.Class), t.Mission, t.Added, t.Replaced, t.Removed)
		entry.Count += t.Added + t.Replaced + t.Removed
		entry.Highest = max(entry.Highest, t.Class)
	}
	for i := range d.Schemas {
		w.collection(&d.Schemas[i], d.Version)
	}
	w.audit(&entry)
}

// edit writes one change of a record: what it was into the history, what it is
// into its table.
func (w *writer) edit(v geo.Version, e *data.Edit, grown bounds) error {
	t := w.tableOf(e.Collection)
	if w.err != nil {
		return w.err
	}
	if err := w.remember(t, v, e); err != nil {
		return err
	}
	if e.After == nil {
		w.exec("DELETE FROM "+t.name()+" WHERE "+keyColumn+"=?", int64(e.Key))
		return w.err
	}
	t = w.room(t, e.After)
	args, err := t.args(make([]any, 0, len(t.columns)+5), e.After)
	if err != nil {
		return err
	}
	if e.Before == nil {
		w.exec(t.insert, args...)
	} else {
		w.exec(t.update, args...)
	}
	grown.add(e.Collection, e.After)
	return w.err
}

// pastColumns are those of the history of records.
var pastColumns = []string{"version", "collection", "record", "shape", "state"}

// remember writes what a record was before a change.
func (w *writer) remember(t *table, v geo.Version, e *data.Edit) error {
	args, err := t.past(nil, v, e)
	if err != nil {
		return err
	}
	w.exec("INSERT INTO bivouac_edit ("+strings.Join(pastColumns, ",")+") VALUES (?,?,?,?,?)", args...)
	return w.err
}

// past appends what a record was before a change as the history takes it.
func (t *table) past(to []any, v geo.Version, e *data.Edit) ([]any, error) {
	var shape, text any
	if e.Before != nil {
		blob, state, err := stateOf(&t.schema, e.Before)
		if err != nil {
			return to, err
		}
		if text = state; blob != nil {
			shape = blob
		}
	}
	return append(to, int64(v), e.Collection, int64(e.Key), shape, text), nil
}

func (w *writer) docEdit(v geo.Version, e *data.DocEdit) error {
	var before any
	d := e.After
	if e.Before != nil {
		text, err := docStateOf(e.Before)
		if err != nil {
			return err
		}
		before, d = text, e.Before
	}
	w.exec("INSERT INTO bivouac_document_edit (version, kind, name, state) VALUES (?,?,?,?)", int64(v), d.Kind, d.ID, before)
	if e.After == nil {
		w.exec("DELETE FROM bivouac_document WHERE kind=? AND name=?", d.Kind, d.ID)
		return w.err
	}
	text, err := docStateOf(e.After)
	if err != nil {
		return err
	}
	w.exec("INSERT INTO bivouac_document (kind, name, state) VALUES (?,?,?) ON CONFLICT (kind, name) DO UPDATE SET state=excluded.state", d.Kind, d.ID, text)
	return w.err
}

// bounds gathers how far the extents of collections grow, which the standard
// keeps beside the name of each table. They never shrink.
type bounds map[string]box

func (b bounds) add(collection string, f *geo.Feature) {
	if f.Geometry == nil {
		return
	}
	g := f.Geometry.Bound()
	have, ok := b[collection]
	if !ok {
		have = box{math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)}
	}
	b[collection] = box{
		min(have.west, g.Min[0]), max(have.east, g.Max[0]), min(have.south, g.Min[1]), max(have.north, g.Max[1]),
	}
}

func (w *writer) grow(b bounds) {
	for collection, g := range b {
		w.exec(`UPDATE gpkg_contents SET min_x=min(coalesce(min_x,?1),?1), max_x=max(coalesce(max_x,?2),?2),
			min_y=min(coalesce(min_y,?3),?3), max_y=max(coalesce(max_y,?4),?4), last_change=?5 WHERE table_name=?6`,
			g.west, g.east, g.south, g.north, time.Now().UTC().Format(timeForm), collection)
	}
}
