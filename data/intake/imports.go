// Package intake answers what a file would change in a store before anything is
// touched, and takes it in when somebody approves it.
//
// An import lies in a folder of its own beside the store: the file as it came,
// the rows of its comparison by kind, and what is known of it. So it outlives a
// restart, and memory does not grow with the file. Nothing of the store changes
// before the approval, which is one Version, or none where all is the same.
package intake

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"bivouac/data"
	"bivouac/data/load"
	"bivouac/geo"
	"bivouac/geo/staging"
)

// Limits of what stands beside a store.
const (
	MostBytes = 16 << 30      // of one file
	MostOwner = 20            // imports of one owner that wait, and as many that were approved
	MostAll   = 64 << 30      // bytes of all files
	Age       = 7 * geo.Day   // of an import to which nothing happened
	lookEvery = 1 * time.Hour // for imports that are over age
)

// Folder returns where the imports of the store at the path lie.
func Folder(store string) string { return store + ".imports" }

// Imports are the files on their way into one store. It is safe for concurrent
// use.
type Imports struct {
	dir   string
	store *data.Store
	now   func() geo.Time

	slot chan struct{} // one file is read at a time
	all  context.Context
	end  context.CancelFunc
	runs sync.WaitGroup

	mu    sync.Mutex
	list  []*item // the oldest first
	turn  uint64
	moved chan struct{} // closed with the next turn
}

// item is one import. What is in it is the Imports' mutex's, but for the folder.
type item struct {
	staging.Import
	source  string      // path of a file that stands elsewhere; "" for one that was sent here
	schema  geo.Schema  // of its rows
	alone   bool        // its approval needs the collection as it was compared
	seen    geo.Version // of the collection, last change when it was compared
	columns []string
	opened  *load.Dataset // the file of base; its owner closes it
	sum     string        // of that file
	base    *load.Options // beside the options, of a file that was looked into already; nil for none
	foreign bool          // it was compared with another store, which lay here before
	turn    uint64
	cancel  context.CancelFunc // of the work that goes on; nil for none
	busy    bool               // a piece of the file is written
}

// Open returns the imports that lie in the folder, which is made when the first
// one comes. What was being read when a program ended is read anew.
func Open(dir string, store *data.Store, now func() geo.Time) (*Imports, error) {
	s := &Imports{dir: dir, store: store, now: now, slot: make(chan struct{}, 1), moved: make(chan struct{})}
	s.all, s.end = context.WithCancel(context.Background())
	if err := s.load(); err != nil {
		return nil, err
	}
	s.sweep()
	go s.sweepNowAndThen()
	return s, nil
}

// Close ends the work that goes on. It is taken up when the folder is opened
// again.
func (s *Imports) Close() {
	s.end()
	s.runs.Wait()
	// An empty folder tells nobody anything; one that is not empty stays.
	_ = os.Remove(s.dir)
}

// Begin makes room for a file.
func (s *Imports) Begin(owner geo.Asker, name string, size int64, o staging.Options) (staging.Import, error) {
	if err := s.checkOptions(&o, owner); err != nil {
		return staging.Import{}, err
	}
	s.sweep()
	now := s.now()
	x := &item{Import: staging.Import{
		ID: strings.ToLower(rand.Text()), Owner: owner, Name: name, Size: size, State: staging.Receiving, Created: now, Updated: now, Options: o,
		Progress: staging.Progress{Step: "receiving", Total: size},
	}}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.room(owner, size); err != nil {
		return x.Import, err
	}
	if err := os.MkdirAll(filepath.Join(s.folder(x), "file"), 0o700); err != nil {
		return x.Import, onDisk(err)
	}
	if err := s.keep(x); err != nil {
		return x.Import, err
	}
	s.list = append(s.list, x)
	s.touch(x)
	return x.Import, nil
}

func (s *Imports) room(owner geo.Asker, size int64) error {
	his, bytes := 0, size
	for _, x := range s.list {
		if x.State == staging.Approved {
			continue // its file is gone
		}
		if x.Owner.Name == owner.Name && x.Owner.Grant == owner.Grant {
			his++
		}
		bytes += x.Size
	}
	switch {
	case size > MostBytes:
		return geo.ErrorOf(geo.TooLarge, "size", largeFile, MostBytes>>30)
	case his >= MostOwner:
		return geo.ErrorOf(geo.Delayed, "import", manyImports, his)
	case bytes > MostAll:
		return geo.ErrorOf(geo.Delayed, "size", largeTogether, MostAll>>30)
	}
	return nil
}

