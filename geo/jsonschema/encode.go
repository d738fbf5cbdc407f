package jsonschema

import (
	"slices"
	"strconv"

	"bivouac/geo"
	"bivouac/geo/geojson"
)

// Append adds the document of the kind for the schema. id is its address, ""
// for none.
func Append(b []byte, s *geo.Schema, k Kind, id string) []byte {
	o := open(b)
	o.text("$schema", Draft)
	if id != "" {
		o.text("$id", id)
	}
	o.text("x-name", s.Name)
	o.text("title", s.Title)
	o.text("description", s.Description)
	o.text("type", "object")
	switch k {
	case Feature:
		featureMembers(&o, s)
	case Sortables:
		fields := slices.DeleteFunc(slices.Clone(s.Fields), func(f geo.Field) bool { return !f.Sortable() })
		o.name("properties")
		o.b = appendProperties(o.b, fields, geo.NoGeometry)
	default:
		o.name("properties")
		o.b = appendProperties(o.b, s.Fields, s.Geometry)
		required(&o, s.Fields)
	}
	o.raw("additionalProperties", "false")
	if k == Queryables {
		o.name("queryables")
		o.b = appendLegacy(o.b, s)
	}
	return o.close()
}

// AppendField adds the schema of one value, such as an input of a process.
func AppendField(b []byte, f *geo.Field) []byte {
	o := open(b)
	fieldMembers(&o, f)
	return o.close()
}

// AppendInputs adds the inputs of a process as an object by name, as OGC API
// Processes wants them: each with its title, description, least and most
// occurrences, and its schema.
func AppendInputs(b []byte, s *geo.Schema) []byte {
	o := open(b)
	for i := range s.Fields {
		f := &s.Fields[i]
		o.name(f.Name)
		in := open(o.b)
		in.text("title", f.Title)
		in.text("description", f.Description)
		in.raw("minOccurs", bit(f.Required && f.Default.Null()))
		in.raw("maxOccurs", "1")
		in.name("schema")
		in.b = AppendField(in.b, f)
		o.b = in.close()
	}
	return o.close()
}

