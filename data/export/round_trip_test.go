package export_test

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/data/export"
	"bivouac/data/export/shapefile"
	"bivouac/data/load"
	"bivouac/data/load/loadtest"
	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/layer"
)

// readAgain are the formats that both sides have, and what their files call
// the columns of wildWorld, where that is not their names.
var readAgain = map[string]map[string]string{
	"geojson": nil, "jsonfg": nil, "geojsonseq": nil, "ndjson": nil, "csv": nil, "fgb": nil, "kml": nil,
	"gpkg": {"geom": "geom_2"},
	"shp":  {"a rather long name of a field": "a rather l", "a rather long name of another": "a rather_1"},
	"gpx":  {"a rather long name of a field": "a_rather_long_name_of_a_field", "a rather long name of another": "a_rather_long_name_of_another"},
}

// extremes are places that a reader may turn into others: on the date line,
// at the poles, on both zeros, and of as many digits as there are.
var extremes = []orb.Point{
	{180, 0}, {-180, 0}, {180, 90}, {-180, -90}, {0, 90}, {0, 0}, {math.Copysign(0, -1), math.Copysign(0, -1)}, {math.Nextafter(180, 0), math.Nextafter(-90, 0)},
	{5e-324, -5e-324}, {1e-9, -1e-9}, {-3.0026000000000002, 16.271666666666665},
}

// overTheLine are shapes that lie on both sides of the date line, cut there as
// the store holds them.
var overTheLine = map[geo.GeometryType]orb.Geometry{
	geo.PointGeometry: orb.MultiPoint{{180, 1}, {-180, 1}},
	geo.LineGeometry:  orb.MultiLineString{{{179, 1}, {180, 2}}, {{-180, 2}, {-179, 3}}},
	geo.AreaGeometry: orb.MultiPolygon{
		{{{179, 1}, {180, 1}, {180, 2}, {179, 2}, {179, 1}}}, {{{-180, 1}, {-179, 1}, {-179, 2}, {-180, 2}, {-180, 1}}},
	},
}

// wildWorld is anyWorld with a column that tells the records apart, values and
// places at the ends of their ranges, and source fields without a column. A
// layer holds no empty shape; one without a place is the nearest to it.
func wildWorld(t *testing.T, seed uint64, shape geo.GeometryType, n int) *layer.Layer {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 2))
	plain := anyWorld(t, seed, shape, n)
	s := *plain.Schema()
	s.Fields = append([]geo.Field{{Name: "key", Kind: geo.KindInt}}, s.Fields...)
	b := layer.NewBuilder(s)
	err := plain.Each(func(row geo.Row) error {
		f := geo.Feature{Key: row.Key(), Geometry: row.Geometry(), Z: row.Table().Z(row.Number()), Values: []geo.Value{geo.Int(int64(row.Key()))}}
		for i := range plain.Schema().Fields {
			f.Values = append(f.Values, row.Value(i))
		}
		f.Values[2] = oneOf(r, f.Values[2], geo.Int(math.MinInt64), geo.Int(math.MaxInt64))
		f.Values[3] = oneOf(r, f.Values[3], geo.Float(math.Copysign(0, -1)), geo.Float(math.MaxFloat64), geo.Float(-math.MaxFloat64), geo.Float(5e-324), geo.Float(1e21), geo.Float(0.1))
		if r.IntN(3) == 0 {
			f.Extra = fmt.Appendf(nil, `{"source field":%q,"n":%d}`, scripts[r.IntN(6)], r.IntN(9))
		}
		if r.IntN(3) == 0 {
			f.Geometry = extremeShape(r, shape, f.Geometry)
			f.Z = nil
		}
		return b.Add(&f)
	})
	if err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	l, err := b.Build()
	if err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	return l
}

func oneOf(r *rand.Rand, v geo.Value, others ...geo.Value) geo.Value {
	if r.IntN(2) == 0 || v.Kind() == geo.KindFloat && math.IsNaN(v.Float()) {
		return others[r.IntN(len(others))]
	}
	return v
}

