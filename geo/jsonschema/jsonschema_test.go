package jsonschema

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

func limit(f float64) *float64 { return &f }

// every is a schema that uses every word there is.
func every() geo.Schema {
	return geo.Schema{
		Name: "every", Title: "Every \"kind\"", Description: "All kinds of field.", Geometry: geo.AreaGeometry,
		Fields: []geo.Field{
			{Name: "zeal", Title: "Zeal", Kind: geo.KindString, Role: geo.NameRole, Required: true},
			{Name: "code", Kind: geo.KindString, Enum: []string{"a", "b"}, Default: geo.String("a")},
			{Name: "class", Kind: geo.KindString, Role: geo.ClassRole, Enum: geo.Classes()},
			{Name: "count", Kind: geo.KindInt, Unit: "{person}", Least: limit(0), Greatest: limit(9), Default: geo.Int(3)},
			{Name: "share", Kind: geo.KindFloat, Default: geo.Float(2)},
			{Name: "open", Kind: geo.KindBool, Default: geo.Bool(true)},
			{Name: "from", Kind: geo.KindTime, DateOnly: true, Role: geo.StartRole, Default: geo.TimeValue(geo.Day)},
			{Name: "to", Kind: geo.KindTime, Role: geo.EndRole, Default: geo.TimeValue(geo.Day + geo.Second)},
			{Name: "during", Kind: geo.KindInterval, Default: geo.IntervalValue(geo.From(geo.Day))},
			{Name: "shape", Kind: geo.KindGeometry, Default: geo.Geometry(orb.Point{1, 2})},
			{Name: "bases", Kind: geo.KindList, Role: geo.CollectionRole, Collection: "bases", Items: &geo.Field{Kind: geo.KindInt}, Required: true},
			{Name: "part", Kind: geo.KindRecord, Fields: []geo.Field{{Name: "b", Kind: geo.KindInt, Required: true}, {Name: "a", Kind: geo.KindTime, DateOnly: true}}},
		},
	}
}

func TestDecodeReadsWhatAppendWrites(t *testing.T) {
	for _, g := range []geo.GeometryType{geo.NoGeometry, geo.PointGeometry, geo.LineGeometry, geo.AreaGeometry, geo.AnyGeometry} {
		for _, k := range []Kind{Stored, Queryables} {
			want := every()
			want.Geometry = g
			text := Append(nil, &want, k, "https://example.org/schema")
			if !json.Valid(text) {
				t.Fatalf("no JSON: %s", text)
			}
			got, err := Decode(text)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: got\n%+v\nwant\n%+v", g, got, want)
			}
		}
	}
}

func TestDocuments(t *testing.T) {
	s := geo.Schema{Name: "posts", Title: "Posts", Geometry: geo.PointGeometry, Fields: []geo.Field{
		{Name: "at", Kind: geo.KindTime, Role: geo.InstantRole, Required: true}, {Name: "until", Kind: geo.KindTime, Role: geo.EndRole},
	}}
	const fields = `"at":{"type":"string","format":"date-time","x-role":"time","x-ogc-role":"primary-instant","x-ogc-propertySeq":1},"until":{"type":"string","format":"date-time","x-role":"time-end","x-ogc-propertySeq":2}`
	const place = `"geometry":{"x-ogc-role":"primary-geometry","format":"geometry-point","$ref":"https://geojson.org/schema/Point.json"}`
	const head = `{"$schema":"https://json-schema.org/draft/2020-12/schema","x-name":"posts","title":"Posts","type":"object",`
	for _, c := range []struct {
		desc string
		kind Kind
		want string
	}{
		{"flat", Stored, head + `"properties":{` + place + `,` + fields + `},"required":["at"],"additionalProperties":false}`},
		{"with the older array", Queryables, head + `"properties":{` + place + `,` + fields + `},"required":["at"],"additionalProperties":false,"queryables":[{"id":"at","type":"string","format":"date-time"},{"id":"until","type":"string","format":"date-time"}]}`},
		{"as a feature", Feature, head + `"properties":{"type":{"type":"string","enum":["Feature"]},"id":{"type":"integer","x-ogc-role":"id"},` + place + `,"properties":{"type":"object","properties":{` + fields + `},"required":["at"]},"links":{"type":"array"}},"required":["type","geometry","properties"],"additionalProperties":false}`},
	} {
		if got := string(Append(nil, &s, c.kind, "")); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.desc, got, c.want)
		}
	}
}

