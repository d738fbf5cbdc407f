// Package gpkg keeps a store in one GeoPackage file: how does a laptop that
// loses power keep every change that it acknowledged, in a file that every GIS
// opens?
//
// A collection is a feature table with a column a field, so that QGIS and GDAL
// read it as it is; what no column can hold exactly stands beside it. The
// tables whose names begin with bivouac_ hold the schemas, the history,
// documents, grants and the audit. A commit is one SQLite transaction in WAL
// mode with synchronous=FULL: it is on the disk before it is acknowledged.
//
// A File is a data.Vault. One process at a time may open it; other programs
// may read it meanwhile.
package gpkg

import (
	"context"
	"database/sql"
	"net/url"
	"path/filepath"
	"sync"

	"bivouac/geo"
)

// File is an open store.
type File struct {
	path string
	lock *fileLock
	db   *sql.DB // for readers
	id   string  // of the store

	writable bool
	closing  sync.Once
	closed   error

	mu     sync.Mutex // the writer's: what follows
	conn   *sql.Conn
	stmts  map[string]*sql.Stmt
	tables map[string]*table
	broken error // why nothing more is written

	grants    grantCache
	auditing  auditQueue
	unwritten []geo.Entry // the flusher's
}

// Path returns where the file lies.
func (f *File) Path() string { return f.path }

// dsn is the address of the database, with the settings of every connection.
// Other processes that write, such as the token command, are waited for.
func dsn(path string, readOnly bool) string {
	q := url.Values{}
	q.Add("_pragma", "busy_timeout(10000)")
	if readOnly {
		q.Set("mode", "ro")
	} else {
		q.Add("_pragma", "journal_mode(WAL)")
		q.Add("_pragma", "synchronous(FULL)")
	}
	q.Add("_pragma", "cache_size(-16384)")
	return fileURI(path) + "?" + q.Encode()
}

func fileURI(path string) string {
	return "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()
}

// connect opens the database; its writer is one connection of its own.
func connect(ctx context.Context, path string, readOnly bool) (*File, error) {
	registerFunctions()
	db, err := sql.Open("sqlite", dsn(path, readOnly))
	if err != nil {
		return nil, explain(path, err)
	}
	db.SetMaxIdleConns(4)
	conn, err := db.Conn(ctx)
	if err != nil {
		db.Close()
		return nil, explain(path, err)
	}
	return &File{path: path, writable: !readOnly, db: db, conn: conn, stmts: map[string]*sql.Stmt{}, tables: map[string]*table{}}, nil
}

// Close folds the log into the file, so that it alone is the whole store, and
// gives it up. A second time it does nothing.
func (f *File) Close() error {
	f.closing.Do(func() { f.closed = f.close() })
	return f.closed
}

func (f *File) close() error {
	f.stopAudit()
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.stmts {
		s.Close()
	}
	if f.writable {
		f.foldLog()
	}
	err := f.conn.Close()
	if closed := f.db.Close(); err == nil {
		err = closed
	}
	f.lock.release()
	return explain(f.path, err)
}

// foldLog makes the file the whole store, without a log beside it. Where
// another program reads the file this cannot be done; the log then stays, and
// nothing is lost.
func (f *File) foldLog() {
	f.db.SetMaxIdleConns(-1)
	for _, pragma := range []string{"busy_timeout=100", "wal_checkpoint(TRUNCATE)", "journal_mode=DELETE"} {
		_, _ = f.conn.ExecContext(context.Background(), "PRAGMA "+pragma)
	}
}

// write runs do in a transaction of the writer. Where do or the commit fails,
// nothing of it is written.
func (f *File) write(do func(*writer) error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.broken != nil {
		return f.broken
	}
	w := &writer{file: f}
	w.exec("BEGIN IMMEDIATE")
	if w.err != nil {
		return explain(f.path, w.err)
	}
	err := do(w)
	if err == nil && w.err == nil {
		w.exec("COMMIT")
	}
	if err == nil {
		err = w.err
	}
	if err != nil {
		f.rollback(err)
	}
	return explain(f.path, err)
}

// rollback takes back what was written. When even that fails, or the disk
// failed at an unknown moment, nobody knows what the file holds: then nothing
// more is written until it is opened anew.
func (f *File) rollback(cause error) {
	f.tables = map[string]*table{} // what was read of tables may be what was taken back
	_, err := f.conn.ExecContext(context.Background(), "ROLLBACK")
	if unsure(cause) || err != nil && !noTransaction(err) {
		f.broken = geo.Errorf(geo.Unavailable, f.path, "the store could not be written and takes no more changes: %v; see to the disk, and start again", cause)
	}
}

// writer runs statements of one transaction. After the first error it does
// nothing more.
type writer struct {
	file *File
	err  error
}

// exec runs a statement, which is prepared once.
func (w *writer) exec(query string, args ...any) {
	if w.err != nil {
		return
	}
	s, err := w.prepare(query)
	if err == nil {
		_, err = s.ExecContext(context.Background(), args...)
	}
	w.err = err
}

// run runs a statement that is not worth keeping prepared.
func (w *writer) run(query string, args ...any) {
	if w.err == nil {
		_, w.err = w.file.conn.ExecContext(context.Background(), query, args...)
	}
}

// row reads the one row of a question; sql.ErrNoRows where there is none.
func (w *writer) row(query string, args []any, into ...any) error {
	if w.err != nil {
		return w.err
	}
	s, err := w.prepare(query)
	if err != nil {
		return err
	}
	return s.QueryRowContext(context.Background(), args...).Scan(into...)
}

func (w *writer) prepare(query string) (*sql.Stmt, error) {
	if s := w.file.stmts[query]; s != nil {
		return s, nil
	}
	s, err := w.file.conn.PrepareContext(context.Background(), query)
	if err == nil {
		w.file.stmts[query] = s
	}
	return s, err
}
