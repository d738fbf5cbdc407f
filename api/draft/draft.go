// Package draft answers what an edit makes of a record: it lays what a body
// says over what is stored, and refuses what this editor may not do.
//
// Three rules are more than plumbing. Nobody writes what he could not read
// afterwards. A field that says who sees the record keeps its value where a
// whole record leaves it out, so that leaving a word out opens no record. And
// a source id is set by those alone who see all, since a conflict would tell
// others of records that they do not see.
package draft

import (
	"bytes"
	"slices"

	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/geojson"
)

// New returns the record that a whole edit adds.
func New(s *geo.Schema, e *params.Edit, r geo.Reader) (geo.Feature, error) {
	f := geo.Feature{Geometry: e.Geometry, Z: e.Z, Values: slices.Clone(e.Values), Extra: e.Extra}
	if err := checkSource(s, &geo.Feature{}, &f, r); err != nil {
		return f, err
	}
	if err := geo.Fill(s, &f); err != nil {
		return f, err
	}
	return f, check(s, &f, r)
}

// Over returns the record that the edit makes of the old one. What neither
// says, such as a mission that no field holds, stays as it was.
func Over(s *geo.Schema, old *geo.Feature, e *params.Edit, r geo.Reader) (geo.Feature, error) {
	f := *old
	if e.Extra != nil && !same(e.Extra, old.Extra) {
		return f, geo.Errorf(geo.Invalid, geojson.ExtraOf(s), "the source's own fields stay as they came; leave them out, or send them as they were read")
	}
	if e.Placed || e.Whole {
		f.Geometry, f.Z = e.Geometry, e.Z
	}
	f.Values = values(s, old, e)
	if err := checkSource(s, old, &f, r); err != nil {
		return f, err
	}
	if err := follow(s, old, &f); err != nil {
		return f, err
	}
	return f, check(s, &f, r)
}

// same compares two JSON texts by what they say.
func same(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return true
	}
	one, err := geojson.ParseValue(a)
	other, err2 := geojson.ParseValue(b)
	return err == nil && err2 == nil && one.Equal(other)
}

// values lays the values of the edit over the old ones.
func values(s *geo.Schema, old *geo.Feature, e *params.Edit) []geo.Value {
	out := make([]geo.Value, len(s.Fields))
	for i := range out {
		switch {
		case e.Given[i] && !e.Whole:
			out[i] = merge(old.Value(i), e.Values[i])
		case e.Given[i]:
			out[i] = e.Values[i]
		case !e.Whole || guarded(s.Fields[i].Role):
			out[i] = old.Value(i)
		}
	}
	return out
}

// guarded fields say who sees a record, or whose it is.
func guarded(r geo.Role) bool {
	return r == geo.MissionRole || r == geo.ClassRole || r == geo.SourceIDRole
}

// merge patches a record within a record, as RFC 7396 wants; anything else
// takes the place of what was.
func merge(old, patch geo.Value) geo.Value {
	if old.Kind() != geo.KindRecord || patch.Kind() != geo.KindRecord {
		return patch
	}
	out := geo.Values{}
	for name, v := range old.Record() {
		out[name] = v
	}
	for name, v := range patch.Record() {
		if out[name] = merge(out[name], v); v.Null() {
			delete(out, name)
		}
	}
	return geo.Record(out)
}
