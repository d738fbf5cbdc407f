package load

import (
	"database/sql"
	"encoding/binary"
	"maps"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	_ "modernc.org/sqlite"

	"bivouac/data/wkb"
	"bivouac/geo"
)

// oneShape is a .shp of one point, and .dbf a table of one row whose only
// column holds a text.
func oneShape(lon, lat float64) string {
	b := make([]byte, 100)
	binary.BigEndian.PutUint32(b, 9994)
	binary.BigEndian.PutUint32(b[24:], 64)
	b = append(b, 0, 0, 0, 1, 0, 0, 0, 10, 1, 0, 0, 0)
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(lon))
	return string(binary.LittleEndian.AppendUint64(b, math.Float64bits(lat)))
}

func oneRow(text string) string {
	b := make([]byte, 32)
	b[0], b[4], b[8], b[10] = 3, 1, 65, 11
	column := make([]byte, 33)
	copy(column, "name")
	column[11], column[16], column[32] = 'C', 10, '\r'
	return string(append(b, column...)) + " " + text + strings.Repeat(" ", 10-len(text))
}

func TestShapefilesOfAnArchive(t *testing.T) {
	const utm = `PROJCS["x",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",45.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`
	alone := file(t, "in.zip", string(zipped(t, "a/Camp.SHP", oneShape(500000, 0), "a/camp.dbf", oneRow("M\xe9naka"), "a/camp.cpg", "1252", "a/camp.prj", utm, "a/camp.shx", "junk", "readme.txt", "x")))
	if got, want := tell(alone, Options{}), "in point: name=string[name]\n"+`{"type":"Point","coordinates":[45,0]} "Ménaka"`+"\n"; got != want {
		t.Errorf("one shapefile:\n got %s\nwant %s", got, want)
	}
	two := file(t, "in.zip", string(zipped(t, "camps.shp", oneShape(1, 2), "camps.dbf", oneRow("Gao"), "wells.shp", oneShape(3, 4))))
	if got := imported(t, two, Options{}); !maps.Equal(got, map[string]int{"camps": 1, "wells": 1}) {
		t.Errorf("two shapefiles become %v", got)
	}
	if got := tell(two, Options{Layer: "wells"}); !strings.Contains(got, "[3,4]") || !strings.Contains(got, "nothing beside the .shp says its coordinate system") || !strings.Contains(got, "there is no .dbf beside the .shp") {
		t.Errorf("one of two: %s", got)
	}
	if got := tell(two, Options{Layer: "roads"}); got != `not opened: layer: the file has no layer "roads"; it has "camps", "wells"`+"\n" {
		t.Errorf("a layer that is not there: %s", got)
	}
	lambert := file(t, "in.zip", string(zipped(t, "a.shp", oneShape(1, 2), "a.prj", strings.Replace(utm, "Transverse_Mercator", "Lambert_Conformal_Conic", 1))))
	if got := tell(lambert, Options{}); !strings.Contains(got, `the coordinates are in the system "x", which is not read; turn the file into WGS84 first, for instance with ogr2ogr -t_srs EPSG:4326 OUT IN`) {
		t.Errorf("another system: %s", got)
	}
	if got := tell(lambert, Options{CRS: "EPSG:4326"}); !strings.Contains(got, `{"type":"Point","coordinates":[1,2]}`) {
		t.Errorf("a system that the user names: %s", got)
	}
}

// TestEachLayerOnce wants the layers of an archive to hold the rows of their own
// files, those of files of the same name in one.
func TestEachLayerOnce(t *testing.T) {
	mark := func(name string) string {
		return `<kml><Placemark><name>` + name + `</name><Point><coordinates>1,2</coordinates></Point></Placemark></kml>`
	}
	point := `<gpx version="1.1"><wpt lat="1" lon="2"/></gpx>`
	both := `<gpx version="1.1"><wpt lat="1" lon="2"/><rte><rtept lat="1" lon="2"/><rtept lat="1" lon="3"/></rte></gpx>`
	for _, c := range []struct {
		desc  string
		files []string
		want  map[string]int
	}{
		{"a KMZ of two maps", []string{"doc.kml", mark("a"), "files/more.kml", mark("b")}, map[string]int{"doc": 1, "more": 1}},
		{"maps of the same name", []string{"a/doc.kml", mark("a"), "b/doc.kml", mark("b"), "c.kml", mark("c")}, map[string]int{"doc": 2, "c": 1}},
		{"shapefiles of the same name", []string{"a/camps.shp", oneShape(1, 2), "b/camps.shp", oneShape(3, 4), "wells.shp", oneShape(5, 6)}, map[string]int{"camps": 2, "wells": 1}},
		{"tracks", []string{"a.gpx", point, "b.gpx", both}, map[string]int{"a_waypoints": 2, "a_routes": 1}},
	} {
		if got := imported(t, file(t, "in.zip", string(zipped(t, c.files...))), Options{}); !maps.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.desc, got, c.want)
		}
	}
}

