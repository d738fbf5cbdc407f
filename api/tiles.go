package api

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/ogc"
	"bivouac/api/params"
	"bivouac/api/webpage"
	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/tile"
)

// makers keeps the makers of tiles at rest, with their memory.
var makers = sync.Pool{New: func() any { return &tile.Maker{} }}

// tile answers one tile. One where nothing stands is a tile without layers,
// which is no byte long, as PostGIS writes it: every client that decodes tiles
// reads that, while a 204 is a case of its own.
func (s *Server) tile(c echo.Context) error {
	g, err := gridOf(c)
	if err != nil {
		return err
	}
	return s.tileAt(c, g, c.Param("y"))
}

// xyzTile answers the same tile by the address that most programs for tiles
// write, GDAL among them: column before row, and .pbf behind.
func (s *Server) xyzTile(c echo.Context) error {
	row, ok := strings.CutSuffix(c.Param("y"), ".pbf")
	if !ok {
		return geo.Errorf(geo.NotFound, "y", "a tile's address here is zoom/column/row.pbf, not %q", c.Param("y"))
	}
	return s.tileAt(c, tile.WebMercatorQuad, row)
}

func (s *Server) tileAt(c echo.Context, g tile.Grid, row string) error {
	r, v := c.Request(), visitOf(c)
	address, err := addressOf(c, g, row)
	if err != nil {
		return err
	}
	snap, l, err := s.layerOf(c)
	if err != nil {
		return err
	}
	q, err := params.ParseTile(r.URL.RawQuery, l.Schema(), s.readerOf(c), "mvt")
	if err != nil {
		return err
	}
	moment := snap.Changed(q.Select.Reader, l)
	v.version = moment.Version
	if v.fresh(r, encode.MVT, tileTag(snap, l, moment, &q, addressText(address), string(codingOf(r)), s.config.Build)) {
		return nil
	}
	m := makers.Get().(*tile.Maker)
	defer makers.Put(m)
	b := v.body(r)
	if b.B, err = m.Append(watched(c), b.B, l, address, q.Query); err != nil {
		b.Drop()
		return err
	}
	_, err = b.Close()
	return err
}

// gridOf reads by which tile matrix set the path wants the map cut.
func gridOf(c echo.Context) (tile.Grid, error) {
	set := c.Param("set")
	for _, g := range tile.Grids() {
		if g.String() == set {
			return g, nil
		}
	}
	return 0, geo.Errorf(geo.NotFound, "tileMatrixSetId", "there is no tile matrix set %q; /api/tileMatrixSets lists those that there are", set)
}

// addressText is an address as a part of an entity tag.
func addressText(a tile.Address) string { return fmt.Sprintf("%v/%d/%d/%d", a.Grid, a.Z, a.Y, a.X) }

// addressOf reads which tile of the grid the path names, by its row and the
// rest.
func addressOf(c echo.Context, g tile.Grid, row string) (tile.Address, error) {
	a := tile.Address{Grid: g}
	for _, part := range []struct {
		name, text string
		to         *uint32
	}{{"z", c.Param("z"), &a.Z}, {"y", row, &a.Y}, {"x", c.Param("x"), &a.X}} {
		n, ok := params.Number(part.text)
		if !ok {
			return a, geo.Errorf(geo.NotFound, part.name, "a tile's address is a zoom, a row and a column in whole numbers, not %q", part.text)
		}
		*part.to = n
	}
	return a, a.Check()
}

// tileTag is a hash of all that the answer follows from.
func tileTag(snap *layer.Snapshot, l *layer.Layer, moment layer.Moment, q *params.Tile, form ...string) string {
	version := strconv.AppendInt(nil, int64(moment.Version), 10)
	parts := [][]byte{q.Append(make([]byte, 0, 512)), []byte(l.Schema().Name), version, []byte(snap.Store)}
	for _, f := range form {
		parts = append(parts, []byte(f))
	}
	return encode.Tag(parts...)
}

// tileJSON describes the tiles of a question, and says how many records they
// show and how many not.
func (s *Server) tileJSON(c echo.Context) error {
	g, err := gridOf(c)
	if err != nil {
		return err
	}
	snap, l, err := s.layerOf(c)
	if err != nil {
		return err
	}
	r := c.Request()
	q, err := params.ParseTile(r.URL.RawQuery, l.Schema(), s.readerOf(c), "json", "mvt")
	if err != nil {
		return err
	}
	description, err := s.describeTiles(c, s.baseOf(r), l, g, &q)
	if err != nil {
		return err
	}
	visitOf(c).version = snap.Changed(q.Select.Reader, l).Version
	return s.document(c, encode.JSON, description)
}

// xyzMetadata describes the tiles as metadata.json, which GDAL looks for.
func (s *Server) xyzMetadata(c echo.Context) error {
	_, l, err := s.layerOf(c)
	if err != nil {
		return err
	}
	q, err := params.ParseTile(c.Request().URL.RawQuery, l.Schema(), s.readerOf(c), "json")
	if err != nil {
		return err
	}
	e, err := s.extentOf(c, l)
	if err != nil {
		return err
	}
	return s.document(c, encode.JSON, ogc.NewTileMetadata(l.Schema(), &q, e, s.config.Attribution, tile.MaxZoom))
}

// describeTiles says of the tiles of a question how many records they show.
// What is counted is a part of the extent, which marks the answer.
func (s *Server) describeTiles(c echo.Context, base ogc.Base, l *layer.Layer, g tile.Grid, q *params.Tile) (ogc.TileJSON, error) {
	var looked layer.Tally
	n, err := tile.CountOn(layer.Watch(c.Request().Context(), &looked), l, g, q.Select)
	if err != nil {
		return ogc.TileJSON{}, err
	}
	visitOf(c).looked(looked)
	e, err := s.extentOf(c, l)
	if err != nil {
		return ogc.TileJSON{}, err
	}
	return ogc.NewTileJSON(base, l.Schema(), g, q, e, n), nil
}

// tileSets lists the sets of tiles of a collection: one of each grid.
func (s *Server) tileSets(c echo.Context) error {
	if _, err := takes(c, "f"); err != nil {
		return err
	}
	_, l, err := s.layerOf(c)
	if err != nil {
		return err
	}
	sets := ogc.NewTileSets(s.baseOf(c.Request()), l.Schema())
	return s.readable(c, sets, func(p *webpage.Sheet) { showTileSets(p, &sets) })
}

// tileMatrixSets lists the grids that tiles are cut by.
func (s *Server) tileMatrixSets(c echo.Context) error {
	if _, err := takes(c, "f"); err != nil {
		return err
	}
	sets := ogc.NewTileMatrixSets(s.baseOf(c.Request()))
	return s.readable(c, sets, func(p *webpage.Sheet) { showTileMatrixSets(p, &sets) })
}

// tileMatrixSet answers how one of them is made.
func (s *Server) tileMatrixSet(c echo.Context) error {
	if _, err := takes(c, "f"); err != nil {
		return err
	}
	g, err := gridOf(c)
	if err != nil {
		return err
	}
	set := ogc.NewTileMatrixSet(g)
	return s.readable(c, set, func(p *webpage.Sheet) { showTileMatrixSet(p, &set) })
}
