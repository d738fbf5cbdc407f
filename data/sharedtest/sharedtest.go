// Package sharedtest answers where the shared test data lie: the folder that
// BIVOUAC_SHARED names, or ../shared beside the project's root.
package sharedtest

import (
	"os"
	"path/filepath"
	"testing"
)

// Path returns the path of a file of the shared data, such as
// "usgs_earthquakes/earthquakes.json". Where it is missing the test is
// skipped, or fails if BIVOUAC_REQUIRE_SHARED is 1.
func Path(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join(folder(t), "data", filepath.FromSlash(name))
	if _, err := os.Stat(path); err == nil {
		return path
	}
	if os.Getenv("BIVOUAC_REQUIRE_SHARED") == "1" {
		t.Fatalf("the shared test data are required and %s is missing; set BIVOUAC_SHARED to their folder", name)
	}
	t.Skipf("the shared test data are not here (%s); set BIVOUAC_SHARED to their folder", name)
	return ""
}

func folder(t testing.TB) string {
	if dir := os.Getenv("BIVOUAC_SHARED"); dir != "" {
		if filepath.IsAbs(dir) {
			return dir
		}
		return filepath.Join(root(t), dir)
	}
	return filepath.Join(root(t), "..", "shared")
}

// root returns the folder of go.mod, above the one that the test runs in.
func root(t testing.TB) string {
	dir, err := os.Getwd()
	for err == nil && dir != filepath.Dir(dir) {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			return dir
		}
		dir = filepath.Dir(dir)
	}
	t.Fatalf("no go.mod above the test's folder: %v", err)
	return ""
}