func extremeShape(r *rand.Rand, shape geo.GeometryType, g orb.Geometry) orb.Geometry {
	mixed := shape == geo.AnyGeometry
	if mixed {
		shape = []geo.GeometryType{geo.PointGeometry, geo.LineGeometry, geo.AreaGeometry}[r.IntN(3)]
	}
	switch {
	case shape == geo.NoGeometry:
		return g
	case mixed && r.IntN(3) == 0:
		return orb.Collection{orb.Point{1, 2}, orb.LineString{{3, 4}, {5, 6}}}
	case r.IntN(3) == 0:
		return overTheLine[shape]
	}
	p := extremes[r.IntN(len(extremes))]
	switch shape {
	case geo.PointGeometry:
		return p
	case geo.LineGeometry:
		return orb.LineString{p, {p[0] / 2, p[1] / 2}, {7, 7}}
	}
	x, y := p[0]-math.Copysign(1, p[0]), p[1]-math.Copysign(1, p[1])
	ring := orb.Ring{p, {x, p[1]}, {x, y}, {p[0], y}, p}
	if ring.Orientation() == orb.CW {
		slices.Reverse(ring)
	}
	return orb.Polygon{ring}
}

// TestRoundTripOfAnyWorld is the property by our own readers: any layer,
// written and loaded again, is the same up to what the format says that it
// cannot hold.
func TestRoundTripOfAnyWorld(t *testing.T) {
	for _, f := range export.Formats() {
		names, both := readAgain[f.ID]
		if !both {
			continue
		}
		for _, shape := range []geo.GeometryType{geo.PointGeometry, geo.LineGeometry, geo.AreaGeometry, geo.AnyGeometry, geo.NoGeometry} {
			if f.Holds.Shapes == export.WaysOnly && (shape == geo.AreaGeometry || shape == geo.NoGeometry) {
				continue // refused
			}
			if f.Holds.Shapes == export.OneAFile && shape == geo.NoGeometry {
				continue // a table without shapes, which is not read
			}
			for seed := range uint64(3) {
				t.Run(fmt.Sprintf("%s/%s/%d", f.ID, shape, seed), func(t *testing.T) {
					t.Parallel()
					l := wildWorld(t, seed+20, shape, 200)
					path := filepath.Join(t.TempDir(), "wild"+f.Extension)
					if err := os.WriteFile(path, write(t, f, l, export.Sheet{}), 0o600); err != nil {
						t.Fatal(err)
					}
					compareLoaded(t, f, l, loadAll(t, path, l.Schema(), names))
				})
			}
		}
	}
}

// loadAll reads every layer of a file as the schema says, by the key.
func loadAll(t *testing.T, path string, s *geo.Schema, names map[string]string) map[int64][]geo.Feature {
	t.Helper()
	d := loadtest.Open(t, path)
	layers, err := d.Layers()
	if err != nil {
		t.Fatal(err)
	}
	if filepath.Ext(path) != ".gpx" {
		layers = []string{""}
	}
	all := map[int64][]geo.Feature{}
	for _, name := range layers {
		f, err := d.File(load.Options{Collection: s.Name, Schema: s, Layer: name, Mapping: names})
		if err != nil {
			t.Fatal(err)
		}
		report, err := f.Read(context.Background(), func(f *geo.Feature) error {
			kept := *f
			kept.Values, kept.Extra = slices.Clone(f.Values), slices.Clone(f.Extra)
			all[f.Value(0).Int()] = append(all[f.Value(0).Int()], kept)
			return nil
		})
		if err != nil || report.Refused > 0 {
			t.Fatalf("%v, %d refused: %v", err, report.Refused, report.Refusals[:min(3, len(report.Refusals))])
		}
	}
	return all
}

func compareLoaded(t *testing.T, f export.Format, l *layer.Layer, got map[int64][]geo.Feature) {
	t.Helper()
	wrong, want := 0, 0
	err := l.Each(func(r geo.Row) error {
		if !f.Holds.Takes(r.Geometry()) {
			return nil
		}
		want++
		features := got[int64(r.Key())]
		if len(features) == 0 {
			wrong++
			t.Errorf("record %d is not there", r.Key())
		}
		for i := range features {
			for _, bad := range differences(&f, r, &features[i]) {
				if wrong++; wrong < 8 {
					t.Errorf("record %d, %s", r.Key(), bad)
				}
			}
		}
		if bad := otherShape(&f, r, features); bad != "" {
			if wrong++; wrong < 8 {
				t.Errorf("record %d, %s", r.Key(), bad)
			}
		}
		return nil
	})
	if err != nil || len(got) != want {
		t.Errorf("%d records, want %d, %v", len(got), want, err)
	}
}

