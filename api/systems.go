package api

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"bivouac/api/ogc"
	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/layer"
)

// checkListed refuses a reference system that the collection does not have.
// Only zones of UTM hang on where its records are.
func (s *Server) checkListed(c echo.Context, l *layer.Layer, parameter string, in crs.System) error {
	if !in.Zoned() {
		return nil
	}
	e, err := s.seenExtent(c, l)
	if err != nil {
		return err
	}
	return params.CheckListed(parameter, in, ogc.Systems(e))
}

// checkSystems refuses those of a question for records.
func (s *Server) checkSystems(c echo.Context, l *layer.Layer, q *params.Items) error {
	if err := s.checkListed(c, l, "crs", q.CRS); err != nil {
		return err
	}
	if err := s.checkListed(c, l, "bbox-crs", q.BoxCRS); err != nil {
		return err
	}
	return s.checkListed(c, l, "filter-crs", q.Shapes)
}

// checkHeld refuses a page with a record that the system has no coordinates
// for, before its first byte is sent: a place that is left out or bent would
// be taken for the truth.
func (p *page) checkHeld(in crs.System) error {
	for _, r := range p.rows {
		if err := checkHeld(r, in); err != nil {
			return err
		}
	}
	for _, h := range p.hits {
		if err := checkHeld(h.Row, in); err != nil {
			return err
		}
	}
	return nil
}

func checkHeld(r geo.Row, in crs.System) error {
	b, placed := r.Table().Bound(r.Number())
	if !placed || in.Holds(b) {
		return nil
	}
	_, err := in.ProjectGeometry(r.Geometry())
	if err == nil {
		return nil
	}
	return geo.Errorf(geo.Invalid, "crs", "the record %d of %s has no coordinates in %s: %s. Ask for another system, or leave the record out by bbox or a filter",
		r.Key(), r.Table().Schema().Name, in.URI(), strings.TrimPrefix(err.(*geo.Error).Text, "crs: "))
}

// sayCRS says which reference system the shapes of an answer are in.
func sayCRS(h http.Header, in crs.System) {
	h[params.ContentCRS] = []string{"<" + in.URI() + ">"}
}
