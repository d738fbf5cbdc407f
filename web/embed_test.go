package web

import (
	"io/fs"
	"testing"
)

// TestDist: the folder is there on a bare clone too, and whether a page stands
// in it is told truly.
func TestDist(t *testing.T) {
	_, err := fs.Stat(Dist(), "index.html")
	if built := err == nil; built != Built() {
		t.Errorf("index.html: %v, but Built says %v", err, Built())
	}
}
