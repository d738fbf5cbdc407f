package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/ledger"
	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// documents lists the documents of a kind.
func (s *Server) documents(c echo.Context) error {
	if _, err := takes(c); err != nil {
		return err
	}
	kind := c.Param("kind")
	if err := params.CheckDocKind(kind); err != nil {
		return err
	}
	snap, err := s.snapshot()
	if err != nil {
		return err
	}
	return s.document(c, encode.JSON, ledger.NewDocs(s.baseOf(c.Request()), kind, snap.Docs(kind, s.readerOf(c))))
}

// doc answers one document.
func (s *Server) doc(c echo.Context) error {
	if _, err := takes(c); err != nil {
		return err
	}
	snap, err := s.snapshot()
	if err != nil {
		return err
	}
	d, err := s.docOf(c, snap)
	if err != nil {
		return err
	}
	r, v := c.Request(), visitOf(c)
	if v.fresh(r, encode.JSON, s.docTag(r, snap.Store, &d)) {
		return nil
	}
	return v.body(r).All(appendJSON(nil, ledger.NewDoc(s.baseOf(r), &d)))
}

// docOf finds the document that the path names.
func (s *Server) docOf(c echo.Context, snap *layer.Snapshot) (geo.Doc, error) {
	d, ok := snap.Doc(c.Param("kind"), c.Param("id"), s.readerOf(c))
	if !ok {
		return d, noDoc(c)
	}
	return d, nil
}

func noDoc(c echo.Context) error {
	return geo.Errorf(geo.NotFound, "id", "there is no document %q of the kind %q; /api/documents/%s lists them", c.Param("id"), c.Param("kind"), c.Param("kind"))
}

// docTag begins with the document's revision, as that of a record does.
func (s *Server) docTag(r *http.Request, store string, d *geo.Doc) string {
	return tagOf(d.Rev, store, d.Kind, d.ID, string(s.baseOf(r)), string(codingOf(r)), s.config.Build)
}

// docHistory answers the changes of one document, be it there or removed.
func (s *Server) docHistory(c echo.Context) error {
	if _, err := takes(c); err != nil {
		return err
	}
	kind, id := c.Param("kind"), c.Param("id")
	past, err := s.config.Past.DocHistory(c.Request().Context(), kind, id, s.readerOf(c))
	if err != nil {
		return err
	}
	if len(past) == 0 {
		return noDoc(c)
	}
	return s.document(c, encode.JSON, ledger.OfDoc(s.baseOf(c.Request()), kind, id, past))
}