// differences are the fields that are not what the format holds of them.
func differences(f *export.Format, r geo.Row, got *geo.Feature) (out []string) {
	s := r.Table().Schema()
	for i := range s.Fields {
		field := &s.Fields[i]
		if want, is := fmt.Sprintf("%#v", stays(f, field, r.Value(i))), fmt.Sprintf("%#v", got.Values[i]); is != want {
			out = append(out, fmt.Sprintf("%s: %s, want %s", field.Name, is, want))
		}
	}
	want := ""
	if f.Holds.Extra {
		want = sourceFields(r.Table().Extra(r.Number()))
	}
	if extra := sourceFields(got.Extra); extra != want {
		out = append(out, fmt.Sprintf("source fields: %s, want %s", extra, want))
	}
	return out
}

// sourceFields are those of a record in one order.
func sourceFields(extra []byte) string {
	var fields map[string]any
	if json.Unmarshal(extra, &fields) != nil {
		return string(extra)
	}
	if len(fields) == 0 {
		return ""
	}
	text, _ := json.Marshal(fields) // of what was just read
	return string(text)
}

// stays is what a file of the format holds of a value.
func stays(format *export.Format, f *geo.Field, v geo.Value) geo.Value {
	h := &format.Holds
	own := slices.Contains(h.Kinds, f.Kind)
	switch {
	case v.Kind() == geo.KindFloat && v.Float() == 0 && format.ID == "gpkg":
		return geo.Float(0) // SQLite keeps whole numbers as integers, which have one zero
	case v.Kind() == geo.KindTime && own && h.Grain > 0 && !f.DateOnly:
		grains := v.Time() / h.Grain
		if grains*h.Grain > v.Time() {
			grains--
		}
		return geo.TimeValue(grains * h.Grain)
	case v.Kind() == geo.KindString:
	case !own && h.TextBytes > 0 && len(geojson.AppendField(nil, v, f)) > h.TextBytes:
		return geo.Value{} // half a list is none
	default:
		return v
	}
	text := v.Text()
	if h.TextBytes > 0 {
		text = string(shapefile.Cut([]byte(text), h.TextBytes))
	}
	switch {
	case h.Strips:
		text = strings.TrimSpace(text)
	case h.Trims:
		text = strings.TrimRight(text, " ")
	}
	if text == "" && !h.Null {
		return geo.Value{}
	}
	return geo.String(text)
}

// otherShape says where the place is another one than the format holds.
func otherShape(f *export.Format, r geo.Row, got []geo.Feature) string {
	want, z := r.Geometry(), r.Table().Z(r.Number())
	if len(got) == 0 {
		return ""
	}
	is, isZ := got[0].Geometry, got[0].Z
	if len(got) > 1 { // GPX has no records of several points
		var points orb.MultiPoint
		isZ = nil
		for i := range got {
			p, _ := got[i].Geometry.(orb.Point)
			points = append(points, p)
			isZ = append(isZ, got[i].Z...)
		}
		is = points
	}
	if _, several := want.(orb.Collection); several && f.Holds.Shapes == export.OneAFile {
		want, z = nil, nil
	}
	if points, several := want.(orb.MultiPoint); several && len(points) > 1 && f.Holds.Shapes == export.AsText && r.Table().Schema().Geometry == geo.PointGeometry {
		want, z = nil, nil
	}
	if !f.Holds.Heights {
		z = nil
	}
	if a, b := fmt.Sprint(parts(is)), fmt.Sprint(parts(want)); a != b {
		return fmt.Sprintf("shape: %s, want %s", cmp.Or(a, "none"), b)
	}
	if want != nil && !sameHeights(want, isZ, z) {
		return fmt.Sprintf("heights: %v, want %v", isZ, z)
	}
	return ""
}
