package api

import (
	"io"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/ogc"
	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/staging"
)

// imports lists the asker's imports.
func (s *Server) imports(c echo.Context) error {
	if _, err := takes(c); err != nil {
		return err
	}
	base := s.baseOf(c.Request())
	out := ogc.ImportList{Imports: []ogc.Import{}, Links: []ogc.Link{
		{Href: base.API("/imports"), Rel: "self", Type: encode.JSON, Title: "This document"}, {Href: base.API(""), Rel: "up", Type: encode.JSON, Title: "Landing page"},
	}}
	list := s.config.Imports.List(s.ownerOf(c))
	for i := range list {
		visitOf(c).markImport(&list[i])
		out.Imports = append(out.Imports, ogc.NewImport(base, &list[i]))
	}
	return s.document(c, encode.JSON, out)
}

// markImport marks an answer with what was found in a file: samples of its
// columns are as classified as its rows.
func (v *visit) markImport(i *staging.Import) {
	if i.Highest > geo.Unclassified {
		v.mark(1, i.Highest)
	}
}

// beginImport makes room for a file.
func (s *Server) beginImport(c echo.Context) error {
	if _, err := takes(c); err != nil {
		return err
	}
	body, err := s.readBody(c, questionForm)
	if err != nil {
		return err
	}
	asked, err := params.ParseImport(body)
	if err != nil {
		return err
	}
	i, err := s.config.Imports.Begin(s.ownerOf(c), asked.Name, asked.Size, asked.Options)
	if err != nil {
		return err
	}
	told := ogc.NewImport(s.baseOf(c.Request()), &i)
	visitOf(c).Header().Set("Location", told.Links[0].Href)
	return s.sendNow(c, http.StatusCreated, told)
}

// sendNow answers what changes from one moment to the next.
func (s *Server) sendNow(c echo.Context, status int, document any) error {
	v := visitOf(c)
	v.Header().Set("Content-Type", encode.JSON)
	v.Header().Set("Cache-Control", "no-store")
	return v.bodyOf(c.Request(), status).All(appendJSON(nil, document))
}

func (s *Server) findImport(c echo.Context) (staging.Import, error) {
	if _, err := takes(c); err != nil {
		return staging.Import{}, err
	}
	return s.config.Imports.Find(c.Param("import"), s.ownerOf(c))
}

// importState tells how far an import is.
func (s *Server) importState(c echo.Context) error {
	i, err := s.findImport(c)
	if err != nil {
		return err
	}
	return s.sendImport(c, &i)
}

func (s *Server) sendImport(c echo.Context, i *staging.Import) error {
	visitOf(c).markImport(i)
	return s.sendNow(c, http.StatusOK, ogc.NewImport(s.baseOf(c.Request()), i))
}

// restage has the file read anew.
func (s *Server) restage(c echo.Context) error {
	i, err := s.findImport(c)
	if err != nil {
		return err
	}
	body, err := s.readBody(c, patchForm)
	if err != nil {
		return err
	}
	o, err := params.ParseImportPatch(body, i.Options)
	if err != nil {
		return err
	}
	if i, err = s.config.Imports.Restage(i.ID, s.ownerOf(c), o); err != nil {
		return err
	}
	return s.sendImport(c, &i)
}

// dropImport takes an import away.
func (s *Server) dropImport(c echo.Context) error {
	i, err := s.findImport(c)
	if err != nil {
		return err
	}
	if err := s.config.Imports.Drop(i.ID, s.ownerOf(c)); err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}

// importFile tells how much of the file has come.
func (s *Server) importFile(c echo.Context) error {
	i, err := s.findImport(c)
	if err != nil {
		return err
	}
	return sendOffset(c, &i)
}

func sendOffset(c echo.Context, i *staging.Import) error {
	h := c.Response().Header()
	h.Set("Upload-Offset", strconv.FormatInt(i.Received, 10))
	h.Set("Upload-Length", strconv.FormatInt(i.Size, 10))
	h.Set("Cache-Control", "no-store")
	return c.NoContent(http.StatusNoContent)
}

// receiveFile takes a piece of the file. What came of one that broke off is
// kept: a line of a camp breaks off often.
func (s *Server) receiveFile(c echo.Context) error {
	i, err := s.findImport(c)
	if err != nil {
		return err
	}
	r, v := c.Request(), visitOf(c)
	offset, err := params.ParseOffset(r.Header.Get("Upload-Offset"))
	if err != nil {
		return err
	}
	if err := (form{math.MaxInt64, "send less at a time", []string{ogc.OffsetType}}).check(r); err != nil {
		return err
	}
	if offset == i.Received && r.ContentLength > i.Size-offset {
		return geo.Errorf(geo.TooLarge, "body", "%d of the file's %d bytes have come, and the piece has %d; begin the import anew with the right size", offset, i.Size, r.ContentLength)
	}
	in := &steady{from: r.Body, control: http.NewResponseController(v), start: time.Now(), stall: s.config.Stall}
	if i, err = s.config.Imports.Receive(i.ID, s.ownerOf(c), offset, io.LimitReader(in, i.Size-offset+1)); err != nil {
		return err
	}
	in.deadline(time.Time{})
	return sendOffset(c, &i)
}

// approve takes a staged import into the store.
func (s *Server) approve(c echo.Context) error {
	i, err := s.findImport(c)
	if err != nil {
		return err
	}
	reason, err := s.readReason(c)
	if err != nil {
		return err
	}
	receipt, err := s.config.Imports.Approve(c.Request().Context(), i.ID, s.ownerOf(c), s.authorOf(c), reason)
	if err != nil {
		return err
	}
	if receipt.Version != 0 {
		s.received(c, receipt)
	}
	return s.sendNow(c, http.StatusOK, ogc.NewImportReceipt(s.baseOf(c.Request()), &i, receipt))
}
