package api

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/ledger"
	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/alert"
	"bivouac/geo/layer"
)

// putDoc makes a document, or takes a whole one in the place of another.
func (s *Server) putDoc(c echo.Context) error {
	w, err := s.readDocHead(c)
	if err != nil {
		return err
	}
	body, err := s.readBody(c, docForm)
	if err != nil {
		return err
	}
	asked, err := params.ParseDoc(body)
	if err != nil {
		return err
	}
	return racing(func() error {
		snap, old, err := s.docTarget(c, w)
		if err != nil {
			return err
		}
		d := geo.Doc{Kind: c.Param("kind"), ID: c.Param("id"), Title: asked.Title, Body: asked.Body, Rev: old.Rev, Class: old.Class, Mission: old.Mission}
		if err := s.markDoc(c, &d, &asked); err != nil {
			return err
		}
		if err := s.checkBody(snap, &d); err != nil {
			return err
		}
		if err := s.checkFree(c, snap); err != nil {
			return err
		}
		if d.Rev == 0 {
			d.Rev = geo.NewDoc
		}
		receipt, err := s.commit(c, geo.Batch{Docs: []geo.Doc{d}, Reason: w.reason})
		if err != nil {
			return err
		}
		d.Rev = receipt.Version
		return s.sendDoc(c, snap.Store, &d, old.Rev == 0)
	})
}

// markDoc sets who may see the document. What the body does not say stays.
func (s *Server) markDoc(c echo.Context, d *geo.Doc, asked *params.Doc) error {
	if asked.Class != nil {
		d.Class = *asked.Class
	}
	if asked.Mission != nil {
		d.Mission = *asked.Mission
	}
	r := s.readerOf(c)
	switch {
	case d.Class > r.Ceiling:
		return geo.Errorf(geo.Forbidden, "classification", "you see documents up to %s alone; nobody writes what he may not read", r.Ceiling)
	case !r.SeesMission(d.Mission):
		return geo.Errorf(geo.Forbidden, "mission", "the mission %q is not one of yours; nobody writes what he may not read", d.Mission)
	}
	return nil
}

// checkBody refuses a body that does not fit the kind, by its place in the
// request.
func (s *Server) checkBody(snap *layer.Snapshot, d *geo.Doc) error {
	if d.Kind == alert.Kind {
		_, err := s.readRule(snap, d)
		return err
	}
	check := s.config.Documents[d.Kind]
	if check == nil {
		return nil
	}
	err := check(snap, d)
	if e, ok := err.(*geo.Error); ok {
		return geo.Errorf(e.Code, "body."+e.Where, "%s", e.Text)
	}
	return err
}

func (s *Server) sendDoc(c echo.Context, store string, d *geo.Doc, isNew bool) error {
	r, v := c.Request(), visitOf(c)
	told := ledger.NewDoc(s.baseOf(r), d)
	v.markDocs(d)
	status, h := http.StatusOK, v.Header()
	if isNew {
		status = http.StatusCreated
		h.Set("Location", told.Links[0].Href)
	}
	h.Set("Etag", s.docTag(r, store, d))
	h["Cache-Control"], h["Vary"] = checkEachTime, varying
	h.Set("Content-Type", encode.JSON)
	return v.bodyOf(r, status).All(appendJSON(nil, told))
}

// removeDoc takes a document away.
func (s *Server) removeDoc(c echo.Context) error {
	w, err := s.readDocHead(c)
	if err != nil {
		return err
	}
	return racing(func() error {
		_, old, err := s.docTarget(c, w)
		if err == nil && old.Rev == 0 {
			err = noDoc(c)
		}
		if err != nil {
			return err
		}
		old.Body = nil
		if _, err := s.commit(c, geo.Batch{Docs: []geo.Doc{old}, Reason: w.reason}); err != nil {
			return err
		}
		return c.NoContent(http.StatusNoContent)
	})
}

// docWrite is what the head of a request says of a change of a document.
type docWrite struct {
	condition params.Condition
	reason    string
}

func (s *Server) readDocHead(c echo.Context) (w docWrite, err error) {
	if _, err = takes(c); err != nil {
		return w, err
	}
	if err = params.CheckDocKind(c.Param("kind")); err != nil {
		return w, err
	}
	if err = params.CheckDocID(c.Param("id")); err != nil {
		return w, err
	}
	h := c.Request().Header
	if w.condition, err = params.ParseIfMatch(strings.Join(h.Values("If-Match"), ",")); err != nil {
		return w, err
	}
	w.reason, err = params.ParseReason(h.Get("Bivouac-Reason"))
	return w, err
}

// checkFree refuses the id of a document that the asker does not see, which
// must not be lost. It comes last: who errs otherwise does not learn that the
// id is taken.
func (s *Server) checkFree(c echo.Context, snap *layer.Snapshot) error {
	id := c.Param("id")
	if d, seen := snap.Doc(c.Param("kind"), id, s.readerOf(c)); d.Rev != 0 && !seen {
		return geo.Errorf(geo.Forbidden, "id", "the id %q cannot be used; choose another", id)
	}
	return nil
}

// docTarget finds the document that is to be changed, the zero one where there
// is none yet that the asker sees.
func (s *Server) docTarget(c echo.Context, w docWrite) (*layer.Snapshot, geo.Doc, error) {
	snap, err := s.snapshot()
	if err != nil {
		return nil, geo.Doc{}, err
	}
	kind, id := c.Param("kind"), c.Param("id")
	old, seen := snap.Doc(kind, id, s.readerOf(c))
	switch {
	case !seen && w.condition.Given:
		return snap, geo.Doc{}, geo.Errorf(geo.Precondition, "If-Match", "there is no document %q of the kind %q; leave If-Match out to make it", id, kind)
	case !seen:
		return snap, geo.Doc{}, nil
	case s.config.RequireIfMatch && !w.condition.Given:
		return snap, old, geo.Errorf(geo.Unconditional, "If-Match", "say which state of the document the change is of: send its ETag, so that nobody else's change is lost")
	}
	return snap, old, w.condition.Check(old.Rev)
}
