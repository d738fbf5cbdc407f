package api_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"bivouac/api"
)

func TestPage(t *testing.T) {
	page := fstest.MapFS{
		"index.html":           {Data: []byte("<!doctype html>the map")},
		"assets/main-1a.js":    {Data: []byte(strings.Repeat("let a;", 500))},
		"assets/main-1a.js.gz": {Data: []byte("packed beforehand")},
		"assets/font.woff2":    {Data: []byte("font")},
		"worker.mjs":           {Data: []byte("worker")},
		"odd.xyz":              {Data: []byte("odd")},
	}
	s, _ := serve(t, api.Config{Page: page}, mixed(t))
	for _, c := range []struct {
		desc, target         string
		status               int
		media, body, caching string
		headers              []string
	}{
		{"the map", "/", 200, "text/html; charset=utf-8", "the map", "private, no-cache", nil},
		{"by its name", "/index.html", 200, "text/html; charset=utf-8", "the map", "private, no-cache", nil},
		{"an address of the map's own", "/table/incidents", 200, "text/html; charset=utf-8", "the map", "private, no-cache", nil},
		{"a script", "/assets/main-1a.js", 200, "text/javascript; charset=utf-8", "let a;", "public, max-age=31536000, immutable", nil},
		{"a script, packed", "/assets/main-1a.js", 200, "text/javascript; charset=utf-8", "packed beforehand", "public, max-age=31536000, immutable", []string{"Accept-Encoding", "gzip"}},
		{"a script, packed, for a browser that likes zstd as well", "/assets/main-1a.js", 200, "text/javascript; charset=utf-8", "packed beforehand", "public, max-age=31536000, immutable", []string{"Accept-Encoding", "gzip, deflate, br, zstd"}},
		{"a font, not packed", "/assets/font.woff2", 200, "font/woff2", "font", "public, max-age=31536000, immutable", []string{"Accept-Encoding", "gzip"}},
		{"a module", "/worker.mjs", 200, "text/javascript; charset=utf-8", "worker", "private, no-cache", nil},
		{"a type nobody knows", "/odd.xyz", 200, "application/octet-stream", "odd", "private, no-cache", nil},
		{"no such file", "/assets/gone.js", 404, "application/problem+json", "nothing at this address", "no-store", nil},
		{"out of the folder", "/../../etc/passwd.txt", 404, "application/problem+json", "nothing at this address", "no-store", nil},
		{"the API is not the map", "/api/x", 404, "application/problem+json", "nothing at this address", "no-store", nil},
		{"a folder", "/assets", 200, "text/html; charset=utf-8", "the map", "private, no-cache", nil},
	} {
		w := get(s, c.target, c.headers...)
		h := w.Result().Header
		if w.Code != c.status || h.Get("Content-Type") != c.media || !strings.Contains(w.Body.String(), c.body) || h.Get("Cache-Control") != c.caching {
			t.Errorf("%s: %d %v %.80s", c.desc, w.Code, h, w.Body)
		}
		if packed := c.body == "packed beforehand"; packed != (h.Get("Content-Encoding") == "gzip") {
			t.Errorf("%s: coding %q", c.desc, h.Get("Content-Encoding"))
		}
		if c.status == 200 && (!strings.Contains(h.Get("Content-Security-Policy"), "default-src 'self'") || h.Get("X-Content-Type-Options") != "nosniff" ||
			h.Get("Referrer-Policy") != "no-referrer" || h.Get("Cross-Origin-Opener-Policy") != "same-origin") {
			t.Errorf("%s: %v", c.desc, h)
		}
	}
	tag := get(s, "/assets/main-1a.js").Result().Header.Get("Etag")
	if w := get(s, "/assets/main-1a.js", "If-None-Match", tag); w.Code != http.StatusNotModified {
		t.Errorf("unchanged, but %d", w.Code)
	}
}

func TestNoPage(t *testing.T) {
	unbuilt, _ := serve(t, api.Config{Page: fstest.MapFS{".gitkeep": {}}}, mixed(t))
	none, _ := serve(t, api.Config{}, mixed(t))
	for _, s := range []*api.Server{unbuilt, none} {
		if w := get(s, "/"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "make web") {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	}
}

func TestLandingPage(t *testing.T) {
	s, _ := serve(t, api.Config{Title: "Camp <1>", Attribution: []string{"GeoNames, CC BY 4.0"}, World: "5 & more"}, mixed(t))
	const chrome = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
	w := get(s, "/api", "Accept", chrome)
	if w.Code != http.StatusOK || w.Result().Header.Get("Content-Type") != "text/html; charset=utf-8" ||
		!strings.Contains(w.Body.String(), "Camp &lt;1&gt;") || !strings.Contains(w.Body.String(), "GeoNames") || !strings.Contains(w.Body.String(), "5 &amp; more") {
		t.Errorf("%d %v %s", w.Code, w.Result().Header, w.Body)
	}
	if w := get(s, "/api?f=json", "Accept", chrome); w.Result().Header.Get("Content-Type") != "application/json" {
		t.Errorf("f=json gives %v", w.Result().Header)
	}
}
