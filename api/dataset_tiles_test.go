package api_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"bivouac/api"
)

const datasetTiles = "/api/tiles/WebMercatorQuad"

// TestDatasetTile holds a tile of several collections to those of each.
func TestDatasetTile(t *testing.T) {
	s, _ := serve(t, api.Config{Title: "World"}, yard(t, 500), mixed(t))
	for query, of := range map[string][]string{
		"": {"yard", "mixed"}, "collections=mixed": {"mixed"}, "collections=mixed,yard&datetime=2014-01-01/2015-12-31": {"mixed", "yard"},
		"collections=yard&bbox=-5,12,0,18": {"yard"},
	} {
		asked := strings.Join(strings.Split(query, "&")[min(1, strings.Count(query, "&")):], "&")
		if !strings.Contains(query, "&") {
			asked = ""
		}
		for _, at := range []string{"/WebMercatorQuad/0/0/0", "/WebMercatorQuad/4/7/7", "/WebMercatorQuad/9/0/0", "/WorldCRS84Quad/0/0/0", "/WorldCRS84Quad/3/3/7"} {
			var want []byte
			for _, id := range of {
				want = append(want, get(s, "/api/collections/"+id+"/tiles"+at+"?"+asked).Body.Bytes()...)
			}
			w := get(s, "/api/tiles"+at+"?"+query)
			if w.Code != http.StatusOK || !bytes.Equal(w.Body.Bytes(), want) {
				t.Errorf("%s?%s: %d, %d bytes, want %d", at, query, w.Code, w.Body.Len(), len(want))
			}
		}
	}
}

func TestDatasetTileJSON(t *testing.T) {
	s, _ := serve(t, api.Config{Title: "World"}, yard(t, 500), mixed(t))
	doc := ok(t, s, datasetTiles+"?collections=yard&datetime=2014-01-01/..&f=json")
	one := ok(t, s, "/api/collections/yard/tiles/WebMercatorQuad?datetime=2014-01-01/..")
	if doc["numberMatched"] != one["numberMatched"] || doc["numberMatched"] == 0.0 {
		t.Errorf("%v records match, want %v", doc["numberMatched"], one["numberMatched"])
	}
	all := ok(t, s, datasetTiles)
	yardAlone, mixedAlone := ok(t, s, "/api/collections/yard/tiles/WebMercatorQuad"), ok(t, s, "/api/collections/mixed/tiles/WebMercatorQuad")
	for _, n := range []string{"numberMatched", "numberInTiles", "numberOutside", "numberUnplaced"} {
		if all[n].(float64) != yardAlone[n].(float64)+mixedAlone[n].(float64) {
			t.Errorf("%s is %v, and %v and %v apart", n, all[n], yardAlone[n], mixedAlone[n])
		}
	}
	if layers := all["vector_layers"].([]any); len(layers) != 2 {
		t.Errorf("the layers are %v", layers)
	}
	address := doc["tiles"].([]any)[0].(string)
	if want := "/api/tiles/WebMercatorQuad/{z}/{y}/{x}?collections=yard&datetime=2014-01-01/.."; !strings.HasSuffix(address, want) {
		t.Errorf("the tiles are at %s, want %s", address, want)
	}
	sets := ok(t, s, "/api/tiles")
	if list := sets["tilesets"].([]any); len(list) != 2 {
		t.Errorf("the sets are %v", list)
	}
}

func TestBadDatasetTiles(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	for target, want := range map[string]int{
		"/0/0/0?collections=": 400, "/0/0/0?collections=mixed,mixed": 400, "/0/0/0?collections=none": 404, "/0/0/0?killed=1": 400,
		"/0/0/0?filter=killed%3E1": 400, "/0/0/0?limit=1": 400, "/0/0/0?f=json": 400, "/0/0/0?bbox=1": 400, "/0/0/1": 404, "/x/0/0": 404, "?f=xml": 400,
	} {
		if w := get(s, datasetTiles+target); w.Code != want {
			t.Errorf("%s: %d, want %d: %s", target, w.Code, want, w.Body)
		}
	}
	if w := get(s, "/api/tiles/CDB1GlobalGrid"); w.Code != http.StatusNotFound {
		t.Errorf("another set: %d", w.Code)
	}
}
