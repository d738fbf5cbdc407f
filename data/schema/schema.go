// Package schema answers what the built-in collections hold: one JSON Schema
// file a collection, embedded.
//
// The files are written as geo/jsonschema writes a stored schema, indented; a
// test holds them to that. When and by whom a record was made or changed is
// not a field: the store's history holds it for every record. Victims' names
// and other personal data have no field anywhere.
package schema

import (
	"embed"
	"fmt"
	"slices"

	"bivouac/geo"
	"bivouac/geo/jsonschema"
)

//go:embed *.json
var files embed.FS

// order is that of the collections in every list: where things are first,
// what happened there next, what leads there last.
var order = []string{
	"missions", "areas", "places", "bases", "assets", "incidents", "reports", "hazards", "corridors", "routes", "movements",
	"roads", "barriers", "turn_restrictions",
}

// Builtin returns the schemas of the built-in collections.
func Builtin() []geo.Schema {
	all := make([]geo.Schema, len(order))
	for i, id := range order {
		all[i], _ = Named(id)
	}
	return all
}

// Named returns the schema of the built-in collection, false where there is
// none of that id.
func Named(id string) (geo.Schema, bool) {
	if !slices.Contains(order, id) {
		return geo.Schema{}, false
	}
	text, err := files.ReadFile(id + ".json")
	if err == nil {
		var s geo.Schema
		if s, err = jsonschema.Decode(text); err == nil {
			return s, true
		}
	}
	panic(fmt.Sprintf("schema: the embedded %s.json is broken: %v", id, err))
}
