package api_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"testing"

	"github.com/klauspost/compress/zstd"

	"bivouac/api"
	"bivouac/geo"
	"bivouac/geo/layer"
)

var cached = []string{"/api", "/api?f=html", "/api/conformance", "/api/openapi", "/api/collections", "/api/collections/mixed", "/api/collections/mixed/queryables", "/api/collections/mixed/sortables",
	"/api/collections/mixed/schema", "/api/collections/mixed/schema?profile=feature", "/api/collections/mixed/items", "/api/collections/mixed/items?resultType=hits",
	"/api/collections/mixed/items?near=0,0&k=2", "/api/collections/mixed/items/1", "/api/processes", "/api/processes/echo", "/",
	"/api/functions", "/api/collections?f=html", "/api/collections/mixed?f=html", "/api/collections/mixed/items?f=html", "/api/collections/mixed/items/1?f=html", "/api/conformance?f=html",
	"/api/collections/mixed/items?f=jsonfg", "/api/collections/mixed/items/1?profile=jsonfg-plus",
	"/api/tileMatrixSets", "/api/tileMatrixSets/WorldCRS84Quad", "/api/tiles/WorldCRS84Quad", "/api/tiles/WorldCRS84Quad/0/0/0", "/api/collections/mixed/tiles/WorldCRS84Quad/0/0/1",
	"/api/tiles", "/api/tiles/WebMercatorQuad", "/api/tiles/WebMercatorQuad/0/0/0",
	"/api/collections/mixed/tiles", "/api/collections/mixed/tiles/WebMercatorQuad", "/api/collections/mixed/tiles/WebMercatorQuad/0/0/0",
	"/api/collections/mixed/tiles/WebMercatorQuad/9/0/0"}

func TestNotModified(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	for _, target := range cached {
		first := get(s, target)
		tag := first.Result().Header.Get("Etag")
		if first.Code != http.StatusOK || tag == "" || first.Result().Header.Get("Cache-Control") != "private, no-cache" || first.Result().Header.Get("Vary") != "Accept, Accept-Encoding, Origin" {
			t.Errorf("%s: %d %v", target, first.Code, first.Result().Header)
		}
		for _, have := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
			w := get(s, target, "If-None-Match", have)
			if w.Code != http.StatusNotModified || w.Body.Len() > 0 || w.Result().Header.Get("Etag") != tag || w.Result().Header.Get("Content-Type") != "" {
				t.Errorf("%s, If-None-Match %s: %d, %d bytes, %v", target, have, w.Code, w.Body.Len(), w.Result().Header)
			}
		}
		if w := get(s, target, "If-None-Match", `"other"`); w.Code != http.StatusOK || !bytes.Equal(w.Body.Bytes(), first.Body.Bytes()) {
			t.Errorf("%s: the second answer is another", target)
		}
	}
}

// TestTagsTellApart gives one tag to one answer only.
func TestTagsTellApart(t *testing.T) {
	a, _ := serve(t, api.Config{}, mixed(t))
	b, _ := serve(t, api.Config{Build: "v2"}, mixed(t))
	const items = "/api/collections/mixed/items"
	seen := map[string]string{}
	for _, c := range []struct {
		desc    string
		server  *api.Server
		target  string
		headers []string
	}{
		{"plain", a, items, nil},
		{"gzip", a, items, []string{"Accept-Encoding", "gzip"}},
		{"zstd", a, items, []string{"Accept-Encoding", "gzip, zstd"}},
		{"an item, zstd", a, items + "/1", []string{"Accept-Encoding", "zstd"}},
		{"as JSON", a, items, []string{"Accept", "application/json"}},
		{"by another name", a, items, []string{"Host", "localhost:8080"}},
		{"of another build", b, items, nil},
		{"another limit", a, items + "?limit=2", nil},
		{"the count", a, items + "?resultType=hits", nil},
		{"a box", a, items + "?bbox=0,0,1,1", nil},
		{"with heights", a, items + "?bbox=0,0,0,1,1,9", nil},
		{"nearest", a, items + "?near=0,0", nil},
		{"touching", a, items + "?near=0,0&radius=0", nil},
		{"an item", a, items + "/1", nil},
		{"an item, gzip", a, items + "/1", []string{"Accept-Encoding", "gzip"}},
		{"another item", a, items + "/2", nil},
	} {
		tag := get(c.server, c.target, c.headers...).Header().Get("Etag")
		if other, ok := seen[tag]; ok {
			t.Errorf("%s has the tag of %s", c.desc, other)
		}
		seen[tag] = c.desc
	}
}

