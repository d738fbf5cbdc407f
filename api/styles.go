package api

import (
	"encoding/json"
	"io/fs"
	"path"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/ogc"
	"bivouac/api/params"
	"bivouac/api/styles"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// styles lists how the collections are drawn.
func (s *Server) styles(c echo.Context) error {
	if err := takesJSON(c); err != nil {
		return err
	}
	snap, err := s.snapshot()
	if err != nil {
		return err
	}
	return s.document(c, encode.JSON, ogc.NewStyles(s.baseOf(c.Request()), collectionSchemas(snap)))
}

// collectionStyles lists the one style of a collection.
func (s *Server) collectionStyles(c echo.Context) error {
	if err := takesJSON(c); err != nil {
		return err
	}
	_, l, err := s.layerOf(c)
	if err != nil {
		return err
	}
	return s.document(c, encode.JSON, ogc.NewCollectionStyles(s.baseOf(c.Request()), l.Schema()))
}

// takesJSON refuses all parameters but f=json.
func takesJSON(c echo.Context) error {
	q, err := takes(c, "f")
	if err != nil {
		return err
	}
	if f, given := q.Take("f"); given {
		_, err = params.ParseFormat(f, "json")
	}
	return err
}

// styleMetadata says what a style draws.
func (s *Server) styleMetadata(c echo.Context) error {
	if err := takesJSON(c); err != nil {
		return err
	}
	l, err := s.drawnOf(c)
	if err != nil {
		return err
	}
	return s.document(c, encode.JSON, ogc.NewStyleMetadata(s.baseOf(c.Request()), l.Schema()))
}

// style answers how a collection is drawn. Where its records are counted in
// cells hangs on how many of them the reader sees.
func (s *Server) style(c echo.Context) error {
	asked, err := params.ParseStyle(c.Request().URL.RawQuery, styles.Themes())
	if err != nil {
		return err
	}
	l, err := s.drawnOf(c)
	if err != nil {
		return err
	}
	if asked.Format == "qml" {
		if l.Schema().Geometry == geo.AnyGeometry {
			return geo.Errorf(geo.Invalid, "f", "a layer of QGIS has one type of geometry, and %s may hold all; ask f=mapbox", l.Schema().Name)
		}
		return s.text(c, encode.QML, styles.QML(l.Schema(), asked.Theme))
	}
	e, err := s.extentOf(c, l)
	if err != nil {
		return err
	}
	base := s.baseOf(c.Request())
	return s.document(c, encode.Style, styles.Build(l.Schema(), e.Count, asked.Theme, styles.Places{
		Tiles: ogc.TilesPattern(base, l.Schema()), Sprites: base.API("/sprites/"), Page: string(base), Faces: s.faces(),
	}))
}

// drawnOf finds the collection of a style, which goes by the collection's id.
func (s *Server) drawnOf(c echo.Context) (*layer.Layer, error) {
	_, l, err := s.layerOf(c)
	if err != nil {
		return nil, err
	}
	if id := l.Schema().Name; !styles.Drawn(l.Schema()) || c.Param("style") != "" && c.Param("style") != id {
		return nil, geo.Errorf(geo.NotFound, "styleId", "%s has no such style; /api/styles lists all there are", id)
	}
	return l, nil
}

// sprite answers the symbols that styles name.
func (s *Server) sprite(c echo.Context) error {
	if _, err := takes(c); err != nil {
		return err
	}
	name := c.Param("file")
	text, ok := styles.Sprite(name)
	if !ok {
		return geo.Errorf(geo.NotFound, "file", "there are no symbols %q; a style's sprite says where they are", name)
	}
	return s.text(c, types[path.Ext(name)], text)
}

// readFaces reads what the page's build says of its fonts. Without it clients
// take fonts of their own.
func readFaces(page fs.FS) map[string][]styles.Face {
	if page == nil {
		return nil
	}
	var out map[string][]styles.Face
	if text, err := fs.ReadFile(page, "fonts.json"); err != nil || json.Unmarshal(text, &out) != nil {
		return nil
	}
	return out
}
