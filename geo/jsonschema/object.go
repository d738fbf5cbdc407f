package jsonschema

import (
	"bivouac/geo"
	"bivouac/geo/geojson"
)

// object writes the members of one JSON object in the order they are given.
type object struct {
	b     []byte
	empty bool
}

func open(b []byte) object { return object{append(b, '{'), true} }

func (o *object) close() []byte { return append(o.b, '}') }

func (o *object) name(name string) {
	if !o.empty {
		o.b = append(o.b, ',')
	}
	o.empty = false
	o.b = append(geojson.AppendString(o.b, name), ':')
}

// text adds a string, nothing where it is empty.
func (o *object) text(name, s string) {
	if s == "" {
		return
	}
	o.name(name)
	o.b = geojson.AppendString(o.b, s)
}

// raw adds what is JSON already.
func (o *object) raw(name, json string) {
	o.name(name)
	o.b = append(o.b, json...)
}

func (o *object) value(name string, v geo.Value) {
	o.name(name)
	o.b = geojson.AppendValue(o.b, v)
}
