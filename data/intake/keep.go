package intake

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"

	"bivouac/geo"
	"bivouac/geo/jsonschema"
	"bivouac/geo/layer"
	"bivouac/geo/staging"
)

// kept is an import as its folder keeps it.
type kept struct {
	Import  staging.Import  `json:"import"`
	Owner   geo.Asker       `json:"owner"`
	Created geo.Time        `json:"created"`
	Updated geo.Time        `json:"updated"`
	Highest geo.Class       `json:"highest"`
	Source  string          `json:"source,omitempty"`
	Schema  json.RawMessage `json:"schema,omitempty"`
	Alone   bool            `json:"alone,omitempty"`
	Seen    geo.Version     `json:"seen,omitempty"`
	Columns []string        `json:"columns,omitempty"`
	Store   string          `json:"store"` // that it was compared with
}

func statePath(folder string) string { return filepath.Join(folder, "import.json") }

// keep writes what is known of an import, in place of what was known. s.mu is
// held.
func (s *Imports) keep(x *item) error {
	k := kept{Import: x.Import, Owner: x.Owner, Created: x.Created, Updated: x.Updated, Highest: x.Highest, Source: x.source, Alone: x.alone, Seen: x.seen, Columns: x.columns, Store: s.store.Snapshot().Store}
	if x.schema.Name != "" {
		k.Schema = jsonschema.Append(nil, &x.schema, jsonschema.Stored, "")
	}
	text, err := json.Marshal(k)
	if err != nil {
		return err
	}
	return onDisk(replaceFile(statePath(s.folder(x)), text))
}

// replaceFile writes a file as a whole: a reader finds the old one or the new.
func replaceFile(path string, text []byte) error {
	file, err := os.OpenFile(path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// load takes up the imports that lie in the folder. One that cannot be read any
// more is swept: its owner has the file still.
func (s *Imports) load() error {
	entries, err := os.ReadDir(s.dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return onDisk(err)
	}
	for _, e := range entries {
		if x, err := s.read(e.Name()); err == nil {
			s.list = append(s.list, x)
		} else if err := os.RemoveAll(filepath.Join(s.dir, e.Name())); err != nil {
			return onDisk(err)
		}
	}
	slices.SortFunc(s.list, func(a, b *item) int { return int(a.Created - b.Created) })
	for _, x := range slices.Clone(s.list) {
		if x.source != "" && (x.foreign || x.State == staging.Reading || x.State == staging.Taking) {
			// Its file lies elsewhere, and is whoever's who has it read again.
			if err := s.drop(x); err != nil {
				return err
			}
			continue
		}
		switch x.State {
		case staging.Receiving:
			x.Received = s.arrived(x)
			x.Progress.Done = x.Received
			if x.Received == x.Size {
				s.start(x)
			}
		case staging.Reading, staging.Taking:
			// Whether a commit was made before the end is seen by comparing anew.
			s.start(x)
		case staging.Staged:
			if x.foreign {
				s.start(x)
			}
		case staging.Approved:
			// The program may have ended before it let the file go.
			s.letFileGo(x)
		}
	}
	return nil
}

func (s *Imports) read(id string) (*item, error) {
	text, err := os.ReadFile(statePath(filepath.Join(s.dir, id)))
	if err != nil {
		return nil, err
	}
	var k kept
	if err := json.Unmarshal(text, &k); err != nil {
		return nil, err
	}
	x := &item{Import: k.Import, source: k.Source, alone: k.Alone, seen: k.Seen, columns: k.Columns, foreign: k.Store != s.store.Snapshot().Store}
	x.Owner, x.Created, x.Updated, x.Highest = k.Owner, k.Created, k.Updated, k.Highest
	if x.ID != id {
		return nil, errTorn
	}
	if len(k.Schema) > 0 {
		x.schema, err = jsonschema.Decode(k.Schema)
	}
	return x, err
}

// arrived is how much of a file has come.
func (s *Imports) arrived(x *item) int64 {
	info, err := os.Stat(s.path(x))
	if err != nil {
		return 0
	}
	return min(info.Size(), x.Size)
}

// letFileGo removes what was sent. What cannot be removed now goes with the import.
func (s *Imports) letFileGo(x *item) { _ = os.RemoveAll(filepath.Join(s.folder(x), "file")) }

// clear lets the file of an approved import go, and the oldest approved ones
// where their owner has many. s.mu is held.
func (s *Imports) clear(x *item) {
	s.letFileGo(x)
	n := 0
	for _, o := range slices.Backward(slices.Clone(s.list)) {
		if o.State != staging.Approved || o.Owner.Name != x.Owner.Name || o.Owner.Grant != x.Owner.Grant {
			continue
		}
		if n++; n > MostOwner {
			_ = s.drop(o)
		}
	}
}

// sweep lets the imports go to which nothing happened for long.
func (s *Imports) sweep() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range slices.Clone(s.list) {
		if x.Updated+Age < s.now() && x.State != staging.Reading && x.State != staging.Taking && !x.busy {
			// What could not be removed now is tried again with the next.
			_ = s.drop(x)
		}
	}
}

func (s *Imports) sweepNowAndThen() {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			s.sweep()
		case <-s.all.Done():
			return
		}
	}
}

func mover(l *layer.Layer, to *geo.Schema) func([]geo.Value) []geo.Value {
	return layer.Mover(l.Schema(), to)
}
