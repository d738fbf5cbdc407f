package api

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// route lists every route. HEAD is answered wherever GET is, OPTIONS
// everywhere, and any other method by a 405 that says which are.
func (s *Server) route() {
	for _, r := range []struct {
		method, path string
		handler      echo.HandlerFunc
	}{
		{http.MethodGet, "/api", s.landing},
		{http.MethodGet, "/api/conformance", s.conformance},
		{http.MethodGet, "/api/openapi", s.openAPI},

		{http.MethodGet, "/api/collections", s.collections},
		{http.MethodGet, "/api/collections/:collection", s.collection},
		{http.MethodGet, "/api/collections/:collection/queryables", s.queryables},
		{http.MethodGet, "/api/collections/:collection/schema", s.schema},
		{http.MethodGet, "/api/collections/:collection/items", s.items},
		{http.MethodGet, "/api/collections/:collection/items/:key", s.item},

		{http.MethodGet, "/api/collections/:collection/tiles", s.tileSets},
		{http.MethodGet, "/api/collections/:collection/tiles/:set", s.tileJSON},
		{http.MethodGet, "/api/collections/:collection/tiles/:set/:z/:y/:x", s.tile},

		{http.MethodGet, "/api/processes", s.processes},
		{http.MethodGet, "/api/processes/:process", s.process},
		{http.MethodPost, "/api/processes/:process/execution", s.execute},
		{http.MethodGet, "/api/jobs/:job", s.job},

		{http.MethodGet, "/healthz", s.health},
		{http.MethodGet, "/readyz", s.ready},
		{http.MethodGet, "/metrics", s.metric},

		{http.MethodGet, "/*", s.page},
	} {
		s.echo.Add(r.method, r.path, r.handler)
		if r.method == http.MethodGet {
			s.echo.HEAD(r.path, r.handler)
		} else {
			s.only(r.method, r.path)
		}
		s.series[r.path] = s.metrics.Route(r.path)
	}
	s.series[""] = s.metrics.Route("none")
}

// only refuses to read what can only be written. Without it the page's
// pattern, which takes any address, would take this one.
func (s *Server) only(method, path string) {
	allow := func(answer func(echo.Context) error) echo.HandlerFunc {
		return func(c echo.Context) error {
			c.Response().Header().Set("Allow", "OPTIONS, "+method)
			return answer(c)
		}
	}
	refuse := allow(func(echo.Context) error { return echo.ErrMethodNotAllowed })
	s.echo.GET(path, refuse)
	s.echo.HEAD(path, refuse)
	s.echo.OPTIONS(path, allow(func(c echo.Context) error { return c.NoContent(http.StatusNoContent) }))
}
