package gpkg

import (
	"context"
	"database/sql"
)

// Jobs are kept beside the history: a run changes no record, and is nobody's
// but its asker's. What a state holds, its keeper knows.

// Jobs returns the states of all jobs, the oldest first.
func (f *File) Jobs(ctx context.Context) ([][]byte, error) {
	return collect(f.path, ask(ctx, f.db, func(r *sql.Rows, state *[]byte) error { return r.Scan(state) }, "SELECT state FROM bivouac_job ORDER BY id"))
}

// KeepJob keeps the state of a job, in place of the one before.
func (f *File) KeepJob(id string, state []byte) error {
	return f.write(func(w *writer) error {
		w.exec("INSERT INTO bivouac_job (name, state) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET state=excluded.state", id, string(state))
		return w.err
	})
}

// DropJob lets a job go, if it is there.
func (f *File) DropJob(id string) error {
	return f.write(func(w *writer) error {
		w.exec("DELETE FROM bivouac_job WHERE name=?", id)
		return w.err
	})
}
