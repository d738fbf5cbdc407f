package export_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/paulmach/orb"

	"bivouac/data/export"
	"bivouac/data/wkb"
	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/layer"
)

// gdalLayer is what GDAL says of a layer that it opened.
type gdalLayer struct {
	Layer, Geometry, System, Description string
	Count                                int
	Index                                bool
	Fields                               map[string]string
	features                             []gdalFeature
}

type gdalFeature struct {
	FID    int64
	Shape  *string
	Values map[string]any
	also   []string // shapes of the same record before
}

// gdal reads a file as GDAL does, all of it or what meets a box.
func gdal(t *testing.T, path string, box ...float64) []gdalLayer {
	t.Helper()
	const interpreter = "/usr/bin/python3"
	if err := exec.Command(interpreter, "-c", "import osgeo").Run(); err != nil {
		if os.Getenv("BIVOUAC_REQUIRE_CLIENTS") == "1" {
			t.Fatal("Python has no osgeo: .ci/install installs it")
		}
		t.Skip("Python has no osgeo, so GDAL does not read the files; make test installs it")
	}
	args := []string{"testdata/read_with_gdal.py", path}
	for _, x := range box {
		args = append(args, fmt.Sprint(x))
	}
	cmd := exec.Command(interpreter, args...)
	cmd.Env = append(os.Environ(), "GPX_ELE_AS_25D=YES")
	var problems bytes.Buffer
	cmd.Stderr = &problems
	out, err := cmd.Output()
	// A ring whose heights are not known does not end where it begins, to GDAL.
	said := slices.DeleteFunc(strings.Split(strings.TrimSpace(problems.String()), "\n"), func(line string) bool { return line == "" || strings.Contains(line, "Non closed ring") })
	if err != nil || len(said) > 0 {
		t.Fatalf("GDAL cannot read %s: %v\n%s", path, err, strings.Join(said, "\n"))
	}
	return gdalLayers(t, out)
}

func gdalLayers(t *testing.T, out []byte) (layers []gdalLayer) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(out))
	d.UseNumber()
	for {
		var line struct {
			gdalLayer
			gdalFeature
		}
		if err := d.Decode(&line); err == io.EOF {
			return layers
		} else if err != nil {
			t.Fatal(err)
		}
		if line.Layer != "" {
			layers = append(layers, line.gdalLayer)
			continue
		}
		last := &layers[len(layers)-1]
		last.features = append(last.features, line.gdalFeature)
	}
}

// held is the value as a file of the format holds it, in words.
func held(h *export.Holds, f *geo.Field, v geo.Value) string {
	own := slices.Contains(h.Kinds, f.Kind)
	switch {
	case v.Null():
		return "none"
	case f.Kind == geo.KindTime && (own || h.Days) && f.DateOnly:
		return v.Time().Std().Format(time.DateOnly)
	case f.Kind == geo.KindTime && own:
		return v.Time().Std().Format("2006-01-02T15:04:05.000Z")
	case f.Kind == geo.KindBool && own, f.Kind == geo.KindInt && own, f.Kind == geo.KindFloat && own:
		return fmt.Sprint(number(v))
	case v.Kind() == geo.KindString:
		return heldText(h, v.Text())
	}
	text := string(geojson.AppendField(nil, v, f))
	if f.Kind == geo.KindTime || f.Kind == geo.KindInterval {
		text = strings.Trim(text, `"`)
	} else if h.TextBytes > 0 && len(text) > h.TextBytes {
		return "none" // half a list is none
	}
	return heldText(h, text)
}

func number(v geo.Value) any {
	switch v.Kind() {
	case geo.KindBool:
		return v.Bool()
	case geo.KindInt:
		return v.Int()
	}
	return v.Float()
}

func heldText(h *export.Holds, s string) string {
	if h.TextBytes > 0 && len(s) > h.TextBytes {
		s = s[:h.TextBytes]
		for !utf8.ValidString(s) {
			s = s[:len(s)-1]
		}
	}
	if h.Trims {
		s = strings.TrimRight(s, " ")
	}
	if s == "" && !h.Null {
		return "none"
	}
	return "«" + s + "»"
}

// readBack is a value of GDAL's in the same words.
func readBack(h *export.Holds, f *geo.Field, v any) string {
	switch v := v.(type) {
	case nil:
		return "none"
	case json.Number:
		return readNumber(f, v)
	case string:
		return readText(h, f, v)
	}
	return fmt.Sprint(v)
}

