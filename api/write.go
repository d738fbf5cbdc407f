package api

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"bivouac/api/draft"
	"bivouac/api/encode"
	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// create adds a record.
func (s *Server) create(c echo.Context) error {
	return s.changeOne(c, params.Change{Op: "add"}, featureForm)
}

// replace takes a whole record in the place of another.
func (s *Server) replace(c echo.Context) error {
	return s.changeOne(c, params.Change{Op: "replace"}, featureForm)
}

// update patches a record.
func (s *Server) update(c echo.Context) error {
	return s.changeOne(c, params.Change{Op: "update"}, patchForm)
}

// changeOne makes one change and answers with the record as it then stands.
func (s *Server) changeOne(c echo.Context, ch params.Change, f form) error {
	media, err := encode.Negotiate(c.Request().Header.Get("Accept"), encode.GeoJSON, encode.JSON)
	if err != nil {
		return err
	}
	reason, err := s.readHead(c, &ch)
	if err != nil {
		return err
	}
	if ch.Feature, err = s.readBody(c, f); err != nil {
		return err
	}
	return racing(func() error {
		l, made, receipt, err := s.makeOne(c, &ch, reason)
		if err != nil {
			return err
		}
		return s.sendRecord(c, media, l.Schema(), s.stored(l, made.Feature, receipt))
	})
}

// remove takes a record away.
func (s *Server) remove(c echo.Context) error {
	ch := params.Change{Op: "remove"}
	reason, err := s.readHead(c, &ch)
	if err != nil {
		return err
	}
	return racing(func() error {
		if _, _, _, err := s.makeOne(c, &ch, reason); err != nil {
			return err
		}
		return c.NoContent(http.StatusNoContent)
	})
}

// readHead reads what the address and the headers say of a change.
func (s *Server) readHead(c echo.Context, ch *params.Change) (reason string, err error) {
	if _, err := takes(c); err != nil {
		return "", err
	}
	h := c.Request().Header
	if ch.CRS, err = params.ParseContentCRS(h.Get(params.ContentCRS)); err != nil {
		return "", err
	}
	if ch.Condition, err = params.ParseIfMatch(strings.Join(h.Values("If-Match"), ",")); err != nil {
		return "", err
	}
	ch.Collection = c.Param("collection")
	ch.Key = keyOf(c.Param("key"))
	return params.ParseReason(h.Get("Bivouac-Reason"))
}

// keyOf reads a key of an address; 0, which is nobody's, for what is none.
func keyOf(text string) geo.Key {
	key, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return geo.Key(key)
}

// makeOne drafts and commits one change.
func (s *Server) makeOne(c echo.Context, ch *params.Change, reason string) (*layer.Layer, geo.Change, geo.Receipt, error) {
	_, l, err := s.layerOf(c)
	if err != nil {
		return nil, geo.Change{}, geo.Receipt{}, err
	}
	made, err := s.draft(c, l, ch)
	if err != nil {
		return l, made, geo.Receipt{}, err
	}
	receipt, err := s.commit(c, geo.Batch{Changes: []geo.Change{made}, Reason: reason})
	return l, made, receipt, single(err)
}

// draft turns what is asked into a change of the record as it stands.
func (s *Server) draft(c echo.Context, l *layer.Layer, ch *params.Change) (made geo.Change, err error) {
	made.Collection, made.Feature.Key = ch.Collection, ch.Key
	if err := s.checkListed(c, l, params.ContentCRS, ch.CRS); err != nil {
		return made, err
	}
	if ch.Op == "add" {
		e, err := params.ParseFeature(ch.Feature, l.Schema(), ch.CRS)
		if err != nil {
			return made, err
		}
		made.Feature, err = draft.New(l.Schema(), e, s.readerOf(c))
		return made, err
	}
	row, err := s.target(c, l, ch)
	if err != nil {
		return made, err
	}
	made.Op, made.IfRev, made.Feature = geo.Remove, row.Rev(), row.Feature()
	if ch.Op != "remove" {
		made.Op = geo.Replace
		made.Feature, err = s.over(c, row, ch)
	}
	return made, err
}

// target finds the record that is to be changed, and asks whether it is the
// one that the editor read.
func (s *Server) target(c echo.Context, l *layer.Layer, ch *params.Change) (geo.Row, error) {
	text := c.Param("key")
	if text == "" {
		text = strconv.FormatInt(int64(ch.Key), 10)
	}
	row, err := s.find(c, l, text)
	switch {
	case err != nil:
		return row, err
	case s.config.RequireIfMatch && !ch.Condition.Given:
		return row, geo.Errorf(geo.Unconditional, "If-Match", "say which state of the record the change is of: send its ETag, so that nobody else's change is lost")
	}
	return row, ch.Condition.Check(row.Rev())
}

// over lays a body over the record.
func (s *Server) over(c echo.Context, row geo.Row, ch *params.Change) (geo.Feature, error) {
	schema, old := row.Table().Schema(), row.Feature()
	read := params.ParsePatch
	if ch.Op == "replace" {
		read = params.ParseWhole
	}
	e, err := read(ch.Feature, schema, ch.CRS)
	if err != nil {
		return old, err
	}
	return draft.Over(schema, &old, e, s.readerOf(c))
}
