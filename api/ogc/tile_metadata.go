package ogc

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/tile"
)

// TileMetadata describes tiles as the metadata table of MBTiles 1.3 does, all
// members in text: GDAL's MVT driver reads it as metadata.json beside the
// zooms.
type TileMetadata struct {
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
	Attribution string `json:"attribution,omitempty"`
	Format      string `json:"format"`
	Type        string `json:"type"`
	MinZoom     string `json:"minzoom"`
	MaxZoom     string `json:"maxzoom"`
	Bounds      string `json:"bounds"`
	JSON        string `json:"json"` // an object with vector_layers
}

// NewTileMetadata describes the tiles of a question to a collection of the
// extent.
func NewTileMetadata(s *geo.Schema, q *params.Tile, e layer.Extent, attribution []string, deepest uint32) TileMetadata {
	fields := tileFields(s, q.Query)
	for name, told := range fields {
		// GDAL takes a field for text where anything follows the kind.
		fields[name], _, _ = strings.Cut(told, ":")
	}
	b := bounds(e, tile.WebMercatorQuad)
	inner, _ := json.Marshal(map[string][]vectorLayer{"vector_layers": {{s.Name, s.Description, 0, int(deepest), fields}}}) // texts and numbers always encode
	return TileMetadata{
		Name: s.Title, Description: s.Description, Attribution: strings.Join(attribution, "; "), Format: "pbf", Type: "overlay",
		MinZoom: "0", MaxZoom: strconv.FormatUint(uint64(deepest), 10), JSON: string(inner),
		Bounds: fmt.Sprintf("%v,%v,%v,%v", b[0], b[1], b[2], b[3]),
	}
}
