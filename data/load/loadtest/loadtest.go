// Package loadtest opens files for tests.
package loadtest

import (
	"testing"

	"bivouac/data/load"
)

// Open opens the file at path until the test ends.
func Open(t testing.TB, path string) *load.Dataset {
	t.Helper()
	d, err := load.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}
