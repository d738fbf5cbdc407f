package api

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/geo"
)

var errReadOnly = geo.Errorf(geo.NotAllowed, "method", "this world is read only; start the server with --store FILE.gpkg to keep one that can be edited")

// wouldWrite reports whether a world that can be edited might take the request.
func wouldWrite(r *http.Request) bool {
	switch r.Method {
	case http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete:
	default:
		return false
	}
	p := r.URL.Path
	return strings.HasPrefix(p, "/api/collections/") && strings.Contains(p, "/items") ||
		strings.HasPrefix(p, "/api/changes") || strings.HasPrefix(p, "/api/documents/") || strings.HasPrefix(p, "/api/imports")
}

// options answers with the methods that the asker may use: QGIS takes a layer
// for one that can be edited by the Allow header alone.
func (s *Server) options(path []route) echo.HandlerFunc {
	return func(c echo.Context) error {
		allow, h := "OPTIONS", c.Response().Header()
		for _, r := range path {
			switch {
			case r.method == http.MethodGet:
				allow += ", GET, HEAD"
			case s.require(c, r.least) == nil:
				allow += ", " + r.method
			}
			if r.method == http.MethodPatch {
				h.Set("Accept-Patch", encode.MergePatch)
			}
		}
		h.Set("Allow", allow)
		return c.NoContent(http.StatusNoContent)
	}
}
