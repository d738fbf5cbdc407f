package load

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/staging"
)

var update = flag.Bool("update", false, "write the golden files anew")

func file(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// wantCode stops the tests where something would be told in English alone.
func wantCode(s geo.Said) {
	if s.Code == "" {
		panic("in English alone: " + s.Text)
	}
}

// open opens a file until the test ends.
func open(t testing.TB, path string, o Options) (*File, error) {
	t.Helper()
	d, err := Open(path)
	if err != nil {
		return nil, err
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d.File(o)
}

// tell opens and reads a file and prints schema, records, refusals and end.
func tell(path string, o Options) string {
	d, err := Open(path)
	var f *File
	if err == nil {
		defer d.Close()
		f, err = d.File(o)
	}
	if err != nil {
		wantCode(*geo.SaidBy(err))
		return fmt.Sprintf("not opened: %v\n", strings.ReplaceAll(err.Error(), filepath.Dir(path), "DIR"))
	}
	var b strings.Builder
	s := f.Schema()
	fmt.Fprintf(&b, "%s %s:", s.Name, s.Geometry)
	for _, f := range s.Fields {
		fmt.Fprintf(&b, " %s=%v", f.Name, f.Kind)
		if f.DateOnly {
			b.WriteString("(day)")
		}
		if f.Role != "" {
			fmt.Fprintf(&b, "[%s]", f.Role)
		}
	}
	b.WriteByte('\n')
	report, err := f.Read(context.Background(), func(f *geo.Feature) error {
		b.Write(geojson.AppendGeometry(nil, f.Geometry, f.Z))
		for _, v := range f.Values {
			fmt.Fprintf(&b, " %v", v)
		}
		if f.SourceID != "" {
			fmt.Fprintf(&b, " id=%s", f.SourceID)
		}
		if f.Mission != "" {
			fmt.Fprintf(&b, " mission=%s", f.Mission)
		}
		if len(f.Extra) > 0 {
			fmt.Fprintf(&b, " extra=%s", f.Extra)
		}
		b.WriteByte('\n')
		return nil
	})
	for _, r := range report.Refusals {
		fmt.Fprintf(&b, "refused: %v\n", r)
		wantCode(r.Said)
	}
	for _, w := range report.Warned() {
		fmt.Fprintf(&b, "warning: %s\n", w.Text)
		wantCode(w)
	}
	for _, n := range report.Notes {
		wantCode(n)
	}
	if err != nil {
		fmt.Fprintf(&b, "over: %v\n", err)
		wantCode(*geo.SaidBy(err))
	}
	return b.String()
}

func TestReadsWhatIsFoundInTheField(t *testing.T) {
	for _, c := range []struct{ desc, text, want string }{
		{"commas, quotes, line breaks", "id,name,lon,lat\r\n1,\"Gao, \"\"Camp\r\nCastor\"\"\",-0.04,16.27\r\n2,Kidal,1.41,18.44",
			"f point: id=string[source-id] name=string[name]\n" + `{"type":"Point","coordinates":[-0.04,16.27]} "1" "Gao, \"Camp\r\nCastor\"" id=1` + "\n" + `{"type":"Point","coordinates":[1.41,18.44]} "2" "Kidal" id=2` + "\n"},
		{"semicolons and a mark", "\xef\xbb\xbfLatitude;Longitude;Tués\n16.27;-0.04;3\n", "f point: Tués=integer\n" + `{"type":"Point","coordinates":[-0.04,16.27]} 3` + "\n"},
		{"tabs", "x\ty\tn\n1\t2\t3\n", "f point: n=integer\n" + `{"type":"Point","coordinates":[1,2]} 3` + "\n"},
		{"bars", "lng|lat|n\n1|2|a,b,c,d\n", "f point: n=string\n" + `{"type":"Point","coordinates":[1,2]} "a,b,c,d"` + "\n"},
		{"Latin-1", "name,lon,lat\nM\xe9naka,2.4,15.9\n", "f point: name=string[name]\n" + `{"type":"Point","coordinates":[2.4,15.9]} "Ménaka"` + "\nwarning: the file is not UTF-8; it was read as Windows-1252. If letters with accents look wrong, name its encoding\n"},
		{"UTF-16", "\xff\xfen\x00,\x00m\x00\n\x00\xe9\x00,\x00\x3d\xd8\x00\xde\n\x00", "f none: n=string m=string\nnull \"é\" \"😀\"\n"},
		{"UTF-16, the other way", "\xfe\xff\x00n\x00,\x00m\x00\n\x00\xe9\x00,\x001", "f none: n=string m=integer\nnull \"é\" 1\n"},
		{"types of a table", "code,n,f,b,d,at,mixed,na\n007,1,1,true,2019-01-02,2019-01-02T03:04:05Z,1,NA\n,-2,2.5,FALSE,,2019-01-02 03:04:05+01:00,x,4\n",
			"f none: code=string n=integer f=number b=boolean d=time(day) at=time mixed=string na=integer\n" +
				`null "007" 1 1 true 2019-01-02T00:00:00Z 2019-01-02T03:04:05Z "1" null` + "\n" + `null null -2 2.5 false null 2019-01-02T02:04:05Z "x" 4` + "\n"},
		{"WKT with heights", "n,wkt\n1,POINT Z (1 2 30)\n2,\n3,\"SRID=4326;LINESTRING(1 2,3 4)\"\n", "f any: n=integer\n" + `{"type":"Point","coordinates":[1,2,30]} 1` + "\nnull 2\n" + `{"type":"LineString","coordinates":[[1,2],[3,4]]} 3` + "\n"},
		{"WKB", "n,geom\n1,0101000020E6100000000000000000F03F0000000000000040\n2,01010000A0E6100000000000000000F03F00000000000000400000000000003E40\n3,0101000000000000000000F03F0000000000000040\n",
			"f point: n=integer\n" + `{"type":"Point","coordinates":[1,2]} 1` + "\n" + `{"type":"Point","coordinates":[1,2,30]} 2` + "\n" + `{"type":"Point","coordinates":[1,2]} 3` + "\n"},
		{"flat records", `[{"lat":1,"lon":2,"when":1517966773840,"who":{"a":1}},{"lat":null,"lon":null,"when":2}]`,
			"f point: when=integer\n" + `{"type":"Point","coordinates":[2,1]} 1517966773840 extra={"who":{"a":1}}` + "\nnull 2\n"},
		{"flat records with a GeoJSON shape", `[{"n":1,"geometry":{"type":"Point","coordinates":[1,2]}}]`, "f point: n=integer\n" + `{"type":"Point","coordinates":[1,2]} 1` + "\n"},
		{"features of ours, back again", `{"type":"Feature","id":7,"geometry":null,"properties":{"a":1,"extra":{"b":[2]}}}`, "f none: a=integer\n" + `null 1 id=7 extra={"b":[2]}` + "\n"},
		{"numbers widen over the whole file", "{\"a\":1,\"b\":null}\n{\"a\":2.5,\"b\":true}\n{\"b\":\"x\"}\n", "f none: a=number b=string\nnull 1 null\nnull 2.5 \"true\"\nnull null \"x\"\n"},
		{"a shape over the date line", `{"type":"LineString","coordinates":[[179,0],[-179,0]]}`, "f line:\n" + `{"type":"MultiLineString","coordinates":[[[179,0],[180,0]],[[-180,0],[-179,0]]]}` + "\nwarning: shapes cut at the date line: 1\n"},
		{"a ring the wrong way round", `{"type":"Polygon","coordinates":[[[0,0],[0,1],[1,1],[0,0]]]}`, "f polygon:\n" + `{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,1],[0,0]]]}` + "\n"},
		{"times without a zone", "time,n\n2019-01-02 03:04,1\n", "f none: time=time[time] n=integer\nnull 2019-01-02T03:04:00Z 1\nwarning: times without a time zone, read as UTC: 1\n"},
		{"the word NA among codes", "iso,n\nNA,1\nML,2\n", "f none: iso=string n=integer\nnull \"NA\" 1\nnull \"ML\" 2\n"},
		{"names twice and none", "a,A,,lon,lat\n1,2,3,4,5\n", "f point: a=integer A_2=integer column_3=integer\n" + `{"type":"Point","coordinates":[4,5]} 1 2 3` + "\n" + `warning: there are several columns "A"; column 2 became "A_2"` + "\n"},
		{"zero zero", "lon,lat\n0,0\n", "f point:\n" + `{"type":"Point","coordinates":[0,0]}` + "\nwarning: places at longitude 0, latitude 0, in the sea: 1; often a place that nobody filled in\n"},
	} {
		if got := tell(file(t, "f.any", c.text), Options{}); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.desc, got, c.want)
		}
	}
}