// TestTagFollowsWhatIsSeen edits what a reader sees, and what it does not.
func TestTagFollowsWhatIsSeen(t *testing.T) {
	s, src := serve(t, api.Config{}, mixed(t))
	const items, one, other = "/api/collections/mixed/items", "/api/collections/mixed/items/1", "/api/collections/mixed/items/2"
	tags := func() [3]string {
		return [3]string{get(s, items).Header().Get("Etag"), get(s, one).Header().Get("Etag"), get(s, other).Header().Get("Etag")}
	}
	edit := func(v geo.Version, f geo.Feature) {
		t.Helper()
		f.Rev = v
		l, err := src.Snapshot().Layers()[0].With([]geo.Change{{Op: geo.Replace, Feature: f}})
		if err != nil {
			t.Fatal(err)
		}
		src.now.Store(layer.NewSnapshot("store-1", []*layer.Layer{l}, nil,
			[]layer.Moment{{Version: 1, At: firstMoment}, {Version: 2, At: secondMoment}, {Version: v, At: secondMoment + geo.Time(v)}}))
	}
	first := tags()
	stamp := list(t, s, items).TimeStamp
	edit(3, geo.Feature{Key: 7, Class: geo.Confidential, Values: []geo.Value{geo.String("still secret")}})
	if tags() != first || list(t, s, items).TimeStamp != stamp {
		t.Error("an edit of what the reader may not see moves what it sees")
	}
	edit(4, geo.Feature{Key: 1, Values: []geo.Value{geo.String("renamed")}})
	after := tags()
	if after[0] == first[0] || after[1] == first[1] || after[2] != first[2] {
		t.Errorf("after an edit of 1: %v, before %v", after, first)
	}
}

// TestPacked: what a reader unpacks is what another gets plain.
func TestPacked(t *testing.T) {
	s, _ := serve(t, api.Config{Formats: []api.Format{plainFormat()}}, mixed(t), yard(t, 5000))
	targets := append([]string{"/api/collections/yard/items?limit=5000", "/api/collections/yard/items?limit=1", "/api/collections/yard/export"}, cached...)
	for _, target := range targets {
		plain := get(s, target)
		for accept, coding := range map[string]string{"gzip, deflate, br": "gzip", "gzip, deflate, br, zstd": "zstd"} {
			packed := get(s, target, "Accept-Encoding", accept)
			h := packed.Result().Header
			if small := plain.Body.Len() < 1024; small == (h.Get("Content-Encoding") == coding) {
				t.Errorf("%s: %d bytes, coding %q, want %s", target, plain.Body.Len(), h.Get("Content-Encoding"), coding)
			}
			if target == targets[0] && packed.Body.Len()*4 > plain.Body.Len() {
				t.Errorf("%s: %d bytes packed, %d plain", target, packed.Body.Len(), plain.Body.Len())
			}
			if !bytes.Equal(unpack(t, h.Get("Content-Encoding"), packed.Body), plain.Body.Bytes()) {
				t.Errorf("%s: the answer packed by %s says something else", target, coding)
			}
			if h.Get("Vary") != plain.Result().Header.Get("Vary") || h.Get("Etag") == plain.Result().Header.Get("Etag") {
				t.Errorf("%s: packed by %s it has the tag %s and varies by %s", target, coding, h.Get("Etag"), h.Get("Vary"))
			}
		}
	}
	if w := get(s, cached[0], "Accept-Encoding", "gzip;q=0, zstd;q=0"); w.Result().Header.Get("Content-Encoding") != "" {
		t.Error("packed for a reader that refuses it")
	}
}

func unpack(t *testing.T, coding string, packed io.Reader) []byte {
	t.Helper()
	var err error
	switch coding {
	case "gzip":
		packed, err = gzip.NewReader(packed)
	case "zstd":
		packed, err = zstd.NewReader(packed)
	}
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(packed)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
