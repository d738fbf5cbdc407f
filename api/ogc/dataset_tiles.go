package ogc

import (
	"slices"

	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/tile"
)

// NewDatasetTileJSON describes tiles of the grid that hold several collections,
// from the descriptions of each.
func NewDatasetTileJSON(b Base, a About, g tile.Grid, query string, parts []TileJSON) TileJSON {
	t := TileJSON{
		TileJSON: "3.0.0", Name: a.Title, Description: a.Description, Scheme: "xyz", MaxZoom: tile.MaxZoom,
		Tiles: []string{b.API(tilesPath(g)+zyx) + query}, VectorLayers: []vectorLayer{},
		DataType: vector, CRS: gridCRS(g), SetURI: gridURI(g), Links: gridLinks(b, b.API(tilesPath(g)), g, query),
	}
	for i := range parts {
		p := &parts[i]
		t.VectorLayers = append(t.VectorLayers, p.VectorLayers...)
		t.Matched, t.InTiles = t.Matched+p.Matched, t.InTiles+p.InTiles
		t.Outside, t.Unplaced = t.Outside+p.Outside, t.Unplaced+p.Unplaced
		if p.placed {
			box := geo.Box{West: p.Bounds[0], South: p.Bounds[1], East: p.Bounds[2], North: p.Bounds[3]}
			if t.placed {
				box = box.Union(geo.Box{West: t.Bounds[0], South: t.Bounds[1], East: t.Bounds[2], North: t.Bounds[3]})
			}
			t.Bounds, t.placed = [4]float64{box.West, box.South, box.East, box.North}, true
		}
	}
	if !t.placed {
		t.Bounds = wholeMap(g)
	}
	return t
}

// NewDatasetTileSets lists the sets of tiles of all collections.
func NewDatasetTileSets(b Base, a About) TileSets {
	return TileSets{
		Links: []Link{
			{b.API("/tiles"), "self", jsonType, "This document"},
			ForPeople(b.API("/tiles")),
			{b.API(""), "up", jsonType, "Landing page"},
		},
		TileSets: ofEachGrid(a.Title, func(g tile.Grid) []templateLink { return gridLinks(b, b.API(tilesPath(g)), g, "") }),
	}
}

// addDatasetTiles describes the tiles of all collections.
func (doc *OpenAPI) addDatasetTiles() {
	const set = "/tiles/{tileMatrixSetId}"
	id := inGrid()
	asked := slices.DeleteFunc(itemsParameters(nil), func(p parameter) bool { return !params.OfDataset(p.Name) || p.Name == "f" })
	asked = append(asked, query("collections", "The collections, a layer each; without it all.", listOf(text(""))))
	doc.get("/tiles", readable("datasetTileSets", "Sets of vector tiles of all collections", "Tiles", "tileSets"))
	doc.get(set, document("datasetTileSet", "The tiles of all collections, as TileJSON", "Tiles", "tileJSON",
		slices.Concat([]parameter{id}, asked, []parameter{formatParameter("json", "mvt")})...))
	doc.get(set+"/{tileMatrix}/{tileRow}/{tileCol}", operation{
		OperationID: "datasetTile", Summary: "A tile of all collections, a layer each, as a Mapbox vector tile", Tags: []string{"Tiles"},
		Parameters: slices.Concat([]parameter{id}, tileAddress(), asked, []parameter{formatParameter("mvt")}),
		Responses:  answers(mvtType, Schema{"type": "string", "format": "binary"}, true),
	})
}