func TestRefusesWhatIsWrong(t *testing.T) {
	const head = "id,lon,lat\n1,1,2\n"
	for _, c := range []struct{ desc, text, want string }{
		{"no number", head + "2,abc,2\n", `row 2 (line 3), lon: "abc" is not a number; write degrees with decimals, such as -3.0026`},
		{"a decimal comma", "id;lon;lat\n2;3,5;2\n", `row 1 (line 2), lon: "3,5" is not a number; write a point for decimals, and no separators of thousands; write degrees with decimals, such as -3.0026`},
		{"NaN", head + "2,NaN,2\n", `row 2 (line 3), lon: "NaN" is not a number; write degrees with decimals, such as -3.0026`},
		{"infinite", head + "2,1,-Inf\n", `row 2 (line 3), lat: "-Inf" is not a number; write degrees with decimals, such as -3.0026`},
		{"one of two", head + "2,,2\n", `row 2 (line 3), lon: is empty beside a latitude; fill in both, or neither`},
		{"the other of two", head + "2,1,\n", `row 2 (line 3), lat: is empty beside a longitude; fill in both, or neither`},
		{"swapped", head + "2,16.27,-100.5\n", `row 2 (line 3), lat: -100.5 is no latitude; latitudes lie between -90 and 90; longitude and latitude look swapped`},
		{"out of range", head + "2,181,91\n", `row 2 (line 3), lon: 181 is no longitude; longitudes lie between -180 and 180`},
		{"metres", head + "2,250000,1850000\n", `row 2 (line 3), lon: 250000 is no longitude; longitudes lie between -180 and 180; these look like metres of a projected system: export the data in WGS84 degrees`},
		{"an id twice", head + "1,1,2\n", `row 2 (line 3), id: "1" is the id of row 1 already`},
		{"too many cells", head + "2,1,2,3\n", `row 2 (line 3): has 4 cells, the header 3 names; put a text that holds the separator in quotes`},
		{"a feature's id twice", `{"type":"Feature","id":"a","geometry":null}` + "\n" + `{"type":"Feature","id":"a","geometry":null}`, `row 2 (line 2), id: "a" is the id of row 1 already`},
		{"a long id twice", strings.Repeat(`{"type":"Feature","id":"aaaaaaaaaaaaaaaaaaaaaaaaa","geometry":null}`+"\n", 2), `row 2 (line 2), id: "aaaaaaaaaaaaaaaaaaaaaaaaa" is the id of row 1 already`},
		{"a polygon that crosses itself", `{"type":"Polygon","coordinates":[[[0,0],[2,2],[2,0],[0,2],[0,0]]]}`, `row 1 (line 1), geometry: the ring crosses or touches itself, at 1 1`},
		{"a place outside the globe", `{"type":"Point","coordinates":[200,10]}`, `row 1 (line 1), geometry: `},
		{"NaN in JSON", `{"type":"Feature","geometry":null,"properties":{"a":NaN}}`, `row 1 (line 1): NaN is not a JSON number; write null where nothing is known`},
		{"deep in itself", `{"type":"Feature","geometry":null,"properties":{"a":` + strings.Repeat(`{"a":`, 99) + "1" + strings.Repeat("}", 99) + `}}`, `row 1 (line 1): arrays and objects lie more than 64 deep within one another`},
		{"WKT in metres", "n,wkt\n1,SRID=2154;POINT(1 2)\n", "the coordinates are in the system \"EPSG:2154\", which is not read"},
		{"WKT that breaks off", "n,wkt\n1,POINT(1 2)\n2,\"POINT(1\"\n", `row 2 (line 3), wkt: "POINT(1" cannot be read as a shape`},
		{"WKB that lies about its length", "n,wkb\n1,0102000000FFFFFFFF0000000000000000\n", `cannot be read as a shape`},
	} {
		got := tell(file(t, "f.csv", c.text), Options{})
		if !strings.Contains(got, "refused: f.csv, ") || !strings.Contains(got, c.want) || strings.Count(got, "refused:") != 1 {
			t.Errorf("%s:\n got %s\nwant %s", c.desc, got, c.want)
		}
	}
}

