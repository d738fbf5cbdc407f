package load

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/data/sharedtest"
	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/shape"
)

// gdalLayer is what GDAL reads of a layer, as testdata/formats.py tells it.
type gdalLayer struct {
	File, Layer string
	Fields      [][3]string // name, type, subtype
	Records     []gdalRecord
}

type gdalRecord struct {
	Values []*string
	Shape  json.RawMessage
}

// gdal runs testdata/formats.py.
func gdal(t *testing.T, args ...string) []gdalLayer {
	t.Helper()
	const python = "/usr/bin/python3"
	if exec.Command(python, "-c", "from osgeo import ogr").Run() != nil {
		if os.Getenv("BIVOUAC_REQUIRE_CLIENTS") == "1" {
			t.Fatal("python3-gdal is required: .ci/install does it")
		}
		t.Skip("python3-gdal is not here, so nothing says what the files hold")
	}
	var complaints bytes.Buffer
	command := exec.Command(python, append([]string{"testdata/formats.py"}, args...)...)
	command.Stderr = &complaints
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, complaints.String())
	}
	var layers []gdalLayer
	if err := json.Unmarshal(out, &layers); err != nil {
		t.Fatal(err)
	}
	return layers
}

// TestFormatsAgainstGDAL reads what GDAL writes in each format, and compares
// it with what GDAL reads back: counts, shapes, types and texts in six
// scripts.
func TestFormatsAgainstGDAL(t *testing.T) {
	folder := t.TempDir()
	layers := gdal(t, "write", folder)
	seen := map[Format]int{}
	for i := range layers {
		l := &layers[i]
		t.Run(l.File, func(t *testing.T) {
			f, all, report := readAll(t, filepath.Join(folder, l.File), Options{})
			if report.Refused > 0 {
				t.Error(report)
			}
			seen[report.Format]++
			compareWithGDAL(t, f, all, report, l)
		})
	}
	for _, format := range []Format{Shapefile, GeoPackage, KML, GPX, FlatGeobuf, JSON, CSV} {
		if seen[format] == 0 {
			t.Errorf("no file is of the format %s", format)
		}
	}
}

// TestRealFormatsAgainstGDAL does so for files that people made.
func TestRealFormatsAgainstGDAL(t *testing.T) {
	for _, c := range []struct {
		path    string
		records int
		refused int // rings that cross themselves
	}{
		{"snow/SohoPeople.shp", 324, 0}, {"snow/SohoWater.shp", 13, 0}, {"snow/Soho_Network.shp", 118, 0},
		{"ne_50m/ne_50m.gpkg", 2742, 0}, {"ne_10m/ne_10m_selected.gpkg.zip", 12712, 2},
	} {
		path := sharedtest.Path(t, c.path)
		layers := gdal(t, "read", path)
		records, refused := 0, 0
		for i := range layers {
			l := &layers[i]
			o := Options{Layer: l.Layer}
			records += len(l.Records)
			t.Run(l.Layer, func(t *testing.T) {
				f, all, report := readAll(t, path, o)
				refused += report.Refused
				compareWithGDAL(t, f, all, report, l)
			})
		}
		if records != c.records || refused != c.refused {
			t.Errorf("%s: %d records, %d refused", c.path, records, refused)
		}
	}
}

func compareWithGDAL(t *testing.T, f *File, all []geo.Feature, report Report, l *gdalLayer) {
	t.Helper()
	kept := keptRecords(l, report)
	if l.Records = kept; len(all) != len(kept) {
		t.Fatalf("%d records, %d in GDAL\n%v", len(all), len(kept), report)
	}
	s := f.Schema()
	for i := range all {
		want, wantZ := gdalShape(t, l.Records[i].Shape)
		if strings.Contains(l.File, ".km") && !slices.ContainsFunc(wantZ, func(z float64) bool { return z != 0 }) {
			wantZ = nil // GDAL takes what is clamped to the ground to lie at sea level
		}
		if !alike(all[i].Geometry, want) || !slices.EqualFunc(all[i].Z, wantZ, func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }) {
			t.Errorf("record %d is %s, in GDAL %s", i+1, geojson.AppendGeometry(nil, all[i].Geometry, all[i].Z), l.Records[i].Shape)
		}
		for j, field := range l.Fields {
			at := s.Field(ownName(f, field[0]))
			if at < 0 {
				if foreignField(l.File, field[0]) || allNull(l, j) {
					continue
				}
				t.Fatalf("there is no field %s in %v", field[0], s.Fields)
			}
			kind := &s.Fields[at]
			if i == 0 && !fits(kind, field, l.File) {
				t.Errorf("%s is a %v, in GDAL a %v", field[0], kind.Kind, field)
			}
			if got, want := asGDAL(kind, all[i].Value(at)), l.Records[i].Values[j]; !sameText(got, want) {
				t.Errorf("record %d: %s is %v, in GDAL %v", i+1, field[0], show(got), show(want))
			}
		}
	}
}

// keptRecords are those of GDAL but for the rows that are refused here.
func keptRecords(l *gdalLayer, report Report) []gdalRecord {
	refused := map[int]bool{}
	for _, r := range report.Refusals {
		refused[r.Row-1] = true
	}
	kept := l.Records[:0:0]
	for i := range l.Records {
		if !refused[i] {
			kept = append(kept, l.Records[i])
		}
	}
	return kept
}

func show(s *string) string {
	if s == nil {
		return "null"
	}
	return strconv.Quote(*s)
}

// ownName is what a field of GDAL is called here.
func ownName(f *File, name string) string {
	s := f.Schema()
	for _, try := range []string{name, strings.ToLower(name), strings.TrimPrefix(name, "ogr_")} {
		if s.Field(try) >= 0 {
			return try
		}
	}
	return name
}

