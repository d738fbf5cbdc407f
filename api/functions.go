package api

import (
	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/ogc"
	"bivouac/geo/filter"
)

// functions answers which functions a filter may call beside those of the
// standard.
func (s *Server) functions(c echo.Context) error {
	if _, err := takes(c); err != nil {
		return err
	}
	return s.document(c, encode.JSON, ogc.NewFunctions(s.baseOf(c.Request()), filter.Functions()))
}