func readNumber(f *geo.Field, v json.Number) string {
	if f.Kind == geo.KindBool {
		return fmt.Sprint(v.String() == "1")
	}
	x, err := v.Float64()
	switch {
	case err != nil:
		return err.Error()
	case f.Kind == geo.KindFloat:
		return fmt.Sprint(x)
	case f.Kind == geo.KindInt && strings.ContainsAny(v.String(), ".e"): // as KML has them
		return fmt.Sprintf("%.0f", x)
	}
	return v.String()
}

func readText(h *export.Holds, f *geo.Field, v string) string {
	switch f.Kind {
	case geo.KindInt: // as shapefiles have long ones
		return v
	case geo.KindBool: // as GDAL shows those of shapefiles
		if word, ok := map[string]string{"T": "true", "F": "false"}[v]; ok {
			return word
		}
	case geo.KindTime:
		if !(h.Days && f.DateOnly) && !slices.Contains(h.Kinds, geo.KindTime) {
			break
		}
		// FlatGeobuf knows no days, and GDAL no microseconds.
		if day, ok := strings.CutSuffix(v, "T00:00:00.000Z"); ok && f.DateOnly {
			return day
		}
		return v
	}
	return "«" + v + "»"
}

// alike compares; of a time GDAL keeps the nearest millisecond, and cuts off
// nothing.
func alike(format string, f *geo.Field, a, b string) bool {
	x, xErr := time.Parse(time.RFC3339, a)
	y, yErr := time.Parse(time.RFC3339, b)
	if f.Kind == geo.KindTime && xErr == nil && yErr == nil {
		return x.Sub(y).Abs() <= time.Millisecond
	}
	return a == b || asRead(format, a) == asRead(format, b)
}

// asRead is a text as GDAL reads it: without the space about texts of KML and
// the breaks in those of GPX, of which it guesses types.
func asRead(format, s string) string {
	switch inner := strings.Trim(s, "«»"); format {
	case "kml":
		return "«" + strings.TrimSpace(inner) + "»"
	case "gpx":
		if x, err := strconv.ParseFloat(inner, 64); err == nil {
			return fmt.Sprint(x)
		}
		return strings.ReplaceAll(inner, "\n", "")
	}
	return s
}

// TestGDALReadsAnyWorld is the property: any layer, written and read by GDAL,
// is the same up to what the format says that it cannot hold.
func TestGDALReadsAnyWorld(t *testing.T) {
	for _, f := range export.Formats() {
		if _, tested := gdalNames[f.ID]; !tested {
			continue
		}
		for _, shape := range []geo.GeometryType{geo.PointGeometry, geo.LineGeometry, geo.AreaGeometry, geo.AnyGeometry, geo.NoGeometry} {
			if f.Holds.Shapes == export.WaysOnly && (shape == geo.AreaGeometry || shape == geo.NoGeometry) {
				continue // refused
			}
			t.Run(f.ID+"/"+string(shape), func(t *testing.T) {
				t.Parallel()
				seed := uint64(len(shape))
				l := anyWorldOf(t, seed, shape, 300, gdalBits[f.ID])
				path := filepath.Join(t.TempDir(), "any"+f.Extension)
				if err := os.WriteFile(path, write(t, f, l, export.Sheet{}), 0o600); err != nil {
					t.Fatal(err)
				}
				compareWithGDAL(t, f, l, gdal(t, path))
			})
		}
	}
}

// gdalBits is up to which size GDAL reads whole numbers of the format exactly:
// those of KML are declared as double, and in GPX, which has no types, it takes
// what looks like a number for one of 32 bits.
var gdalBits = map[string]int{"gpkg": 64, "fgb": 64, "shp": 64, "kml": 53, "gpx": 32}

// gdalNames say what GDAL calls the columns of anyWorld in each format that it
// reads, by field and key, where that is not their names.
var gdalNames = map[string]map[string]string{
	"gpkg": {"id": "id", "geom": "geom_2", "": "id_2"},
	"fgb":  {"": "id_"},
	"kml":  {"": "id_", "name": "Name"},
	"gpx": {"": "b_id_", "name": "b_name", "killed": "b_killed", "score": "b_score", "open": "b_open", "at": "b_at", "day": "b_day", "tags": "b_tags",
		"record": "b_record", "during": "b_during", "a rather long name of a field": "b_a_rather_long_name_of_a_field",
		"a rather long name of another": "b_a_rather_long_name_of_another", "id": "b_id", "مقر": "b_مقر", "geom": "b_geom"},
	"shp": {"": "id_", "a rather long name of a field": "a rather l", "a rather long name of another": "a rather_1"},
}

