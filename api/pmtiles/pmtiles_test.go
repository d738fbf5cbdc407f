package pmtiles_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"bivouac/api/pmtiles"
	"bivouac/api/pmtiles/pmtilestest"
	"bivouac/geo"
)

// TestID holds the numbers to those of the specification, and the curve to
// what a curve is: each step goes to a neighbour, and back again.
func TestID(t *testing.T) {
	for _, c := range []struct {
		z, x, y uint32
		want    uint64
	}{{0, 0, 0, 0}, {1, 0, 0, 1}, {1, 0, 1, 2}, {1, 1, 1, 3}, {1, 1, 0, 4}, {2, 0, 0, 5}, {12, 3423, 1763, 19078479}} {
		if got := pmtiles.ID(c.z, c.x, c.y); got != c.want {
			t.Errorf("%d/%d/%d is %d, want %d", c.z, c.x, c.y, got, c.want)
		}
	}
	for z := range uint32(8) {
		lastX, lastY := uint32(0), uint32(0)
		for n := range uint64(1) << (2 * z) {
			x, y := pmtiles.At(z, n)
			if pmtiles.ID(z, x, y) != pmtiles.First(z)+n {
				t.Fatalf("%d of zoom %d is %d/%d, which is %d", n, z, x, y, pmtiles.ID(z, x, y))
			}
			if step := (x-lastX)*(x-lastX) + (y-lastY)*(y-lastY); n > 0 && step != 1 {
				t.Fatalf("from %d to %d of zoom %d is no step", n-1, n, z)
			}
			if lastX, lastY = x, y; z > 0 {
				if px, py := pmtiles.At(z-1, n/4); px != x/2 || py != y/2 {
					t.Fatalf("%d of zoom %d is not under %d", n, z, n/4)
				}
			}
		}
	}
	if x, y := pmtiles.At(22, 1<<44-1); pmtiles.ID(22, x, y) != pmtiles.First(23)-1 {
		t.Errorf("the last of all is %d/%d", x, y)
	}
}

// TestOrder refuses tiles that do not follow each other.
func TestOrder(t *testing.T) {
	for _, ids := range [][]uint64{{5, 4}, {5, 5}, {1, 2, 3, 2}} {
		w := pmtiles.NewWriter(&bytes.Buffer{})
		var err error
		for _, id := range ids {
			err = w.Add(id, []byte("same"))
		}
		if err == nil {
			t.Errorf("%v is taken", ids)
		}
	}
}

// TestArchive writes few tiles, many, and many that are the same, and reads all.
func TestArchive(t *testing.T) {
	for _, c := range []struct {
		desc   string
		tiles  uint64
		stride uint64
		words  uint64 // 0: each tile has its own
		leaves bool
	}{
		{"none", 0, 1, 0, false}, {"one", 1, 1, 0, false}, {"a root", 300, 3, 0, false}, {"all the same", 100_000, 1, 1, false}, {"leaves", 30_000, 9, 0, true},
	} {
		text := func(id uint64) string {
			if c.words > 0 {
				id %= c.words
			}
			mixed := rand.NewPCG(id, 1).Uint64()
			return fmt.Sprint("tile ", mixed, strings.Repeat("xyz", int(mixed%97)), mixed>>(mixed%64))
		}
		var tiles, out bytes.Buffer
		w := pmtiles.NewWriter(&tiles)
		ids := make([]uint64, c.tiles)
		for n := range c.tiles {
			ids[n] = n*c.stride + rand.NewPCG(n, 2).Uint64()%c.stride // irregular, so that directories do not shrink to nothing
			if err := w.Add(ids[n], []byte(text(ids[n]))); err != nil {
				t.Fatal(err)
			}
		}
		about := pmtiles.About{Metadata: []byte(`{"name":"x"}`), MaxZoom: 9, Bounds: geo.Box{West: -10, South: -20.5, East: 30, North: 40}}
		if err := w.WriteTo(&out, &tiles, about); err != nil {
			t.Fatal(err)
		}
		a := pmtilestest.Open(t, out.Bytes())
		if a.Metadata != `{"name":"x"}` || a.Header.Addressed != c.tiles || (a.Header.LeafLength > 0) != c.leaves || a.Header.RootLength > 16257 ||
			a.Header.MaxZoom != 9 || a.Header.West != -100_000_000 || a.Header.North != 400_000_000 || a.Header.South != -205_000_000 {
			t.Errorf("%s: %+v %s", c.desc, a.Header, a.Metadata)
		}
		if len(a.Tiles) != int(c.tiles) {
			t.Errorf("%s: %d tiles", c.desc, len(a.Tiles))
		}
		for _, id := range ids {
			if got := a.Tiles[id]; got != text(id) {
				t.Fatalf("%s: tile %d is %q", c.desc, id, got)
			}
		}
	}
}
