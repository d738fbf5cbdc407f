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
	return whole(to, func(part string) error { return copyStore(ctx, from, part) })
}

// whole makes a file that is there whole or not at all, where nothing may be: a
// store that was cut off must not pass for one. What an earlier try left half
// made is swept away.
func whole(path string, lay func(part string) error) error {
	if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
		return geo.Errorf(geo.Conflict, path, "there is a file of this name already; choose another name")
	}
	part := path + ".part"
	if err := sweep(part); err != nil {
		return err
	}
	if err := lay(part); err != nil {
		return errors.Join(err, sweep(part))
	}
	if err := os.Rename(part, path); err != nil {
		return wrap(geo.Forbidden, path, "the file cannot be put there: "+err.Error(), err)
	}
	return syncFolder(path)
}

// sweep removes a database and what SQLite lays beside it.
func sweep(path string) error {
	for _, beside := range []string{"", "-wal", "-shm", "-journal"} {
		if err := os.Remove(path + beside); err != nil && !errors.Is(err, os.ErrNotExist) {
			return explain(path+beside, err)
		}
	}
	return nil
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
	return copied.finish(func(w *writer) error {
		w.exec("UPDATE bivouac_store SET value=? WHERE name='id'", rand.Text())
		w.audit(&geo.Entry{Act: geo.ActBackup, Question: "this file is a copy"})
		return w.err
	})
}

// finish writes the last of a new store, closes it and syncs its file.
func (f *File) finish(last func(*writer) error) error {
	if err := errors.Join(f.write(last), f.Close()); err != nil {
		return err
	}
	return syncFile(f.path)
}

func syncFile(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return explain(path, err)
	}
	defer file.Close()
	return explain(path, file.Sync())
}
