package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/ledger"
	"bivouac/api/params"
	"bivouac/geo"
)

// undo commits what takes a Commit back.
func (s *Server) undo(c echo.Context) error {
	if _, err := takes(c); err != nil {
		return err
	}
	v, err := versionOf(c)
	if err != nil {
		return err
	}
	reason, err := s.readReason(c)
	if err != nil {
		return err
	}
	receipt, err := s.config.Sink.Undo(c.Request().Context(), v, s.readerOf(c), s.authorOf(c), reason)
	if err != nil {
		return err
	}
	return s.sendReceipt(c, receipt)
}

// readReason reads why something is undone: from the body, which may be left
// out, or from the header.
func (s *Server) readReason(c echo.Context) (string, error) {
	var body []byte
	r := c.Request()
	if r.ContentLength != 0 || r.Header.Get("Content-Type") != "" {
		var err error
		if body, err = s.readBody(c, questionForm); err != nil {
			return "", err
		}
	}
	reason, err := params.ParseUndo(body)
	if err != nil || reason != "" {
		return reason, err
	}
	return params.ParseReason(r.Header.Get("Bivouac-Reason"))
}

// sendReceipt says what became of a Batch.
func (s *Server) sendReceipt(c echo.Context, receipt geo.Receipt) error {
	s.received(c, receipt)
	v := visitOf(c)
	v.Header().Set("Content-Type", encode.JSON)
	v.Header().Set("Cache-Control", "no-store")
	b := v.bodyOf(c.Request(), http.StatusOK)
	return b.All(appendJSON(nil, ledger.NewReceipt(s.baseOf(c.Request()), receipt)))
}