func bit(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

// featureMembers writes the schema of a whole GeoJSON feature.
func featureMembers(o *object, s *geo.Schema) {
	o.name("properties")
	m := open(o.b)
	m.raw("type", `{"type":"string","enum":["Feature"]}`)
	m.raw("id", `{"type":"integer","x-ogc-role":"id"}`)
	m.name(GeometryName)
	m.b = appendPlace(m.b, s.Geometry)
	m.name("properties")
	p := open(m.b)
	p.text("type", "object")
	p.name("properties")
	p.b = appendProperties(p.b, s.Fields, geo.NoGeometry)
	required(&p, s.Fields)
	m.b = p.close()
	m.raw("links", `{"type":"array"}`)
	o.b = m.close()
	o.raw("required", `["type","geometry","properties"]`)
}

func appendProperties(b []byte, fields []geo.Field, g geo.GeometryType) []byte {
	o := open(b)
	if g != geo.NoGeometry && g != "" {
		o.name(GeometryName)
		o.b = appendPlace(o.b, g)
	}
	for i := range fields {
		o.name(fields[i].Name)
		o.b = appendMember(o.b, fields, i)
	}
	return o.close()
}

// appendMember adds one field of several. Beside a primary instant there is
// no primary interval, so that an end is not announced as one.
func appendMember(b []byte, fields []geo.Field, i int) []byte {
	f := &fields[i]
	o := open(b)
	fieldMembers(&o, f)
	if f.Role != geo.EndRole || !slices.ContainsFunc(fields, isInstant) {
		o.text("x-ogc-role", roles[f.Role])
	}
	o.raw("x-ogc-propertySeq", strconv.Itoa(i+1))
	return o.close()
}

func isInstant(f geo.Field) bool { return f.Role == geo.InstantRole }

func required(o *object, fields []geo.Field) {
	var names []geo.Value
	for i := range fields {
		if fields[i].Required {
			names = append(names, geo.String(fields[i].Name))
		}
	}
	if names != nil {
		o.value("required", geo.List(names...))
	}
}

// places are the formats of OGC API Features part 5, and the schema of
// geojson.org by which QGIS knows a geometry.
var places = map[geo.GeometryType][2]string{
	geo.PointGeometry: {"geometry-point", "Point"},
	geo.LineGeometry:  {"geometry-linestring-or-multilinestring", "Geometry"},
	geo.AreaGeometry:  {"geometry-polygon-or-multipolygon", "Geometry"},
	geo.AnyGeometry:   {"geometry-any", "Geometry"},
}

func appendPlace(b []byte, g geo.GeometryType) []byte {
	o := open(b)
	if p, ok := places[g]; ok {
		o.text("x-ogc-role", "primary-geometry")
		o.text("format", p[0])
		o.text("$ref", "https://geojson.org/schema/"+p[1]+".json")
	} else {
		o.text("type", "null")
	}
	return o.close()
}

// roles that OGC API Features part 5 has a word for.
var roles = map[geo.Role]string{
	geo.InstantRole: "primary-instant",
	geo.StartRole:   "primary-interval-start",
	geo.EndRole:     "primary-interval-end",
}

// fieldMembers writes what a field says wherever it stands.
func fieldMembers(o *object, f *geo.Field) {
	o.text("title", f.Title)
	o.text("description", f.Description)
	kind(o, f)
	codes(o, f)
	if f.Least != nil {
		o.value("minimum", geo.Float(*f.Least))
	}
	if f.Greatest != nil {
		o.value("maximum", geo.Float(*f.Greatest))
	}
	if !f.Default.Null() {
		o.name("default")
		o.b = geojson.AppendField(o.b, f.Default, f)
	}
	o.text("x-ogc-unit", f.Unit)
	o.text("x-unit", f.Unit)
	o.text("x-role", string(f.Role))
	o.text("x-collection", f.Collection)
}

// kind writes what values the field takes.
func kind(o *object, f *geo.Field) {
	if f.Role == geo.FilterRole {
		o.raw("oneOf", `[{"type":"string"},{"type":"object"}]`)
		return
	}
	switch f.Kind {
	case geo.KindBool:
		o.text("type", "boolean")
	case geo.KindInt:
		o.text("type", "integer")
	case geo.KindFloat:
		o.text("type", "number")
	case geo.KindString:
		o.text("type", "string")
		o.text("contentMediaType", f.Media)
		o.text("contentEncoding", f.Encoding)
	case geo.KindTime:
		o.text("type", "string")
		o.text("format", timeFormat(f))
	case geo.KindInterval:
		o.text("type", "string")
		o.text("x-kind", "interval")
	case geo.KindGeometry:
		o.text("format", "geometry-any")
		o.text("$ref", "https://geojson.org/schema/Geometry.json")
	case geo.KindList:
		o.text("type", "array")
		if f.Items != nil {
			o.name("items")
			o.b = AppendField(o.b, f.Items)
		}
	case geo.KindRecord:
		o.text("type", "object")
		o.name("properties")
		o.b = appendProperties(o.b, f.Fields, geo.NoGeometry)
		required(o, f.Fields)
	}
}

func timeFormat(f *geo.Field) string {
	if f.DateOnly {
		return "date"
	}
	return "date-time"
}

func codes(o *object, f *geo.Field) {
	if len(f.Enum) == 0 {
		return
	}
	list := make([]geo.Value, len(f.Enum))
	for i, code := range f.Enum {
		list[i] = geo.String(code)
	}
	if f.Role == geo.ClassRole {
		o.value("enum", geo.List(list...))
		return
	}
	o.value("x-codes", geo.List(list...))
	o.value("examples", geo.List(list...))
}

// appendLegacy adds the array that the draft of OGC API Features part 3 had.
func appendLegacy(b []byte, s *geo.Schema) []byte {
	b = append(b, '[')
	for i := range s.Fields {
		if i > 0 {
			b = append(b, ',')
		}
		f := &s.Fields[i]
		o := open(b)
		o.text("id", f.Name)
		o.text("title", f.Title)
		kind(&o, f)
		b = o.close()
	}
	return append(b, ']')
}
