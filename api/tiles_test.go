package api_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/api"
	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/tile"
)

const tilesOfMixed = "/api/collections/mixed/tiles/WebMercatorQuad"

// TestTile holds the answer to what geo/tile makes of the same question, whose
// own tests say what stands in it.
func TestTile(t *testing.T) {
	l := mixed(t)
	s, _ := serve(t, api.Config{}, l)
	all := []int{0, 1, 2, 3, 4, 5}
	since := geo.From(mustTime("2016-04-12T00:00:00Z"))
	for _, c := range []struct {
		desc, path string
		address    tile.Address
		query      tile.Query
	}{
		{"all there is to say", "/0/0/0", tile.Address{}, tile.Query{Properties: all}},
		{"row before column", "/2/1/2", tile.Address{Z: 2, X: 2, Y: 1}, tile.Query{Properties: all}},
		{"in its one form", "/2/1/1?f=mvt", tile.Address{Z: 2, X: 1, Y: 1}, tile.Query{Properties: all}},
		{"without properties", "/0/0/0?properties=", tile.Address{}, tile.Query{}},
		{"chosen fields", "/0/0/0?properties=name,found&sum=killed,score&groupby=found", tile.Address{}, tile.Query{Properties: []int{0, 5}, Sum: []int{3, 4}, GroupBy: []int{5}}},
		{"in degrees", "/0/0/1", tile.Address{X: 1, Grid: tile.WorldCRS84Quad}, tile.Query{Properties: all}},
		{"in degrees, row before column", "/2/1/4?properties=name", tile.Address{Z: 2, X: 4, Y: 1, Grid: tile.WorldCRS84Quad}, tile.Query{Properties: []int{0}}},
		{"in degrees, of a time", "/0/0/0?datetime=2016-04-12/..", tile.Address{Grid: tile.WorldCRS84Quad}, tile.Query{Properties: all, Select: geo.Selection{During: since}}},
		{"a time", "/0/0/0?datetime=2016-04-12/..", tile.Address{}, tile.Query{Properties: all, Select: geo.Selection{During: since}}},
		{"a box", "/0/0/0?bbox=170,-20,-170,0", tile.Address{}, tile.Query{Properties: all, Select: geo.Selection{Box: geo.NewBox(170, -20, -170, 0)}}},
		{"nothing there", "/9/0/0", tile.Address{Z: 9}, tile.Query{}},
		{"the name of nothing", "/0/0/0?name=nobody", tile.Address{}, tile.Query{Select: geo.Selection{Box: geo.NewBox(100, 0, 101, 1)}}},
	} {
		want, err := (&tile.Maker{}).Append(context.Background(), nil, l, c.address, c.query)
		if err != nil {
			t.Fatal(err)
		}
		w := get(s, "/api/collections/mixed/tiles/"+c.address.Grid.String()+c.path)
		if h := w.Result().Header; w.Code != http.StatusOK || h.Get("Content-Type") != "application/vnd.mapbox-vector-tile" || !bytes.Equal(w.Body.Bytes(), want) {
			t.Errorf("%s: %d %v, %d bytes, want %d", c.desc, w.Code, h, w.Body.Len(), len(want))
		}
	}
}

// TestTilesFilterAsItemsDo asks the same question both ways.
func TestTilesFilterAsItemsDo(t *testing.T) {
	s, _ := serve(t, api.Config{}, yard(t, 3000))
	for _, query := range []string{
		"", "type=Mine", "killed=2&outcome=found", "bbox=-5,12,0,18", "datetime=2014-01-01/2015-06-30", "near=-3,16&radius=200000",
		"near=LINESTRING(-8%2012,2%2018)&radius=50000&type=IED", "near=-3,16&radius=0",
		"filter=killed%20%3E%203%20AND%20type%20IN%20('IED','Mine')", "filter=outcome%20%3C%3E%20'found'&filter-lang=cql2-text&datetime=2014-01-01/..", "type=nothing",
	} {
		want := ok(t, s, "/api/collections/yard/items?resultType=hits&"+query)["numberMatched"]
		got := ok(t, s, "/api/collections/yard/tiles/WebMercatorQuad?"+query)
		if got["numberMatched"] != want || got["numberInTiles"] != want || got["numberOutside"] != 0. || got["numberUnplaced"] != 0. {
			t.Errorf("%s: %v of %v matched in tiles, %v outside, items say %v", query, got["numberInTiles"], got["numberMatched"], got["numberOutside"], want)
		}
		if none := get(s, "/api/collections/yard/tiles/WebMercatorQuad/0/0/0?"+query).Body.Len() == 0; none != (want == 0.) {
			t.Errorf("%s: the tile of the world is empty: %v, items say %v", query, none, want)
		}
	}
}

