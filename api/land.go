package api

import (
	"encoding/json"
	"html/template"
	"io/fs"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/api/webpage"
	"bivouac/geo/geojson"
)

// readLand reads the ground of small maps from the page's base map. Without one
// the maps show records alone: they are still right.
func readLand(page fs.FS) webpage.Land {
	var land webpage.Land
	for _, f := range readBase(page, "basemap/countries.json") {
		if g, ok := f.shape.(orb.MultiPolygon); ok {
			land.Countries = append(land.Countries, g)
		}
	}
	for _, f := range readBase(page, "basemap/borders.json") {
		lines, _ := f.shape.(orb.MultiLineString)
		if f.Properties.Settled == 1 {
			land.Settled = append(land.Settled, lines...)
		} else {
			land.Disputed = append(land.Disputed, lines...)
		}
	}
	return land
}

type baseFeature struct {
	Geometry   json.RawMessage
	Properties struct{ Settled int }
	shape      orb.Geometry
}

func readBase(page fs.FS, name string) []baseFeature {
	if page == nil {
		return nil
	}
	text, err := fs.ReadFile(page, name)
	if err != nil {
		return nil
	}
	var all struct{ Features []baseFeature }
	if json.Unmarshal(text, &all) != nil {
		return nil
	}
	for i := range all.Features {
		f := &all.Features[i]
		f.shape, _, _ = geojson.ParseGeometry(f.Geometry)
	}
	return all.Features
}

// mapOf draws shapes, nil ones left out. None gives no map.
func (s *Server) mapOf(shapes []orb.Geometry) template.HTML {
	var bound orb.Bound
	var placed []orb.Geometry
	for _, g := range shapes {
		if g == nil {
			continue
		}
		if placed == nil {
			bound = g.Bound()
		}
		placed, bound = append(placed, g), bound.Union(g.Bound())
	}
	if placed == nil {
		return ""
	}
	return webpage.Map(s.land(), bound, slices.Values(placed))
}
