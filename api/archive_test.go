package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"bivouac/api"
	"bivouac/api/pmtiles"
	"bivouac/api/pmtiles/pmtilestest"
)

// TestArchive: an archive holds, for each zoom, just the tiles that the server
// gives one by one under the same question.
func TestArchive(t *testing.T) {
	s, _ := serve(t, api.Config{Formats: []api.Format{plainFormat()}}, mixed(t), yard(t, 40))
	for _, c := range []struct{ collection, query string }{{"yard", ""}, {"yard", "&type=Mine&sum=killed"}, {"mixed", ""}, {"yard", "&bbox=-170,-80,-169,-79"}} {
		w := get(s, "/api/collections/"+c.collection+"/export?f=pmtiles"+c.query)
		if w.Code != http.StatusOK || w.Result().Header.Get("Content-Type") != "application/vnd.pmtiles" {
			t.Fatalf("%v: %d %s", c, w.Code, w.Body)
		}
		archive := pmtilestest.Open(t, w.Body.Bytes())
		var metadata map[string]any
		if err := json.Unmarshal([]byte(archive.Metadata), &metadata); err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(metadata["classification"]) != "unclassified" || len(metadata["vector_layers"].([]any)) != 1 {
			t.Errorf("%v says of itself %v", c, metadata)
		}
		held := 0
		for z := range uint32(6) {
			for n := range uint64(1) << (2 * z) {
				x, y := pmtiles.At(z, n)
				held += sameTile(t, s, fmt.Sprintf("/api/collections/%s/tiles/WebMercatorQuad/%d/%d/%d?f=mvt%s", c.collection, z, y, x, c.query), archive.Tiles[pmtiles.First(z)+n])
			}
		}
		if (held == 0) != (c.query == "&bbox=-170,-80,-169,-79") {
			t.Errorf("%v holds %d tiles down to zoom 5", c, held)
		}
		for id := range archive.Tiles {
			if id >= pmtiles.First(13) {
				t.Errorf("%v: tile %d is deeper than zoom 12", c, id)
			}
		}
	}
}

// sameTile asks the server for a tile, holds it to the archive's, and counts it
// where it is not empty.
func sameTile(t *testing.T, s *api.Server, target string, kept string) int {
	t.Helper()
	one := get(s, target)
	if kept != one.Body.String() {
		t.Errorf("%s: %d bytes in the archive and %d here", target, len(kept), one.Body.Len())
	}
	return min(1, len(kept))
}

// TestArchiveByRanges reads one in pieces, as maps in browsers do.
func TestArchiveByRanges(t *testing.T) {
	s, _ := serve(t, api.Config{Formats: []api.Format{plainFormat()}}, mixed(t), yard(t, 40))
	const target = "/api/collections/yard/export?f=pmtiles"
	whole := get(s, target)
	tag := whole.Result().Header.Get("Etag")
	if whole.Result().Header.Get("Accept-Ranges") != "bytes" || tag == "" {
		t.Fatalf("%v", whole.Result().Header)
	}
	file := whole.Body.Bytes()
	for _, c := range []struct {
		span, unless string
		status       int
		want         []byte
	}{
		{"bytes=0-126", "", 206, file[:127]}, {"bytes=127-", tag, 206, file[127:]}, {"bytes=-10", "", 206, file[len(file)-10:]},
		{"bytes=0-9", `"other"`, 200, file}, {"bytes=99999999-", "", 416, nil},
	} {
		w := get(s, target, "Range", c.span, "If-Range", c.unless)
		if w.Code != c.status || c.want != nil && !bytes.Equal(w.Body.Bytes(), c.want) {
			t.Errorf("%s: %d, %d bytes", c.span, w.Code, w.Body.Len())
		}
	}
	if w := get(s, target, "If-None-Match", tag); w.Code != http.StatusNotModified {
		t.Errorf("the same again gives %d", w.Code)
	}
	for _, bad := range []string{"&limit=5", "&sortby=killed", "&near=1,2", "&k=3", "&crs=" + crs84} {
		if w := get(s, target+bad); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", bad, w.Code)
		}
	}
	for i := range 9 { // more than are kept
		if w := get(s, fmt.Sprint(target, "&killed=", i)); w.Code != http.StatusOK {
			t.Errorf("archive %d: %d", i, w.Code)
		}
	}
}