func TestTileJSON(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	d := ok(t, s, tilesOfMixed+"?f=json&properties=name&name=Gao%20road&sum=killed")
	want := "http://127.0.0.1:8080" + tilesOfMixed + "/{z}/{y}/{x}?properties=name&name=Gao%20road&sum=killed"
	if tiles := d["tiles"].([]any); len(tiles) != 1 || tiles[0] != want {
		t.Errorf("the tiles are at %v, want %s", tiles, want)
	}
	if links := fmt.Sprint(d["links"]); !strings.Contains(links, "/api/collections/mixed/xyz/{z}/{x}/{y}.pbf?properties=name&name=Gao%20road&sum=killed") || !strings.Contains(links, "/xyz/metadata.json?properties=name") {
		t.Errorf("the tiles by column and row are not linked: %s", links)
	}
	if links := fmt.Sprint(ok(t, s, "/api/collections/mixed/tiles/WorldCRS84Quad")["links"]); strings.Contains(links, "/xyz/") {
		t.Errorf("tiles in degrees have no other address: %s", links)
	}
	fields := d["vector_layers"].([]any)[0].(map[string]any)["fields"].(map[string]any)
	if len(fields) != 3 || fields["killed"] != "Number: Killed" {
		t.Errorf("the fields are %v", fields)
	}
	whole := ok(t, s, tilesOfMixed)
	if whole["numberMatched"] != 6. || whole["numberInTiles"] != 5. || whole["numberOutside"] != 0. || whole["numberUnplaced"] != 1. {
		t.Errorf("six records that this reader sees, one of them nowhere: %v", whole)
	}
}

func TestBadTiles(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	for _, c := range []struct {
		path, parameter, says string
		status                int
	}{
		{"/30/0/0", "z", "from zoom 0 to 22", 404},
		{"/99999999999999999999/0/0", "z", "from zoom 0 to 22", 404},
		{"/3/8/0", "y", "from 0 to 7", 404},
		{"/3/0/8", "x", "from 0 to 7", 404},
		{"/0/0/1", "x", "from 0 to 0", 404},
		{"/-1/0/0", "z", "whole numbers", 404},
		{"/1/a/0", "y", "whole numbers", 404},
		{"/1/0/0.5", "x", "whole numbers", 404},
		{"/0/0/0?limit=5", "limit", "known are properties, sum, groupby", 400},
		{"/0/0/0?k=5&near=0,0", "k", "no such parameter", 400},
		{"/0/0/0?resultType=hits", "resultType", "no such parameter", 400},
		{"/0/0/0?after=p1.1", "after", "no such parameter", 400},
		{"/0/0/0?colour=red", "colour", "no such parameter", 400},
		{"/0/0/0?tags=a", "tags", "no such parameter", 400},
		{"/0/0/0?sum=name", "sum", "known are killed, score", 400},
		{"/0/0/0?sum=killed,,score", "sum", `"" is no field`, 400},
		{"/0/0/0?sum=killed,killed", "sum", "stands twice", 400},
		{"/0/0/0?groupby=tags", "groupby", "known are name", 400},
		{"/0/0/0?properties=wealth", "properties", "known are name", 400},
		{"/0/0/0?near=0,0", "near", "add radius", 400},
		{"/0/0/0?radius=5", "radius", "near", 400},
		{"/0/0/0?datetime=2018-01-01/2017-01-01", "datetime", "before", 400},
		{"/0/0/0?f=png", "f", "mvt", 400},
		{"?f=png", "f", "json or mvt", 400},
	} {
		w := get(s, tilesOfMixed+c.path)
		p := decode(t, w)
		if w.Code != c.status || p["parameter"] != c.parameter || !strings.Contains(p["detail"].(string), c.says) {
			t.Errorf("%s: %d %v", c.path, w.Code, p)
		}
	}
	for _, target := range []string{"/api/collections/none/tiles", "/api/collections/none/tiles/WebMercatorQuad", "/api/collections/none/tiles/WebMercatorQuad/0/0/0", "/api/collections/mixed/tiles/CDB1GlobalGrid", "/api/collections/mixed/tiles/webmercatorquad/0/0/0", "/api/tileMatrixSets/CDB1GlobalGrid", "/api/collections/mixed/tiles/WorldCRS84Quad/0/0/2"} {
		if w := get(s, target); w.Code != http.StatusNotFound || w.Result().Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %v", target, w.Code, w.Result().Header)
		}
	}
}

