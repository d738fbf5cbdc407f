package export

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/data/load"
	"bivouac/data/load/loadtest"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// TestShapefileLimit wants another file to begin before one grows to the limit
// of its shapes or of its table, and no record to be lost or to come twice.
func TestShapefileLimit(t *testing.T) {
	const limit, n = 100 << 10, 1500
	for _, c := range []struct {
		desc           string
		points, letter int // of each shape and text
		full           string
	}{
		{"shapes fill it", 60, 3, ".shp"},
		{"the table fills it", 2, 100, ".dbf"},
	} {
		l := longLines(t, n, c.points, c.letter)
		text := limitedShapefile(t, l, limit)
		largest := sizes(t, text)
		for ending, size := range largest {
			if size >= limit {
				t.Errorf("%s: a %s has %d bytes", c.desc, ending, size)
			}
		}
		// The table keeps 64 kB for its head.
		if c.full == ".shp" && largest[c.full] < limit-2000 {
			t.Errorf("%s: the largest %s has but %d bytes", c.desc, c.full, largest[c.full])
		}
		path := filepath.Join(t.TempDir(), "parts.shp.zip")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := loadtest.Open(t, path).File(load.Options{Collection: "parts", Schema: l.Schema()})
		if err != nil {
			t.Fatal(err)
		}
		seen := map[int64]int{}
		if _, err := f.Read(context.Background(), func(f *geo.Feature) error { seen[f.Value(0).Int()]++; return nil }); err != nil {
			t.Fatal(err)
		}
		for i := range int64(n) {
			if seen[i] != 1 {
				t.Fatalf("%s: record %d is there %d times", c.desc, i, seen[i])
			}
		}
	}
}

func longLines(t *testing.T, n, points, letters int) *layer.Layer {
	t.Helper()
	b := layer.NewBuilder(geo.Schema{Name: "parts", Geometry: geo.LineGeometry, Fields: []geo.Field{{Name: "key", Kind: geo.KindInt}, {Name: "text", Kind: geo.KindString}}})
	for i := range n {
		var line orb.LineString
		for j := range points {
			line = append(line, orb.Point{float64(i%90) + float64(j)/100, float64(i / 90)})
		}
		if err := b.Add(&geo.Feature{Key: geo.Key(i + 1), Geometry: line, Values: []geo.Value{geo.Int(int64(i)), geo.String(strings.Repeat("x", letters))}}); err != nil {
			t.Fatal(err)
		}
	}
	l, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func limitedShapefile(t *testing.T, l *layer.Layer, limit int64) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := newShapefileOf(&out, Sheet{Schema: l.Schema()}, limit)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Each(func(r geo.Row) error { return w.Write(r, nil) }); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// sizes are the largest files of an archive by their ending.
func sizes(t *testing.T, text []byte) map[string]uint64 {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	largest, shapes := map[string]uint64{}, 0
	for _, f := range z.File {
		ending := filepath.Ext(f.Name)
		largest[ending] = max(largest[ending], f.UncompressedSize64)
		if ending == ".shp" {
			shapes++
		}
	}
	if shapes < 2 {
		t.Error(fmt.Sprint("there are ", shapes, " shapefiles"))
	}
	return largest
}
