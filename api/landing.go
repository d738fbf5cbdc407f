package api

import (
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/ogc"
	"bivouac/api/webpage"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// landing answers /api: JSON, or a page where a browser asks.
func (s *Server) landing(c echo.Context) error {
	if _, err := takes(c, "f"); err != nil {
		return err
	}
	snap, err := s.snapshot()
	if err != nil {
		return err
	}
	state, err := s.state(c, snap)
	if err != nil {
		return err
	}
	base := s.baseOf(c.Request())
	l := ogc.NewLanding(base, s.about, state)
	visitOf(c).version = l.Version
	return s.readable(c, l, func(p *webpage.Sheet) { p.Ways = webpage.Server(base.API("")) })
}

// state says what there is, as the reader sees it.
func (s *Server) state(c echo.Context, snap *layer.Snapshot) (ogc.State, error) {
	r := s.readerOf(c)
	m := snap.Changed(r, snap.Layers()...)
	parts := make([]string, len(snap.Layers()))
	for i, l := range snap.Layers() {
		n, err := l.Count(watched(c), geo.Selection{Reader: r})
		if err != nil {
			return ogc.State{}, err
		}
		parts[i] = strconv.Itoa(n) + " " + strings.ToLower(l.Schema().Title)
	}
	loaded := strings.Join(parts, ", ")
	if s.config.World != "" {
		loaded = s.config.World + ": " + loaded
	}
	return ogc.State{Version: m.Version, At: m.At, Highest: visitOf(c).tally.Highest, Loaded: loaded}, nil
}

// conformance answers which standards are kept.
func (s *Server) conformance(c echo.Context) error {
	if _, err := takes(c, "f"); err != nil {
		return err
	}
	return s.readable(c, ogc.NewConformance(s.baseOf(c.Request()), s.offer()), func(p *webpage.Sheet) { p.Title = "Standards that are kept" })
}

func (s *Server) offer() ogc.Offer {
	return ogc.Offer{Editable: s.config.Sink != nil, Kept: s.config.Past != nil, Callbacks: len(s.config.Callbacks) > 0, Imports: s.config.Imports != nil}
}

// openAPI answers the description of all routes for the collections that are
// there.
func (s *Server) openAPI(c echo.Context) error {
	if _, err := takes(c); err != nil {
		return err
	}
	snap, err := s.snapshot()
	if err != nil {
		return err
	}
	doc := ogc.NewOpenAPI(s.baseOf(c.Request()), s.about, s.offer(), collectionSchemas(snap), s.config.Processes.List())
	return s.document(c, encode.OpenAPI, doc)
}

// collectionSchemas returns those of all collections, in their order.
func collectionSchemas(snap *layer.Snapshot) []*geo.Schema {
	out := make([]*geo.Schema, len(snap.Layers()))
	for i, l := range snap.Layers() {
		out[i] = l.Schema()
	}
	return out
}