// foreignField knows the fields that GDAL makes up beside those of a file.
func foreignField(file, name string) bool {
	switch name {
	case "WKT":
		return true
	case "ele":
		return strings.HasSuffix(file, ".gpx")
	case "tessellate", "extrude", "visibility", "drawOrder", "icon", "altitudeMode":
		return strings.HasSuffix(file, ".kml") || strings.HasSuffix(file, ".kmz")
	}
	return false
}

func allNull(l *gdalLayer, field int) bool {
	for i := range l.Records {
		if v := l.Records[i].Values[field]; v != nil && *v != "" {
			return false
		}
	}
	return true
}

// fits compares types. Formats of text have none, or those that GDAL guesses.
func fits(f *geo.Field, field [3]string, file string) bool {
	switch filepath.Ext(file) {
	case ".kml", ".kmz", ".gpx", ".csv":
		return true
	}
	want := map[string]geo.Kind{"String": geo.KindString, "Integer": geo.KindInt, "Integer64": geo.KindInt, "Real": geo.KindFloat, "Date": geo.KindTime, "DateTime": geo.KindTime}[field[1]]
	if field[2] == "Boolean" {
		want = geo.KindBool
	}
	return f.Kind == want && f.DateOnly == (field[1] == "Date")
}

// asGDAL writes a value as GDAL does, nil for null.
func asGDAL(f *geo.Field, v geo.Value) *string {
	text := v.Text()
	switch {
	case v.Null():
		return nil
	case v.Kind() == geo.KindBool:
		text = map[bool]string{true: "1", false: "0"}[v.Bool()]
	case v.Kind() == geo.KindTime && f.DateOnly:
		text = v.Time().Std().Format("2006/01/02")
	case v.Kind() == geo.KindTime:
		text = v.Time().Std().Format("2006/01/02 15:04:05+00")
	case v.Kind() == geo.KindInt, v.Kind() == geo.KindFloat:
		text = v.String()
	}
	return &text
}

// sameText compares texts, numbers by what they say. GDAL has an empty text
// for what text formats leave empty.
func sameText(got, want *string) bool {
	if got == nil || want == nil {
		return got == nil && (want == nil || *want == "") || want == nil && *got == ""
	}
	a, errA := strconv.ParseFloat(*got, 64)
	b, errB := strconv.ParseFloat(*want, 64)
	if errA == nil && errB == nil {
		return a == b || *got == *want
	}
	plain := strings.NewReplacer("/", "-", "T", " ", "Z", "+00", " 00:00:00", "").Replace
	return plain(strings.TrimSuffix(*got, " 00:00:00+00")) == plain(strings.TrimSuffix(*want, " 00:00:00"))
}

func gdalShape(t *testing.T, text json.RawMessage) (orb.Geometry, []float64) {
	t.Helper()
	if string(text) == "null" {
		return nil, nil
	}
	g, z, err := geojson.ParseGeometry(text)
	if err != nil {
		t.Fatal(err)
	}
	return g, z
}

// alike compares shapes to a millimetre, whichever way rings turn and begin,
// and whether one part is written as several.
func alike(a, b orb.Geometry) bool {
	kindA, linesA := linesOf(a)
	kindB, linesB := linesOf(b)
	return kindA == kindB && slices.EqualFunc(linesA, linesB, func(a, b []orb.Point) bool {
		return slices.EqualFunc(a, b, func(a, b orb.Point) bool { return math.Abs(a[0]-b[0]) < 1e-8 && math.Abs(a[1]-b[1]) < 1e-8 })
	})
}

// linesOf returns the dimension and the parts of a shape, with the number of
// rings before each polygon.
func linesOf(g orb.Geometry) (kind string, lines [][]orb.Point) {
	switch g := shape.Orient(g).(type) {
	case orb.Point:
		return "point", [][]orb.Point{{g}}
	case orb.MultiPoint:
		return "point", [][]orb.Point{g}
	case orb.LineString:
		return "line", [][]orb.Point{g}
	case orb.MultiLineString:
		for _, l := range g {
			lines = append(lines, l)
		}
		return "line", lines
	case orb.Polygon:
		lines = append(lines, []orb.Point{{float64(len(g)), 0}})
		for _, r := range g {
			lines = append(lines, fromLeast(r))
		}
		return "area", lines
	case orb.MultiPolygon:
		for _, p := range g {
			_, more := linesOf(p)
			lines = append(lines, more...)
		}
		return "area", lines
	}
	return fmt.Sprintf("%T", g), nil
}

// fromLeast turns a ring so that it begins at its south-western vertex.
func fromLeast(r orb.Ring) orb.Ring {
	open := r[:len(r)-1]
	least := 0
	for i, p := range open {
		if p[0] < open[least][0]-1e-7 || math.Abs(p[0]-open[least][0]) < 1e-7 && p[1] < open[least][1] {
			least = i
		}
	}
	turned := append(append(orb.Ring{}, open[least:]...), open[:least]...)
	return append(turned, turned[0])
}

// imported reads a file layer by layer, and returns the records of each
// collection.
func imported(t *testing.T, path string, o Options) map[string]int {
	t.Helper()
	d, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	parts, err := d.Parts(o)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, part := range parts {
		f, err := d.File(part)
		if err != nil {
			t.Fatal(err)
		}
		report, err := f.Read(context.Background(), func(*geo.Feature) error { return nil })
		if err != nil {
			t.Fatal(fmt.Sprint(part.Layer, ": ", err))
		}
		counts[f.Schema().Name] = report.Loaded
	}
	return counts
}
