package main

import (
	"fmt"

	"github.com/paulmach/orb"

	"bivouac/data/schema"
	"bivouac/geo"
	"bivouac/geo/geojson"
)

// collection gathers the records of one file of the world, in the order in
// which they are written.
type collection struct {
	schema  *geo.Schema
	records []*geo.Feature
	ids     map[string]bool
}

func newCollection(id string) (*collection, error) {
	s, ok := schema.Named(id)
	if !ok {
		return nil, fmt.Errorf("generate: no schema named %q", id)
	}
	return &collection{schema: &s, ids: map[string]bool{}}, nil
}

// record is what a subject says of one thing. Fields are written by name:
// those of the schema to their columns, extra ones, of which the schema knows
// nothing, beside them. A null is not written at all.
type record struct {
	id      string
	mission string // "" is shared by all
	place   orb.Geometry
	fields  geo.Values
	extra   map[string]string
}

// add appends the record, or says which of its fields the schema lacks.
func (c *collection) add(r record) error {
	if c.ids[r.id] {
		return fmt.Errorf("generate: %s: two records have the id %q", c.schema.Name, r.id)
	}
	c.ids[r.id] = true
	f := &geo.Feature{
		SourceID: r.id, Geometry: r.place, Mission: r.mission,
		Values: make([]geo.Value, len(c.schema.Fields)),
	}
	c.setRole(f, geo.SourceIDRole, geo.String(r.id))
	c.setRole(f, geo.ClassRole, geo.String(geo.Unclassified.String()))
	if r.mission != "" {
		c.setRole(f, geo.MissionRole, geo.String(r.mission))
	}
	for name, v := range r.fields {
		i := c.schema.Field(name)
		if i < 0 {
			return fmt.Errorf("generate: %s %q: the schema has no field %q", c.schema.Name, r.id, name)
		}
		f.Values[i] = v
	}
	f.Extra = encodeExtra(r.extra)
	c.records = append(c.records, f)
	return nil
}

func (c *collection) setRole(f *geo.Feature, role geo.Role, v geo.Value) {
	if i := c.schema.WithRole(role); i >= 0 {
		f.Values[i] = v
	}
}

// encodeExtra returns the texts that are not empty as a JSON object, nil where
// all are.
func encodeExtra(texts map[string]string) []byte {
	kept := geo.Values{}
	for name, text := range texts {
		if text != "" {
			kept[name] = geo.String(text)
		}
	}
	if len(kept) == 0 {
		return nil
	}
	return geojson.AppendValue(nil, geo.Record(kept))
}

// bytes writes the collection as GeoJSON, one record a line, so that what
// changed between two worlds can be read.
func (c *collection) bytes() []byte {
	b := []byte("{\"type\":\"FeatureCollection\",\"features\":[\n")
	for i, f := range c.records {
		b = geojson.AppendGeoFeature(b, c.schema, f)
		if i < len(c.records)-1 {
			b = append(b, ',')
		}
		b = append(b, '\n')
	}
	return append(b, "]}\n"...)
}

// orNull returns s as a Value, null for an empty one.
func orNull(s string) geo.Value {
	if s == "" {
		return geo.Value{}
	}
	return geo.String(s)
}
