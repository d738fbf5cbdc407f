package ogc

import (
	"strconv"
	"strings"

	"bivouac/geo/crs"
	"bivouac/geo/tile"
)

// TileMatrixSets lists what tiles are cut by.
type TileMatrixSets struct {
	Links []Link              `json:"links"`
	Sets  []tileMatrixSetItem `json:"tileMatrixSets"`
}

type tileMatrixSetItem struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	URI   string `json:"uri"`
	CRS   string `json:"crs"`
	Links []Link `json:"links"`
}

// TileMatrixSet is a tile matrix set as OGC 17-083r4 encodes it.
type TileMatrixSet struct {
	ID       string       `json:"id"`
	Title    string       `json:"title"`
	URI      string       `json:"uri"`
	CRS      string       `json:"crs"`
	Axes     []string     `json:"orderedAxes"`
	ScaleSet string       `json:"wellKnownScaleSet"`
	Matrices []tileMatrix `json:"tileMatrices"`
}

type tileMatrix struct {
	ID               string     `json:"id"`
	ScaleDenominator float64    `json:"scaleDenominator"`
	CellSize         float64    `json:"cellSize"`
	CornerOfOrigin   string     `json:"cornerOfOrigin"`
	PointOfOrigin    [2]float64 `json:"pointOfOrigin"`
	TileWidth        int        `json:"tileWidth"`
	TileHeight       int        `json:"tileHeight"`
	MatrixWidth      uint32     `json:"matrixWidth"`
	MatrixHeight     uint32     `json:"matrixHeight"`
}

// registered is what the registry of OGC says of a grid.
type registered struct {
	title, crs, scales string
	axes               []string
	west, north        float64 // of the map, in units of the reference system
	metres             float64 // that such a unit is long
	deepest            uint32  // the last zoom that is registered
}

// registry is by grid.
var registry = [...]registered{
	tile.WebMercatorQuad: {
		"Google Maps Compatible for the World", "http://www.opengis.net/def/crs/EPSG/0/3857", "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
		[]string{"X", "Y"}, -crs.WebMercatorEdge, crs.WebMercatorEdge, 1, 24,
	},
	tile.WorldCRS84Quad: {
		"CRS84 for the World", "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "http://www.opengis.net/def/wkss/OGC/1.0/GoogleCRS84Quad",
		[]string{"Lon", "Lat"}, -180, 90, crs.WebMercatorEdge / 180, 23,
	},
}

// What the registry takes for a tile and for a pixel of it on a screen.
const (
	registeredPixels = 256
	pixelMetres      = 0.00028
)

func gridCRS(g tile.Grid) string { return registry[g].crs }

func gridURI(g tile.Grid) string {
	return "http://www.opengis.net/def/tilematrixset/OGC/1.0/" + g.String()
}

// NewTileMatrixSets lists the tile matrix sets.
func NewTileMatrixSets(b Base) TileMatrixSets {
	const path = "/tileMatrixSets"
	t := TileMatrixSets{Links: []Link{
		{b.API(path), "self", jsonType, "This document"},
		ForPeople(b.API(path)),
		{b.API(""), "up", jsonType, "Landing page"},
	}}
	for _, g := range tile.Grids() {
		t.Sets = append(t.Sets, tileMatrixSetItem{
			g.String(), registry[g].title, gridURI(g), gridCRS(g),
			[]Link{{b.API(path + "/" + g.String()), "self", jsonType, "How the map is cut"}},
		})
	}
	return t
}

// NewTileMatrixSet returns the definition of a grid, whole as it is registered,
// though tiles are cut down to tile.MaxZoom.
func NewTileMatrixSet(g tile.Grid) TileMatrixSet {
	r := registry[g]
	t := TileMatrixSet{ID: g.String(), Title: r.title, URI: gridURI(g), CRS: r.crs, Axes: r.axes, ScaleSet: r.scales}
	for z := range r.deepest + 1 {
		columns, rows := g.Size(z)
		cell := 2 * r.north / float64(rows) / registeredPixels
		t.Matrices = append(t.Matrices, tileMatrix{
			ID: strconv.FormatUint(uint64(z), 10), ScaleDenominator: asRegistered(cell * r.metres / pixelMetres), CellSize: asRegistered(cell),
			CornerOfOrigin: "topLeft", PointOfOrigin: [2]float64{asRegistered(r.west), asRegistered(r.north)},
			TileWidth: registeredPixels, TileHeight: registeredPixels, MatrixWidth: columns, MatrixHeight: rows,
		})
	}
	return t
}

// asRegistered cuts a number off after the 15 digits that the registry writes.
func asRegistered(f float64) float64 {
	text := strconv.FormatFloat(f, 'e', 16, 64)
	digits, exponent, _ := strings.Cut(text, "e")
	out, err := strconv.ParseFloat(digits[:len(digits)-2]+"e"+exponent, 64)
	if err != nil {
		panic("ogc: " + err.Error()) // it was written just before
	}
	return out
}

func tileMatrixSetsSchema() Schema {
	return object([]string{"tileMatrixSets", "links"}, map[string]Schema{
		"links": links(), "tileMatrixSets": listOf(object([]string{"id", "links"}, map[string]Schema{
			"id": text(""), "title": text(""), "uri": text(""), "crs": text(""), "links": links(),
		})),
	})
}

func tileMatrixSetSchema() Schema {
	number := Schema{"type": "number"}
	return object([]string{"crs", "tileMatrices"}, map[string]Schema{
		"id": text(""), "title": text(""), "uri": text(""), "crs": text(""), "orderedAxes": listOf(text("")), "wellKnownScaleSet": text(""),
		"tileMatrices": listOf(object([]string{"id", "scaleDenominator", "cellSize", "pointOfOrigin", "tileWidth", "tileHeight", "matrixWidth", "matrixHeight"}, map[string]Schema{
			"id": text(""), "scaleDenominator": number, "cellSize": number, "cornerOfOrigin": codes("topLeft"), "pointOfOrigin": listOf(number),
			"tileWidth": integer(), "tileHeight": integer(), "matrixWidth": integer(), "matrixHeight": integer(),
		})),
	})
}
