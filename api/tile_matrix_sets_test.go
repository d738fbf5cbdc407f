package api_test

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"bivouac/api"
	"bivouac/geo/tile"
)

// registeredScales are scale denominators and cell sizes as the registry of OGC
// (17-083r4, registry/json) prints them.
var registeredScales = []struct {
	set             string
	zoom            int
	scale, cell     float64
	columns, rows   float64
	matrices        int
	west, north     float64
	crs, scaleSet   string
	firstAxis, last string
}{
	{"WorldCRS84Quad", 0, 279541132.014358, 0.703125, 2, 1, 24, -180, 90, "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "GoogleCRS84Quad", "Lon", "23"},
	{"WorldCRS84Quad", 1, 139770566.007179, 0.3515625, 4, 2, 24, -180, 90, "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "GoogleCRS84Quad", "Lon", "23"},
	{"WorldCRS84Quad", 9, 545978.773465544, 0.001373291015625, 1024, 512, 24, -180, 90, "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "GoogleCRS84Quad", "Lon", "23"},
	{"WorldCRS84Quad", 14, 17061.8366707982, 0.0000429153442382812, 32768, 16384, 24, -180, 90, "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "GoogleCRS84Quad", "Lon", "23"},
	{"WorldCRS84Quad", 23, 33.3238997476528, 0.00000008381903171539, 16777216, 8388608, 24, -180, 90, "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "GoogleCRS84Quad", "Lon", "23"},
	{"WebMercatorQuad", 0, 559082264.028717, 156543.033928041, 1, 1, 25, -20037508.3427892, 20037508.3427892, "http://www.opengis.net/def/crs/EPSG/0/3857", "GoogleMapsCompatible", "X", "24"},
	{"WebMercatorQuad", 5, 17471320.7508974, 4891.96981025128, 32, 32, 25, -20037508.3427892, 20037508.3427892, "http://www.opengis.net/def/crs/EPSG/0/3857", "GoogleMapsCompatible", "X", "24"},
	{"WebMercatorQuad", 24, 33.3238997476528, 0.0093306919293428, 16777216, 16777216, 25, -20037508.3427892, 20037508.3427892, "http://www.opengis.net/def/crs/EPSG/0/3857", "GoogleMapsCompatible", "X", "24"},
}

// TestTileMatrixSets holds the definitions to the registry.
func TestTileMatrixSets(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	list := ok(t, s, "/api/tileMatrixSets")
	for i, g := range tile.Grids() {
		if id := at(t, list, "tileMatrixSets", i, "id"); id != g.String() {
			t.Errorf("set %d is %v, want %v", i, id, g)
		}
		if link := at(t, list, "tileMatrixSets", i, "links", 0, "href"); link != "http://127.0.0.1:8080/api/tileMatrixSets/"+g.String() {
			t.Errorf("%v is at %v", g, link)
		}
	}
	for _, c := range registeredScales {
		d := ok(t, s, "/api/tileMatrixSets/"+c.set)
		matrices := d["tileMatrices"].([]any)
		if len(matrices) != c.matrices || at(t, d, "tileMatrices", c.matrices-1, "id") != c.last {
			t.Errorf("%s has %d matrices, want %d", c.set, len(matrices), c.matrices)
		}
		if d["id"] != c.set || d["crs"] != c.crs || d["wellKnownScaleSet"] != "http://www.opengis.net/def/wkss/OGC/1.0/"+c.scaleSet ||
			d["uri"] != "http://www.opengis.net/def/tilematrixset/OGC/1.0/"+c.set || at(t, d, "orderedAxes", 0) != c.firstAxis {
			t.Errorf("%s says of itself %v %v %v %v", c.set, d["uri"], d["crs"], d["wellKnownScaleSet"], d["orderedAxes"])
		}
		m := matrices[c.zoom].(document)
		for name, want := range map[string]any{
			"id": strconv.Itoa(c.zoom), "cornerOfOrigin": "topLeft", "tileWidth": 256., "tileHeight": 256., "matrixWidth": c.columns, "matrixHeight": c.rows,
			"scaleDenominator": c.scale,
		} {
			if m[name] != want {
				t.Errorf("%s, zoom %d: %s is %v, want %v", c.set, c.zoom, name, m[name], want)
			}
		}
		// The registry cuts the cells of deep zooms off after 20 decimals.
		if cell := m["cellSize"].(float64); math.Abs(cell/c.cell-1) > 1e-12 {
			t.Errorf("%s, zoom %d: a cell is %v, want %v", c.set, c.zoom, cell, c.cell)
		}
		if at(t, m, "pointOfOrigin", 0) != c.west || at(t, m, "pointOfOrigin", 1) != c.north {
			t.Errorf("%s begins at %v", c.set, m["pointOfOrigin"])
		}
	}
}

// TestTilesAreFound follows the links from the first document to a tile of each
// set, as a client of OGC API Tiles does.
func TestTilesAreFound(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	for _, list := range []string{"/api/tiles", "/api/collections/mixed/tiles"} {
		sets := ok(t, s, list)["tilesets"].([]any)
		if len(sets) != len(tile.Grids()) {
			t.Fatalf("%s lists %d sets", list, len(sets))
		}
		for i, set := range sets {
			set := set.(document)
			grid := tile.Grids()[i].String()
			links := linksOf(t, set)
			href := func(rel string) string { return path(t, links[rel]["href"].(string)) }
			definition := ok(t, s, href("http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"))
			if definition["uri"] != set["tileMatrixSetURI"] || definition["crs"] != set["crs"] || definition["id"] != grid {
				t.Errorf("%s: %v is cut by %v", list, set["tileMatrixSetURI"], definition["uri"])
			}
			self := ok(t, s, href("self"))
			if self["crs"] != set["crs"] || self["tileMatrixSetURI"] != set["tileMatrixSetURI"] {
				t.Errorf("%s: the description of %s is of %v", list, grid, self["crs"])
			}
			address := strings.NewReplacer("{tileMatrix}", "0", "{tileRow}", "0", "{tileCol}", "0").Replace(href("item"))
			if w := get(s, address); w.Code != 200 || w.Body.Len() == 0 {
				t.Errorf("%s: the tile %s: %d, %d bytes", list, address, w.Code, w.Body.Len())
			}
		}
	}
}
