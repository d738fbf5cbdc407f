package api

import (
	"github.com/labstack/echo/v4"

	"bivouac/api/ogc"
	"bivouac/api/webpage"
	"bivouac/geo/filter"
)

// functions answers which functions a filter may call beside those of the
// standard.
func (s *Server) functions(c echo.Context) error {
	if _, err := takes(c, "f"); err != nil {
		return err
	}
	return s.readable(c, ogc.NewFunctions(s.baseOf(c.Request()), filter.Functions()), func(p *webpage.Sheet) { p.Title = "Functions that filters may call" })
}
