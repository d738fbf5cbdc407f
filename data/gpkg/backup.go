package gpkg

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"os"

	"bivouac/geo"
)

// Backup copies the store at from to a new file, as it was at one moment,
// while others go on to read and write. The copy is a store of its own: it has
// another id, so that nobody takes the one's next version for the other's.
func Backup(ctx context.Context, from, to string) error {
	kind, err := KindOf(ctx, from)
	if err != nil {
		return err
	}
	if kind != Ours {
		return geo.Errorf(geo.NotFound, from, "is no store; there is nothing to copy")
	}
	if _, err := os.Lstat(to); !errors.Is(err, os.ErrNotExist) {
		return geo.Errorf(geo.Conflict, to, "there is a file of this name already; choose another name")
	}
	// A copy that was cut off must not pass for one.
	part := to + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, os.ErrNotExist) {
		return explain(part, err)
	}
	if err := copyStore(ctx, from, part); err != nil {
		os.Remove(part)
		return err
	}
	if err := os.Rename(part, to); err != nil {
		return wrap(geo.Forbidden, to, "the copy cannot be put there: "+err.Error(), err)
	}
	return syncFolder(to)
}

func copyStore(ctx context.Context, from, to string) error {
	if err := claim(to); err != nil {
		return err
	}
	db, err := sql.Open("sqlite", dsn(from, true))
	if err != nil {
		return explain(from, err)
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", to); err != nil {
		return explain(to, err)
	}
	copied, err := connect(ctx, to, false)
	if err != nil {
		return err
	}
	err = copied.write(func(w *writer) error {
		w.exec("UPDATE bivouac_store SET value=? WHERE name='id'", rand.Text())
		w.audit(&geo.Entry{Act: geo.ActBackup, Question: "this file is a copy"})
		return w.err
	})
	if closed := copied.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return syncFile(to)
}

func syncFile(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return explain(path, err)
	}
	defer file.Close()
	return explain(path, file.Sync())
}