func (s *Imports) folder(x *item) string { return filepath.Join(s.dir, x.ID) }

// path is where the file of an import lies.
func (s *Imports) path(x *item) string {
	if x.source != "" {
		return x.source
	}
	return filepath.Join(s.folder(x), "file", safeName(x.Name))
}

// safeName is a name for a file that cannot lead elsewhere.
func safeName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`<>:"|?*`, r) || r == 0x7f {
			return '_'
		}
		return r
	}, name)
	name = strings.TrimRight(strings.TrimLeft(name, "."), ". ")
	if len(name) > 200 {
		name = strings.ToValidUTF8(name[len(name)-200:], "")
	}
	return cmp.Or(name, "file")
}

// find returns an import of the owner. s.mu is held.
func (s *Imports) find(id string, owner geo.Asker) (*item, error) {
	for _, x := range s.list {
		if x.ID == id && owner.Sees(x.Owner) {
			return x, nil
		}
	}
	return nil, geo.ErrorOf(geo.NotFound, "import", noImport, fmt.Sprintf("%.40q", id))
}

// Find returns an import of the owner.
func (s *Imports) Find(id string, owner geo.Asker) (staging.Import, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	x, err := s.find(id, owner)
	if err != nil {
		return staging.Import{}, err
	}
	return x.told(), nil
}

func (x *item) told() staging.Import {
	i := x.Import
	i.Expires = i.Updated + Age
	return i
}

// List returns the imports of the owner, the newest first.
func (s *Imports) List(owner geo.Asker) []staging.Import {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []staging.Import
	for _, x := range slices.Backward(s.list) {
		if owner.Sees(x.Owner) {
			out = append(out, x.told())
		}
	}
	return out
}

// Since returns the owner's imports to which something happened after the turn.
func (s *Imports) Since(turn uint64, owner geo.Asker) ([]staging.Import, uint64, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []staging.Import
	for _, x := range s.list {
		if x.turn > turn && owner.Sees(x.Owner) {
			out = append(out, x.told())
		}
	}
	return out, s.turn, s.moved
}

// touch notes that something happened to an import. s.mu is held.
func (s *Imports) touch(x *item) {
	s.turn++
	x.turn, x.Updated = s.turn, s.now()
	close(s.moved)
	s.moved = make(chan struct{})
}

// Drop takes an import and its file away.
func (s *Imports) Drop(id string, owner geo.Asker) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	x, err := s.find(id, owner)
	if err != nil {
		return err
	}
	if x.State == staging.Taking {
		return geo.ErrorOf(geo.Conflict, "import", beingTaken)
	}
	return s.drop(x)
}

// drop lets an import go. s.mu is held.
func (s *Imports) drop(x *item) error {
	if x.cancel != nil {
		x.cancel()
	}
	s.list = slices.DeleteFunc(s.list, func(o *item) bool { return o == x })
	s.turn++
	close(s.moved)
	s.moved = make(chan struct{})
	// The state goes first: a folder without one is nobody's, and is swept.
	err := os.Remove(statePath(s.folder(x)))
	if errors.Is(err, os.ErrNotExist) {
		err = nil
	}
	return onDisk(errors.Join(err, os.RemoveAll(s.folder(x))))
}

// Rows returns rows of one kind.
func (s *Imports) Rows(id string, owner geo.Asker, q staging.Query) (staging.Page, error) {
	s.mu.Lock()
	x, err := s.find(id, owner)
	if err != nil {
		s.mu.Unlock()
		return staging.Page{}, err
	}
	if x.Counts == nil {
		s.mu.Unlock()
		return staging.Page{}, geo.ErrorOf(geo.Conflict, "import", rowsUnknown, x.State)
	}
	dir, schema, columns := s.folder(x), x.schema, x.columns
	s.mu.Unlock()
	out, err := page(dir, &schema, q)
	out.Columns = columns
	if err != nil || q.Kind != staging.Same {
		return out, err
	}
	return out, s.fillSame(&out, owner.Reader)
}

// fillSame looks up the records that stay as they are, of which the spool keeps
// the keys alone. One that has gone since, or out of sight, is told by its id.
func (s *Imports) fillSame(p *staging.Page, reader geo.Reader) error {
	l, err := s.store.Snapshot().Layer(p.Schema.Name)
	if err != nil {
		return nil
	}
	b := book{move: mover(l, &p.Schema)}
	for i := range p.Rows {
		if row, ok := l.Find(p.Rows[i].Key, reader); ok {
			f := b.feature(row)
			p.Rows[i].Before, p.Rows[i].After = f, f
		}
	}
	return nil
}
