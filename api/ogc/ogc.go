// Package ogc answers what this server offers, in the words of the OGC API
// standards: landing page, conformance, collections, processes and the OpenAPI
// description of all of them.
//
// Its functions are pure: they take a base address, schemas and extents, and
// give documents that encoding/json writes. The schemas of collections
// themselves are written by geo/jsonschema.
package ogc

// Addresses of reference systems.
const (
	CRS84     = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
	Gregorian = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
)

// Relations of links that have no plain name, or an older one beside it.
const (
	RelConformance = "http://www.opengis.net/def/rel/ogc/1.0/conformance"
	RelQueryables  = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
	RelSortables   = "http://www.opengis.net/def/rel/ogc/1.0/sortables"
	RelSchema      = "http://www.opengis.net/def/rel/ogc/1.0/schema"
	RelProcesses   = "http://www.opengis.net/def/rel/ogc/1.0/processes"
	RelExecute     = "http://www.opengis.net/def/rel/ogc/1.0/execute"
)

// Media types in links.
const (
	jsonType    = "application/json"
	geojsonType = "application/geo+json"
	schemaType  = "application/schema+json"
	openapiType = "application/vnd.oai.openapi+json;version=3.0"
	mvtType     = "application/vnd.mapbox-vector-tile"
	htmlType    = "text/html"
)

// Link points from one resource to another, absolutely.
type Link struct {
	Href  string `json:"href"`
	Rel   string `json:"rel"`
	Type  string `json:"type,omitempty"`
	Title string `json:"title,omitempty"`
}

// Base is the absolute address of the server without a slash at its end. All
// links hang on it: QGIS takes a landing page with relative ones for broken.
type Base string

// API returns the address of a path under /api.
func (b Base) API(path string) string { return string(b) + "/api" + path }

// Collection returns the address of a path under a collection.
func (b Base) Collection(id, path string) string { return b.API("/collections/" + id + path) }

// Process returns the address of a path under a process.
func (b Base) Process(id, path string) string { return b.API("/processes/" + id + path) }

// ForPeople is the link to the same document as a page.
func ForPeople(address string) Link {
	return Link{address + "?f=html", "alternate", htmlType, "This document for people"}
}
