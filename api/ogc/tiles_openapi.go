package ogc

import (
	"slices"

	"bivouac/api/params"
	"bivouac/geo/tile"
)

// addTiles describes the tiles of the collections, by the pattern alone.
func (doc *OpenAPI) addTiles(collection parameter) {
	const sets = "/collections/{collectionId}/tiles"
	const set = sets + "/{tileMatrixSetId}"
	id := inGrid()
	doc.get(sets, readable("tileSets", "Sets of vector tiles of a collection", "Tiles", "tileSets", collection))
	doc.get(set, document("tileSet", "The tiles, as TileJSON, with how many records stand in them",
		"Tiles", "tileJSON", slices.Concat([]parameter{collection, id}, tileParameters(), []parameter{formatParameter("json", "mvt")})...))
	one := operation{
		OperationID: "tile", Summary: "A tile of the records, as a Mapbox vector tile; empty where nothing stands", Tags: []string{"Tiles"},
		Parameters: slices.Concat([]parameter{collection, id}, tileAddress(), tileParameters(), []parameter{formatParameter("mvt")}),
		Responses:  answers(mvtType, Schema{"type": "string", "format": "binary"}, true),
	}
	doc.get(set+"/{tileMatrix}/{tileRow}/{tileCol}", one)
	const xyz = "/collections/{collectionId}/xyz"
	doc.get(xyz+"/metadata.json", document("xyzMetadata", "The tiles as GDAL and programs for MBTiles describe them", "Tiles", "tileMetadata",
		slices.Concat([]parameter{collection}, tileParameters(), []parameter{formatParameter("json")})...))
	one.OperationID, one.Summary = "xyzTile", "The same tile by zoom, column and row, as GDAL asks for it"
	one.Parameters = slices.Concat([]parameter{collection}, xyzAddress(), tileParameters(), []parameter{formatParameter("mvt")})
	doc.get(xyz+"/{z}/{x}/{y}", one)
}

// inGrid names how the map is cut.
func inGrid() parameter {
	var names []string
	for _, g := range tile.Grids() {
		names = append(names, g.String())
	}
	return inPath("tileMatrixSetId", "The tile matrix set that the tiles are cut by", codes(names...))
}

// addTileMatrixSets describes what tiles are cut by.
func (doc *OpenAPI) addTileMatrixSets() {
	const sets = "/tileMatrixSets"
	doc.get(sets, readable("tileMatrixSets", "Tile matrix sets that tiles are cut by", "Tiles", "tileMatrixSets"))
	doc.get(sets+"/{tileMatrixSetId}", readable("tileMatrixSet", "One tile matrix set, as OGC registers it", "Tiles", "tileMatrixSet", inGrid()))
}

// tileAddress names one tile.
func tileAddress() []parameter {
	return []parameter{
		inTile("tileMatrix", "Zoom", tile.MaxZoom), inTile("tileRow", "Row from the north", 1<<tile.MaxZoom-1),
		inTile("tileCol", "Column from the west", 2<<tile.MaxZoom-1),
	}
}

// xyzAddress names one tile with its column first.
func xyzAddress() []parameter {
	return []parameter{
		inTile("z", "Zoom", tile.MaxZoom), inTile("x", "Column from the west", 1<<tile.MaxZoom-1),
		inPath("y", "Row from the north, and .pbf", Schema{"type": "string", "pattern": "^[0-9]+\\.pbf$"}),
	}
}

func inTile(name, description string, greatest int) parameter {
	return inPath(name, description, Schema{"type": "integer", "minimum": 0, "maximum": greatest})
}

// tileParameters are those of items that say which records, and what to tell
// of them.
func tileParameters() []parameter {
	out := slices.DeleteFunc(itemsParameters(nil), func(p parameter) bool {
		return p.Name == "f" || p.Name == "properties" || p.Ref != "" || params.OfList(p.Name)
	})
	names := listOf(text(""))
	return append(out,
		query("properties", "Fields that single records carry; without it all that a tile can say, empty for none.", names),
		query("sum", "Numbers to add up over the records of a point, under the field's own name.", names),
		query("groupby", "Fields: records of one cell become one point only where these agree.", names))
}

// tileSetsSchema and tileJSONSchema are the forms of TileSets and TileJSON.
func tileSetsSchema() Schema {
	return object([]string{"tilesets", "links"}, map[string]Schema{
		"links": links(), "tilesets": listOf(object([]string{"dataType", "crs", "tileMatrixSetURI", "links"}, map[string]Schema{
			"title": text(""), "dataType": codes(vector), "crs": text(""), "tileMatrixSetURI": text(""), "links": links(),
		})),
	})
}

func tileMetadataSchema() Schema {
	return object([]string{"name", "format", "minzoom", "maxzoom", "bounds", "json"}, map[string]Schema{
		"name": text(""), "description": text(""), "attribution": text(""), "format": codes("pbf"), "type": codes("overlay"),
		"minzoom": text("In digits"), "maxzoom": text("In digits"), "bounds": text("West, south, east, north, in degrees"),
		"json": text("A JSON object with vector_layers"),
	})
}

func tileJSONSchema() Schema {
	layers := object([]string{"id", "fields"}, map[string]Schema{
		"id": text(""), "description": text(""), "minzoom": integer(), "maxzoom": integer(),
		"fields": {"type": "object", "additionalProperties": text("")},
	})
	return object([]string{"tilejson", "tiles", "vector_layers", "numberMatched", "numberInTiles", "numberOutside", "numberUnplaced"}, map[string]Schema{
		"tilejson": text(""), "name": text(""), "description": text(""), "scheme": text(""), "tiles": listOf(text("")),
		"minzoom": integer(), "maxzoom": integer(), "bounds": listOf(Schema{"type": "number"}), "vector_layers": listOf(layers),
		"dataType": codes(vector), "crs": text(""), "tileMatrixSetURI": text(""), "links": links(),
		"numberMatched": integer(), "numberInTiles": integer(),
		"numberOutside": integer(), "numberUnplaced": integer(),
	})
}