// TestColumnsThatDiffer reads an archive of tables whose columns are others, or
// stand in another order.
func TestColumnsThatDiffer(t *testing.T) {
	for _, c := range []struct {
		desc  string
		files []string
		want  []string
	}{
		{"other tables", []string{"a.csv", "name,lon,lat\nGao,1,2\n", "b.csv", "town,beds,lat,lon\nBer,7,4,3\n"}, []string{`[1,2]} "Gao" null null`, `[3,4]} null "Ber" 7`}},
		{"other records", []string{"a.json", `{"a":1}`, "b.json", `{"b":2}`}, []string{"null 1 null", "null null 2"}},
	} {
		got := tell(file(t, "in.zip", string(zipped(t, c.files...))), Options{})
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %s, want %s", c.desc, got, want)
			}
		}
	}
}

func TestLooseShapefile(t *testing.T) {
	path := file(t, "camp.shp", oneShape(1, 2))
	if err := os.WriteFile(filepath.Join(filepath.Dir(path), "camp.DBF"), []byte(oneRow("Gao")), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := tell(path, Options{}); !strings.Contains(got, `{"type":"Point","coordinates":[1,2]} "Gao"`) {
		t.Error(got)
	}
}

// packageFile is a GeoPackage as another program writes it.
func packageFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "other.gpkg")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	good, err := wkb.Append([]byte{'G', 'P', 0, 1, 0, 0, 0, 0}, orb.LineString{{1, 2}, {3, 5}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []struct {
		query string
		args  []any
	}{
		{query: `CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT, identifier TEXT, srs_id INTEGER)`},
		{query: `CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z INTEGER, m INTEGER)`},
		{query: `CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER, definition TEXT)`},
		{query: `INSERT INTO gpkg_spatial_ref_sys VALUES (4326,'EPSG',4326,''), (7,'EPSG',2154,'')`},
		{query: `CREATE TABLE "Main Roads" (id INTEGER PRIMARY KEY, shape LINESTRING, name TEXT(40), lanes MEDIUMINT, open BOOLEAN, built DATE, photo BLOB)`},
		{query: `INSERT INTO gpkg_contents VALUES ('Main Roads','features','Roads',4326), ('far','features','far',7), ('notes','attributes','notes',0), ('empty','features','empty',4326)`},
		{query: `INSERT INTO gpkg_geometry_columns VALUES ('Main Roads','shape','LINESTRING',4326,0,0), ('far','geom','POINT',7,0,0), ('empty','geom','POINT',4326,0,0)`},
		{query: `CREATE TABLE far (fid INTEGER PRIMARY KEY, geom POINT)`},
		{query: `CREATE TABLE empty (fid INTEGER PRIMARY KEY, geom POINT, name TEXT, n INTEGER)`},
		{query: `CREATE TABLE notes (fid INTEGER PRIMARY KEY, text TEXT)`},
		{`INSERT INTO "Main Roads" VALUES (7, ?, 'RN6', 2, 1, '2016-04-11', x'00')`, []any{good}},
		{`INSERT INTO "Main Roads" VALUES (8, NULL, NULL, NULL, NULL, NULL, NULL)`, nil},
		{`INSERT INTO "Main Roads" VALUES (9, ?, 'x', 'many', 1, NULL, NULL)`, []any{good}},
		{`INSERT INTO "Main Roads" VALUES (10, ?, 'x', 1, 2, NULL, NULL)`, []any{good}},
		{`INSERT INTO "Main Roads" VALUES (11, ?, 'x', 1, 1, NULL, NULL)`, []any{good[:20]}},
		{query: `INSERT INTO notes VALUES (1, 'read me')`},
	} {
		if _, err := db.Exec(q.query, q.args...); err != nil {
			t.Fatalf("%s: %v", q.query, err)
		}
	}
	return path
}

func TestGeoPackage(t *testing.T) {
	path := packageFile(t)
	for _, c := range []struct{ layer, want string }{
		{"Main Roads", "main_roads line: name=string[name] lanes=integer open=boolean built=time(day)[time]\n" +
			`{"type":"LineString","coordinates":[[1,2],[3,5]]} "RN6" 2 true 2016-04-11T00:00:00Z id=7` + "\nnull null null null null id=8\n" +
			`refused: other.gpkg, row 3, lanes: "many" is not a whole number; write digits alone` + "\n" +
			`refused: other.gpkg, row 4, open: "2" is not true or false; write true or false` + "\n" +
			"refused: other.gpkg, row 5: the shape cannot be read: unexpected EOF\n" +
			"warning: columns whose types are not read were left out: photo (BLOB)\n"},
		{"notes", "notes none: text=string\nnull \"read me\" id=1\n"},
		{"empty", "empty none: name=string[name] n=integer\n"},
		{"far", `not opened: other.gpkg: the coordinates are in the system "EPSG:2154", which is not read; turn the file into WGS84 first, for instance with ogr2ogr -t_srs EPSG:4326 OUT IN` + "\n"},
		{"", `not opened: other.gpkg: the file has several layers, and one is to be named: "Main Roads", "far", "notes", "empty"` + "\n"},
		{"roads", `not opened: other.gpkg: the file has no layer "roads"; it has "Main Roads", "far", "notes", "empty"` + "\n"},
	} {
		if got := tell(path, Options{Layer: c.layer}); got != c.want {
			t.Errorf("layer %q:\n got %s\nwant %s", c.layer, got, c.want)
		}
	}
	d, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	parts, err := d.Parts(Options{})
	if err != nil || len(parts) != 4 || parts[0].Collection != "main_roads" {
		t.Errorf("%+v, %v", parts, err)
	}
	if f, err := d.File(parts[0]); err != nil || f.Schema().Title != "Roads" {
		t.Errorf("the title is %v, %v", f.Schema().Title, err)
	}
}

func TestBrokenGeoPackages(t *testing.T) {
	whole, err := os.ReadFile(packageFile(t))
	if err != nil {
		t.Fatal(err)
	}
	zeroed := append([]byte(nil), whole...)
	clear(zeroed[5000:])
	for _, c := range []struct {
		desc string
		text string
		want string
	}{
		{"cut off", string(whole[:len(whole)/2]), "the GeoPackage is damaged"},
		{"a head alone", string(whole[:100]), "the GeoPackage is damaged"},
		{"nothing in its tables", string(zeroed), "the GeoPackage has no table of features or attributes"},
	} {
		got := tell(file(t, "f.gpkg", c.text), Options{Layer: "Main Roads"})
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: %s, want %s", c.desc, got, c.want)
		}
	}
	path := filepath.Join(t.TempDir(), "x.sqlite")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("CREATE TABLE t (a)"); err != nil {
		t.Fatal(err)
	}
	if _, err := open(t, path, Options{}); geo.CodeOf(err) != geo.Unsupported || !strings.Contains(err.Error(), "is an SQLite file and no GeoPackage") {
		t.Error(err)
	}
}

func TestSwappedAxes(t *testing.T) {
	mali := []orb.Bound{{Min: orb.Point{-12, 10}, Max: orb.Point{4, 25}}}
	for _, c := range []struct {
		desc, rows string
		swapped    bool
	}{
		{"as it should be", "-3,16\n0.5,17\n", false},
		{"swapped", "16,-3\n17,0.5\n-3,16\n", true},
		{"right both ways", "3,12\n", false},
		{"elsewhere both ways", "40,30\n", false},
	} {
		got := tell(file(t, "f.csv", "lon,lat\n"+c.rows), Options{Areas: mali})
		if strings.Contains(got, "longitude and latitude look swapped: 2 of 3 places") != c.swapped || strings.Contains(got, "look swapped") != c.swapped {
			t.Errorf("%s: %s", c.desc, got)
		}
	}
}

func TestTooManyColumns(t *testing.T) {
	header := strings.Repeat("a,", 1_000_000) + "a\n"
	if got := tell(file(t, "f.csv", header+"1\n"), Options{}); !strings.HasPrefix(got, "not opened: f.csv: has 1000001 columns or more; up to 10000 are read") {
		t.Errorf("%.300s", got)
	}
}
