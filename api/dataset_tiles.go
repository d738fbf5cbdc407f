package api

import (
	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/ogc"
	"bivouac/api/params"
	"bivouac/geo/layer"
	"bivouac/geo/tile"
)

// datasetTile answers one tile of several collections, a layer each: Mapbox
// vector tiles one behind the other are one tile.
func (s *Server) datasetTile(c echo.Context) error {
	r, v := c.Request(), visitOf(c)
	address, err := addressOf(c)
	if err != nil {
		return err
	}
	snap, asked, layers, err := s.datasetOf(c, "mvt")
	if err != nil {
		return err
	}
	moment := snap.Changed(s.readerOf(c), layers...)
	v.version = moment.Version
	form := []string{c.Param("z") + "/" + c.Param("y") + "/" + c.Param("x"), string(codingOf(r)), s.config.Build}
	var tags [][]byte
	for i, l := range layers {
		tags = append(tags, []byte(tileTag(snap, l, moment, &asked[i], form...)))
	}
	if v.fresh(r, encode.MVT, encode.Tag(tags...)) {
		return nil
	}
	m := makers.Get().(*tile.Maker)
	defer makers.Put(m)
	b := v.body(r)
	for i, l := range layers {
		if b.B, err = m.Append(watched(c), b.B, l, address, asked[i].Query); err != nil {
			b.Drop()
			return err
		}
	}
	_, err = b.Close()
	return err
}

// datasetOf takes the state that is asked for, and what is asked of which of
// its layers.
func (s *Server) datasetOf(c echo.Context, formats ...string) (*layer.Snapshot, []params.Tile, []*layer.Layer, error) {
	snap, err := s.stateOf(c)
	if err != nil {
		return nil, nil, nil, err
	}
	q, err := params.ParseDataset(c.Request().URL.RawQuery, s.readerOf(c), formats...)
	if err != nil {
		return nil, nil, nil, err
	}
	layers := snap.Layers()
	if q.Collections != nil {
		layers = nil
		for _, id := range q.Collections {
			l, err := snap.Layer(id)
			if err != nil {
				return nil, nil, nil, err
			}
			layers = append(layers, l)
		}
	}
	asked := make([]params.Tile, len(layers))
	for i, l := range layers {
		asked[i] = q.Of(l.Schema())
	}
	return snap, asked, layers, nil
}

// datasetTileJSON describes the tiles of several collections.
func (s *Server) datasetTileJSON(c echo.Context) error {
	if err := checkMatrixSet(c); err != nil {
		return err
	}
	snap, asked, layers, err := s.datasetOf(c, "json", "mvt")
	if err != nil {
		return err
	}
	base := s.baseOf(c.Request())
	parts := make([]ogc.TileJSON, len(layers))
	for i, l := range layers {
		if parts[i], err = s.describeTiles(c, base, l, &asked[i]); err != nil {
			return err
		}
	}
	visitOf(c).version = snap.Changed(s.readerOf(c), layers...).Version
	query := params.DatasetSelf(c.Request().URL.RawQuery)
	return s.document(c, encode.JSON, ogc.NewDatasetTileJSON(base, s.about, query, parts))
}

// datasetTileSets lists the one set of tiles of all collections.
func (s *Server) datasetTileSets(c echo.Context) error {
	if _, err := takes(c); err != nil {
		return err
	}
	return s.document(c, encode.JSON, ogc.NewDatasetTileSets(s.baseOf(c.Request()), s.about))
}
