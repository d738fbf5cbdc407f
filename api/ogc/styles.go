package ogc

import (
	"bivouac/api/styles"
	"bivouac/geo"
	"bivouac/geo/tile"
)

// RelStyles leads to the styles of a resource.
const RelStyles = "http://www.opengis.net/def/rel/ogc/1.0/styles"

const (
	styleType = "application/vnd.mapbox.style+json"
	qmlType   = "application/x-qgis-layer-settings"
	styleSpec = "https://maplibre.org/maplibre-style-spec/"
)

// Style returns the address of a path under the style of a collection.
func (b Base) Style(id, path string) string { return b.API("/styles/" + id + path) }

// TilesPattern is the address of the tiles of a collection that maps draw.
func TilesPattern(b Base, s *geo.Schema) string {
	return b.Collection(s.Name, tilesPath(tile.WebMercatorQuad)+zyx)
}

// Styles lists styles, as OGC API Styles (draft 20-009) has it.
type Styles struct {
	Default string       `json:"default,omitempty"`
	Styles  []styleEntry `json:"styles"`
	Links   []Link       `json:"links"`
}

type styleEntry struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Links []Link `json:"links"`
}

// NewStyles lists the styles of the collections: one each, under its id.
func NewStyles(b Base, collections []*geo.Schema) Styles {
	return newStyles([]Link{{b.API("/styles"), "self", jsonType, "This document"}, {b.API(""), "up", jsonType, "Landing page"}}, b, collections)
}

// NewCollectionStyles lists the one style of a collection.
func NewCollectionStyles(b Base, s *geo.Schema) Styles {
	out := newStyles([]Link{{b.Collection(s.Name, "/styles"), "self", jsonType, "This document"}, {b.Collection(s.Name, ""), "up", jsonType, "The collection"}}, b, []*geo.Schema{s})
	if len(out.Styles) > 0 {
		out.Default = s.Name
	}
	return out
}

func newStyles(links []Link, b Base, collections []*geo.Schema) Styles {
	out := Styles{Styles: []styleEntry{}, Links: links}
	for _, s := range collections {
		if styles.Drawn(s) {
			links := append(stylesheetLinks(b, s), Link{b.Style(s.Name, "/metadata"), "describedby", jsonType, "What the style draws, and how"})
			out.Styles = append(out.Styles, styleEntry{s.Name, titleOf(s), links})
		}
	}
	return out
}

func stylesheetLink(b Base, s *geo.Schema) Link {
	return Link{b.Style(s.Name, "?f=mapbox"), "stylesheet", styleType, "The style, for MapLibre and QGIS"}
}

// stylesheetLinks lead to the forms of a style. That of QGIS is for layers of one
// type of geometry.
func stylesheetLinks(b Base, s *geo.Schema) []Link {
	links := []Link{stylesheetLink(b, s)}
	if s.Geometry != geo.AnyGeometry {
		links = append(links, Link{b.Style(s.Name, "?f=qml"), "stylesheet", qmlType, "The style of the records, for QGIS"})
	}
	return links
}

func titleOf(s *geo.Schema) string {
	if s.Title == "" {
		return s.Name
	}
	return s.Title
}

// StyleMetadata says what a style draws.
type StyleMetadata struct {
	ID          string       `json:"id"`
	Title       string       `json:"title"`
	Description string       `json:"description"`
	Scope       string       `json:"scope"`
	StyleSheets []styleSheet `json:"stylesheets"`
	Layers      []styleLayer `json:"layers"`
	Links       []Link       `json:"links"`
}

type styleSheet struct {
	Title         string `json:"title"`
	Version       string `json:"version"`
	Specification string `json:"specification"`
	Native        bool   `json:"native"`
	Link          Link   `json:"link"`
}

type styleLayer struct {
	ID           string            `json:"id"`
	Description  string            `json:"description,omitempty"`
	DataType     string            `json:"dataType"`
	GeometryType string            `json:"geometryType"`
	Properties   map[string]Schema `json:"propertiesSchema"`
	Sample       Link              `json:"sampleData"`
}

// geometryNames are the draft's words for what a layer shows.
var geometryNames = map[geo.GeometryType]string{geo.PointGeometry: "points", geo.LineGeometry: "lines", geo.AreaGeometry: "polygons"}

