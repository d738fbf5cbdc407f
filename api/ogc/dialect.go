package ogc

import (
	"encoding/json"
	"strings"

	"bivouac/geo"
	"bivouac/geo/jsonschema"
)

// Schema is a schema object of OpenAPI 3.0, which is a dialect of its own
// beside JSON Schema.
type Schema map[string]any

// fieldSchema says a field in the words of OpenAPI 3.0.
func fieldSchema(f *geo.Field) Schema {
	var s map[string]any
	if err := json.Unmarshal(jsonschema.AppendField(nil, f), &s); err != nil {
		panic("ogc: geo/jsonschema wrote no JSON: " + err.Error())
	}
	return dialect(s)
}

// fieldsSchema says a record of the fields.
func fieldsSchema(fields []geo.Field) Schema {
	s := fieldSchema(&geo.Field{Kind: geo.KindRecord, Fields: fields})
	delete(s, "description")
	return s
}

// dialect turns a JSON Schema of ours into OpenAPI 3.0: the geometries of
// geojson.org become our own component, so that no reader has to leave the
// house for them, and examples, which that version lacks, go.
func dialect(s map[string]any) Schema {
	if ref, ok := s["$ref"].(string); ok && strings.HasPrefix(ref, "https://geojson.org/") {
		return Schema{"$ref": "#/components/schemas/geometry"}
	}
	delete(s, "examples")
	if items, ok := s["items"].(map[string]any); ok {
		s["items"] = dialect(items)
	} else if s["type"] == "array" {
		s["items"] = Schema{}
	}
	if properties, ok := s["properties"].(map[string]any); ok {
		for name, p := range properties {
			if p, ok := p.(map[string]any); ok {
				properties[name] = dialect(p)
			}
		}
		if len(properties) == 0 {
			delete(s, "properties")
		}
	}
	return s
}
