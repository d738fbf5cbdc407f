package gpkg

import (
	"context"
	"database/sql"
	"iter"
	"math"

	"bivouac/data"
	"bivouac/geo"
	"bivouac/geo/jsonschema"
)

// upTo is the last Version that may be meant: 0 is the last of all.
func upTo(v geo.Version) int64 {
	if v == 0 {
		return math.MaxInt64
	}
	return int64(v)
}

// Commits returns the commits after the one Version and not after the other,
// the newest first.
func (f *File) Commits(ctx context.Context, after, last geo.Version) iter.Seq2[geo.Commit, error] {
	return explained(f.path, func(yield func(geo.Commit, error) bool) {
		var c geo.Commit
		for row, err := range ask(ctx, f.db, scanTouched, `SELECT c.version, c.at, c.author, c.reason, c.undoes,
			t.collection, t.document, t.class, t.mission, t.added, t.replaced, t.removed
			FROM bivouac_commit c LEFT JOIN bivouac_touch t ON t.version=c.version
			WHERE c.version>? AND c.version<=? ORDER BY c.version DESC, t.id`, int64(after), upTo(last)) {
			if err != nil {
				yield(c, err)
				return
			}
			if row.Version != c.Version && c.Version != 0 {
				if !yield(c, nil) {
					return
				}
				c = geo.Commit{}
			}
			if c.Version == 0 {
				c = row.Commit
			}
			if row.touched {
				c.Touches = append(c.Touches, row.touch)
			}
		}
		if c.Version != 0 {
			yield(c, nil)
		}
	})
}

type touchedRow struct {
	geo.Commit
	touch   geo.Touch
	touched bool
}

func scanTouched(r *sql.Rows, row *touchedRow) error {
	var collection, document, mission sql.NullString
	var class, added, replaced, removed sql.NullInt64
	err := r.Scan(&row.Version, &row.At, &row.Author, &row.Reason, &row.Undoes, &collection, &document, &class, &mission, &added, &replaced, &removed)
	row.touched = collection.Valid
	row.touch = geo.Touch{
		Collection: collection.String, Document: document.String, Class: geo.Class(class.Int64), Mission: mission.String,
		Added: int(added.Int64), Replaced: int(replaced.Int64), Removed: int(removed.Int64),
	}
	return err
}

// explained turns the errors of a loop into ones for people.
func explained[T any](path string, seq iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for v, err := range seq {
			if !yield(v, explain(path, err)) {
				return
			}
		}
	}
}

type editRow struct {
	geo.Past
	shape []byte
	state sql.NullString
}

// Edits returns the changes of records, the newest first, without their After.
func (f *File) Edits(ctx context.Context, q data.EditQuery) iter.Seq2[geo.Past, error] {
	query := `SELECT c.version, c.at, c.author, c.reason, c.undoes, e.collection, e.record, e.shape, e.state
		FROM bivouac_edit e JOIN bivouac_commit c ON c.version=e.version WHERE e.version>? AND e.version<=?`
	args := []any{int64(q.After), upTo(q.UpTo)}
	if q.Collection != "" {
		query, args = query+" AND e.collection=?", append(args, q.Collection)
	}
	if q.Key != 0 {
		query, args = query+" AND e.record=?", append(args, int64(q.Key))
	}
	return explained(f.path, func(yield func(geo.Past, error) bool) {
		tables := map[string]*table{}
		for row, err := range ask(ctx, f.db, scanEdit, query+" ORDER BY e.id DESC", args...) {
			if err == nil {
				err = f.before(tables, &row)
			}
			if !yield(row.Past, err) || err != nil {
				return
			}
		}
	})
}

func scanEdit(r *sql.Rows, row *editRow) error {
	return r.Scan(&row.Version, &row.At, &row.Author, &row.Reason, &row.Undoes, &row.Collection, &row.Key, &row.shape, &row.state)
}

// before reads what the record was.
func (f *File) before(tables map[string]*table, row *editRow) (err error) {
	if !row.state.Valid {
		return nil
	}
	t := tables[row.Collection]
	if t == nil {
		if t, err = readTable(f.db, row.Collection); err != nil {
			return err
		}
		tables[row.Collection] = t
	}
	row.Before, err = parseState(&t.schema, row.Key, row.shape, row.state.String)
	return err
}

// DocEdits returns the changes of documents after the Version, the newest
// first, without their After.
func (f *File) DocEdits(ctx context.Context, after geo.Version) iter.Seq2[geo.PastDoc, error] {
	scan := func(r *sql.Rows, p *geo.PastDoc) error {
		var state sql.NullString
		if err := r.Scan(&p.Version, &p.At, &p.Author, &p.Reason, &p.Undoes, &p.Kind, &p.ID, &state); err != nil || !state.Valid {
			return err
		}
		var err error
		p.Before, err = parseDoc(p.Kind, p.ID, state.String)
		return err
	}
	return explained(f.path, ask(ctx, f.db, scan, `SELECT c.version, c.at, c.author, c.reason, c.undoes, e.kind, e.name, e.state
		FROM bivouac_document_edit e JOIN bivouac_commit c ON c.version=e.version WHERE e.version>? ORDER BY e.id DESC`, int64(after)))
}

// Intakes returns what imports added after the Version, the newest first.
func (f *File) Intakes(ctx context.Context, after geo.Version) ([]data.Intake, error) {
	scan := func(r *sql.Rows, in *data.Intake) error {
		return r.Scan(&in.Version, &in.At, &in.Author, &in.Reason, &in.Undoes, &in.Collection, &in.First, &in.Last)
	}
	return collect(f.path, ask(ctx, f.db, scan, `SELECT c.version, c.at, c.author, c.reason, c.undoes, i.collection, i.first, i.last
		FROM bivouac_intake i JOIN bivouac_commit c ON c.version=i.version WHERE i.version>? ORDER BY i.id DESC`, int64(after)))
}

func collect[T any](path string, seq iter.Seq2[T, error]) ([]T, error) {
	var out []T
	for v, err := range seq {
		if err != nil {
			return nil, explain(path, err)
		}
		out = append(out, v)
	}
	return out, nil
}

// Schemas returns the collections as they were at the Version.
func (f *File) Schemas(ctx context.Context, at geo.Version) ([]geo.Schema, error) {
	scan := func(r *sql.Rows, s *geo.Schema) error {
		var text string
		if err := r.Scan(&text); err != nil {
			return err
		}
		var err error
		*s, err = jsonschema.Decode([]byte(text))
		return err
	}
	return collect(f.path, ask(ctx, f.db, scan, `SELECT schema FROM bivouac_schema
		WHERE id IN (SELECT max(id) FROM bivouac_schema WHERE version<=? GROUP BY collection)`, int64(at)))
}

// Marks returns the last Version up to the given one that touched records of
// each collection, class and mission.
func (f *File) Marks(ctx context.Context, last geo.Version) ([]data.Mark, error) {
	scan := func(r *sql.Rows, m *data.Mark) error { return r.Scan(&m.Collection, &m.Class, &m.Mission, &m.Version) }
	return collect(f.path, ask(ctx, f.db, scan, `SELECT collection, class, mission, max(version) FROM bivouac_touch
		WHERE collection<>'' AND version<=? GROUP BY collection, class, mission`, upTo(last)))
}
