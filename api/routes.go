package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"bivouac/geo"
)

// anyone is the rank of routes that take nobody to be signed in.
const anyone geo.Rank = 255

// route is one route: who may use it, and whether this world has it at all.
type route struct {
	method, path string
	handler      echo.HandlerFunc
	rank         geo.Rank
	there        bool
}

// routes lists every route. HEAD is answered wherever GET is, OPTIONS
// everywhere, and any other method by a 405 that says which are.
func (s *Server) routes() []route {
	const items = "/api/collections/:collection/items"
	const document = "/api/documents/:kind/:id"
	edited, kept := s.config.Sink != nil, s.config.Past != nil
	return []route{
		{http.MethodGet, "/api", s.landing, geo.Viewer, true},
		{http.MethodGet, "/api/conformance", s.conformance, geo.Viewer, true},
		{http.MethodGet, "/api/openapi", s.openAPI, geo.Viewer, true},

		{http.MethodGet, "/api/collections", s.collections, geo.Viewer, true},
		{http.MethodGet, "/api/collections/:collection", s.collection, geo.Viewer, true},
		{http.MethodGet, "/api/collections/:collection/queryables", s.queryables, geo.Viewer, true},
		{http.MethodGet, "/api/collections/:collection/schema", s.schema, geo.Viewer, true},
		{http.MethodGet, items, s.items, geo.Viewer, true},
		{http.MethodPost, items, s.create, geo.Editor, edited},
		{http.MethodGet, items + "/:key", s.item, geo.Viewer, true},
		{http.MethodPut, items + "/:key", s.replace, geo.Editor, edited},
		{http.MethodPatch, items + "/:key", s.update, geo.Editor, edited},
		{http.MethodDelete, items + "/:key", s.remove, geo.Editor, edited},
		{http.MethodGet, items + "/:key/history", s.itemHistory, geo.Viewer, kept},

		{http.MethodGet, "/api/collections/:collection/tiles", s.tileSets, geo.Viewer, true},
		{http.MethodGet, "/api/collections/:collection/tiles/:set", s.tileJSON, geo.Viewer, true},
		{http.MethodGet, "/api/collections/:collection/tiles/:set/:z/:y/:x", s.tile, geo.Viewer, true},

		{http.MethodGet, "/api/changes", s.changes, geo.Viewer, kept},
		{http.MethodPost, "/api/changes", s.changeMany, geo.Editor, edited},
		{http.MethodGet, "/api/changes/:version", s.change, geo.Viewer, kept},
		{http.MethodPost, "/api/changes/:version/undo", s.undo, geo.Editor, edited},
		{http.MethodGet, "/api/events", s.events, geo.Viewer, kept},

		{http.MethodGet, "/api/documents/:kind", s.documents, geo.Viewer, true},
		{http.MethodGet, document, s.doc, geo.Viewer, true},
		{http.MethodPut, document, s.putDoc, geo.Analyst, edited},
		{http.MethodDelete, document, s.removeDoc, geo.Analyst, edited},
		{http.MethodGet, document + "/history", s.docHistory, geo.Viewer, kept},

		{http.MethodGet, "/api/processes", s.processes, geo.Viewer, true},
		{http.MethodGet, "/api/processes/:process", s.process, geo.Viewer, true},
		{http.MethodPost, "/api/processes/:process/execution", s.execute, geo.Viewer, true},
		{http.MethodGet, "/api/jobs/:job", s.job, geo.Viewer, true},

		{http.MethodGet, sessionPath, s.session, anyone, true},
		{http.MethodPost, sessionPath, s.signIn, anyone, true},
		{http.MethodDelete, sessionPath, s.signOut, anyone, true},
		{http.MethodGet, flowPath, s.goElsewhere, anyone, true},
		{http.MethodGet, flowPath + "/callback", s.comeBack, anyone, true},
		{http.MethodGet, "/api/audit", s.audit, geo.Administrator, true},

		{http.MethodGet, "/healthz", s.health, anyone, true},
		{http.MethodGet, "/readyz", s.ready, anyone, true},
		{http.MethodGet, "/metrics", s.metric, geo.Administrator, true},

		{http.MethodGet, "/*", s.page, anyone, true},
	}
}

// route makes the routes that this world has.
func (s *Server) route() {
	var order []string
	paths := map[string][]route{}
	for _, r := range s.routes() {
		if !r.there {
			continue
		}
		if paths[r.path] == nil {
			order = append(order, r.path)
		}
		paths[r.path] = append(paths[r.path], r)
	}
	for _, p := range order {
		s.routePath(p, paths[p])
	}
	s.series[""] = s.metrics.Route("none")
}

// routePath makes the routes of one path.
func (s *Server) routePath(path string, routes []route) {
	s.series[path] = s.metrics.Route(path)
	reads := false
	for _, r := range routes {
		h := s.admit(r.rank, r.handler)
		s.echo.Add(r.method, path, h)
		if r.method == http.MethodGet {
			reads = true
			s.echo.HEAD(path, h)
		}
	}
	switch {
	case !reads:
		s.only(routes[0].method, path)
	case len(routes) > 1:
		s.echo.OPTIONS(path, s.options(routes))
	}
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
