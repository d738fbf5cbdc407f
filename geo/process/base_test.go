package process_test

import (
	"testing"

	"bivouac/geo/process"
)

func TestOpenStatus(t *testing.T) {
	for status, want := range map[string]bool{"": true, "open": true, "planned": false, "closed": false, "handed_over": false, "mothballed": false} {
		if process.OpenStatus(status) != want {
			t.Errorf("a base that is %q counts: %v", status, !want)
		}
	}
}
