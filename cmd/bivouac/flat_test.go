package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/api"
	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/process"
)

// still is a world that never changes.
type still struct{ snap *layer.Snapshot }

func (s still) Snapshot() *layer.Snapshot { return s.snap }
func (s still) Ready() error              { return nil }

// million is a collection of a million records of some forty bytes of text.
func million(t *testing.T) *layer.Layer {
	t.Helper()
	b := layer.NewBuilder(geo.Schema{Name: "many", Geometry: geo.PointGeometry, Fields: []geo.Field{
		{Name: "kind", Kind: geo.KindString}, {Name: "killed", Kind: geo.KindInt},
	}})
	const n = 1_000_000
	b.Grow(n)
	kinds := []geo.Value{geo.String("improvised device, victim operated"), geo.String("mortar, three rounds, no casualties")}
	for i := range n {
		f := geo.Feature{Key: geo.Key(i + 1), Rev: 1, Geometry: orb.Point{float64(i%1000) / 100, float64(i/1000) / 100}, Values: []geo.Value{kinds[i%2], geo.Int(int64(i % 7))}}
		layertest.Add(t, b, f)
	}
	return layertest.Finish(t, b)
}

// TestExportIsFlat: while a client takes a million records slowly, the server
// holds no more of them than at the beginning, in any format.
func TestExportIsFlat(t *testing.T) {
	if testing.Short() {
		t.Skip("a million records three times over take some seconds; make test runs it without -short, too")
	}
	l := million(t)
	s, err := api.New(api.Config{Source: still{layer.NewSnapshot("test", []*layer.Layer{l}, nil, nil)}, Processes: &process.Registry{}, Formats: formats()})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	defer server.Close()
	for _, f := range formats() {
		resp, err := http.Get(server.URL + "/api/collections/many/export?f=" + f.ID)
		if err != nil {
			t.Fatal(err)
		}
		bytes, most := readSlowly(t, resp.Body)
		if err := resp.Body.Close(); err != nil {
			t.Error(err)
		}
		if resp.StatusCode != http.StatusOK || bytes < 5<<20 { // the smallest are compressed
			t.Fatalf("%s: %s, %d bytes of a million records", f.ID, resp.Status, bytes)
		}
		if most > 8<<20 {
			t.Errorf("%s: %d MiB more were in use on the way through %d MiB", f.ID, most>>20, bytes>>20)
		}
	}
	runtime.KeepAlive(l)
}

// readSlowly reads all, and returns by how much the memory in use grew at most
// between the first piece and any later one.
func readSlowly(t *testing.T, r io.Reader) (bytes, most int64) {
	t.Helper()
	var first int64
	for {
		n, err := io.CopyN(io.Discard, r, 4<<20)
		bytes += n
		if err == io.EOF {
			return bytes, most
		}
		if err != nil {
			t.Fatal(err)
		}
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		if first == 0 {
			first = int64(m.HeapAlloc)
		}
		most = max(most, int64(m.HeapAlloc)-first)
	}
}
