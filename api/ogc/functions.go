package ogc

import (
	"bivouac/geo"
	"bivouac/geo/filter"
)

// RelFunctions is the relation of the list of functions.
const RelFunctions = "http://www.opengis.net/def/rel/ogc/1.0/functions"

// Functions lists the functions that a filter may call, as OGC API Features
// part 3 writes them.
type Functions struct {
	Links     []Link     `json:"links"`
	Functions []function `json:"functions"`
}

type function struct {
	Name        string     `json:"name"`
	Description string     `json:"description"`
	Arguments   []argument `json:"arguments"`
	Returns     []string   `json:"returns"`
}

type argument struct {
	Title string   `json:"title"`
	Type  []string `json:"type"`
}

// NewFunctions lists them.
func NewFunctions(b Base, list []filter.Function) Functions {
	out := Functions{Links: []Link{{b.API("/functions"), "self", jsonType, "This document"}, ForPeople(b.API("/functions")), {b.API(""), "up", jsonType, "Landing page"}}, Functions: []function{}}
	for _, f := range list {
		one := function{Name: f.Name, Description: f.Description, Arguments: []argument{}, Returns: []string{functionType(f.Result)}}
		for _, a := range f.Arguments {
			one.Arguments = append(one.Arguments, argument{a.Name, []string{functionType(a.Kind)}})
		}
		out.Functions = append(out.Functions, one)
	}
	return out
}

// functionType is the standard's word for a kind.
func functionType(k geo.Kind) string {
	switch k {
	case geo.KindInt:
		return "integer"
	case geo.KindFloat:
		return "number"
	case geo.KindBool:
		return "boolean"
	case geo.KindTime:
		return "datetime"
	case geo.KindGeometry:
		return "geometry"
	}
	return "string"
}

func functionsSchema() Schema {
	types := listOf(text(""))
	return object([]string{"functions"}, map[string]Schema{
		"links": links(), "functions": listOf(object([]string{"name", "returns"}, map[string]Schema{
			"name": text(""), "description": text(""), "returns": types,
			"arguments": listOf(object([]string{"type"}, map[string]Schema{"title": text(""), "type": types})),
		})),
	})
}
