package api

import (
	"errors"
	"net/http"
	"slices"

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
	r := s.readerOf(c)
	receipt, err := s.config.Sink.Undo(c.Request().Context(), v, r, s.authorOf(c), reason)
	if err != nil {
		return seenClashes(err, r)
	}
	return s.sendReceipt(c, receipt)
}

// seenClashes takes out of the refusal of an undo what the asker may not see:
// what others made of a record may have moved out of his sight.
func seenClashes(err error, r geo.Reader) error {
	var e *geo.Error
	if !errors.As(err, &e) || len(e.Clashes) == 0 {
		return err
	}
	seen := *e
	seen.Clashes = slices.Clone(e.Clashes)
	for i := range seen.Clashes {
		c := &seen.Clashes[i]
		for _, f := range []**geo.Feature{&c.Yours, &c.Theirs} {
			if *f != nil && !r.Sees((*f).Class, (*f).Mission) {
				*f = nil
			}
		}
	}
	return &seen
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
