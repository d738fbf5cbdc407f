package staging

import (
	"bytes"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/geojson"
)

// Names of what changes beside fields.
const (
	GeometryName = "geometry"
	ExtraName    = "extra"
	ClassName    = "classification"
	MissionName  = "mission"
	IDName       = "source_id"
)

// Diff returns what differs between two records of the schema, by the names of
// its fields, and by those above where no field says it. None is the same
// record, whichever Version wrote it.
func Diff(s *geo.Schema, before, after *geo.Feature) []string {
	var out []string
	note := func(name string) {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	for i := range s.Fields {
		if !before.Value(i).Equal(after.Value(i)) {
			note(s.Fields[i].Name)
		}
	}
	if !SameShape(before, after) {
		note(GeometryName)
	}
	if !sameExtra(before.Extra, after.Extra) {
		note(ExtraName)
	}
	if before.Class != after.Class {
		note(ClassName)
	}
	if before.Mission != after.Mission {
		note(MissionName)
	}
	if before.SourceID != after.SourceID {
		note(IDName)
	}
	return out
}

// sameExtra compares JSON objects by what they say: a store may write one in
// other bytes than it got.
func sameExtra(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return true
	}
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	x, bad := geojson.ParseValue(a)
	y, worse := geojson.ParseValue(b)
	return bad == nil && worse == nil && x.Equal(y)
}

// SameShape reports whether both stand at the same place, at the same heights.
// An unknown height is like another.
func SameShape(a, b *geo.Feature) bool {
	if a.Geometry == nil || b.Geometry == nil {
		return a.Geometry == nil && b.Geometry == nil
	}
	return orb.Equal(a.Geometry, b.Geometry) && slices.EqualFunc(a.Z, b.Z, func(x, y float64) bool {
		return x == y || x != x && y != y
	})
}

// AppendPart adds as JSON what a record says in a part that [Diff] names; null
// for no record.
func AppendPart(b []byte, s *geo.Schema, f *geo.Feature, name string) []byte {
	if f == nil {
		return append(b, "null"...)
	}
	if i := s.Field(name); i >= 0 {
		return geojson.AppendField(b, f.Value(i), &s.Fields[i])
	}
	switch {
	case name == GeometryName && f.Geometry != nil:
		return geojson.AppendGeometry(b, f.Geometry, f.Z)
	case name == ExtraName && f.Extra != nil:
		return append(b, f.Extra...)
	case name == ClassName:
		return geojson.AppendString(b, f.Class.String())
	case name == MissionName && f.Mission != "":
		return geojson.AppendString(b, f.Mission)
	case name == IDName && f.SourceID != "":
		return geojson.AppendString(b, f.SourceID)
	}
	return append(b, "null"...)
}

// Parts returns the names of what a record says, as [Diff] names them.
func Parts(s *geo.Schema, r *Row) []string {
	f := r.After
	if f == nil {
		f = r.Before
	}
	if f == nil {
		return nil
	}
	return Diff(s, &geo.Feature{}, f)
}
