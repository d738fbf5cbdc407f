package gpkg

import (
	"database/sql"
	"path/filepath"
	"testing"

	"bivouac/geo"
)

// A GeoPackage of another program is never opened to be written.
func TestForeignGeoPackage(t *testing.T) {
	registerFunctions()
	path := filepath.Join(t.TempDir(), "other.gpkg")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec(standardTables)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if kind, err := KindOf(background, path); err != nil || kind != Foreign {
		t.Fatalf("kind %v, %v", kind, err)
	}
	if _, err := Open(background, path); geo.CodeOf(err) != geo.Conflict {
		t.Errorf("opened to be written: %v", err)
	}
}
