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

	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/shape"
)

// gdalLayer is what GDAL reads of a layer, as testdata/formats.py tells it.
type gdalLayer struct {
	File, Layer string
	Fields      [][3]string // name, type, subtype
	Records     []struct {
		Values []*string
		Shape  json.RawMessage
	}
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
			seen[report.Format]++
			compareWithGDAL(t, f, all, report, l)
		})
	}
	for _, format := range []Format{Shapefile, JSON, CSV} {
		if seen[format] == 0 {
			t.Errorf("no file is of the format %s", format)
		}
	}
}

func compareWithGDAL(t *testing.T, f *File, all []geo.Feature, report Report, l *gdalLayer) {
	t.Helper()
	if report.Refused > 0 || len(all) != len(l.Records) {
		t.Fatalf("%d records, %d in GDAL\n%v", len(all), len(l.Records), report)
	}
	s := f.Schema()
	for i := range all {
		want, wantZ := gdalShape(t, l.Records[i].Shape)
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
		return a == b
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

// alike compares shapes to a tenth of a millimetre, whichever way rings turn
// and begin, and whether one part is written as several.
func alike(a, b orb.Geometry) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	textOf := func(g orb.Geometry) string {
		switch m := shape.Orient(g).(type) {
		case orb.Polygon:
			g = orb.MultiPolygon{m}
		case orb.LineString:
			g = orb.MultiLineString{m}
		case orb.Point:
			g = orb.MultiPoint{m}
		default:
			g = m
		}
		if areas, ok := g.(orb.MultiPolygon); ok {
			for _, p := range areas {
				for i := range p {
					p[i] = fromLeast(p[i])
				}
			}
		}
		return string(geojson.AppendGeometry(nil, rounded(g), nil))
	}
	return textOf(a) == textOf(b)
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

func rounded(g orb.Geometry) orb.Geometry {
	text := geojson.AppendGeometry(nil, g, nil)
	g, _, _ = geojson.ParseGeometry(text)
	return orb.Round(g, 1e8)
}

// imported reads a file layer by layer, and returns the records of each
// collection.
func imported(t *testing.T, path string, o Options) map[string]int {
	t.Helper()
	parts, err := Parts(path, o)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, part := range parts {
		f, err := Open(path, part)
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
