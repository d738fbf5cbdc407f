package gpkg

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"

	"bivouac/data"
	"bivouac/geo"
)

// Health is what a check of a store found.
type Health struct {
	Version geo.Version
	Records map[string]int // by collection
	Edits   int            // former states of records that can be read
	Audit   int            // entries of the audit whose chain holds
	Head    string         // the hash of the last of them, to note elsewhere
	Faults  []string       // what is wrong, in sentences
}

// Check reads the whole store, which may be in use, and says what is wrong
// with it.
func Check(ctx context.Context, path string) (*Health, error) {
	f, err := OpenToRead(ctx, path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	h := &Health{Records: map[string]int{}}
	for _, look := range []func(context.Context, *Health) error{f.checkPages, f.checkRecords, f.checkPast, f.checkAudit} {
		if err := look(ctx, h); err != nil {
			return nil, explain(path, err)
		}
	}
	return h, nil
}

func (h *Health) fault(format string, args ...any) {
	h.Faults = append(h.Faults, fmt.Sprintf(format, args...))
}

// checkPages has SQLite look at its own.
func (f *File) checkPages(ctx context.Context, h *Health) error {
	scan := func(r *sql.Rows, text *string) error { return r.Scan(text) }
	for text, err := range ask(ctx, f.db, scan, "PRAGMA integrity_check(20)") {
		if err != nil {
			return err
		}
		if text != "ok" {
			h.fault("the file is damaged: %s", text)
		}
	}
	return nil
}

// checkRecords reads every record, and counts the entries of every R-tree.
func (f *File) checkRecords(ctx context.Context, h *Health) error {
	held, err := f.Load(ctx)
	if err != nil {
		h.fault("%v", err)
		return nil
	}
	if n := len(held.Times); n > 0 {
		h.Version = held.Times[n-1].Version
	}
	for _, l := range held.Layers {
		name := l.Schema().Name
		h.Records[name] = l.Rows()
		placed, newest := 0, geo.Version(0)
		_ = l.Each(func(r geo.Row) error {
			newest = max(newest, r.Rev())
			if _, ok := r.Table().Bound(r.Number()); ok {
				placed++
			}
			return nil
		})
		if newest > h.Version {
			h.fault("%s holds a record of version %d, which was never committed", name, newest)
		}
		if err := f.checkTree(ctx, h, name, placed); err != nil {
			return err
		}
	}
	return nil
}

func (f *File) checkTree(ctx context.Context, h *Health, collection string, placed int) error {
	t, err := readTable(f.db, collection)
	if err != nil || t.shape == "" {
		return err
	}
	var n int
	var sound string
	if err := f.db.QueryRowContext(ctx, "SELECT count(*) FROM "+quote(t.treeName())).Scan(&n); err != nil {
		return err
	}
	if n != placed {
		h.fault("%s has %d records with a place, and its R-tree %d: other programs would miss some", collection, placed, n)
	}
	if err := f.db.QueryRowContext(ctx, "SELECT rtreecheck(?)", t.treeName()).Scan(&sound); err != nil {
		return err
	}
	if sound != "ok" {
		h.fault("the R-tree of %s is damaged: %s", collection, sound)
	}
	return nil
}

// checkPast reads every former state.
func (f *File) checkPast(ctx context.Context, h *Health) error {
	for _, err := range f.Edits(ctx, data.EditQuery{}) {
		if err != nil {
			h.fault("%v", err)
			return nil
		}
		h.Edits++
	}
	for _, err := range f.DocEdits(ctx, 0) {
		if err != nil {
			h.fault("%v", err)
			return nil
		}
	}
	return nil
}

// checkAudit follows the chain from its first entry.
func (f *File) checkAudit(ctx context.Context, h *Health) error {
	var before []byte
	for l, err := range ask(ctx, f.db, scanAudit, auditRead+" ORDER BY id") {
		if err != nil {
			return err
		}
		if l.Seq != int64(h.Audit)+1 || !bytes.Equal(l.Hash[:], chained(before, l.Seq, &l.Entry)) {
			h.fault("the audit was changed: its chain breaks at entry %d", h.Audit+1)
			return nil
		}
		h.Audit++
		before = l.Hash[:]
	}
	h.Head = hex.EncodeToString(before)
	return nil
}
