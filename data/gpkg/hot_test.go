package gpkg

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bivouac/data"
)

// halfWritten copies a store in the middle of a write without the log, as a
// process leaves it that is killed while it goes over to the log, or back.
func halfWritten(t *testing.T, from string) string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+from+"?mode=rw")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, text := range []string{
		"PRAGMA journal_mode=DELETE", "PRAGMA cache_size=4", "BEGIN IMMEDIATE",
		"UPDATE gpkg_contents SET description='half written'", "CREATE TABLE half (text TEXT)",
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<500) INSERT INTO half SELECT hex(randomblob(2000)) FROM n",
	} {
		if _, err := db.Exec(text); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	to := filepath.Join(t.TempDir(), "mission.gpkg")
	for _, end := range []string{"", "-journal"} {
		b, err := os.ReadFile(from + end)
		if err != nil || len(b) == 0 {
			t.Fatalf("no %s is there: %v", end, err)
		}
		if err := os.WriteFile(to+end, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.Exec("ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	return to
}

// TestHalfWritten: what was killed in the middle of a write is taken back by
// whoever opens the store next, to read it too.
func TestHalfWritten(t *testing.T) {
	f, s := begun(t)
	if _, err := s.Apply(background, spot("kept")); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		desc string
		open func(path string) error
	}{
		{"looked at", func(path string) error {
			kind, err := KindOf(background, path)
			if err == nil && kind != Ours {
				t.Errorf("it is of kind %d", kind)
			}
			return err
		}},
		{"checked", func(path string) error {
			h, err := Check(background, path)
			if err == nil && (len(h.Faults) > 0 || h.Records["spots"] != 1) {
				t.Errorf("%+v", h)
			}
			return err
		}},
		{"backed up", func(path string) error { return Backup(background, path, path+".copy") }},
		{"opened", func(path string) error {
			again, err := Open(background, path)
			if err != nil {
				return err
			}
			defer again.Close()
			store, err := data.Open(background, again)
			if err == nil && rowsOf(store) != 1 {
				t.Errorf("%d records", rowsOf(store))
			}
			return err
		}},
	} {
		path := halfWritten(t, f.Path())
		if err := c.open(path); err != nil {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
	path := halfWritten(t, f.Path())
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	if os.Getuid() == 0 {
		return // whom no rights hold
	}
	if _, err := KindOf(background, path); err == nil || !strings.Contains(err.Error(), "cannot be written") {
		t.Errorf("one that cannot be mended: %v", err)
	}
}
