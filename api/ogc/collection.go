package ogc

import (
	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/layer"
)

// Collection describes one collection.
type Collection struct {
	ID             string   `json:"id"`
	Title          string   `json:"title"`
	Description    string   `json:"description,omitempty"`
	Extent         *extent  `json:"extent,omitempty"`
	ItemType       string   `json:"itemType"`
	CRS            []string `json:"crs"`
	StorageCRS     string   `json:"storageCrs"`
	ItemCount      int      `json:"itemCount"`
	Placed         int      `json:"placedCount"` // of them, those with a place
	GeometryType   string   `json:"geometryType"`
	Classification string   `json:"classification"`
	Links          []Link   `json:"links"`
}

type extent struct {
	Spatial  *spatial  `json:"spatial,omitempty"`
	Temporal *temporal `json:"temporal,omitempty"`
}

type spatial struct {
	BBox [][4]float64 `json:"bbox"`
	CRS  string       `json:"crs"`
}

type temporal struct {
	Interval [][2]*string `json:"interval"`
	TRS      string       `json:"trs"`
}

// Collections lists the collections. Its CRS are those that each of them has;
// a collection names all of its own all the same, since it is read alone, too.
type Collections struct {
	Links       []Link       `json:"links"`
	CRS         []string     `json:"crs"`
	Collections []Collection `json:"collections"`
}

// NewCollection describes the records of a schema that have the extent.
func NewCollection(b Base, a About, s *geo.Schema, e layer.Extent) Collection {
	c := Collection{
		ID: s.Name, Title: s.Title, Description: s.Description, ItemType: "feature",
		CRS: uris(listed(e)), StorageCRS: crs.CRS84.URI(), ItemCount: e.Count, Placed: e.Placed,
		GeometryType: string(s.Geometry), Classification: e.Highest.String(),
		Links: append(collectionLinks(b, s.Name), exportLinks(b, a, s)...),
	}
	if c.Title == "" {
		c.Title = s.Name
	}
	c.Extent = newExtent(s, e)
	return c
}

// listed are the reference systems that hold every record of the extent.
func listed(e layer.Extent) []crs.System {
	if e.Placed == 0 {
		return crs.WorldSystems()
	}
	return crs.Whole(e.Box)
}

// Systems returns the reference systems that records of the extent can be
// asked for in: those that the collection lists, and of a wide one every zone
// of UTM that it touches, for the records near it. Those of a collection
// without a place are the ones that suit any.
func Systems(e layer.Extent) []crs.System {
	if e.Placed == 0 {
		return crs.WorldSystems()
	}
	return crs.Systems(e.Box)
}

func uris(list []crs.System) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = s.URI()
	}
	return out
}

func newExtent(s *geo.Schema, e layer.Extent) *extent {
	out := &extent{}
	if e.Placed > 0 {
		out.Spatial = &spatial{[][4]float64{{e.Box.West, e.Box.South, e.Box.East, e.Box.North}}, CRS84}
	}
	if s.Timed() && e.Count > 0 {
		out.Temporal = &temporal{[][2]*string{{endText(e.During.Start, 0), endText(e.During.End, geo.Microsecond)}}, Gregorian}
	}
	if *out == (extent{}) {
		return nil
	}
	return out
}

// endText writes an end of an extent, null for one that is not known. The
// intervals of the standard include their last moment, ours do not.
func endText(e geo.End, before geo.Time) *string {
	if e.Kind != geo.At {
		return nil
	}
	s := (e.Time - before).String()
	return &s
}

// collectionLinks repeats what clients know by different names: GDAL 3.6 looks
// for describedBy and queryables, newer clients and QGIS for the others.
func collectionLinks(b Base, id string) []Link {
	featureSchema := b.Collection(id, "/schema?profile=feature")
	return []Link{
		{b.Collection(id, ""), "self", jsonType, "This document"},
		ForPeople(b.Collection(id, "")),
		{b.Collection(id, "/items"), "items", geojsonType, "Records as GeoJSON"},
		{b.Collection(id, "/items"), "items", "application/vnd.ogc.fg+json", "Records as JSON-FG"},
		{b.Collection(id, "/items?f=html"), "items", htmlType, "Records as a table and a map"},
		{b.Collection(id, "/queryables"), RelQueryables, schemaType, "Properties to filter by"},
		{b.Collection(id, "/queryables"), "queryables", jsonType, "Properties to filter by"},
		{b.Collection(id, "/sortables"), RelSortables, schemaType, "Properties to sort by"},
		{b.Collection(id, "/schema"), RelSchema, schemaType, "Schema of the records"},
		{featureSchema, "describedBy", schemaType, "Schema of the records as GeoJSON"},
		{featureSchema, "describedby", schemaType, "Schema of the records as GeoJSON"},
		{b.Collection(id, "/styles"), RelStyles, jsonType, "How the records are drawn"},
		{b.Collection(id, "/tiles"), RelTiles, jsonType, "Records as vector tiles"},
		{b.API("/collections"), "up", jsonType, "All collections"},
	}
}

// exportLinks name the files that hold all records at once.
func exportLinks(b Base, a About, s *geo.Schema) []Link {
	var links []Link
	for _, f := range a.Formats {
		if !f.Takes(s) {
			continue
		}
		links = append(links, Link{b.Collection(s.Name, "/export?f="+f.ID), "enclosure", f.Media, "All records as one file: " + f.Title})
	}
	return links
}

// NewCollections lists the collections.
func NewCollections(b Base, list []Collection) Collections {
	return Collections{
		Links:       []Link{{b.API("/collections"), "self", jsonType, "This document"}, ForPeople(b.API("/collections")), {b.API(""), "up", jsonType, "Landing page"}},
		CRS:         uris(crs.WorldSystems()),
		Collections: list,
	}
}
