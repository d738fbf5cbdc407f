package export_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/data/export"
	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/layer"
)

// TestGDALKnowsSystems wants GDAL to read from each file that takes another
// system which one it is, and the places in it.
func TestGDALKnowsSystems(t *testing.T) {
	l := anyWorldOf(t, 5, geo.PointGeometry, 40, 53)
	for _, f := range export.Formats() {
		if !f.Holds.Systems {
			continue
		}
		for _, system := range []crs.System{crs.LatLon, crs.WebMercator, 32631, 32731} {
			path := filepath.Join(t.TempDir(), "any"+f.Extension)
			if err := os.WriteFile(path, write(t, f, l, export.Sheet{System: system}), 0o600); err != nil {
				t.Fatal(err)
			}
			comparePlaces(t, f.ID, system, l, gdal(t, path))
		}
	}
}

func comparePlaces(t *testing.T, id string, system crs.System, l *layer.Layer, layers []gdalLayer) {
	t.Helper()
	got := map[string]gdalFeature{}
	for _, layer := range layers {
		if layer.System != fmt.Sprint(int(system)) {
			t.Errorf("%s in %d: GDAL takes %s for EPSG:%s", id, system, layer.Layer, layer.System)
		}
		for _, feature := range layer.features {
			got[fmt.Sprint(feature.Values[gdalNames[id][""]])] = feature
		}
	}
	err := l.Each(func(r geo.Row) error {
		p, ok := r.Point()
		if !ok {
			return nil
		}
		x, y, err := system.Project(p[0], p[1])
		if system == crs.LatLon {
			x, y = y, x
		}
		feature := got[fmt.Sprint(r.Key())]
		if shape, _ := feature.shape(t, *feature.Shape); shape != (orb.Point{x, y}) {
			t.Errorf("%s in %d: record %d lies at %v, want %v", id, system, r.Key(), shape, orb.Point{x, y})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestLosses wants each loss to be said, and nothing to be said of what is
// held.
func TestLosses(t *testing.T) {
	for _, c := range []struct {
		id   string
		want []string
	}{
		{"shp", []string{"a rather long name of a field is named a rather l", "texts were cut off", "lists and records were left out"}},
		{"gpx", []string{"records of several points are as many waypoints each", "records that are no points or lines are left out"}},
		{"csv", []string{"records of several points have no place"}},
		{"geojson", nil},
		{"gpkg", nil},
	} {
		f, l := find(t, c.id), anyWorld(t, 6, geo.AnyGeometry, 80)
		if c.id == "gpx" || c.id == "csv" {
			l = anyWorld(t, 6, geo.PointGeometry, 80)
		}
		w, err := f.New(&strings.Builder{}, export.Sheet{Schema: l.Schema()})
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Each(func(r geo.Row) error { return w.Write(r, nil) }); err != nil {
			t.Fatal(err)
		}
		lost := w.Lost()
		for _, want := range c.want {
			if !slices.ContainsFunc(lost, func(s string) bool { return strings.Contains(s, want) }) {
				t.Errorf("%s does not say %q, but %q", c.id, want, lost)
			}
		}
		if c.want == nil && len(lost) > 0 {
			t.Errorf("%s says %q", c.id, lost)
		}
		w.Discard()
	}
}

// TestLimits are what a person reads of each format before the file is made.
func TestLimits(t *testing.T) {
	for id, want := range map[string]string{
		"geojson": "",
		"gpkg":    "written as text: intervals, geometries, lists, records; times are cut off to the millisecond",
		"gpx":     "only points and lines are held; other records are left out",
		"shp":     "names of columns are cut off at 10 bytes; texts are cut off at 254 bytes",
		"parquet": "written as text: intervals",
	} {
		f := find(t, id)
		if got := strings.Join(f.Holds.Limits(export.Everything()), "; "); want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
}

// TestDiscard wants no temporary file to stay when a file is given up, or is
// done.
func TestDiscard(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	l := anyWorld(t, 7, geo.LineGeometry, 50)
	for _, f := range export.Formats() {
		for _, closes := range []bool{false, true} {
			w, err := f.New(&strings.Builder{}, export.Sheet{Schema: l.Schema(), Heights: true})
			if err != nil {
				t.Fatal(err)
			}
			if err := l.Each(func(r geo.Row) error { return w.Write(r, nil) }); err != nil {
				t.Fatal(err)
			}
			if closes {
				if err := w.Close(); err != nil {
					t.Fatal(err)
				}
			}
			w.Discard()
			if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
				t.Errorf("%s, closed %v: %d temporary files stay, %v", f.ID, closes, len(left), err)
			}
		}
	}
}