func TestBadFiles(t *testing.T) {
	for _, c := range []struct{ desc, text, want string }{
		{"empty", "", "not opened: f.any: is empty\n"},
		{"blank", " \n\n", "not opened: f.any: is empty\n"},
		{"binary", "ab\x00\x01\x02", "not opened: f.any: is of no format that is read; GeoJSON, CSV, Shapefile, GeoPackage, KML, GPX, FlatGeobuf, GeoTIFF and OpenStreetMap are\n"},
		{"a shapefile without its rest", "\x00\x00\x27\x0a\x00", "not opened: f.any: the .shp is cut off in its head; ask for the file again\n"},
		{"a web page", "<html>", "not opened: f.any: is a web page, or XML that is neither KML nor GPX; ask for the data as GeoJSON or CSV\n"},
		{"a header alone", "a,b\n", "f none: a=string b=string\n"},
		{"cut off in a feature", `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{"a":1}},{"type":"Fea`, "f none: a=integer\nnull 1\nover: f.any: the file is cut off after feature 1 (line 1); ask for it again\n"},
		{"cut off before the first", `{"type":"FeatureCollection","features":[{"ty`, "not opened: f.any: the file is cut off before its first whole feature; ask for it again\n"},
		{"cut off in quotes", "a,b\n1,2\n3,\"x\n", "f none: a=integer b=integer\nnull 1 2\nover: f.any: the file is cut off, or a quote is never closed, in the row of line 3\n"},
		{"cut off gzip", string(packed(t, "a,b\n"+strings.Repeat("1,2\n", 5000)))[:14], "not opened: f.any: the compressed file is cut off or damaged; ask for it again (unexpected EOF)\n"},
		{"a cut zip", "PK\x03\x04abc", "not opened: f.any: the zip archive is cut off or damaged; ask for it again (zip: not a valid zip file)\n"},
		{"a zip in a zip", string(zipped(t, "in.zip", string(zipped(t, "a.csv", "a\n1\n")))), "not opened: f.any/in.zip: is an archive within an archive; unpack it first\n"},
		{"an empty zip", string(zipped(t)), "not opened: f.any: the zip archive holds no file with rows\n"},
	} {
		if got := tell(file(t, "f.any", c.text), Options{}); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.desc, got, c.want)
		}
	}
	if got := tell(filepath.Join(t.TempDir(), "none.csv"), Options{}); !strings.HasPrefix(got, "not opened: DIR/none.csv: cannot be opened: ") {
		t.Errorf("a file that is not there: %s", got)
	}
}

