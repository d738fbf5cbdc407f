package api

import (
	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/ogc"
	"bivouac/api/params"
	"bivouac/api/webpage"
	"bivouac/geo/layer"
	"bivouac/geo/tile"
)

// datasetTile answers one tile of several collections, a layer each: Mapbox
// vector tiles one behind the other are one tile.
func (s *Server) datasetTile(c echo.Context) error {
	r, v := c.Request(), visitOf(c)
	g, err := gridOf(c)
	if err != nil {
		return err
	}
	address, err := addressOf(c, g, c.Param("y"))
	if err != nil {
		return err
	}
	d, err := s.datasetOf(c, "mvt")
	if err != nil {
		return err
	}
	form := []string{addressText(address), string(codingOf(r)), s.config.Build}
	var tags [][]byte
	for _, l := range d.layers {
		asked := d.question.Of(l.Schema())
		tags = append(tags, []byte(tileTag(d.snap, l, d.moment, &asked, form...)))
	}
	if v.fresh(r, encode.MVT, encode.Tag(tags...)) {
		return nil
	}
	m := makers.Get().(*tile.Maker)
	defer makers.Put(m)
	b := v.body(r)
	for _, l := range d.layers {
		if b.B, err = m.Append(watched(c), b.B, l, address, d.question.Of(l.Schema()).Query); err != nil {
			b.Drop()
			return err
		}
	}
	_, err = b.Close()
	return err
}

// dataset is what is asked of several layers of one state.
type dataset struct {
	question params.Dataset
	snap     *layer.Snapshot
	layers   []*layer.Layer
	moment   layer.Moment // when one of them last changed for this reader
}

func (s *Server) datasetOf(c echo.Context, formats ...string) (d dataset, err error) {
	if d.snap, err = s.stateOf(c); err != nil {
		return d, err
	}
	if d.question, err = params.ParseDataset(c.Request().URL.RawQuery, s.readerOf(c), formats...); err != nil {
		return d, err
	}
	if d.layers, err = d.named(); err != nil {
		return d, err
	}
	d.moment = d.snap.Changed(s.readerOf(c), d.layers...)
	visitOf(c).version = d.moment.Version
	return d, nil
}

// named returns the layers that the question names, all where it names none.
func (d *dataset) named() ([]*layer.Layer, error) {
	if d.question.Collections == nil {
		return d.snap.Layers(), nil
	}
	layers := make([]*layer.Layer, len(d.question.Collections))
	for i, id := range d.question.Collections {
		l, err := d.snap.Layer(id)
		if err != nil {
			return nil, err
		}
		layers[i] = l
	}
	return layers, nil
}

// datasetTileJSON describes the tiles of several collections.
func (s *Server) datasetTileJSON(c echo.Context) error {
	g, err := gridOf(c)
	if err != nil {
		return err
	}
	d, err := s.datasetOf(c, "json", "mvt")
	if err != nil {
		return err
	}
	base := s.baseOf(c.Request())
	parts := make([]ogc.TileJSON, len(d.layers))
	for i, l := range d.layers {
		asked := d.question.Of(l.Schema())
		if parts[i], err = s.describeTiles(c, base, l, g, &asked); err != nil {
			return err
		}
	}
	query := string(d.question.AppendSelf(nil))
	return s.document(c, encode.JSON, ogc.NewDatasetTileJSON(base, s.about, g, query, parts))
}

// datasetTileSets lists the sets of tiles of all collections: one of each grid.
func (s *Server) datasetTileSets(c echo.Context) error {
	if _, err := takes(c, "f"); err != nil {
		return err
	}
	sets := ogc.NewDatasetTileSets(s.baseOf(c.Request()), s.about)
	return s.readable(c, sets, func(p *webpage.Sheet) { showTileSets(p, &sets) })
}
