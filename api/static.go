package api

import (
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
)

// types are the media types of the page's files. They stand here because small
// systems have no list of their own.
var types = map[string]string{
	".css": "text/css; charset=utf-8", ".geojson": encode.GeoJSON, ".gif": "image/gif", ".html": encode.HTML,
	".ico": "image/x-icon", ".jpg": "image/jpeg", ".js": "text/javascript; charset=utf-8", ".json": encode.JSON,
	".map": encode.JSON, ".mjs": "text/javascript; charset=utf-8", ".pbf": "application/x-protobuf", ".png": "image/png",
	".svg": "image/svg+xml", ".topojson": encode.JSON, ".txt": "text/plain; charset=utf-8", ".wasm": "application/wasm",
	".webmanifest": "application/manifest+json", ".webp": "image/webp", ".woff2": "font/woff2",
}

// policy keeps the page to this host. Workers come as blobs, and the map sets
// styles.
const policy = "default-src 'self'; worker-src 'self' blob:; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; " +
	"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// immutable files have a hash in their names.
const (
	immutableFolder = "assets/"
	immutable       = "public, max-age=31536000, immutable"
)

const noPage = `<!doctype html><html lang=en><meta charset=utf-8><title>Bivouac</title>
<h1>Bivouac</h1><p>The map is not in this program: run <code>make web</code> and build it again.</p><p>The API is at <a href=/api>/api</a>.</p></html>
`

// page answers the map and its files. An address that is no file and names
// none is one of the map's own, and gets the map.
func (s *Server) page(c echo.Context) error {
	name := strings.TrimPrefix(path.Clean(c.Request().URL.Path), "/")
	if name == "api" || strings.HasPrefix(name, "api/") {
		return echo.ErrNotFound
	}
	visitOf(c).secure()
	if s.config.Page == nil {
		return s.text(c, encode.HTML, []byte(noPage))
	}
	if name == "" {
		name = "index.html"
	}
	if text, err := fs.ReadFile(s.config.Page, name); err == nil {
		return s.file(c, name, text)
	}
	if strings.Contains(path.Base(name), ".") && name != "index.html" {
		return echo.ErrNotFound
	}
	text, err := fs.ReadFile(s.config.Page, "index.html")
	if err != nil {
		text = []byte(noPage)
	}
	return s.file(c, "index.html", text)
}

// file sends a file of the page, packed beforehand where it lies so beside.
func (s *Server) file(c echo.Context, name string, text []byte) error {
	media, ok := types[path.Ext(name)]
	if !ok {
		media = "application/octet-stream"
	}
	v, r := visitOf(c), c.Request()
	coding := encode.Plain
	if encode.Takes(r.Header.Get("Accept-Encoding"), encode.Gzip) {
		if packed, err := fs.ReadFile(s.config.Page, name+".gz"); err == nil {
			text, coding = packed, encode.Gzip
		}
	}
	if v.fresh(r, media, encode.Tag(text)) {
		return nil
	}
	if strings.HasPrefix(name, immutableFolder) {
		v.Header().Set("Cache-Control", immutable)
	}
	if coding == encode.Gzip {
		v.Header().Set("Content-Encoding", "gzip")
	}
	b := encode.NewBody(v, http.StatusOK, encode.Plain, s.config.Stall)
	return b.All(text)
}

// secure sets what a browser is to hold a page to.
func (v *visit) secure() {
	h := v.Header()
	h.Set("Content-Security-Policy", policy)
	h["Referrer-Policy"] = noReferrer
	h["Cross-Origin-Opener-Policy"] = sameOrigin
}
