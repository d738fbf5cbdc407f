package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// sampleStore makes a store of the sample world and closes it.
func sampleStore(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "mission.gpkg")
	w, err := openStore(context.Background(), console{io.Discard, io.Discard}, path)
	if err == nil {
		err = w.fillWithSample(context.Background())
	}
	if err == nil {
		err = w.close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// edited adds records that make tables change: one of several points, one with
// a height, one without a place; and changes and removes others.
func edited(t *testing.T, path string) (counts map[string]int) {
	t.Helper()
	ctx := context.Background()
	w, err := openStore(ctx, console{io.Discard, io.Discard}, path)
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	add := func(collection string, g orb.Geometry, z []float64) geo.Change {
		return geo.Change{Collection: collection, Op: geo.Add, Feature: geo.Feature{Geometry: g, Z: z}}
	}
	moved := geo.Change{Collection: "bases", Op: geo.Replace, Feature: geo.Feature{Key: 1, Geometry: orb.Point{-120, 60}}}
	gone := geo.Change{Collection: "bases", Op: geo.Remove, Feature: geo.Feature{Key: 2}}
	if _, err := w.store.Apply(ctx, geo.Batch{Changes: []geo.Change{
		add("places", orb.MultiPoint{{1, 2}, {3, 4}}, nil), add("reports", orb.Point{1, 2}, []float64{300}), add("bases", nil, nil), moved, gone,
		add("hazards", orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}}, nil),
	}}); err != nil {
		t.Fatal(err)
	}
	counts = map[string]int{}
	for _, l := range w.store.Snapshot().Layers() {
		counts[l.Schema().Name] = l.Rows()
	}
	return counts
}

// validator runs GDAL's checker of GeoPackages, with a look at every value.
func validator(t *testing.T, path string) {
	t.Helper()
	check := exec.Command("/usr/bin/python3", "-m", "osgeo_utils.samples.validate_gpkg", "--extra", path)
	if out, err := exec.Command("/usr/bin/python3", "-c", "import osgeo_utils.samples.validate_gpkg").CombinedOutput(); err != nil {
		if os.Getenv("BIVOUAC_REQUIRE_CLIENTS") == "1" {
			t.Fatalf("GDAL's validate_gpkg is not installed: .ci/install does it: %s", out)
		}
		t.Skip("GDAL's validate_gpkg is not installed, so that the store is not checked by it; make test installs it")
	}
	if out, err := check.CombinedOutput(); err != nil || len(strings.TrimSpace(string(out))) > 0 {
		t.Errorf("validate_gpkg: %v\n%s", err, out)
	}
}

// TestStoreIsAValidGeoPackage: by GDAL's rules, and with every record that the
// store holds, new and edited.
func TestStoreIsAValidGeoPackage(t *testing.T) {
	path := sampleStore(t)
	validator(t, path)
	counts := edited(t, path)
	validator(t, path)
	for name, n := range counts {
		out := ogrinfo(t, "-so", path, name)
		if want := fmt.Sprintf("Feature Count: %d\n", n); !strings.Contains(out, want) {
			t.Errorf("%s: GDAL does not say %q:\n%s", name, want, out)
		}
	}
	// What stands in a box comes out of the R-tree of the file.
	out := ogrinfo(t, "-q", "-spat", "-121", "59", "-119", "61", path, "bases")
	if n := strings.Count(out, "OGRFeature(bases):"); n != 1 || !strings.Contains(out, "POINT (-120 60)") {
		t.Errorf("the base that was moved:\n%s", out)
	}
	if out := ogrinfo(t, "-q", "-fid", "2", path, "bases"); strings.Contains(out, "OGRFeature") {
		t.Errorf("the base that was removed:\n%s", out)
	}
}

// TestOtherProgramsOnlyRead: a change without a history is refused.
func TestOtherProgramsOnlyRead(t *testing.T) {
	path := sampleStore(t)
	ogrinfo(t, "-so", path, "bases")
	for _, change := range []string{"DELETE FROM bases WHERE fid=1", "UPDATE bases SET name='x' WHERE fid=1", "INSERT INTO bases (name, bivouac_rev) VALUES ('x', 1)"} {
		out, _ := exec.Command("ogrinfo", "-q", "-sql", change, path).CombinedOutput()
		if !strings.Contains(string(out), "edit_it_through_bivouac") {
			t.Errorf("%s: %s", change, out)
		}
	}
	if out := ogrinfo(t, "-so", path, "bases"); !strings.Contains(out, "Feature Count: 98\n") {
		t.Errorf("the bases are not all there:\n%s", out)
	}
}
