package ogc

import (
	"math"

	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/tile"
)

// Relations and names of tiles.
const (
	RelTiles   = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
	relScheme  = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
	relSchemes = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes"
	zyx        = "/{z}/{y}/{x}"
	vector     = "vector"
)

func tilesPath(g tile.Grid) string { return "/tiles/" + g.String() }

// TileJSON is a description of tiles by version 3.0.0 of that specification,
// with the members of a tile set of OGC API Tiles, and how many records stand
// in them and how many do not.
type TileJSON struct {
	TileJSON     string         `json:"tilejson"`
	Name         string         `json:"name"`
	Description  string         `json:"description,omitempty"`
	Scheme       string         `json:"scheme"`
	Tiles        []string       `json:"tiles"`
	MinZoom      int            `json:"minzoom"`
	MaxZoom      int            `json:"maxzoom"`
	Bounds       [4]float64     `json:"bounds"`
	VectorLayers []vectorLayer  `json:"vector_layers"`
	DataType     string         `json:"dataType"`
	CRS          string         `json:"crs"`
	SetURI       string         `json:"tileMatrixSetURI"`
	Links        []templateLink `json:"links"`
	Matched      int            `json:"numberMatched"`
	InTiles      int            `json:"numberInTiles"`
	Outside      int            `json:"numberOutside"`
	Unplaced     int            `json:"numberUnplaced"`
	placed       bool           // some record has a place
}

type vectorLayer struct {
	ID          string            `json:"id"`
	Description string            `json:"description,omitempty"`
	MinZoom     int               `json:"minzoom"`
	MaxZoom     int               `json:"maxzoom"`
	Fields      map[string]string `json:"fields"`
}

// NewTileJSON describes the tiles of a question to a collection of the extent,
// cut by the grid.
func NewTileJSON(b Base, s *geo.Schema, g tile.Grid, q *params.Tile, e layer.Extent, n tile.Numbers) TileJSON {
	query := string(q.AppendSelf(nil))
	return TileJSON{
		TileJSON: "3.0.0", Name: s.Title, Description: s.Description, Scheme: "xyz", MaxZoom: tile.MaxZoom,
		Tiles:        []string{b.Collection(s.Name, tilesPath(g)+zyx) + query},
		Bounds:       bounds(e, g),
		VectorLayers: []vectorLayer{{s.Name, s.Description, 0, tile.MaxZoom, tileFields(s, q.Query)}},
		DataType:     vector, CRS: gridCRS(g), SetURI: gridURI(g), Links: tileSetLinks(b, s.Name, g, query),
		placed:  e.Placed > 0,
		Matched: n.Matched, InTiles: n.InTiles, Outside: n.Outside, Unplaced: n.Unplaced,
	}
}

// bounds are those of the collection, and the whole map where it is empty.
func bounds(e layer.Extent, g tile.Grid) [4]float64 {
	edge := g.Latitude()
	if e.Placed == 0 {
		return wholeMap(g)
	}
	in := func(lat float64) float64 { return math.Max(-edge, math.Min(edge, lat)) }
	return [4]float64{e.Box.West, in(e.Box.South), e.Box.East, in(e.Box.North)}
}

func wholeMap(g tile.Grid) [4]float64 { return [4]float64{-180, -g.Latitude(), 180, g.Latitude()} }

// tileFields says what each property holds, in words for people.
func tileFields(s *geo.Schema, q tile.Query) map[string]string {
	out := map[string]string{tile.Count: "Number: how many records the point stands for"}
	for _, list := range [][]int{q.Properties, q.GroupBy, q.Sum} {
		for _, i := range list {
			f := &s.Fields[i]
			kind := "String"
			switch f.Kind {
			case geo.KindInt, geo.KindFloat:
				kind = "Number"
			case geo.KindBool:
				kind = "Boolean"
			}
			if f.Title != "" {
				kind += ": " + f.Title
			}
			out[f.Name] = kind
		}
	}
	return out
}

// TileSets lists the sets of tiles of a collection.
type TileSets struct {
	Links    []Link    `json:"links"`
	TileSets []tileSet `json:"tilesets"`
}

type tileSet struct {
	Title    string         `json:"title"`
	DataType string         `json:"dataType"`
	CRS      string         `json:"crs"`
	SetURI   string         `json:"tileMatrixSetURI"`
	Links    []templateLink `json:"links"`
}

// NewTileSets lists the sets of tiles of a collection.
func NewTileSets(b Base, s *geo.Schema) TileSets {
	return TileSets{
		TileSets: ofEachGrid(s.Title, func(g tile.Grid) []templateLink { return tileSetLinks(b, s.Name, g, "") }),
		Links: []Link{
			{b.Collection(s.Name, "/tiles"), "self", jsonType, "This document"},
			ForPeople(b.Collection(s.Name, "/tiles")),
			{b.Collection(s.Name, ""), "up", jsonType, "The collection"},
		},
	}
}

// ofEachGrid describes one set of tiles cut by each grid.
func ofEachGrid(title string, links func(tile.Grid) []templateLink) []tileSet {
	var out []tileSet
	for _, g := range tile.Grids() {
		out = append(out, tileSet{title, vector, gridCRS(g), gridURI(g), links(g)})
	}
	return out
}

// tileSetLinks are those of the tiles of a collection. Programs that know no
// tile matrix sets find the usual one by its columns, too.
func tileSetLinks(b Base, id string, g tile.Grid, query string) []templateLink {
	links := gridLinks(b, b.Collection(id, tilesPath(g)), g, query)
	if g == tile.WebMercatorQuad {
		links = append(links,
			templateLink{Link{b.Collection(id, "/xyz/{z}/{x}/{y}.pbf") + query, "item", mvtType, "The same tile by zoom, column and row"}, true},
			templateLink{Link: Link{b.Collection(id, "/xyz/metadata.json") + query, "alternate", jsonType, "The tiles as GDAL reads of them"}})
	}
	return links
}

// gridLinks are those of any tiles that are cut by the grid.
func gridLinks(b Base, tiles string, g tile.Grid, query string) []templateLink {
	return []templateLink{
		{Link: Link{tiles + query, "self", jsonType, "The tiles, as TileJSON"}},
		{Link: Link{b.API("/tileMatrixSets/" + g.String()), relScheme, jsonType, "How the map is cut"}},
		{Link{tiles + "/{tileMatrix}/{tileRow}/{tileCol}" + query, "item", mvtType, "A tile, by zoom, row and column"}, true},
	}
}

// templateLink is a Link whose address may have parts to fill in.
type templateLink struct {
	Link
	Templated bool `json:"templated,omitempty"`
}
