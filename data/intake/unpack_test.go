package intake_test

import (
	"archive/zip"
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	_ "modernc.org/sqlite"

	"bivouac/data/load"
	"bivouac/geo/staging"
)

// packedTable is a zipped GeoPackage of one table with one row.
func packedTable(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "wells.gpkg")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec(`CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT, identifier TEXT, srs_id INTEGER);
		CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z INTEGER, m INTEGER);
		CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
		INSERT INTO gpkg_contents VALUES ('wells','attributes','Wells',0);
		CREATE TABLE wells (fid INTEGER PRIMARY KEY, name TEXT);
		INSERT INTO wells VALUES (1,'Tarkint')`)
	if closed := db.Close(); err == nil {
		err = closed
	}
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("wells.gpkg")
	if err == nil {
		_, err = w.Write(text)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestNothingUnpackedIsLeft sends a packed GeoPackage, and has it read where it
// lies: what was unpacked for the one goes with its comparison, for the other with
// the Dataset of whoever opened it, who finds the one file that he looked into.
func TestNothingUnpackedIsLeft(t *testing.T) {
	desk := newDesk(t)
	text := packedTable(t)
	path := filepath.Join(t.TempDir(), "wells.gpkg.zip")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir)
	unpacked := func() (names []string) {
		t.Helper()
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			names = append(names, e.Name())
		}
		return names
	}
	sent := desk.send(editor, "wells.gpkg.zip", string(text), staging.Options{})
	if sent.State != staging.Staged || sent.Counts.Added != 1 || len(unpacked()) > 0 {
		t.Errorf("%+v, and %v is left", sent, unpacked())
	}
	d, err := load.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	parts, err := d.Parts(load.Options{})
	before := unpacked()
	if err != nil || len(parts) != 1 || len(before) != 1 {
		t.Fatal(parts, before, err)
	}
	adopted, _, err := desk.imports.Adopt(background, editor, d, staging.Options{}, parts[0])
	if err != nil {
		t.Fatal(err)
	}
	adopted = desk.settled(adopted.ID, editor)
	if after := unpacked(); adopted.State != staging.Staged || adopted.Counts.Added != 1 || len(after) != 1 || after[0] != before[0] {
		t.Errorf("%+v, read from %v, want %v alone", adopted, after, before)
	}
	if err := d.Close(); err != nil || len(unpacked()) > 0 {
		t.Errorf("%v, and %v is left", err, unpacked())
	}
}
