package ogc

import (
	"maps"

	"bivouac/geo"
)

// componentSchemas are the forms of all answers.
func componentSchemas() map[string]Schema {
	all := map[string]Schema{
		"anyObject":         {"type": "object"},
		"link":              linkSchema(),
		"problem":           problemSchema(),
		"sentence":          sentenceSchema(),
		"geometry":          geometrySchema(),
		"feature":           featureSchema(),
		"featureCollection": featureCollectionSchema(),
		"landing":           landingSchema(),
		"conformance":       object([]string{"conformsTo"}, map[string]Schema{"links": links(), "conformsTo": listOf(text(""))}),
		"collection":        collectionSchema(),
		"collections":       object([]string{"links", "crs", "collections"}, map[string]Schema{"links": links(), "crs": listOf(text("")), "collections": listOf(ref("collection"))}),
		"functions":         functionsSchema(),
		"tileSets":          tileSetsSchema(),
		"tileJSON":          tileJSONSchema(),
		"tileMatrixSets":    tileMatrixSetsSchema(),
		"tileMatrixSet":     tileMatrixSetSchema(),
		"tileMetadata":      tileMetadataSchema(),
		"styles":            stylesSchema(),
		"styleMetadata":     styleMetadataSchema(),
		"processSummary":    object(processRequired, processProperties()),
		"processList":       object([]string{"processes", "links"}, map[string]Schema{"processes": listOf(ref("processSummary")), "links": links()}),
		"process":           processSchema(),
		"execute":           executeSchema(Schema{"type": "object"}),
		"envelope":          envelopeSchema(),
		"session":           sessionSchema(),
		"audit":             auditSchema(),
		"answer": object([]string{"result", "envelope"}, map[string]Schema{
			"result": {"type": "object"}, "envelope": ref("envelope"),
		}),
	}
	maps.Copy(all, jobSchemas())
	maps.Copy(all, changeSchemas())
	maps.Copy(all, documentSchemas())
	maps.Copy(all, alertSchemas())
	maps.Copy(all, importSchemas())
	return all
}

func object(required []string, properties map[string]Schema) Schema {
	return Schema{"type": "object", "required": required, "properties": properties}
}

func listOf(item Schema) Schema { return Schema{"type": "array", "items": item} }
func links() Schema             { return listOf(ref("link")) }
func integer() Schema           { return Schema{"type": "integer"} }

func text(description string) Schema {
	if description == "" {
		return Schema{"type": "string"}
	}
	return Schema{"type": "string", "description": description}
}

func codes(list ...string) Schema { return Schema{"type": "string", "enum": list} }

func linkSchema() Schema {
	return object([]string{"href", "rel"}, map[string]Schema{"href": text(""), "rel": text(""), "type": text(""), "title": text("")})
}

func problemSchema() Schema {
	return object([]string{"type", "title", "status", "detail", "code"}, map[string]Schema{
		"type": text(""), "title": text(""), "status": integer(), "detail": text("What is wrong and what to do"),
		"code": text("Kind of trouble, for programs"), "parameter": text("Which part of the question is wrong"),
		"request": text("Number of the request in the server's log"), "clashes": listOf(ref("clash")), "said": ref("sentence"),
	})
}

// sentenceSchema is of what is said in any language.
func sentenceSchema() Schema {
	return object([]string{"text"}, map[string]Schema{
		"code":   {"type": "string", "nullable": true, "description": "What is said, for other languages; null where it is in English alone"},
		"values": {"type": "object", "nullable": true, "additionalProperties": true, "description": "Numbers, texts, and sentences within this one, by name"},
		"text":   text("In English"),
	})
}

func geometrySchema() Schema {
	return Schema{
		"type": "object", "required": []string{"type"}, "description": "A GeoJSON geometry",
		"properties": map[string]Schema{
			"type":        codes("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"),
			"coordinates": {"type": "array", "items": Schema{}},
			"geometries":  {"type": "array", "items": Schema{}},
		},
	}
}

func featureSchema() Schema {
	return object([]string{"type", "id", "geometry", "properties"}, map[string]Schema{
		"type": codes("Feature"), "id": {"type": "integer", "format": "int64"},
		"geometry":   {"nullable": true, "allOf": []Schema{ref("geometry")}},
		"properties": {"type": "object", "additionalProperties": true}, "links": links(),
	})
}

func featureCollectionSchema() Schema {
	return object([]string{"type", "features", "numberMatched", "numberReturned", "links"}, map[string]Schema{
		"type": codes("FeatureCollection"), "features": listOf(ref("feature")), "links": links(),
		"timeStamp":     {"type": "string", "format": "date-time"},
		"numberMatched": integer(), "numberReturned": integer(),
	})
}

func landingSchema() Schema {
	return object([]string{"title", "description", "version", "build", "attribution", "classification", "loaded", "links"}, map[string]Schema{
		"title": text(""), "description": text(""), "version": integer(), "timeStamp": {"type": "string", "format": "date-time"},
		"build": text(""), "attribution": listOf(text("")), "classification": codes(geo.Classes()...), "loaded": text(""), "links": links(),
	})
}

func collectionSchema() Schema {
	corners := listOf(listOf(Schema{"type": "number"}))
	times := listOf(listOf(Schema{"type": "string", "format": "date-time", "nullable": true}))
	return object([]string{"id", "title", "itemType", "crs", "storageCrs", "itemCount", "placedCount", "geometryType", "classification", "links"}, map[string]Schema{
		"id": text(""), "title": text(""), "description": text(""), "itemType": text(""), "crs": listOf(text("")), "storageCrs": text(""),
		"itemCount": integer(), "placedCount": integer(), "classification": codes(geo.Classes()...), "links": links(),
		"geometryType": codes(string(geo.NoGeometry), string(geo.PointGeometry), string(geo.LineGeometry), string(geo.AreaGeometry), string(geo.AnyGeometry)),
		"extent": {"type": "object", "properties": map[string]Schema{
			"spatial":  object([]string{"bbox", "crs"}, map[string]Schema{"bbox": corners, "crs": text("")}),
			"temporal": object([]string{"interval", "trs"}, map[string]Schema{"interval": times, "trs": text("")}),
		}},
	})
}

var processRequired = []string{"id", "title", "description", "version", "jobControlOptions", "outputTransmission", "links"}

func processProperties() map[string]Schema {
	return map[string]Schema{
		"id": text(""), "title": text(""), "description": text(""), "version": text(""),
		"jobControlOptions": listOf(text("")), "outputTransmission": listOf(text("")), "links": links(),
	}
}

func processSchema() Schema {
	properties := processProperties()
	properties["inputs"] = Schema{"type": "object", "additionalProperties": inputSchema()}
	properties["outputs"] = Schema{"type": "object", "additionalProperties": Schema{"type": "object"}}
	return object(append([]string{"inputs", "outputs"}, processRequired...), properties)
}

func inputSchema() Schema {
	return object([]string{"schema"}, map[string]Schema{
		"title": text(""), "description": text(""), "minOccurs": integer(), "maxOccurs": integer(), "schema": {"type": "object"},
	})
}

func uri(what string) Schema { return Schema{"type": "string", "format": "uri", "description": what} }

func executeSchema(inputs Schema) Schema {
	return Schema{"type": "object", "properties": map[string]Schema{
		"inputs": inputs, "outputs": {"type": "object"}, "response": codes("raw", "document"),
		"subscriber": object([]string{"successUri"}, map[string]Schema{
			"successUri": uri("Told when it is done."), "inProgressUri": uri("Told when it begins."), "failedUri": uri("Told when it failed."),
		}),
	}}
}
