package api

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"bivouac/api/auth"
	"bivouac/geo"
)

// identityOf returns who asks.
func (s *Server) identityOf(c echo.Context) auth.Identity { return visitOf(c).identity }

// readerOf returns whom the request is answered as.
func (s *Server) readerOf(c echo.Context) geo.Reader { return visitOf(c).identity.Reader }

// require refuses who ranks lower.
func (s *Server) require(c echo.Context, least geo.Rank) error {
	who := s.identityOf(c)
	switch {
	case !who.Known():
		return geo.Errorf(geo.Unauthorized, "Authorization", "nobody is signed in; send a token as Authorization: Bearer, or sign in on the page")
	case who.Rank < least:
		return geo.Errorf(geo.Forbidden, "role", "this takes the role %s, and %s has the role %s; ask an administrator for a token of that role", least, who.Name, who.Rank)
	}
	return nil
}

// admit lets those through to a handler who rank high enough.
func (s *Server) admit(least geo.Rank, h echo.HandlerFunc) echo.HandlerFunc {
	if least == anyone {
		return h
	}
	return func(c echo.Context) error {
		if err := s.require(c, least); err != nil {
			return err
		}
		return h(c)
	}
}

// identify finds out who asks, before anything is looked up for them. Where
// somebody must be signed in, an address that does not exist is no exception.
func (s *Server) identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if err := refuseTokenIn(r.URL); err != nil {
			return err
		}
		path := r.URL.Path
		if !isGuarded(path) || strings.HasPrefix(path, sessionPath+"/") {
			return next(c)
		}
		who, err := s.whoAsks(c)
		visitOf(c).identity = who
		switch {
		case err != nil && path == sessionPath && isOver(err):
			// Who comes to sign in need not be signed in.
		case err != nil:
			return err
		case !who.Known() && path != sessionPath && !isPreflight(r):
			return s.require(c, geo.Viewer)
		}
		return next(c)
	}
}

const sessionPath = "/api/session"

// isGuarded reports whether it matters who asks for an address.
func isGuarded(path string) bool {
	return path == "/api" || strings.HasPrefix(path, "/api/") || path == "/metrics"
}

// isPreflight reports whether a browser asks what a page of another site may
// send, which it does without a token.
func isPreflight(r *http.Request) bool {
	return r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != ""
}
