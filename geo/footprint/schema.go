package footprint

import (
	"bivouac/geo"
	"bivouac/geo/process"
)

// halfway round the earth: no place is farther.
var farthest = 20_004_000.0
var nothing = 0.0

func inputs() geo.Schema {
	return geo.Schema{Name: "footprint", Fields: []geo.Field{
		{Name: "bases", Title: "Bases", Kind: geo.KindList, Role: geo.CollectionRole, Collection: basesCollection,
			Description: "Keys of the bases; without them, all that are open.",
			Items:       &geo.Field{Kind: geo.KindInt}},
		{Name: "radius_m", Title: "Radius", Unit: "m", Kind: geo.KindFloat, Least: &nothing, Greatest: &farthest,
			Description: "Reach of every base in metres; without it, or 0, each base's own patrol radius."},
		{Name: "places", Title: "Places", Kind: geo.KindList,
			Description: "Points as GeoJSON geometries where there is no base yet: each counts, beside the bases, as a base of radius_m, which they need.",
			Items:       &geo.Field{Kind: geo.KindGeometry}},
		{Name: "within", Title: "Area", Kind: geo.KindGeometry,
			Description: "A GeoJSON polygon, its edges straight on the map; the gaps are what of it no ring reaches."},
		{Name: "collections", Title: "Collections", Kind: geo.KindList,
			Description: "Ids of the collections to look into; without them, all whose records have a place, but the bases.",
			Items:       &geo.Field{Kind: geo.KindString}},
		{Name: "datetime", Title: "Time", Kind: geo.KindInterval,
			Description: "Only what stood at some moment of this interval; without it, everything."},
	}}
}

func outputs() geo.Schema {
	people := func(name, title string) geo.Field { return geo.Field{Name: name, Title: title, Kind: geo.KindFloat} }
	return geo.Schema{Name: "footprint", Fields: []geo.Field{
		{Name: "bases", Title: "Bases", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord, Fields: []geo.Field{
			process.Whole("key", "Key"), process.Text("name", "Name"), {Name: "radius_m", Title: "Radius", Unit: "m", Kind: geo.KindFloat},
			process.Whole("inside", "Records reached"), process.Whole("only", "Reached by this base alone"),
			people("population", "Population reached"), people("population_only", "Population reached by this base alone"),
		}}},
		{Name: "collections", Title: "Collections", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord, Fields: []geo.Field{
			process.Text("id", "Collection"), process.Text("title", "Title"), process.Whole("selected", "Records"), process.Whole("inside", "Inside"),
			process.Whole("only_one", "Reached by one base alone"), process.Whole("none", "Reached by none"), process.Whole("without_place", "Without a place"),
		}}},
		{Name: "population", Title: "Population", Kind: geo.KindRecord, Fields: []geo.Field{
			people("total", "Total"), people("reached", "Reached"), people("only_one", "Reached by one base alone"),
			people("none", "Reached by none"), process.Whole("unstated", "Places that state no population"),
		}},
		{Name: "rings", Title: "Rings", Kind: geo.KindRecord,
			Description: "A GeoJSON FeatureCollection: the geodesic disc of each base and place, with name, radius_m and key (null for a place)."},
		{Name: "union", Title: "Union", Kind: geo.KindRecord,
			Description: "A GeoJSON Feature: all that some ring reaches, with area_m2 and max_depth, the most rings over one place."},
		{Name: "overlap", Title: "Overlap", Kind: geo.KindRecord,
			Description: "A GeoJSON FeatureCollection: what at least depth rings reach, for depth 2, 3 and so on to 10, with area_m2."},
		{Name: "gaps", Title: "Gaps", Kind: geo.KindRecord,
			Description: "A GeoJSON Feature: what of the area no ring reaches, with area_m2 and share, its part of the area; null without one."},
	}}
}
