package load

import (
	"context"
	"os"
	"strings"
	"testing"

	"bivouac/geo"
)

// temporary makes a folder for temporary files, and returns what lists it.
func temporary(t *testing.T) func() []string {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir)
	return func() (names []string) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			names = append(names, e.Name())
		}
		return names
	}
}

// TestDatasetIsUnpackedOnce reads a packed GeoPackage layer by layer, each with
// several passes: whatever is asked of it, it is unpacked to one file, which goes
// when the Dataset is closed.
func TestDatasetIsUnpackedOnce(t *testing.T) {
	text, err := os.ReadFile(packageFile(t))
	if err != nil {
		t.Fatal(err)
	}
	path := file(t, "other.gpkg.zip", string(zipped(t, "folder/other.gpkg", string(text))))
	listed := temporary(t)
	d, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]bool{}
	see := func() {
		for _, name := range listed() {
			files[name] = true
		}
	}
	if see(); len(files) > 0 {
		t.Errorf("%v are unpacked before anything of them is asked for", files)
	}
	layers, err := d.Layers()
	if err != nil || len(layers) != 4 {
		t.Fatal(layers, err)
	}
	see()
	rows := 0
	for _, name := range []string{"Main Roads", "notes", "empty"} {
		f, err := d.File(Options{Layer: name})
		if err != nil {
			t.Fatal(err)
		}
		see()
		for range 2 {
			if _, err := f.Read(context.Background(), func(*geo.Feature) error { rows++; see(); return nil }); err != nil {
				t.Fatal(err)
			}
		}
		see()
	}
	if rows != 6 || len(files) != 1 {
		t.Errorf("%d records of the files %v, want 6 of one", rows, files)
	}
	for range 2 {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
		if left := listed(); len(left) > 0 {
			t.Errorf("%v are left behind", left)
		}
	}
}

// TestNothingStaysUnpacked closes archives that cannot be read.
func TestNothingStaysUnpacked(t *testing.T) {
	whole, err := os.ReadFile(packageFile(t))
	if err != nil {
		t.Fatal(err)
	}
	damaged := zipped(t, "f.gpkg", string(whole))
	copy(damaged[len(damaged)/2:], "no longer what it was")
	for _, c := range []struct{ desc, text, want string }{
		{"a damaged GeoPackage", string(zipped(t, "f.gpkg", string(whole[:5000]))), "the GeoPackage is damaged"},
		{"a damaged archive", string(damaged), "cannot be read"},
		{"a grid that is none", string(zipped(t, "f.tif", "II*\x00\xff\xff\xff\x7f"+strings.Repeat("\x00", 100))), "f.tif"},
	} {
		listed := temporary(t)
		got := tell(file(t, "f.zip", c.text), Options{CellKM: 5})
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: %s, want %s", c.desc, got, c.want)
		}
		if left := listed(); len(left) > 0 {
			t.Errorf("%s leaves %v behind", c.desc, left)
		}
	}
}