func compareWithGDAL(t *testing.T, f export.Format, l *layer.Layer, layers []gdalLayer) {
	t.Helper()
	names := gdalNames[f.ID]
	got := map[string]gdalFeature{}
	for _, layer := range layers {
		if _, ok := layer.Fields[names[""]]; !ok {
			continue // the vertices of tracks, which GDAL shows once more
		}
		if layer.Count != len(layer.features) {
			t.Errorf("GDAL counts %d features and reads %d", layer.Count, len(layer.features))
		}
		for _, feature := range layer.features {
			key := strings.TrimSuffix(fmt.Sprint(feature.Values[names[""]]), ".0")
			if before, ok := got[key]; ok { // GPX has no records of several points
				feature.also = append(before.also, *before.Shape)
			}
			got[key] = feature
		}
	}
	wrong, want := 0, 0
	err := l.Each(func(r geo.Row) error {
		if !f.Holds.Takes(r.Geometry()) {
			return nil
		}
		want++
		feature, ok := got[fmt.Sprint(int64(r.Key()))]
		if !ok && wrong < 5 {
			wrong++
			t.Errorf("record %d is not there", r.Key())
		}
		if ok && wrong < 5 {
			wrong += compareRow(t, f, r, &feature, names)
		}
		return nil
	})
	if err != nil || len(got) != want {
		t.Errorf("%d records, want %d, %v", len(got), want, err)
	}
}

func (f *gdalFeature) shape(t *testing.T, text string) (orb.Geometry, []float64) {
	t.Helper()
	blob, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	g, z, err := wkb.Parse(blob)
	if err != nil {
		t.Fatal(err)
	}
	return g, z
}

func compareRow(t *testing.T, f export.Format, r geo.Row, got *gdalFeature, names map[string]string) (wrong int) {
	t.Helper()
	for i := range r.Table().Schema().Fields {
		field := &r.Table().Schema().Fields[i]
		name := field.Name
		if other := names[name]; other != "" {
			name = other
		}
		v, there := got.Values[name]
		if want := held(&f.Holds, field, r.Value(i)); !there || !alike(f.ID, field, readBack(&f.Holds, field, v), want) {
			wrong++
			t.Errorf("record %d, %s: %s, want %s (of %v)", r.Key(), name, readBack(&f.Holds, field, v), want, r.Value(i))
		}
	}
	var shape orb.Geometry
	var z []float64
	if got.Shape != nil {
		shape, z = got.shape(t, *got.Shape)
	}
	for _, text := range slices.Backward(got.also) {
		before, heights := got.shape(t, text)
		shape, z = append(parts(before).(orb.MultiPoint), parts(shape).(orb.MultiPoint)...), append(heights, z...)
	}
	g, heights := r.Geometry(), r.Table().Z(r.Number())
	if !sameShape(g, shape) {
		wrong++
		t.Errorf("record %d lies in %v, want %v", r.Key(), shape, g)
	}
	if f.Holds.Heights && heights != nil && !sameHeights(g, z, heights) {
		wrong++
		t.Errorf("record %d has the heights %v, want %v", r.Key(), z, heights)
	}
	return wrong
}

// sameHeights compares; those of rings may come the other way round.
func sameHeights(g orb.Geometry, a, b []float64) bool {
	if parts(g).GeoJSONType() == "MultiPolygon" {
		a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	}
	return slices.Equal(a, b)
}

// sameShape compares; one part of a multiple shape is as good as a single one,
// and rings may turn the other way.
func sameShape(a, b orb.Geometry) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return orb.Equal(parts(a), parts(b))
}

func parts(g orb.Geometry) orb.Geometry {
	switch g := g.(type) {
	case orb.Point:
		return orb.MultiPoint{g}
	case orb.LineString:
		return orb.MultiLineString{g}
	case orb.Polygon:
		return orb.MultiPolygon{wound(g)}
	case orb.MultiPolygon:
		out := orb.MultiPolygon{}
		for _, p := range g {
			out = append(out, wound(p))
		}
		return out
	}
	return g
}

// wound turns the rings of a polygon as GeoJSON wants them.
func wound(p orb.Polygon) orb.Polygon {
	out := p.Clone()
	for i, ring := range out {
		if (ring.Orientation() == orb.CCW) != (i == 0) {
			slices.Reverse(ring)
		}
	}
	return out
}
