package grid

import (
	"bivouac/geo"
	"bivouac/geo/measure"
	"bivouac/geo/process"
)

// AreaField is the output that [Study.AreaValue] gives.
func AreaField() geo.Field {
	return geo.Field{Name: "area", Title: "Study area", Kind: geo.KindRecord,
		Description: "A GeoJSON Feature: the area whose square kilometres are counted, with area_km2, and hull where it is that of the events; null where none was asked for and none is needed."}
}

// AreaValue is the study area as a feature, null for none.
func (s *Study) AreaValue() geo.Value {
	if s.Area == nil {
		return geo.Value{}
	}
	return process.Feature(1, s.Area, geo.Values{"area_km2": geo.Float(measure.PlaneArea(s.Area) / 1e6), "hull": geo.Bool(s.Hull)})
}

// CoverFields are what [Cover.Values] gives.
func CoverFields() []geo.Field {
	return []geo.Field{
		process.Number("cell_m", "Width", "m"), process.Number("cell_km2", "Area", "km2"), {Name: "cells", Title: "Cells of the study area", Kind: geo.KindInt},
		process.Number("centre_lon", "Longitude of the centre", "deg"), process.Number("centre_lat", "Latitude of the centre", "deg"),
	}
}

// Values say which cells they are, for a run with the same ones.
func (c *Cover) Values() geo.Values {
	centre := c.Grid.plane.Centre()
	return geo.Values{
		"cell_m": geo.Float(c.Grid.Width()), "cell_km2": geo.Float(c.Grid.Area() / 1e6), "cells": geo.Int(int64(len(c.Cells))),
		"centre_lon": geo.Float(centre[0]), "centre_lat": geo.Float(centre[1]),
	}
}
