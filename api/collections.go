package api

import (
	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/ogc"
	"bivouac/api/params"
	"bivouac/api/webpage"
	"bivouac/geo/jsonschema"
)

// collections answers what there is.
func (s *Server) collections(c echo.Context) error {
	if _, err := takes(c, "asof", "version", params.ScenarioParameter, "f"); err != nil {
		return err
	}
	snap, err := s.stateOf(c)
	if err != nil {
		return err
	}
	base := s.baseOf(c.Request())
	list := make([]ogc.Collection, len(snap.Layers()))
	for i, l := range snap.Layers() {
		e, err := s.extentOf(c, l)
		if err != nil {
			return err
		}
		list[i] = ogc.NewCollection(base, s.about, l.Schema(), e)
	}
	visitOf(c).version = snap.Changed(s.readerOf(c), snap.Layers()...).Version
	return s.readable(c, ogc.NewCollections(base, list), showCollections(list))
}

// collection answers one of them.
func (s *Server) collection(c echo.Context) error {
	if _, err := takes(c, "asof", "version", params.ScenarioParameter, "f"); err != nil {
		return err
	}
	_, l, err := s.layerOf(c)
	if err != nil {
		return err
	}
	e, err := s.extentOf(c, l)
	if err != nil {
		return err
	}
	base := s.baseOf(c.Request())
	return s.readable(c, ogc.NewCollection(base, s.about, l.Schema(), e), func(p *webpage.Sheet) { s.showCollection(c, p, l, e) })
}

// queryables answers what records can be filtered by.
func (s *Server) queryables(c echo.Context) error {
	if _, err := takes(c, "f"); err != nil {
		return err
	}
	return s.jsonSchema(c, jsonschema.Queryables, "/queryables")
}

// sortables answers what lists of records can be sorted by.
func (s *Server) sortables(c echo.Context) error {
	if _, err := takes(c, "f"); err != nil {
		return err
	}
	return s.jsonSchema(c, jsonschema.Sortables, "/sortables")
}

// schema answers what records hold, or with profile=feature how their GeoJSON
// looks.
func (s *Server) schema(c echo.Context) error {
	q, err := takes(c, "profile", "f")
	if err != nil {
		return err
	}
	profile, given := q.Take("profile")
	if !given {
		profile = "record"
	}
	switch profile {
	case "record":
		return s.jsonSchema(c, jsonschema.Stored, "/schema")
	case "feature":
		return s.jsonSchema(c, jsonschema.Feature, "/schema?profile=feature")
	}
	return params.OneOf("profile", profile, "record", "feature")
}

// jsonSchema answers a JSON Schema. GDAL 3.6 asks for application/json and takes
// nothing else.
func (s *Server) jsonSchema(c echo.Context, k jsonschema.Kind, path string) error {
	_, l, err := s.layerOf(c)
	if err != nil {
		return err
	}
	id := s.baseOf(c.Request()).Collection(l.Schema().Name, path)
	return s.readableText(c, jsonschema.Append(nil, l.Schema(), k, id), showSchema, encode.JSONSchema, encode.JSON)
}