func TestAppendInputs(t *testing.T) {
	s := geo.Schema{Fields: []geo.Field{
		{Name: "radius", Title: "Radius", Description: "How far.", Kind: geo.KindFloat, Unit: "m", Required: true, Least: limit(0), Greatest: limit(1e6)},
		{Name: "k", Kind: geo.KindInt, Required: true, Default: geo.Int(5)},
	}}
	const want = `{"radius":{"title":"Radius","description":"How far.","minOccurs":1,"maxOccurs":1,"schema":{"title":"Radius","description":"How far.","type":"number","minimum":0,"maximum":1000000,"x-ogc-unit":"m","x-unit":"m"}},` +
		`"k":{"minOccurs":0,"maxOccurs":1,"schema":{"type":"integer","default":5}}}`
	if got := string(AppendInputs(nil, &s)); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

func TestDecodeOrder(t *testing.T) {
	s, err := Decode([]byte(`{"properties":{"z":{"type":"string"},"c":{"type":"string","x-ogc-propertySeq":2},"b":{"type":"integer"},"d":{"type":"string","x-ogc-propertySeq":1}}}`))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range s.Fields {
		names = append(names, f.Name)
	}
	if got := strings.Join(names, " "); got != "d c b z" {
		t.Errorf("the order is %s, want d c b z", got)
	}
}

func TestDecodeRefuses(t *testing.T) {
	for _, c := range []struct{ desc, text, want string }{
		{"no JSON", `{"properties":`, "the schema is not JSON"},
		{"a title that is no text", `{"title":3}`, "title: the schema has a number where a string should stand"},
		{"a type nobody knows", `{"properties":{"a":{"type":"colour"}}}`, `a: the schema gives this field the type "colour"`},
		{"a field without anything", `{"properties":{"a":null}}`, "a: the schema says nothing about this field"},
		{"a default of another kind", `{"properties":{"a":{"type":"integer","default":"x"}}}`, `a: its default "x" is no integer`},
	} {
		_, err := Decode([]byte(c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.desc, err, c.want)
		}
		if geo.CodeOf(err) != geo.Invalid && err != nil {
			t.Errorf("%s: the code is %s", c.desc, geo.CodeOf(err))
		}
	}
}

func TestCoerce(t *testing.T) {
	whole := geo.Field{Kind: geo.KindInt}
	for _, c := range []struct {
		desc string
		f    geo.Field
		in   geo.Value
		want geo.Value
		ok   bool
	}{
		{"null fits all", whole, geo.Value{}, geo.Value{}, true},
		{"2.0 is a whole number", whole, geo.Float(2), geo.Int(2), true},
		{"2.5 is none", whole, geo.Float(2.5), geo.Int(2), false},
		{"text is none", whole, geo.String("2"), geo.Value{}, false},
		{"a whole number is a number", geo.Field{Kind: geo.KindFloat}, geo.Int(2), geo.Float(2), true},
		{"a day as an interval", geo.Field{Kind: geo.KindInterval}, geo.String("1970-01-02"), geo.IntervalValue(geo.Between(geo.Day, 2*geo.Day)), true},
		{"an instant as an interval", geo.Field{Kind: geo.KindInterval}, geo.String("1970-01-02T00:00:00Z"), geo.IntervalValue(geo.Instant(geo.Day)), true},
		{"an interval that runs backwards", geo.Field{Kind: geo.KindInterval}, geo.String("1970-01-02/1970-01-01"), geo.Value{}, false},
		{"a list of times", geo.Field{Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindTime}}, geo.List(geo.String("1970-01-02")), geo.List(geo.TimeValue(geo.Day)), true},
		{"a list with one wrong item", geo.Field{Kind: geo.KindList, Items: &whole}, geo.List(geo.Int(1), geo.String("x")), geo.Value{}, false},
		{"a geometry", geo.Field{Kind: geo.KindGeometry}, geo.Record(geo.Values{"type": geo.String("Point"), "coordinates": geo.List(geo.Int(1), geo.Int(2))}), geo.Geometry(orb.Point{1, 2}), true},
	} {
		got, ok := Coerce(&c.f, c.in)
		if ok != c.ok || ok && !got.Equal(c.want) {
			t.Errorf("%s: %v, %v", c.desc, got, ok)
		}
	}
}

func FuzzDecode(f *testing.F) {
	s := every()
	f.Add(Append(nil, &s, Stored, ""))
	f.Add([]byte(`{"properties":{"a":{"type":"array","items":{"type":"object","properties":{}}}}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := Decode(text)
		if err != nil {
			return
		}
		again, err := Decode(Append(nil, &s, Stored, ""))
		if err != nil || len(again.Fields) != len(s.Fields) {
			t.Errorf("%s is written and read back as %v, %v", text, again, err)
		}
	})
}