// TestTileTags moves a tag with what the reader sees, and with nothing else.
func TestTileTags(t *testing.T) {
	l := mixed(t)
	s, src := serve(t, api.Config{}, l)
	const target = tilesOfMixed + "/0/0/0"
	tag := func(target string, headers ...string) string {
		return get(s, target, headers...).Result().Header.Get("Etag")
	}
	first := tag(target)
	seen := map[string]string{first: target}
	for _, other := range []string{
		tilesOfMixed + "/1/0/0", "/api/collections/mixed/tiles/WorldCRS84Quad/0/0/0", "/api/collections/mixed/tiles/WorldCRS84Quad/1/0/0", tilesOfMixed + "/1/1/0", tilesOfMixed + "/1/0/1", target + "?properties=", target + "?properties=name", target + "?sum=killed",
		target + "?groupby=found", target + "?killed=2", target + "?datetime=2016", target + "?near=0,0&radius=5", target + "?near=0,0&radius=6",
	} {
		if before, known := seen[tag(other)]; known {
			t.Errorf("%s and %s have one tag", other, before)
		}
		seen[tag(other)] = other
	}
	if tag(target, "Accept-Encoding", "gzip") == first {
		t.Error("packed or not, the tag is the same")
	}
	publish := func(f geo.Feature, v geo.Version) {
		edited, err := l.With([]geo.Change{{Collection: "mixed", Op: geo.Add, Feature: f}})
		if err != nil {
			t.Fatal(err)
		}
		src.now.Store(layer.NewSnapshot("store-1", []*layer.Layer{edited}, nil, []layer.Moment{{Version: 1, At: firstMoment}, {Version: 2, At: secondMoment}, {Version: v, At: secondMoment + 1}}))
	}
	publish(geo.Feature{Key: 50, Rev: 3, Class: geo.Confidential, Geometry: orb.Point{1, 1}}, 3)
	if tag(target) != first {
		t.Error("an edit that this reader may not see moves the tag")
	}
	publish(geo.Feature{Key: 51, Rev: 3, Geometry: orb.Point{1, 1}}, 3)
	if tag(target) == first {
		t.Error("an edit leaves the tag as it was")
	}
}

// TestTileForNobody leaves a tile that nobody waits for.
func TestTileForNobody(t *testing.T) {
	s, _ := serve(t, api.Config{}, yard(t, 20_000))
	r := request(http.MethodGet, "/api/collections/yard/tiles/WebMercatorQuad/0/0/0")
	ctx, cancel := context.WithCancel(r.Context())
	cancel()
	defer func() {
		if recover() != http.ErrAbortHandler {
			t.Error("the connection is not cut")
		}
	}()
	s.ServeHTTP(&deafWriter{}, r.WithContext(ctx))
}

type deafWriter struct{ header http.Header }

func (d *deafWriter) Header() http.Header {
	if d.header == nil {
		d.header = http.Header{}
	}
	return d.header
}
func (d *deafWriter) Write(p []byte) (int, error) { return len(p), nil }
func (d *deafWriter) WriteHeader(int)             {}

// TestXYZTiles are the tiles by column and row, and nothing else.
func TestXYZTiles(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	for query, filled := range map[string]bool{"": true, "?properties=name": true, "?bbox=50,50,51,51": false} {
		for _, at := range [][3]int{{0, 0, 0}, {3, 4, 3}, {3, 3, 4}, {5, 17, 14}} {
			want := get(s, fmt.Sprintf("/api/collections/mixed/tiles/WebMercatorQuad/%d/%d/%d%s", at[0], at[2], at[1], query))
			got := get(s, fmt.Sprintf("/api/collections/mixed/xyz/%d/%d/%d.pbf%s", at[0], at[1], at[2], query))
			if got.Code != http.StatusOK || got.Body.String() != want.Body.String() || got.Header().Get("Etag") != want.Header().Get("Etag") {
				t.Errorf("%v%s: %d, %d bytes of %d", at, query, got.Code, got.Body.Len(), want.Body.Len())
			}
			if at[0] == 0 && (got.Body.Len() > 0) != filled {
				t.Errorf("%v%s: %d bytes", at, query, got.Body.Len())
			}
		}
	}
	for target, status := range map[string]int{"0/0/0": 404, "0/0/.pbf": 404, "0/0/1.pbf": 404, "0/0/0.pbf.pbf": 404, "a/0/0.pbf": 404, "23/0/0.pbf": 404,
		"0/0/0.pbf?colour=red": 400, "metadata.json?colour=red": 400, "metadata.json?f=mvt": 400} {
		if w := get(s, "/api/collections/mixed/xyz/"+target); w.Code != status {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
}
