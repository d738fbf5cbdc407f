package export_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/data/export"
	"bivouac/data/load"
	"bivouac/data/sample"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// read loads a file of a collection into a layer.
func read(t *testing.T, name string, text []byte, s *geo.Schema, collection string) *layer.Layer {
	t.Helper()
	f, err := load.OpenBytes(name, text).File(load.Options{Collection: collection, Schema: s})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	b := layer.NewBuilder(f.Schema())
	key := geo.Key(0)
	report, err := f.Read(context.Background(), func(f *geo.Feature) error {
		key++
		f.Key = key
		return b.Add(f)
	})
	if err != nil || report.Refused > 0 {
		t.Fatalf("%s: %v, %d refused: %v", name, err, report.Refused, report)
	}
	l, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func write(t *testing.T, f export.Format, l *layer.Layer, sheet export.Sheet) []byte {
	t.Helper()
	var out bytes.Buffer
	sheet.Schema = l.Schema()
	sheet.Heights = l.HasHeights()
	sheet.Extra = l.HasExtra()
	w, err := f.New(&out, sheet)
	if err != nil {
		t.Fatal(err)
	}
	rows, failed := l.Select(context.Background(), geo.Selection{Reader: geo.Reader{Ceiling: geo.StrictlyConfidential}})
	for r := range rows {
		if err := w.Write(r, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := failed(); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// words are the records of a layer as text, in no order.
func words(t *testing.T, l *layer.Layer) []string {
	t.Helper()
	var all []string
	err := l.Each(func(r geo.Row) error {
		var b strings.Builder
		for i := range l.Schema().Fields {
			v := r.Value(i)
			if v.Kind() == geo.KindString && v.Text() == "" {
				v = geo.Value{} // CSV cannot tell the two apart
			}
			fmt.Fprintf(&b, "%s=%v;", l.Schema().Fields[i].Name, v)
		}
		fmt.Fprintf(&b, "%v", r.Geometry())
		all = append(all, b.String())
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

// loaded are the formats that data/load reads. What GDAL reads is in
// TestGDALReadsAnyWorld.
var loaded = []string{"geojson", "jsonfg", "geojsonseq", "ndjson", "csv"}

// TestRoundTrip writes every collection of the sample world in every format
// that is loaded, reads it again, and wants the same records.
func TestRoundTrip(t *testing.T) {
	for _, c := range sample.Collections() {
		l := read(t, c.ID+".geojson", c.Data, nil, c.ID)
		want := words(t, l)
		for _, f := range export.Formats() {
			if !slices.Contains(loaded, f.ID) {
				continue
			}
			got := words(t, read(t, c.ID+f.Extension, write(t, f, l, export.Sheet{}), l.Schema(), c.ID))
			if len(got) != len(want) {
				t.Errorf("%s as %s: %d records, want %d", c.ID, f.ID, len(got), len(want))
				continue
			}
			for i := range got {
				if got[i] != want[i] {
					t.Errorf("%s as %s:\n%s\nwant\n%s", c.ID, f.ID, got[i], want[i])
					break
				}
			}
		}
	}
}

// odd is a collection whose fields have the names of our own columns.
func odd(t *testing.T) *layer.Layer {
	t.Helper()
	b := layer.NewBuilder(geo.Schema{Name: "odd", Geometry: geo.PointGeometry, Fields: []geo.Field{
		{Name: "id", Kind: geo.KindString}, {Name: "longitude", Kind: geo.KindFloat}, {Name: "tags", Kind: geo.KindList},
		{Name: "during", Kind: geo.KindInterval}, {Name: "ok", Kind: geo.KindBool},
	}})
	for _, f := range []geo.Feature{
		{Key: 7, Geometry: orb.Point{1.5, 2}, Values: []geo.Value{
			geo.String("a \"quoted\", line\nbroken"), geo.Float(1e-9), geo.List(geo.Int(1), geo.String("x,y")),
			geo.IntervalValue(geo.From(0)), geo.Bool(true),
		}},
		{Key: 8, Geometry: orb.Point{math.Nextafter(1.5, 2), 2}},
		{Key: 9},
	} {
		if err := b.Add(&f); err != nil {
			t.Fatal(err)
		}
	}
	l, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestBytes(t *testing.T) {
	full := export.Sheet{Highest: geo.Confidential, Attribution: []string{"A \"b\"", "C"}, At: geo.Day}
	for _, c := range []struct {
		id    string
		l     *layer.Layer
		sheet export.Sheet
		want  string
	}{
		{"csv", odd(t), full, "id_,id,longitude,tags,during,ok,longitude_,latitude\n" +
			"7,\"a \"\"quoted\"\", line\nbroken\",0.000000001,\"[1,\"\"x,y\"\"]\",1970-01-01T00:00:00Z/..,true,1.5,2\n" +
			"8,,,,,,1.5000000000000002,2\n9,,,,,,,\n"},
		{"csv", layer.New(geo.Schema{Name: "none", Geometry: geo.NoGeometry}), full, "id\n"},
		{"geojson", layer.New(*odd(t).Schema()), full, `{"type":"FeatureCollection","classification":"confidential","attribution":["A \"b\"","C"],` +
			`"timeStamp":"1970-01-02T00:00:00Z","features":[` + "\n\n]}\n"},
		{"geojsonseq", layer.New(*odd(t).Schema()), full, ""},
	} {
		for _, f := range export.Formats() {
			if f.ID != c.id {
				continue
			}
			if got := string(write(t, f, c.l, c.sheet)); got != c.want {
				t.Errorf("%s:\n%s\nwant\n%s", c.id, got, c.want)
			}
		}
	}
}

// failing takes no more than so many bytes.
type failing struct{ left int }

func (f *failing) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, fmt.Errorf("the disk is full")
	}
	return len(p), nil
}

// TestFailure wants to be told by the next call that a byte was not taken.
func TestFailure(t *testing.T) {
	l := odd(t)
	for _, f := range export.Formats() {
		w, err := f.New(&failing{40}, export.Sheet{Schema: l.Schema()})
		if err != nil {
			t.Fatal(err)
		}
		err = l.Each(func(r geo.Row) error { return w.Write(r, nil) })
		if err == nil {
			err = w.Close()
		}
		if err == nil {
			t.Errorf("%s: nobody says that the disk is full", f.ID)
		}
	}
}
