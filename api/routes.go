package api

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"bivouac/geo"
)

// anyone is the rank of routes that take nobody to be signed in.
const anyone geo.Rank = 255

// route is one route: who may use it, and whether this world has it at all.
type route struct {
	method, path string
	least        geo.Rank
	handler      echo.HandlerFunc
	there        bool
}

// routes lists every route. HEAD is answered wherever GET is, OPTIONS
// everywhere, and any other method by a 405 that says which are.
func (s *Server) routes() []route {
	const items = "/api/collections/:collection/items"
	const document = "/api/documents/:kind/:id"
	edited, kept := s.config.Sink != nil, s.config.Past != nil
	return slices.Concat(s.importRoutes(), s.drawingRoutes(), []route{
		{http.MethodGet, "/api", geo.Viewer, s.landing, true},
		{http.MethodGet, "/api/conformance", geo.Viewer, s.conformance, true},
		{http.MethodGet, "/api/openapi", geo.Viewer, s.openAPI, true},
		{http.MethodGet, "/api/functions", geo.Viewer, s.functions, true},
		{http.MethodGet, "/api/collections", geo.Viewer, s.collections, true},
		{http.MethodGet, "/api/collections/:collection", geo.Viewer, s.collection, true},
		{http.MethodGet, "/api/collections/:collection/queryables", geo.Viewer, s.queryables, true},
		{http.MethodGet, "/api/collections/:collection/sortables", geo.Viewer, s.sortables, true},
		{http.MethodGet, "/api/collections/:collection/schema", geo.Viewer, s.schema, true},
		{http.MethodGet, items, geo.Viewer, s.items, true},
		{http.MethodPost, items, geo.Editor, s.create, edited},
		{http.MethodGet, items + "/:key", geo.Viewer, s.item, true},
		{http.MethodPut, items + "/:key", geo.Editor, s.replace, edited},
		{http.MethodPatch, items + "/:key", geo.Editor, s.update, edited},
		{http.MethodDelete, items + "/:key", geo.Editor, s.remove, edited},
		{http.MethodGet, items + "/:key/history", geo.Viewer, s.itemHistory, kept},

		{http.MethodGet, "/api/collections/:collection/export", geo.Viewer, s.export, len(s.config.Formats) > 0},

		{http.MethodGet, "/api/changes", geo.Viewer, s.changes, kept},
		{http.MethodPost, "/api/changes", geo.Editor, s.changeMany, edited},
		{http.MethodGet, "/api/changes/:version", geo.Viewer, s.change, kept},
		{http.MethodPost, "/api/changes/:version/undo", geo.Editor, s.undo, edited},
		{http.MethodGet, "/api/events", geo.Viewer, s.events, kept},

		{http.MethodGet, "/api/documents/:kind", geo.Viewer, s.documents, true},
		{http.MethodGet, document, geo.Viewer, s.doc, true},
		{http.MethodPut, document, geo.Analyst, s.putDoc, edited},
		{http.MethodDelete, document, geo.Analyst, s.removeDoc, edited},
		{http.MethodGet, document + "/history", geo.Viewer, s.docHistory, kept},

		{http.MethodGet, "/api/alerts", geo.Viewer, s.alerts, true},
		{http.MethodGet, "/api/alerts/:alert", geo.Viewer, s.alert, true},
		{http.MethodPost, "/api/alerts/:alert/acknowledge", geo.Analyst, s.acknowledge, edited},
		{http.MethodGet, "/api/alert-rules", geo.Viewer, s.alertRules, true},

		{http.MethodGet, "/api/processes", geo.Viewer, s.processes, true},
		{http.MethodGet, "/api/processes/:process", geo.Viewer, s.process, true},
		{http.MethodPost, "/api/processes/:process/execution", geo.Viewer, s.execute, true},
		{http.MethodGet, "/api/jobs", geo.Viewer, s.listJobs, true},
		{http.MethodGet, "/api/jobs/:job", geo.Viewer, s.job, true},
		{http.MethodDelete, "/api/jobs/:job", geo.Viewer, s.dismiss, true},
		{http.MethodPost, "/api/jobs/:job/stop", geo.Viewer, s.stop, true},
		{http.MethodGet, "/api/jobs/:job/results", geo.Viewer, s.results, true},
		{http.MethodGet, "/api/jobs/:job/results/:output", geo.Viewer, s.result, true},

		{http.MethodGet, sessionPath, anyone, s.session, true},
		{http.MethodPost, sessionPath, anyone, s.signIn, true},
		{http.MethodDelete, sessionPath, anyone, s.signOut, true},
		{http.MethodGet, flowPath, anyone, s.goElsewhere, true},
		{http.MethodGet, flowPath + "/callback", anyone, s.comeBack, true},
		{http.MethodGet, "/api/audit", geo.Administrator, s.audit, true},

		{http.MethodGet, "/healthz", anyone, s.health, true},
		{http.MethodGet, "/readyz", anyone, s.ready, true},
		{http.MethodGet, "/metrics", geo.Administrator, s.metric, true},

		{http.MethodGet, "/*", anyone, s.page, true},
	})
}

