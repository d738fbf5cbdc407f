package api

import (
	"github.com/labstack/echo/v4"

	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// itemsFile answers a page of records as a file, of one of the formats of
// exports; the head says where the next page is.
func (s *Server) itemsFile(c echo.Context, snap *layer.Snapshot, l *layer.Layer, q params.Items) error {
	r, v, f := c.Request(), visitOf(c), s.format(q.Format)
	if !f.Takes(l.Schema()) {
		return notTaken(&f, l.Schema())
	}
	if err := s.checkSystems(c, l, &q); err != nil {
		return err
	}
	a := itemsAnswer{question: q, layer: l, moment: snap.Changed(q.Select.Reader, l), store: snap.Store, base: s.baseOf(r), media: f.Media}
	v.version = a.moment.Version
	if v.fresh(r, f.Media, a.tag(r, s.config.Build)) {
		return nil
	}
	var err error
	if a.page, err = readPage(r.Context(), l, &a.question); err != nil {
		return err
	}
	defer a.page.release()
	v.tally.Add(a.page.tally)
	e := exported{question: q, layer: l, format: f, page: a.page}
	if err := e.begin(r.Context(), FileHead{Highest: v.tally.Highest, Attribution: s.config.Attribution, At: a.moment.At}); err != nil {
		return err
	}
	h := v.Header()
	a.headers(h)
	sayCRS(h, q.CRS)
	h.Set("Content-Disposition", `attachment; filename="`+e.fileName()+`"`)
	h[limitsHeader] = e.limits()
	return e.send(r.Context(), v.fileBody(r, f.Packed), h)
}

// notTaken says that records of the schema cannot leave in the format.
func notTaken(f *Format, s *geo.Schema) error {
	return geo.Errorf(geo.Invalid, "f", "%s holds points and lines, and %s has neither; ask for another format", f.ID, s.Name)
}