// NewStyleMetadata describes the style of a collection.
func NewStyleMetadata(b Base, s *geo.Schema) StyleMetadata {
	l := styleLayer{
		ID: s.Name, Description: s.Description, DataType: vector, GeometryType: geometryNames[s.Geometry], Properties: map[string]Schema{},
		Sample: Link{b.Collection(s.Name, "/items"), "start", geojsonType, "Records as GeoJSON"},
	}
	if l.GeometryType == "" {
		l.GeometryType = "any"
	}
	for _, i := range styles.Fields(s) {
		l.Properties[s.Fields[i].Name] = fieldSchema(&s.Fields[i])
	}
	sheets := []styleSheet{{"MapLibre style", "8", styleSpec, true, stylesheetLink(b, s)}}
	if links := stylesheetLinks(b, s); len(links) > 1 {
		sheets = append(sheets, styleSheet{"QGIS layer style", "3.22", "https://docs.qgis.org/", false, links[1]})
	}
	return StyleMetadata{
		ID: s.Name, Title: titleOf(s), Description: styles.Describe(s), Scope: "style",
		StyleSheets: sheets,
		Layers:      []styleLayer{l},
		Links: []Link{
			{b.Style(s.Name, "/metadata"), "self", jsonType, "This document"}, {b.API("/styles"), "up", jsonType, "All styles"},
			{b.Collection(s.Name, ""), "collection", jsonType, "The collection"},
		},
	}
}

// addStyles describes the styles.
func (doc *OpenAPI) addStyles(collection parameter) {
	const one = "/styles/{collectionId}"
	const perCollection = "/collections/{collectionId}/styles"
	doc.get("/styles", styleDocument("styles", "Styles of the collections", "styles"))
	doc.get(one, stylesheet("style", "How a collection is drawn, as a MapLibre style of its vector tiles", collection))
	doc.get(one+"/metadata", styleDocument("styleMetadata", "What a style draws", "styleMetadata", collection))
	doc.get(perCollection, styleDocument("collectionStyles", "The style of a collection", "styles", collection))
	doc.get(perCollection+"/{styleId}", stylesheet("collectionStyle", "The same style, under its collection", collection, inPath("styleId", "Id of the style: the collection's", Schema{"type": "string"})))
	doc.get("/sprites/{file}", operation{
		OperationID: "sprite", Summary: "The symbols of all styles: an image, and where each stands in it", Tags: []string{"Styles"},
		Parameters: []parameter{inPath("file", "Theme, @2x for fine screens, and the ending", Schema{"type": "string", "pattern": `^[a-z]+(@2x)?\.(json|png)$`})},
		Responses:  answers("image/png", Schema{"type": "string", "format": "binary"}, true),
	})
}

func styleDocument(id, summary, schema string, parameters ...parameter) operation {
	return document(id, summary, "Styles", schema, append(parameters, formatParameter("json"))...)
}

func stylesheet(id, summary string, parameters ...parameter) operation {
	responses := answers(styleType, ref("anyObject"), true)
	responses["200"].Content[qmlType] = mediaType{Schema{"type": "string"}}
	return operation{
		OperationID: id, Summary: summary, Tags: []string{"Styles"}, Responses: responses,
		Parameters: append(parameters, formatParameter("mapbox", "qml"),
			query("theme", "Colours for light or dark surroundings.", Schema{"type": "string", "enum": styles.Themes(), "default": styles.Themes()[0]})),
	}
}

func stylesSchema() Schema {
	return object([]string{"styles"}, map[string]Schema{
		"default": text(""), "links": links(),
		"styles": listOf(object([]string{"id", "links"}, map[string]Schema{"id": text(""), "title": text(""), "links": links()})),
	})
}

func styleMetadataSchema() Schema {
	link := ref("link")
	return object([]string{"id"}, map[string]Schema{
		"id": text(""), "title": text(""), "description": text(""), "scope": codes("style"), "links": links(),
		"stylesheets": listOf(object([]string{"link"}, map[string]Schema{
			"title": text(""), "version": text(""), "specification": text(""), "native": {"type": "boolean"}, "link": link,
		})),
		"layers": listOf(object([]string{"id"}, map[string]Schema{
			"id": text(""), "description": text(""), "dataType": codes(vector), "geometryType": codes("points", "lines", "polygons", "any"),
			"propertiesSchema": {"type": "object", "additionalProperties": true}, "sampleData": link,
		})),
	})
}
