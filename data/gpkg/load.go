package gpkg

import (
	"context"
	"database/sql"

	"bivouac/data"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// maxLoads is how often a store is read anew that changes meanwhile.
const maxLoads = 5

// Load reads all that the file holds, at one Version. Who has the store to
// itself reads it once; one that only reads beside a server may have to begin
// again.
func (f *File) Load(ctx context.Context) (*data.Holdings, error) {
	for range maxLoads {
		before, err := f.last(ctx)
		if err != nil {
			return nil, err
		}
		h, err := f.load(ctx)
		if err != nil {
			return nil, err
		}
		if after, err := f.last(ctx); err != nil || after == before {
			return h, err
		}
	}
	return nil, geo.Errorf(geo.Unavailable, f.path, "the store changes faster than it can be read; ask its server instead, or try again")
}

// last is the newest Version, 0 before the first.
func (f *File) last(ctx context.Context) (v geo.Version, err error) {
	err = f.db.QueryRowContext(ctx, "SELECT coalesce(max(version),0) FROM bivouac_commit").Scan(&v)
	return v, explain(f.path, err)
}

func (f *File) load(ctx context.Context) (*data.Holdings, error) {
	h := &data.Holdings{ID: f.id, Keys: map[string]geo.Key{}}
	var err error
	if h.Times, err = f.moments(ctx); err != nil {
		return nil, err
	}
	if h.Docs, err = f.documents(ctx); err != nil {
		return nil, err
	}
	marks, err := f.Marks(ctx, 0)
	if err != nil {
		return nil, err
	}
	schemas, err := f.Schemas(ctx, geo.Version(upTo(0)))
	if err != nil {
		return nil, err
	}
	for i := range schemas {
		name := schemas[i].Name
		l, err := f.layer(ctx, name, marks)
		if err != nil {
			return nil, explain(f.path, err)
		}
		h.Layers = append(h.Layers, l)
		if h.Keys[name], err = f.lastKey(ctx, name); err != nil {
			return nil, explain(f.path, err)
		}
	}
	return h, nil
}

func (f *File) moments(ctx context.Context) ([]layer.Moment, error) {
	scan := func(r *sql.Rows, m *layer.Moment) error { return r.Scan(&m.Version, &m.At) }
	return collect(f.path, ask(ctx, f.db, scan, "SELECT version, at FROM bivouac_commit ORDER BY version"))
}

func (f *File) documents(ctx context.Context) ([]geo.Doc, error) {
	scan := func(r *sql.Rows, d *geo.Doc) error {
		var kind, id, text string
		if err := r.Scan(&kind, &id, &text); err != nil {
			return err
		}
		doc, err := parseDoc(kind, id, text)
		if err == nil {
			*d = *doc
		}
		return err
	}
	return collect(f.path, ask(ctx, f.db, scan, "SELECT kind, name, state FROM bivouac_document ORDER BY id"))
}

// lastKey is the highest key that the collection ever gave. SQLite keeps it
// for tables with AUTOINCREMENT, also when the record is gone.
func (f *File) lastKey(ctx context.Context, collection string) (geo.Key, error) {
	var last sql.NullInt64
	err := f.db.QueryRowContext(ctx, "SELECT max(seq) FROM sqlite_sequence WHERE name=?", collection).Scan(&last)
	return geo.Key(last.Int64), err
}

// layer reads the records of a collection.
func (f *File) layer(ctx context.Context, collection string, marks []data.Mark) (*layer.Layer, error) {
	t, err := readTable(f.db, collection)
	if err != nil {
		return nil, err
	}
	b := layer.NewBuilder(t.schema)
	for _, m := range marks {
		if m.Collection == collection {
			b.Mark(m.Class, m.Mission, m.Version)
		}
	}
	last, err := f.lastKey(ctx, collection)
	if err != nil {
		return nil, err
	}
	b.Grow(int(last))
	if err := t.each(ctx, f.db, last, b.Add); err != nil {
		return nil, err
	}
	return b.Build()
}
