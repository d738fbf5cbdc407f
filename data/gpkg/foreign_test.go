package gpkg

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/data"
	"bivouac/geo"
)

// full is a shape that is no point.
var full = orb.LineString{{1, 2}, {3, 5}}

// foreignFile is a GeoPackage as another program writes it.
func foreignFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "other.gpkg")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	good, err := appendBlob(nil, full, nil, srsID)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []struct {
		query string
		args  []any
	}{
		{query: standardTables},
		{query: `CREATE TABLE "Main Roads" (id INTEGER PRIMARY KEY, shape LINESTRING, name TEXT(40), lanes MEDIUMINT, open BOOLEAN, built DATE, photo BLOB)`},
		{query: `INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('Main Roads','features','Roads',4326), ('far','features','far',3857), ('notes','attributes','notes',0)`},
		{query: `INSERT INTO gpkg_geometry_columns VALUES ('Main Roads','shape','LINESTRING',4326,0,0), ('far','geom','POINT',3857,0,0)`},
		{query: `CREATE TABLE far (fid INTEGER PRIMARY KEY, geom POINT)`},
		{query: `CREATE TABLE notes (fid INTEGER PRIMARY KEY, text TEXT)`},
		{`INSERT INTO "Main Roads" VALUES (7, ?, 'RN6', 2, 1, '2016-04-11', x'00')`, []any{good}},
		{`INSERT INTO "Main Roads" VALUES (8, NULL, NULL, NULL, NULL, NULL, NULL)`, nil},
		{`INSERT INTO "Main Roads" VALUES (9, ?, 'x', 'many', 1, NULL, NULL)`, []any{good}},
		{query: `INSERT INTO notes VALUES (1, 'read me')`},
	} {
		if _, err := db.Exec(q.query, q.args...); err != nil {
			t.Fatalf("%s: %v", q.query, err)
		}
	}
	return path
}

func TestForeignGeoPackage(t *testing.T) {
	registerFunctions()
	path := foreignFile(t)
	if kind, err := KindOf(background, path); err != nil || kind != Foreign {
		t.Fatalf("kind %v, %v", kind, err)
	}
	if _, err := Open(background, path); geo.CodeOf(err) != geo.Conflict {
		t.Errorf("opened to be written: %v", err)
	}
	layers, err := Tables(background, path)
	if err != nil || len(layers) != 3 {
		t.Fatalf("%d tables, %v", len(layers), err)
	}
	s := data.New()
	for _, l := range layers {
		if l.Feed == nil {
			if l.Table != "far" || !strings.Contains(l.LeftOut[0], "EPSG:3857") {
				t.Errorf("%s is left out: %v", l.Table, l.LeftOut)
			}
			continue
		}
		if _, err := s.Import(background, l.Source); err != nil {
			t.Fatal(err)
		}
	}
	roads := layers[0]
	if roads.Schema.Name != "main_roads" || roads.Schema.Geometry != geo.LineGeometry || roads.Refused != 1 || !strings.Contains(roads.Reason, "lanes") || len(roads.LeftOut) != 1 {
		t.Errorf("%+v", roads)
	}
	l, err := s.Snapshot().Layer("main_roads")
	if err != nil || l.Rows() != 2 {
		t.Fatal(l, err)
	}
	row, _ := l.Find(1, geo.Reader{})
	f := row.Feature()
	if f.SourceID != "7" || f.Value(0).Text() != "RN6" || f.Value(1).Int() != 2 || !f.Value(2).Bool() || f.Value(3).Time() != 16902*geo.Day || !orb.Equal(f.Geometry, full) {
		t.Errorf("%+v", f)
	}
	if l, err := s.Snapshot().Layer("notes"); err != nil || l.Rows() != 1 || l.Schema().Geometry != geo.NoGeometry {
		t.Errorf("the table without shapes: %v", err)
	}
}
