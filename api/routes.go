package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"bivouac/geo"
)

// anyone is the rank of routes that take nobody to be signed in.
const anyone geo.Rank = 255

// route is one way to ask: who may, and who answers.
type route struct {
	method, path string
	least        geo.Rank
	handler      echo.HandlerFunc
}

// routes lists every route.
func (s *Server) routes() []route {
	return []route{
		{http.MethodGet, "/api", geo.Viewer, s.landing},
		{http.MethodGet, "/api/conformance", geo.Viewer, s.conformance},
		{http.MethodGet, "/api/openapi", geo.Viewer, s.openAPI},

		{http.MethodGet, "/api/collections", geo.Viewer, s.collections},
		{http.MethodGet, "/api/collections/:collection", geo.Viewer, s.collection},
		{http.MethodGet, "/api/collections/:collection/queryables", geo.Viewer, s.queryables},
		{http.MethodGet, "/api/collections/:collection/schema", geo.Viewer, s.schema},
		{http.MethodGet, "/api/collections/:collection/items", geo.Viewer, s.items},
		{http.MethodGet, "/api/collections/:collection/items/:key", geo.Viewer, s.item},

		{http.MethodGet, "/api/collections/:collection/tiles", geo.Viewer, s.tileSets},
		{http.MethodGet, "/api/collections/:collection/tiles/:set", geo.Viewer, s.tileJSON},
		{http.MethodGet, "/api/collections/:collection/tiles/:set/:z/:y/:x", geo.Viewer, s.tile},

		{http.MethodGet, "/api/processes", geo.Viewer, s.processes},
		{http.MethodGet, "/api/processes/:process", geo.Viewer, s.process},
		{http.MethodPost, "/api/processes/:process/execution", geo.Viewer, s.execute},
		{http.MethodGet, "/api/jobs/:job", geo.Viewer, s.job},

		{http.MethodGet, sessionPath, anyone, s.session},
		{http.MethodPost, sessionPath, anyone, s.signIn},
		{http.MethodDelete, sessionPath, anyone, s.signOut},
		{http.MethodGet, flowPath, anyone, s.goElsewhere},
		{http.MethodGet, flowPath + "/callback", anyone, s.comeBack},
		{http.MethodGet, "/api/audit", geo.Administrator, s.audit},

		{http.MethodGet, "/healthz", anyone, s.health},
		{http.MethodGet, "/readyz", anyone, s.ready},
		{http.MethodGet, "/metrics", geo.Administrator, s.metric},

		{http.MethodGet, "/*", anyone, s.page},
	}
}

// route lets requests in. HEAD is answered wherever GET is, OPTIONS everywhere,
// and any other method by a 405 that says which are.
func (s *Server) route() {
	reads := map[string]bool{}
	for _, r := range s.routes() {
		s.echo.Add(r.method, r.path, s.admit(r.least, r.handler))
		if r.method == http.MethodGet {
			reads[r.path] = true
			s.echo.HEAD(r.path, s.admit(r.least, r.handler))
		}
		s.series[r.path] = s.metrics.Route(r.path)
	}
	for _, r := range s.routes() {
		if !reads[r.path] {
			s.only(r.method, r.path)
		}
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
