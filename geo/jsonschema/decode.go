package jsonschema

import (
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"bivouac/geo"
	"bivouac/geo/geojson"
)

// document is what is read of a schema, of the whole or of one field.
type document struct {
	Name        string               `json:"x-name"`
	Title       string               `json:"title"`
	Description string               `json:"description"`
	Type        string               `json:"type"`
	Format      string               `json:"format"`
	Media       string               `json:"contentMediaType"`
	Encoding    string               `json:"contentEncoding"`
	Ref         string               `json:"$ref"`
	Properties  map[string]*document `json:"properties"`
	Required    []string             `json:"required"`
	Items       *document            `json:"items"`
	Default     json.RawMessage      `json:"default"`
	Enum        []string             `json:"enum"`
	Codes       []string             `json:"x-codes"`
	Minimum     *float64             `json:"minimum"`
	Maximum     *float64             `json:"maximum"`
	Unit        string               `json:"x-unit"`
	OGCUnit     string               `json:"x-ogc-unit"`
	OGCRole     string               `json:"x-ogc-role"`
	Role        geo.Role             `json:"x-role"`
	Collection  string               `json:"x-collection"`
	Kind        string               `json:"x-kind"`
	Seq         int                  `json:"x-ogc-propertySeq"`
}

// Decode reads a flat document, as Append writes it for Stored or Queryables,
// back into its Schema. Fields stand in the order of x-ogc-propertySeq, those
// without one behind the others by name. What the document says beyond a
// Schema is left aside.
func Decode(text []byte) (geo.Schema, error) {
	var d document
	if err := json.Unmarshal(text, &d); err != nil {
		return geo.Schema{}, badJSON(err)
	}
	s := geo.Schema{Name: d.Name, Title: d.Title, Description: d.Description, Geometry: geo.NoGeometry}
	if p := d.Properties[GeometryName]; p != nil && p.OGCRole == "primary-geometry" {
		s.Geometry = p.place()
		delete(d.Properties, GeometryName)
	}
	var err error
	s.Fields, err = d.fields()
	return s, err
}

func badJSON(err error) error {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return geo.Errorf(geo.Invalid, kind.Field, "the schema has a %s where a %s should stand", kind.Value, kind.Type)
	}
	return geo.Errorf(geo.Invalid, "", "the schema is not JSON: %w", err)
}

// place returns the geometry type of the format, any for one unknown.
func (d *document) place() geo.GeometryType {
	switch {
	case strings.Contains(d.Format, "point"):
		return geo.PointGeometry
	case strings.Contains(d.Format, "line"):
		return geo.LineGeometry
	case strings.Contains(d.Format, "polygon"):
		return geo.AreaGeometry
	}
	return geo.AnyGeometry
}

func (d *document) fields() ([]geo.Field, error) {
	var fields []geo.Field
	seq := map[string]int{}
	for name, p := range d.Properties {
		if p == nil {
			return nil, geo.Errorf(geo.Invalid, name, "the schema says nothing about this field")
		}
		f, err := p.field(name)
		if err != nil {
			return nil, err
		}
		f.Required = slices.Contains(d.Required, name)
		fields = append(fields, f)
		seq[name] = p.Seq
	}
	slices.SortFunc(fields, func(a, b geo.Field) int {
		x, y := seq[a.Name], seq[b.Name]
		if (x == 0) != (y == 0) {
			return cmp.Compare(y, x)
		}
		return cmp.Or(cmp.Compare(x, y), cmp.Compare(a.Name, b.Name))
	})
	return fields, nil
}

func (d *document) field(name string) (geo.Field, error) {
	f := geo.Field{
		Name: name, Title: d.Title, Description: d.Description,
		Unit: cmp.Or(d.Unit, d.OGCUnit), Role: d.Role, Collection: d.Collection,
		Enum: d.Codes, Least: d.Minimum, Greatest: d.Maximum,
	}
	if d.Codes == nil {
		f.Enum = d.Enum
	}
	if err := d.kind(&f); err != nil {
		return f, err
	}
	return f, d.defaultOf(&f)
}

// kind fills in what values the field takes.
func (d *document) kind(f *geo.Field) error {
	var err error
	switch {
	case d.Kind == "interval":
		f.Kind = geo.KindInterval
	case strings.HasPrefix(d.Format, "geometry") || d.Ref != "":
		f.Kind = geo.KindGeometry
	case d.Type == "boolean":
		f.Kind = geo.KindBool
	case d.Type == "integer":
		f.Kind = geo.KindInt
	case d.Type == "number":
		f.Kind = geo.KindFloat
	case d.Type == "string" && (d.Format == "date" || d.Format == "date-time"):
		f.Kind, f.DateOnly = geo.KindTime, d.Format == "date"
	case d.Type == "string":
		f.Kind, f.Media, f.Encoding = geo.KindString, d.Media, d.Encoding
	case d.Type == "array":
		f.Kind = geo.KindList
		if d.Items != nil {
			var item geo.Field
			item, err = d.Items.field("")
			f.Items = &item
		}
	case d.Type == "object":
		f.Kind = geo.KindRecord
		f.Fields, err = d.fields()
	default:
		err = geo.Errorf(geo.Invalid, f.Name, "the schema gives this field the type %q; write string, integer, number, boolean, array or object", d.Type)
	}
	return err
}

func (d *document) defaultOf(f *geo.Field) error {
	if d.Default == nil {
		return nil
	}
	v, err := geojson.ParseValue(d.Default)
	if err != nil {
		return geo.Errorf(geo.Invalid, f.Name, "its default cannot be read: %w", err)
	}
	v, ok := Coerce(f, v)
	if !ok {
		return geo.Errorf(geo.Invalid, f.Name, "its default %s is no %s", d.Default, f.Kind)
	}
	f.Default = v
	return nil
}