// drawingRoutes are those of what maps are drawn from: tiles and styles.
func (s *Server) drawingRoutes() []route {
	return []route{
		{http.MethodGet, "/api/collections/:collection/tiles", geo.Viewer, s.tileSets, true},
		{http.MethodGet, "/api/collections/:collection/tiles/:set", geo.Viewer, s.tileJSON, true},
		{http.MethodGet, "/api/collections/:collection/tiles/:set/:z/:y/:x", geo.Viewer, s.tile, true},
		{http.MethodGet, "/api/collections/:collection/xyz/metadata.json", geo.Viewer, s.xyzMetadata, true},
		{http.MethodGet, "/api/collections/:collection/xyz/:z/:x/:y", geo.Viewer, s.xyzTile, true},
		{http.MethodGet, "/api/tileMatrixSets", geo.Viewer, s.tileMatrixSets, true},
		{http.MethodGet, "/api/tileMatrixSets/:set", geo.Viewer, s.tileMatrixSet, true},
		{http.MethodGet, "/api/styles", geo.Viewer, s.styles, true},
		{http.MethodGet, "/api/styles/:collection", geo.Viewer, s.style, true},
		{http.MethodGet, "/api/styles/:collection/metadata", geo.Viewer, s.styleMetadata, true},
		{http.MethodGet, "/api/collections/:collection/styles", geo.Viewer, s.collectionStyles, true},
		{http.MethodGet, "/api/collections/:collection/styles/:style", geo.Viewer, s.style, true},
		{http.MethodGet, "/api/sprites/:file", geo.Viewer, s.sprite, true},
		{http.MethodGet, "/api/tiles", geo.Viewer, s.datasetTileSets, true},
		{http.MethodGet, "/api/tiles/:set", geo.Viewer, s.datasetTileJSON, true},
		{http.MethodGet, "/api/tiles/:set/:z/:y/:x", geo.Viewer, s.datasetTile, true},
	}
}

// importRoutes are those of files on their way into the store.
func (s *Server) importRoutes() []route {
	const one = "/api/imports/:import"
	taken := s.config.Imports != nil
	return []route{
		{http.MethodGet, "/api/imports", geo.Editor, s.imports, taken},
		{http.MethodPost, "/api/imports", geo.Editor, s.beginImport, taken},
		{http.MethodGet, one, geo.Editor, s.importState, taken},
		{http.MethodPatch, one, geo.Editor, s.restage, taken},
		{http.MethodDelete, one, geo.Editor, s.dropImport, taken},
		{http.MethodGet, one + "/file", geo.Editor, s.importFile, taken},
		{http.MethodPatch, one + "/file", geo.Editor, s.receiveFile, taken},
		{http.MethodGet, one + "/rows", geo.Editor, s.importRows, taken},
		{http.MethodPost, one + "/approval", geo.Editor, s.approve, taken},
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
		h := s.admit(r.least, r.handler)
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