func packed(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(text))
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// zipped returns an archive of the files, given as name, text, name, text.
func zipped(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i+1 < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestArchives(t *testing.T) {
	const rows = "id,lon,lat\n1,1,2\n"
	want := "f point: id=string[source-id]\n" + `{"type":"Point","coordinates":[1,2]} "1" id=1` + "\n"
	if got := tell(file(t, "f.csv", string(packed(t, rows))), Options{}); got != want {
		t.Errorf("gzip under another name: %s", got)
	}
	two := zipped(t, "__MACOSX/._a.csv", "junk", "dir/", "", "README.md", "# no", "../../etc/a\n.csv", rows, "b.csv", "lat,n,lon,id\n4,9,3,1\n6,8,5,2\n")
	want = "f point: id=string[source-id] n=integer\n" + `{"type":"Point","coordinates":[1,2]} "1" null id=1` + "\n" + `{"type":"Point","coordinates":[5,6]} "2" 8 id=2` + "\n" +
		`refused: f.zip/b.csv, row 1 (line 2), id: "1" is the id of row 1 already of f.zip/../../etc/a?.csv` + "\n"
	if got := tell(file(t, "f.zip", string(two)), Options{}); got != want {
		t.Errorf("two files in another order of columns:\n got %s\nwant %s", got, want)
	}
	mixed := zipped(t, "a.csv", rows, "b.json", `[{"a":1}]`)
	if got := tell(file(t, "f.zip", string(mixed)), Options{}); got != "not opened: f.zip/b.json: is of another format than f.zip/a.csv; load the files of the archive one by one\n" {
		t.Errorf("two formats: %s", got)
	}
}

func TestBombs(t *testing.T) {
	bomb := "a,b\n" + strings.Repeat("\n", 90<<20)
	for name, text := range map[string][]byte{"gzip": packed(t, bomb), "zip": zipped(t, "a.csv", bomb)} {
		_, err := open(t, file(t, "f.csv", string(text)), Options{})
		if geo.CodeOf(err) != geo.TooLarge || !strings.Contains(err.Error(), "unpacks to more than 200 times its size") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := open(t, file(t, "f.csv", "a,b\n1,2\n1,\""+strings.Repeat("x", 20<<20)), Options{}); err != nil {
		t.Errorf("what stands before a row that is too long can be read: %v", err)
	}
}

func TestBuiltinCollections(t *testing.T) {
	bases := Options{Collection: "bases"}
	head := "name,Mission,KIND,opened,lon,lat,military,hub,site_code\n"
	f, err := open(t, file(t, "f.csv", head+"Gao,MINUSMA,sector_hq,2013-07-01,-0.04,16.27,1200,Bamako,7\n"), bases)
	if err != nil {
		t.Fatal(err)
	}
	s := f.Schema()
	_, err = f.Read(context.Background(), func(f *geo.Feature) error {
		get := func(name string) string { return f.Value(s.Field(name)).String() }
		if get("name") != `"Gao"` || get("mission") != `"MINUSMA"` || get("kind") != `"sector_hq"` || get("military") != "1200" || f.Mission != "MINUSMA" ||
			string(f.Extra) != `{"site_code":7}` || f.Valid.String() != "2013-07-01T00:00:00Z/.." {
			t.Errorf("%v %s %v", f.Values, f.Extra, f.Valid)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		desc, row string
		o         Options
		want      string
	}{
		{"text for a number", "Gao,,,,,,many,,\n", bases, `row 1 (line 2), military: "many" is not a whole number; write digits alone`},
		{"thousands", "Gao,,,,,,\"1,200\",,\n", bases, `row 1 (line 2), military: "1,200" is not a whole number; write digits alone`},
		{"below the least", "Gao,,,,,,-3,,\n", bases, `row 1 (line 2), military: -3 is below 0, the least that is taken`},
		{"a day that can be misread", "Gao,,,3/4/2019,,,,,\n", bases, `row 1 (line 2), opened: "3/4/2019" is not a time; write it as 2006-01-02 or 2006-01-02T15:04:05Z`},
		{"a day that does not exist", "Gao,,,2019-02-30,,,,,\n", bases, `row 1 (line 2), opened: "2019-02-30" is not a time`},
		{"an unknown code loads", "Gao,,castle,,,,,,\n", bases, `warning: codes of kind that the schema does not know: "castle" (1)`},
		{"an unknown code is refused", "Gao,,castle,,,,,,\n", Options{Collection: "bases", StrictCodes: true}, `row 1 (line 2), KIND (kind): "castle" is not a known code; write one of mission_hq, sector_hq`},
		{"another column", "Gao,,,,,,,,9\n", Options{Collection: "bases", Mapping: map[string]string{"beds": "site_code"}}, " 9 "},
		{"a column that is not there", "Gao,,,,,,,,9\n", Options{Collection: "bases", Mapping: map[string]string{"beds": "betten"}}, `not opened: map: the file has no column "betten"; it has name, Mission,`},
		{"a field that is not there", "Gao,,,,,,,,9\n", Options{Collection: "bases", Mapping: map[string]string{"betten": "name"}}, `not opened: map: bases has no field "betten"`},
		{"one coordinate column", "Gao,,,,,,,,9\n", Options{Collection: "bases", Longitude: "lon"}, `not opened: longitude: longitude and latitude columns are named together, or neither`},
		{"a mission for all", "Gao,,,,,,,,\n", Options{Collection: "bases", Mission: "UNIFIL"}, " mission=UNIFIL"},
	} {
		if got := tell(file(t, "f.csv", head+c.row), c.o); !strings.Contains(got, c.want) {
			t.Errorf("%s:\n got %s\nwant %s", c.desc, got, c.want)
		}
	}
	if got := tell(file(t, "f.json", `{"type":"LineString","coordinates":[[1,2],[3,4]]}`), bases); !strings.Contains(got, "refused: f.json, row 1 (line 1), geometry: is a LineString; bases holds the geometry type point") {
		t.Errorf("a line among bases: %s", got)
	}
}

func TestReadStops(t *testing.T) {
	path := file(t, "f.csv", "a\n"+strings.Repeat("1\n", 5000))
	f, err := open(t, path, Options{MaxRows: 10})
	if err != nil {
		t.Fatal(err)
	}
	report, err := f.Read(context.Background(), func(*geo.Feature) error { return nil })
	if err != nil || report.Rows != 10 || report.Loaded != 10 {
		t.Errorf("MaxRows 10 reads %+v, %v", report, err)
	}
	f, err = open(t, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	full := errors.New("full")
	if report, err = f.Read(context.Background(), func(*geo.Feature) error { return full }); !errors.Is(err, full) || report.Loaded != 0 {
		t.Errorf("an error of add gives %+v, %v", report, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if report, err = f.Read(ctx, func(*geo.Feature) error { return nil }); geo.CodeOf(err) != geo.Cancelled || report.Rows >= 5000 {
		t.Errorf("cancelled, it read %d rows, %v", report.Rows, err)
	}
	report, err = f.Read(context.Background(), func(f *geo.Feature) error { return geo.Errorf(geo.Conflict, "a", "is taken") })
	if err != nil || report.Refused != 5000 || report.Refusals[0].String() != "f.csv, row 1 (line 2), a: is taken" {
		t.Errorf("%d refused, %v", report.Refused, err)
	}
}

func TestReportAndRefused(t *testing.T) {
	text := "id,name,type,lon,lat,time,killed\n1,Gao,ied,-0.04,16.27,2019-01-02 03:04,3\n2,Kidal,bomb,1.41,,2019-01-02,1\n3,\"a, \"\"b\"\"\",ied,0,0,2019-01-02,x\n4,Bamako,ied,,,2019-01-02,0\n4,Ber,ied,1,2,2019-01-02,0\n5,Ber,bomb,0,0,2019-01-02,0\n"
	var streamed bytes.Buffer
	var mend staging.Mend
	refused := func(r Refusal) error {
		if mend == nil {
			mend = staging.NewMendCSV(&streamed, r.Columns)
		}
		return mend.Write(&staging.Row{Reason: r.String(), Record: r.Record})
	}
	f, err := open(t, file(t, "incidents.csv", text), Options{Collection: "incidents", Mapping: map[string]string{"category": "type", "notes": "name"}, Refused: refused})
	if err != nil {
		t.Fatal(err)
	}
	report, err := f.Read(context.Background(), func(*geo.Feature) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "report.txt", report.String())
	if err := mend.Close(); err != nil {
		t.Fatal(err)
	}
	golden(t, "refused.csv", streamed.String())
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || got != string(want) {
		t.Errorf("%s is\n%s\nnot\n%s (%v)", name, got, want, err)
	}
}

func TestDayOf(t *testing.T) {
	for _, c := range []struct {
		text string
		want string
	}{
		{"2019-01-02", "2019-01-02T00:00:00Z"}, {"2019/01/02", "2019-01-02T00:00:00Z"}, {"0001-01-01", "0001-01-01T00:00:00Z"}, {"2000-02-29", "2000-02-29T00:00:00Z"},
		{"1900-02-29", ""}, {"2019-13-01", ""}, {"3 April 2019", "2019-04-03T00:00:00Z"}, {"3 Apr 2019", "2019-04-03T00:00:00Z"}, {"03/04/2019", ""},
		{"2019-01-02T03:04Z", "2019-01-02T03:04:00Z"}, {"2019-01-02T03:04:05.123456+0530", "2019-01-01T21:34:05.123456Z"}, {"2019-01-02 03:04:05 UTC", "2019-01-02T03:04:05Z"},
		{"2019-01-02T03:04:05-03", "2019-01-02T06:04:05Z"}, {"2019-01-02T25:04", ""}, {"2019-01-02T03:04:05+99:00", ""}, {"2019-01-02x", ""}, {"1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"},
	} {
		m, ok := parseMoment([]byte(c.text))
		if ok != (c.want != "") || ok && m.at.String() != c.want {
			t.Errorf("%s is %v, %v, want %s", c.text, m.at, ok, c.want)
		}
	}
}

func TestPlaceKeepsEveryDigit(t *testing.T) {
	got := tell(file(t, "f.csv", "lon,lat\n-3.0026123456789,16.766600000000001\n"), Options{})
	if !strings.Contains(got, "[-3.0026123456789,16.766600000000001]") && !strings.Contains(got, "[-3.0026123456789,16.7666]") {
		t.Error(got)
	}
	var p orb.Point
	f, err := open(t, file(t, "f.csv", "lon,lat\n-3.0026123456789,16.766600000000004\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.Read(context.Background(), func(f *geo.Feature) error { p = f.Geometry.(orb.Point); return nil })
	if err != nil || p != (orb.Point{-3.0026123456789, 16.766600000000004}) {
		t.Errorf("%v, %v", p, err)
	}
}

func TestNamedPlaceColumns(t *testing.T) {
	path := file(t, "f.csv", "east,north,lon,lat\n1,2,3,4\n")
	want := "f point: lon=integer lat=integer\n" + `{"type":"Point","coordinates":[1,2]} 3 4` + "\n"
	if got := tell(path, Options{Longitude: "east", Latitude: "north"}); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	path = file(t, "f.csv", "where,n\n\"POLYGON((0 0,1 0,1 1,0 0))\",1\n")
	want = "f polygon: n=integer\n" + `{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]} 1` + "\n"
	if got := tell(path, Options{Shape: "where"}); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestGivenSeparatorAndEncoding(t *testing.T) {
	path := file(t, "f.csv", "a,b;c\n\x80,1;2\n")
	want := "f none: a,b=string c=integer\nnull \"€,1\" 2\n"
	if got := tell(path, Options{Separator: ';', Encoding: Windows1252}); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := tell(path, Options{Separator: '€'}); !strings.Contains(got, `'€' cannot separate columns`) {
		t.Error(got)
	}
}

func TestParseEncoding(t *testing.T) {
	for text, want := range map[string]Encoding{"": "", "utf8": UTF8, "UTF-16LE": UTF16LE, "utf-16be": UTF16BE, "Latin-1": Windows1252} {
		if got, err := ParseEncoding(text); got != want || err != nil {
			t.Errorf("%q is %q, %v", text, got, err)
		}
	}
	if _, err := ParseEncoding("EBCDIC"); geo.CodeOf(err) != geo.Invalid {
		t.Errorf("EBCDIC gives %v", err)
	}
}

// Characters that straddle the reader's window are whole.
func TestEncodingOfLongTexts(t *testing.T) {
	for shift := range 4 {
		text := strings.Repeat("x", shift) + strings.Repeat("基地", 200_000)
		if got, err := encodingOf(strings.NewReader(text)); got != UTF8 || err != nil {
			t.Errorf("shifted by %d it is %s, %v", shift, got, err)
		}
		if got, err := encodingOf(strings.NewReader(text[:len(text)-1] + " ")); got != Windows1252 || err != nil {
			t.Errorf("with a broken character at the end it is %s, %v", got, err)
		}
	}
}
