package geopackage

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"bivouac/data/load/record"
	"bivouac/geo"
)

// seed is a small GeoPackage of one layer.
func seed(t testing.TB) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "seed.gpkg")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{
		`PRAGMA page_size=512`,
		`CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT, identifier TEXT, srs_id INTEGER)`,
		`CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z INTEGER, m INTEGER)`,
		`CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER, definition TEXT)`,
		`INSERT INTO gpkg_spatial_ref_sys VALUES (4326,'EPSG',4326,'')`,
		`INSERT INTO gpkg_contents VALUES ('a','features','A',4326)`,
		`INSERT INTO gpkg_geometry_columns VALUES ('a','g','POINT',4326,0,0)`,
		`CREATE TABLE a (fid INTEGER PRIMARY KEY, g POINT, n INTEGER, t TEXT, f REAL, b BOOLEAN, d DATE)`,
		`INSERT INTO a VALUES (1, x'47500001E61000000101000000000000000000F03F0000000000000040', 7, 'x', 1.5, 1, '2019-01-02')`,
	} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// read returns the number of records of all layers.
func read(t testing.TB, b []byte) (n int, err error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "f.gpkg")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	layers, err := Layers(context.Background(), path)
	if err != nil {
		return 0, err
	}
	for i := range layers {
		if _, err := layers[i].System(); err != nil {
			return n, err
		}
		r, err := Open(context.Background(), path, &layers[i])
		if err != nil {
			return n, err
		}
		defer r.Close()
		for err == nil {
			var x record.Record
			err = r.Next(&x)
			var bad *record.Refused
			if errors.As(err, &bad) {
				err = nil
			}
			if n++; n > 10_000 {
				return n, nil // a table whose pages lead back to one another
			}
		}
		if n--; !errors.Is(err, io.EOF) {
			return n, err
		}
	}
	return n, nil
}

func TestSeed(t *testing.T) {
	if n, err := read(t, seed(t)); n != 1 || err != nil {
		t.Errorf("%d records, %v", n, err)
	}
}

func FuzzGeoPackage(f *testing.F) {
	whole := seed(f)
	f.Add(whole)
	f.Add(whole[:len(whole)-512])
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := read(t, b); geo.CodeOf(err) == geo.Internal {
			t.Fatalf("%v is not an error for people", err)
		}
	})
}

// TestEndlessView ends at a view that calls itself.
func TestEndlessView(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f.gpkg")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("CREATE VIEW v AS WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM r) SELECT i AS fid, i AS n FROM r"); err != nil {
		t.Fatal(err)
	}
	r, err := Open(context.Background(), path, &Layer{Name: "v"})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var to record.Record
	for err == nil {
		err = r.Next(&to)
	}
	if errors.Is(err, io.EOF) || geo.CodeOf(err) != geo.Invalid {
		t.Error(err)
	}
}
