package params

import (
	"bytes"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/geojson"
)

// Edit is what a body says of one record. A whole one says all of it; what a
// patch does not name is to stay as it is.
type Edit struct {
	Whole    bool
	Placed   bool // it says where the record is; a nil Geometry takes the place away
	Geometry orb.Geometry
	Z        []float64
	Values   []geo.Value // by position in the schema
	Given    []bool      // which of them it names
	Extra    []byte      // source fields without a column, nil where it names none

	described bool // it names properties
}

// ParseFeature reads a whole feature of the schema, whose shape is in the
// reference system. Its id is the store's business and passed over.
func ParseFeature(body []byte, s *geo.Schema, in crs.System) (*Edit, error) {
	t, err := geojson.ParseText(body)
	if err != nil {
		return nil, err
	}
	if t.Type != "Feature" {
		return nil, geo.Errorf(geo.Invalid, "type", `the body must be one feature, {"type":"Feature","geometry":...,"properties":{...}}, not a %q`, clip(t.Type))
	}
	return newEdit(t, s, in, true)
}

// ParsePatch reads a merge patch (RFC 7396) of a feature of the schema.
func ParsePatch(body []byte, s *geo.Schema, in crs.System) (*Edit, error) {
	t, err := geojson.ParseText(body)
	if err != nil {
		return nil, err
	}
	if t.Type != "" && t.Type != "Feature" {
		return nil, geo.Errorf(geo.Invalid, "type", `the body must be a patch of a feature, {"geometry":...,"properties":{...}}, not a %q`, clip(t.Type))
	}
	return newEdit(t, s, in, false)
}

// ParseWhole reads a feature that takes the place of another. It must name
// both its members: leaving one out by mistake would empty the record.
func ParseWhole(body []byte, s *geo.Schema, in crs.System) (*Edit, error) {
	e, err := ParseFeature(body, s, in)
	if err != nil {
		return nil, err
	}
	switch {
	case !e.Placed && s.Geometry != geo.NoGeometry:
		return nil, geo.Errorf(geo.Invalid, "geometry", "a whole feature names its geometry, null for no place; PATCH changes a part")
	case !e.described:
		return nil, geo.Errorf(geo.Invalid, "properties", "a whole feature names its properties; PATCH changes a part")
	}
	return e, nil
}

func newEdit(t *geojson.Text, s *geo.Schema, in crs.System, whole bool) (*Edit, error) {
	e := &Edit{Whole: whole, Placed: t.Placed, described: t.Described, Z: t.Z, Values: make([]geo.Value, len(s.Fields)), Given: make([]bool, len(s.Fields))}
	g, err := unproject(t.Geometry, in)
	if err != nil {
		return nil, err
	}
	if e.Geometry, err = checkPlace(s, g, t.Z); err != nil {
		return nil, err
	}
	for i := range t.Properties {
		if err := e.take(s, &t.Properties[i]); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// take reads one property.
func (e *Edit) take(s *geo.Schema, m *geojson.Member) error {
	i := s.Field(m.Name)
	switch {
	case i < 0 && m.Name == geojson.ExtraOf(s):
		return e.takeExtra(m)
	case i < 0:
		return noProperty(s, m.Name)
	case e.Given[i]:
		return geo.Errorf(geo.Invalid, m.Name, "this property stands twice; give it once")
	}
	var err error
	e.Given[i] = true
	e.Values[i], err = parseProperty(&s.Fields[i], m)
	return err
}

func noProperty(s *geo.Schema, name string) error {
	known := strings.Join(fieldNames(s, anyField), ", ")
	if name == "" {
		return geo.Errorf(geo.Invalid, "properties", "a property has no name; %s has %s", s.Name, known)
	}
	return geo.Errorf(geo.Invalid, clip(name), "%s has no such property; it has %s", s.Name, known)
}

// takeExtra keeps the source fields as they are written. They are compared
// with what is stored, which an edit does not change.
func (e *Edit) takeExtra(m *geojson.Member) error {
	switch {
	case string(m.Raw) == "null":
		return nil
	case m.Raw[0] != '{':
		return geo.Errorf(geo.Invalid, m.Name, "holds the source's own fields as an object; leave it out or send it as it was read")
	}
	e.Extra = bytes.Clone(m.Raw)
	return nil
}
