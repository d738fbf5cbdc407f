package gpkg

import (
	"context"
	"database/sql"
	"errors"
	"iter"

	"bivouac/geo"
	"bivouac/geo/jsonschema"
)

// asker is a connection, or all of them, that can be asked.
type asker interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// ask returns the rows of a question; each is scanned by scan. An error ends
// the loop as its last item.
func ask[T any](ctx context.Context, db asker, scan func(*sql.Rows, *T) error, query string, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		rows, err := db.QueryContext(ctx, query, args...)
		if err != nil {
			yield(none, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			var v T
			if err := scan(rows, &v); err != nil {
				yield(none, err)
				return
			}
			if !yield(v, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(none, err)
		}
	}
}

// rows2 returns the rows of a question with two columns of text.
func rows2(db asker, query string, args ...any) iter.Seq2[[2]string, error] {
	return ask(context.Background(), db, func(r *sql.Rows, v *[2]string) error { return r.Scan(&v[0], &v[1]) }, query, args...)
}

// readTable returns the table of a collection as the file describes it, nil
// where there is none.
func readTable(db asker, collection string) (*table, error) {
	var text string
	err := db.QueryRowContext(context.Background(), "SELECT schema FROM bivouac_schema WHERE collection=? ORDER BY id DESC LIMIT 1", collection).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	schema, err := jsonschema.Decode([]byte(text))
	if err != nil {
		return nil, geo.Errorf(geo.Invalid, collection, "the schema in the file cannot be read: %v", err)
	}
	known := map[string]string{}
	for field, err := range rows2(db, "SELECT field, name FROM bivouac_column WHERE collection=?", collection) {
		if err != nil {
			return nil, err
		}
		known[field[0]] = field[1]
	}
	var shape string
	var high bool
	err = db.QueryRowContext(context.Background(), "SELECT geometry_type_name, z>0 FROM gpkg_geometry_columns WHERE table_name=?", collection).Scan(&shape, &high)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	return newTable(schema, columnNames(&schema, known), shape, high), nil
}
