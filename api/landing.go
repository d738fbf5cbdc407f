package api

import (
	"html"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/ogc"
	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// landing answers /api: JSON, or a page where a browser asks.
func (s *Server) landing(c echo.Context) error {
	q, err := takes(c, "f")
	if err != nil {
		return err
	}
	r := c.Request()
	media, err := encode.Negotiate(r.Header.Get("Accept"), encode.JSON, encode.HTML)
	if f, ok := q.Take("f"); ok {
		if f, err = params.ParseFormat(f, "json", "html"); err == nil {
			media = map[string]string{"json": encode.JSON, "html": encode.HTML}[f]
		}
	}
	if err != nil {
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
	l := ogc.NewLanding(s.baseOf(r), s.about, state)
	visitOf(c).version = l.Version
	if media == encode.HTML {
		visitOf(c).secure()
		return s.text(c, media, landingPage(l))
	}
	return s.document(c, media, l)
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

// landingPage says in HTML what the landing document says.
func landingPage(l ogc.Landing) []byte {
	var b strings.Builder
	b.WriteString("<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>")
	b.WriteString("<title>" + html.EscapeString(l.Title) + ": API</title>")
	b.WriteString("<style>body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}code{background:#eee}</style>")
	b.WriteString("<h1>" + html.EscapeString(l.Title) + "</h1><p>" + html.EscapeString(l.Description) + "</p>")
	b.WriteString("<p>" + html.EscapeString(l.Loaded) + "</p><ul>")
	for _, link := range l.Links {
		if link.Rel == "self" || link.Rel == "alternate" || strings.HasPrefix(link.Rel, "http") {
			continue
		}
		b.WriteString("<li><a href='" + html.EscapeString(link.Href) + "'>" + html.EscapeString(link.Title) + "</a>")
	}
	b.WriteString("</ul><p>In QGIS add a WFS / OGC API Features connection, in GDAL open <code>OAPIF:" +
		html.EscapeString(l.Links[0].Href) + "</code>.</p><p>Classification: " + html.EscapeString(l.Classification) +
		"</p><p>" + html.EscapeString(strings.Join(l.Attribution, " · ")) + "</p></html>\n")
	return []byte(b.String())
}

// conformance answers which standards are kept.
func (s *Server) conformance(c echo.Context) error {
	if _, err := takes(c); err != nil {
		return err
	}
	return s.document(c, encode.JSON, ogc.NewConformance(s.baseOf(c.Request()), s.offer()))
}

func (s *Server) offer() ogc.Offer {
	return ogc.Offer{Editable: s.config.Sink != nil, Kept: s.config.Past != nil}
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
	schemas := make([]*geo.Schema, len(snap.Layers()))
	for i, l := range snap.Layers() {
		schemas[i] = l.Schema()
	}
	doc := ogc.NewOpenAPI(s.baseOf(c.Request()), s.about, s.offer(), schemas, s.config.Processes.List())
	return s.document(c, encode.OpenAPI, doc)
}
