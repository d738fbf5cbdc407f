package export_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/data/export"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// boxes are asked of the files with an index: all, a part, a corner, nothing.
var boxes = [][]float64{{-180, -90, 180, 90}, {-5, 10, 5, 12}, {9, 24, 11, 26}, {60, 60, 61, 61}}

// keysIn are the keys of the records that meet the box, in order: of points
// themselves, of all else by their bounds.
func keysIn(t *testing.T, l *layer.Layer, box []float64) (keys []string) {
	t.Helper()
	bound := orb.Bound{Min: orb.Point{box[0], box[1]}, Max: orb.Point{box[2], box[3]}}
	err := l.Each(func(r geo.Row) error {
		g := r.Geometry()
		meets := g != nil && bound.Intersects(g.Bound())
		if points, ok := g.(orb.MultiPoint); ok && l.Schema().Geometry == geo.PointGeometry {
			meets = slices.ContainsFunc(points, bound.Contains)
		}
		if meets {
			keys = append(keys, fmt.Sprint(r.Key()))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(keys)
	return keys
}

func find(t *testing.T, id string) export.Format {
	t.Helper()
	f, ok := export.Find(id)
	if !ok {
		t.Fatalf("there is no format %s", id)
	}
	return f
}

// TestIndexes wants from GDAL, which uses a file's index, the records in a box
// that a scan finds, for trees of one level and of several.
func TestIndexes(t *testing.T) {
	for _, id := range []string{"gpkg", "fgb"} {
		for _, n := range []int{1, 17, 52, 3000} {
			t.Run(fmt.Sprint(id, n), func(t *testing.T) {
				t.Parallel()
				f, l := find(t, id), anyWorld(t, uint64(n), geo.PointGeometry, n)
				path := filepath.Join(t.TempDir(), "any"+f.Extension)
				if err := os.WriteFile(path, write(t, f, l, export.Sheet{}), 0o600); err != nil {
					t.Fatal(err)
				}
				for _, box := range boxes {
					compareBox(t, id, l, gdal(t, path, box...)[0], box)
				}
			})
		}
	}
}

func compareBox(t *testing.T, id string, l *layer.Layer, found gdalLayer, box []float64) {
	t.Helper()
	if !found.Index {
		t.Errorf("%s of %d: GDAL sees no index", id, l.Rows())
	}
	var got []string
	for _, feature := range found.features {
		got = append(got, fmt.Sprint(feature.Values[gdalNames[id][""]]))
	}
	slices.Sort(got)
	if want := keysIn(t, l, box); !slices.Equal(got, want) {
		t.Errorf("%s of %d in %v: %d records, want %d", id, l.Rows(), box, len(got), len(want))
	}
}

// node runs a script of web/scripts, whose clients npm installs.
func node(t *testing.T, script string, args ...string) []byte {
	t.Helper()
	path := filepath.Join("..", "..", "web", "scripts", script)
	if _, err := os.Stat(filepath.Join("..", "..", "web", "node_modules", "flatgeobuf")); err != nil {
		if os.Getenv("BIVOUAC_REQUIRE_CLIENTS") == "1" {
			t.Fatal("the npm packages of web are not installed: npm ci")
		}
		t.Skip("the npm packages of web are not installed, so no JavaScript client reads the files; make test installs them")
	}
	out, err := exec.Command("node", append([]string{path}, args...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", script, args, err, out)
	}
	// The client prints what it does before.
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return []byte(lines[len(lines)-1])
}

// TestNpmReadsFlatGeobuf asks the JavaScript client for boxes, which it reads
// through the index by ranges of bytes.
func TestNpmReadsFlatGeobuf(t *testing.T) {
	f, l := find(t, "fgb"), anyWorld(t, 9, geo.AnyGeometry, 2000)
	path := filepath.Join(t.TempDir(), "any.fgb")
	if err := os.WriteFile(path, write(t, f, l, export.Sheet{}), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, box := range boxes {
		var got struct {
			Keys []string
			Size int64
			Read int64
		}
		args := []string{path}
		for _, x := range box {
			args = append(args, fmt.Sprint(x))
		}
		if err := json.Unmarshal(node(t, "read-flatgeobuf.mjs", args...), &got); err != nil {
			t.Fatal(err)
		}
		slices.Sort(got.Keys)
		if want := keysIn(t, l, box); !slices.Equal(got.Keys, want) {
			t.Errorf("npm flatgeobuf in %v: %d records, want %d", box, len(got.Keys), len(want))
		}
		if len(got.Keys) == 0 && got.Read > got.Size/4 {
			t.Errorf("npm flatgeobuf read %d of %d bytes to find nothing: it did not use the index", got.Read, got.Size)
		}
	}
}

// TestOrderedHasNoIndex wants rows in the order that was asked for, and no
// index that would make them others.
func TestOrderedHasNoIndex(t *testing.T) {
	f, l := find(t, "fgb"), anyWorld(t, 3, geo.PointGeometry, 100)
	sheet := export.Sheet{Schema: l.Schema(), Heights: true, Ordered: true}
	path := filepath.Join(t.TempDir(), "ordered.fgb")
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	w, err := f.New(out, sheet)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	rows, failed := l.Select(context.Background(), geo.Selection{Sort: []geo.SortKey{{Field: "killed"}}})
	for r := range rows {
		want = append(want, fmt.Sprint(r.Key()))
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
	layers := gdal(t, path)
	var got []string
	for _, feature := range layers[0].features {
		got = append(got, fmt.Sprint(feature.Values["id_"]))
	}
	if layers[0].Index || !slices.Equal(got, want) {
		t.Errorf("index %v, order\n%s, want\n%s", layers[0].Index, strings.Join(got, " "), strings.Join(want, " "))
	}
}
