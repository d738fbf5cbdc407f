package gpkg

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strconv"

	"bivouac/geo"
)

// Kind is what a path leads to.
type Kind int

// The kinds.
const (
	Missing Kind = iota // nothing yet
	Ours                // a store
	Foreign             // a GeoPackage of another program
)

// KindOf looks at what lies at the path. A file that is neither kind of
// GeoPackage is an error, so that nothing is ever written over it.
func KindOf(ctx context.Context, path string) (Kind, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return Missing, nil
	case err != nil:
		return Missing, wrap(geo.Forbidden, path, "the file cannot be looked at: "+err.Error(), err)
	case info.IsDir():
		return Missing, geo.Errorf(geo.Invalid, path, "is a folder; give the name of a file, such as mission.gpkg")
	case info.Size() == 0:
		return Missing, geo.Errorf(geo.Invalid, path, "is empty: a store was cut off, or never begun; open the last backup, or remove the file to begin anew")
	}
	kind, err := lookInto(ctx, path)
	if codeOf(err) == codeReadOnly && takeBack(ctx, path) == nil {
		kind, err = lookInto(ctx, path)
	}
	return kind, explain(path, err)
}

// lookInto tells by its tables what a database is.
func lookInto(ctx context.Context, path string) (Kind, error) {
	registerFunctions()
	db, err := sql.Open("sqlite", dsn(path, true))
	if err != nil {
		return Missing, err
	}
	defer db.Close()
	var own, standard int
	err = db.QueryRowContext(ctx, `SELECT count(*) FILTER (WHERE name='bivouac_store'), count(*) FILTER (WHERE name='gpkg_contents')
		FROM sqlite_schema WHERE type='table'`).Scan(&own, &standard)
	switch {
	case err != nil:
		return Missing, err
	case own > 0:
		return Ours, nil
	case standard > 0:
		return Foreign, nil
	}
	return Missing, geo.Errorf(geo.Invalid, path, "is a database, but no GeoPackage; give another file")
}

// takeBack undoes what a process left half written that was killed in the
// moment when it went over to the log, or back: the journal beside the file
// says what stood there. SQLite does so when it is allowed to write, and a
// reader of the file as it is would see the half.
func takeBack(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", fileURI(path)+"?mode=rw&_pragma=busy_timeout(10000)")
	if err != nil {
		return err
	}
	defer db.Close()
	var tables int
	return db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables)
}

// Open opens the store at the path for this process alone.
func Open(ctx context.Context, path string) (*File, error) { return open(ctx, path, migrations) }

func open(ctx context.Context, path string, steps []migration) (*File, error) {
	kind, err := KindOf(ctx, path)
	switch {
	case err != nil:
		return nil, err
	case kind == Missing:
		return nil, geo.Errorf(geo.NotFound, path, "there is no such store; bivouac serve --store makes one")
	case kind == Foreign:
		return nil, geo.Errorf(geo.Conflict, path, "is a GeoPackage of another program; serve it read only, or import from it")
	}
	lock, err := lockStore(path)
	if err != nil {
		return nil, err
	}
	return openLocked(ctx, path, lock, steps)
}

// openLocked opens the store whose lock is held, and gives that up where it
// cannot.
func openLocked(ctx context.Context, path string, lock *fileLock, steps []migration) (*File, error) {
	f, err := connect(ctx, path, false)
	if err != nil {
		lock.release()
		return nil, err
	}
	f.lock = lock
	if err := f.begin(ctx, steps); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// OpenBeside opens the store for its grants alone, while another process may
// have it open.
func OpenBeside(ctx context.Context, path string) (*File, error) {
	return connectOurs(ctx, path, false)
}

// OpenToRead opens the store to be read, while another process may have it
// open.
func OpenToRead(ctx context.Context, path string) (*File, error) {
	f, err := connectOurs(ctx, path, true)
	if err != nil {
		return nil, err
	}
	if f.id, err = f.setting(ctx, "id"); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

func connectOurs(ctx context.Context, path string, readOnly bool) (*File, error) {
	kind, err := KindOf(ctx, path)
	if err != nil {
		return nil, err
	}
	if kind != Ours {
		return nil, geo.Errorf(geo.NotFound, path, "is no store; bivouac serve --store makes one")
	}
	return connect(ctx, path, readOnly)
}

// begin reads who the store is, brings its tables up to date, and takes up the
// audit.
func (f *File) begin(ctx context.Context, steps []migration) error {
	if err := f.migrate(ctx, steps); err != nil {
		return err
	}
	id, err := f.setting(ctx, "id")
	if err != nil {
		return err
	}
	f.id = id
	f.startAudit()
	return nil
}

func (f *File) setting(ctx context.Context, name string) (value string, err error) {
	err = f.db.QueryRowContext(ctx, "SELECT value FROM bivouac_store WHERE name=?", name).Scan(&value)
	return value, explain(f.path, err)
}

// Create makes an empty store at the path, where nothing may be, and opens it.
func Create(ctx context.Context, path string) (*File, error) {
	lock, err := lockStore(path)
	if err != nil {
		return nil, err
	}
	err = whole(path, func(part string) error {
		if err := claim(part); err != nil {
			return err
		}
		f, err := connect(ctx, part, false)
		if err != nil {
			return err
		}
		return f.finish((*writer).createAll)
	})
	if err != nil {
		lock.release()
		return nil, err
	}
	return openLocked(ctx, path, lock, migrations)
}

// claim makes the file, for this user alone: it holds what is classified, and
// SQLite gives its log the same rights.
func claim(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		return geo.Errorf(geo.Conflict, path, "there is a file of this name already")
	}
	if err != nil {
		return wrap(geo.Forbidden, path, "the file cannot be made: "+err.Error(), err)
	}
	if err := file.Close(); err != nil {
		return explain(path, err)
	}
	return syncFolder(path)
}

// syncFolder makes the name of a new file outlive a power cut.
func syncFolder(path string) error {
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return explain(path, err)
	}
	defer folder.Close()
	// Windows has no such act, and says so.
	_ = folder.Sync()
	return nil
}

// describe lists a table of ours among the contents of the file.
func (w *writer) describe(own [2]string) {
	w.run("INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES (?,'attributes',?,?)", own[0], own[0], own[1])
}

func (w *writer) createAll() error {
	w.run("PRAGMA application_id=" + strconv.Itoa(applicationID))
	w.run("PRAGMA user_version=" + strconv.Itoa(packageVersion))
	w.run(standardTables)
	w.run(ownTables)
	for _, own := range ownNames {
		w.describe(own)
	}
	w.run("INSERT INTO bivouac_store (name, value) VALUES ('id',?),('format',?)", rand.Text(), strconv.Itoa(format))
	return w.err
}
