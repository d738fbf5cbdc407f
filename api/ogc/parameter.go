package ogc

import (
	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/geojson"
)

// parameter is one parameter of an operation, or a reference to one.
type parameter struct {
	Ref         string `json:"$ref,omitempty"`
	Name        string `json:"name,omitempty"`
	In          string `json:"in,omitempty"`
	Description string `json:"description,omitempty"`
	Required    *bool  `json:"required,omitempty"`
	Style       string `json:"style,omitempty"`
	Explode     *bool  `json:"explode,omitempty"`
	Schema      Schema `json:"schema,omitempty"`
}

var yes, no = true, false

// query is a parameter behind the question mark. Clients look for the literal
// explode:false.
func query(name, description string, s Schema) parameter {
	return parameter{Name: name, In: "query", Description: description, Required: &no, Style: "form", Explode: &no, Schema: s}
}

func inPath(name, description string, s Schema) parameter {
	return parameter{Name: name, In: "path", Description: description, Required: &yes, Schema: s}
}

func inHeader(name, description string) parameter {
	return parameter{Name: name, In: "header", Description: description, Required: &no, Schema: Schema{"type": "string"}}
}

// whenParameters ask for a past state, or for what would be.
func whenParameters() []parameter {
	return []parameter{
		query("asof", "The state at a time, or at the end of a day.", Schema{"type": "string", "example": "2018-08-31T12:00:00Z"}),
		query("version", "The state at a version; not together with asof.", Schema{"type": "integer", "minimum": 1}),
		query("scenario", "What would be: the id of a document of the kind scenario, or the changes themselves as a JSON list of them. A day may stand behind either, as in drawdown@2023-08-31: the changes up to it.", Schema{"type": "string"}),
	}
}

// limitByReference is how GDAL from 3.8 and QGIS find the size of a page.
var limitByReference = parameter{Ref: "#/components/parameters/limit"}

func limitParameter() parameter {
	return query("limit", "At most so many records in one answer. A larger whole number counts as the maximum.",
		Schema{"type": "integer", "minimum": params.MinLimit, "maximum": params.MaxLimit, "default": params.DefaultLimit})
}

// itemsParameters are those of every list of records: of a collection of the
// schema, or of any for nil.
func itemsParameters(s *geo.Schema) []parameter {
	return []parameter{
		limitByReference,
		query("bbox", "Records that meet west,south,east,north in degrees, or as bbox-crs has it; west greater than east crosses the date line. Six numbers add the lowest and highest height in metres as third and sixth.",
			Schema{"type": "array", "minItems": 4, "maxItems": 6, "items": Schema{"type": "number"}}),
		systemParameter("bbox-crs", "Address of the reference system of bbox, one that the collection lists under crs, or a UTM zone that it touches; its axes are in their own order, latitude first in EPSG:4326. near is always in CRS84."),
		crsParameter(),
		query("datetime", "Records that stood at some moment of a time, a day, or start/end, both included; .. is an open end.", Schema{"type": "string"}),
		query("filter", "Records for which this is true, in CQL2 (OGC 21-065r2): comparisons of properties and calculations, IN, BETWEEN, LIKE, IS NULL, spatial, temporal and array functions, with AND, OR, NOT and brackets. The record's shape is called geometry. It combines with the other parameters by AND.",
			Schema{"type": "string", "example": "category IN ('ied', 'mine') AND killed > 0"}),
		systemParameter("filter-crs", "Address of the reference system of the shapes in filter, one that the collection lists under crs."),
		query("filter-lang", "Language of the filter; cql-text is an older name of cql2-text.",
			Schema{"type": "string", "enum": params.FilterLanguages(), "default": params.FilterLanguages()[0]}),
		query("near", "Records outward from lon,lat, or from the well-known text of a shape, by geodesic distance to their nearest point; distance_m and bearing_deg are added.",
			Schema{"type": "string", "example": "-3.05,16.77"}),
		query("radius", "With near: no farther than so many metres.", Schema{"type": "number", "minimum": 0}),
		query("k", "With near: only the k nearest.", Schema{"type": "integer", "minimum": 1, "maximum": params.MaxK}),
		query("properties", "Only these fields of the records, in this order; none where it is empty. The source's own fields are left out with the others.",
			Schema{"type": "array", "items": Schema{"type": "string"}}),
		query("max-allowable-offset", "Lines and areas with fewer vertices, none of which would lie farther than so many metres from what stays. Each shape is simplified by itself; areas stay valid, and none is lost.",
			Schema{"type": "number", "minimum": 0, "default": 0}),
		sortParameter(s),
		query("resultType", "hits answers with the count alone.",
			Schema{"type": "string", "enum": []string{"results", "hits"}, "default": "results"}),
		query("after", "Records behind this place in the order. It comes from a next link and does not depend on the limit.", Schema{"type": "string"}),
		whenParameters()[0], whenParameters()[1], whenParameters()[2],
		profileParameter(), formatParameter(featureForms...),
	}
}

// featureForms are the forms of records.
var featureForms = []string{"json", "geojson", "jsonfg", "html"}

// profileParameter asks for a form of GeoJSON.
func profileParameter() parameter {
	var names []string
	for _, p := range geojson.Profiles() {
		names = append(names, p.String())
	}
	return query("profile", "Profile of GeoJSON (OGC 21-045r1): jsonfg adds time, and keeps shapes in another reference system under place; jsonfg-plus gives them in degrees, too. The first that is known counts.",
		Schema{"type": "array", "items": codes(names...), "minItems": 1})
}

// sortParameter names the fields to sort by where they are known.
func sortParameter(s *geo.Schema) parameter {
	one := Schema{"type": "string", "pattern": "^[+-]?.+$"}
	if s != nil {
		one = Schema{"type": "string", "enum": params.SortWords(s)}
	}
	return query("sortby", "Records in the order of these fields, each with - before it to descend, or + or nothing to ascend (write + as %2B); records without a value last. Not with near.",
		Schema{"type": "array", "items": one, "minItems": 1, "maxItems": geo.MaxSort})
}

// crsParameter asks for shapes in another system.
func crsParameter() parameter {
	return systemParameter("crs", "Address of the reference system of the shapes in the answer, one that the collection lists under crs, or a UTM zone that it touches; its axes are in their own order, latitude first in EPSG:4326. Heights stay. A record without coordinates in it makes the answer a 400 that names it.")
}

func systemParameter(name, description string) parameter {
	return query(name, description, Schema{"type": "string", "format": "uri", "default": CRS84})
}

func formatParameter(forms ...string) parameter {
	return query("f", "Form of the answer; without it, by the Accept header.", Schema{"type": "string", "enum": forms})
}

// filterParameters are the properties of a collection that can be asked for
// by name=value.
func filterParameters(s *geo.Schema) []parameter {
	var out []parameter
	for i := range s.Fields {
		f := &s.Fields[i]
		if !params.Filterable(f) {
			continue
		}
		schema := fieldSchema(f)
		description, _ := schema["description"].(string)
		for _, name := range []string{"description", "title", "default"} {
			delete(schema, name)
		}
		out = append(out, query(f.Name, description, schema))
	}
	return out
}
