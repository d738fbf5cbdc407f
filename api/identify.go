package api

import (
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
		return geo.Errorf(geo.Unauthorized, "Authorization", "nobody is signed in; send a token as Authorization: Bearer, or sign in at /api/session")
	case who.Rank < least:
		return geo.Errorf(geo.Forbidden, "role", "this takes the role %s, and %s is %s; ask an administrator for a token of that role", least, who.Name, who.Rank)
	}
	return nil
}

// identify finds out who asks.
func (s *Server) identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		visitOf(c).identity = auth.Local(s.config.Reader)
		return next(c)
	}
}
