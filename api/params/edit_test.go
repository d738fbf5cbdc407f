package params

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/geojson"
)

// editSchema has a field of every kind.
var editSchema = geo.Schema{Name: "all", Geometry: geo.AnyGeometry, Fields: []geo.Field{
	{Name: "flag", Kind: geo.KindBool},
	{Name: "count", Kind: geo.KindInt},
	{Name: "share", Kind: geo.KindFloat},
	{Name: "word", Kind: geo.KindString},
	{Name: "time", Kind: geo.KindTime},
	{Name: "day", Kind: geo.KindTime, DateOnly: true},
	{Name: "during", Kind: geo.KindInterval},
	{Name: "shape", Kind: geo.KindGeometry},
	{Name: "tags", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindString}},
	{Name: "more", Kind: geo.KindRecord},
}}

func TestProperties(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       geo.Value
		ok         bool
	}{
		{"flag", `true`, geo.Bool(true), true},
		{"flag", `1`, geo.Value{}, false},
		{"count", `7`, geo.Int(7), true},
		{"count", `7.0`, geo.Int(7), true},
		{"count", `7.5`, geo.Value{}, false},
		{"count", `"7"`, geo.Value{}, false},
		{"count", `null`, geo.Value{}, true},
		{"share", `7`, geo.Float(7), true},
		{"share", `0.25`, geo.Float(0.25), true},
		{"word", `"é \"q\""`, geo.String(`é "q"`), true},
		{"word", `""`, geo.String(""), true},
		{"word", `[]`, geo.Value{}, false},
		{"time", `"1970-01-01T01:00:00+01:00"`, geo.TimeValue(0), true},
		{"time", `"1970-01-01"`, geo.TimeValue(0), true},
		{"time", `0`, geo.Value{}, false},
		{"day", `"1970-01-02"`, geo.TimeValue(geo.Day), true},
		{"day", `"1970-01-02T00:00:00Z"`, geo.TimeValue(geo.Day), true},
		{"day", `"1970-01-02T08:00:00Z"`, geo.Value{}, false},
		{"tags", `["a","b"]`, geo.List(geo.String("a"), geo.String("b")), true},
		{"tags", `["a",1]`, geo.Value{}, false},
		{"tags", `"a"`, geo.Value{}, false},
		{"more", `{"a":1}`, geo.Record(geo.Values{"a": geo.Int(1)}), true},
		{"colour", `1`, geo.Value{}, false},
	} {
		e, err := ParsePatch([]byte(`{"properties":{"`+c.name+`":`+c.text+`}}`), &editSchema, crs.CRS84)
		if (err == nil) != c.ok {
			t.Errorf("%s: %s: %v", c.name, c.text, err)
			continue
		}
		if i := editSchema.Field(c.name); c.ok && (!e.Given[i] || !e.Values[i].Equal(c.want)) {
			t.Errorf("%s: %s reads as %v", c.name, c.text, e.Values[i])
		}
		var p *geo.Error
		if !c.ok && (!errors.As(err, &p) || p.Where != c.name) {
			t.Errorf("%s: %s: %v", c.name, c.text, err)
		}
	}
}

func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		desc, geometry string
		want           orb.Geometry // nil for a refusal
		heights        int
	}{
		{"a point with a height", `{"type":"Point","coordinates":[1,2,3]}`, orb.Point{1, 2}, 1},
		{"a ring turned the other way", `{"type":"Polygon","coordinates":[[[0,0],[0,1],[1,1],[0,0]]]}`, orb.Polygon{{{0, 0}, {1, 1}, {0, 1}, {0, 0}}}, 0},
		{"a ring whose heights hang on its order", `{"type":"Polygon","coordinates":[[[0,0,1],[0,1,2],[1,1,3],[0,0,1]]]}`, orb.Polygon{{{0, 0}, {0, 1}, {1, 1}, {0, 0}}}, 4},
		{"a line over the date line", `{"type":"LineString","coordinates":[[179,0],[-179,0]]}`, orb.MultiLineString{{{179, 0}, {180, 0}}, {{-180, 0}, {-179, 0}}}, 0},
		{"a line over the date line with heights", `{"type":"LineString","coordinates":[[179,0,5],[-179,0,6]]}`, nil, 0},
		{"a ring that crosses itself", `{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}`, nil, 0},
		{"latitude first", `{"type":"Point","coordinates":[16,-170]}`, nil, 0},
		{"an empty line", `{"type":"LineString","coordinates":[[1,2]]}`, nil, 0},
	} {
		e, err := ParsePatch([]byte(`{"geometry":`+c.geometry+`}`), &editSchema, crs.CRS84)
		if c.want == nil {
			var p *geo.Error
			if !errors.As(err, &p) || p.Code != geo.Invalid || p.Where != "geometry" {
				t.Errorf("%s: %v", c.desc, err)
			}
			continue
		}
		if err != nil || !orb.Equal(e.Geometry, c.want) || len(e.Z) != c.heights {
			t.Errorf("%s: %v, want %v", c.desc, e, c.want)
		}
	}
}

func TestEventID(t *testing.T) {
	for text, want := range map[string]EventID{
		"": {}, "store-1-7": {Store: "store-1", Version: 7}, "s-0": {Store: "s"}, "abc": {Version: 1}, "s-x": {Version: 1}, "s--1": {Store: "s-", Version: 1}, "-5": {Version: 5},
		"s-7.3": {Store: "s", Version: 7, Alerts: 3}, "s-7.x": {Version: 1}, "s-7.": {Version: 1},
	} {
		if got := ParseEventID(text); got != want {
			t.Errorf("%q is %+v, want %+v", text, got, want)
		}
	}
	if e := (EventID{Store: "a-b", Version: 12, Alerts: 4}); ParseEventID(e.String()) != e {
		t.Errorf("%s reads as another", e)
	}
}

// FuzzEdit reads bodies, and holds those that are taken to what is written of
// them: a record that is read back and sent again is the same one.
func FuzzEdit(f *testing.F) {
	for _, body := range []string{
		`{"type":"Feature","id":1,"geometry":{"type":"Point","coordinates":[1.5,2,3]},"properties":{"flag":true,"count":7,"share":0.1,"word":"é","time":"2016-04-11T12:00:00.5Z","day":"2016-04-11","during":"2016-04-11/..","tags":["a"],"more":{"a":{"b":null}},"extra":{"x":1}}}`,
		`{"geometry":null}`, `{"properties":{"word":null}}`, `{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[0,0],[0,1],[1,1],[0,0]]]},"properties":{}}`,
		`{"type":"Feature","geometry":{"type":"LineString","coordinates":[[179,0],[-179,0]]},"properties":null}`,
		`{"geometry":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]}}`, `{"properties":{"shape":{"type":"Point","coordinates":[1,2]}}}`,
		`[`, `{"properties":{"count":1e400}}`, "{\"properties\":{\"word\":\"\xff\"}}",
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, read := range []func([]byte, *geo.Schema, crs.System) (*Edit, error){ParseFeature, ParsePatch, ParseWhole} {
			e, err := read(body, &editSchema, crs.CRS84)
			if err != nil {
				var p *geo.Error
				if !errors.As(err, &p) || p.Text == "" || p.Where == "" || p.Code == geo.Internal {
					t.Fatalf("%q: %#v", body, err)
				}
				continue
			}
			written := geojson.AppendGeoFeature(nil, &editSchema, &geo.Feature{Key: 1, Geometry: e.Geometry, Z: e.Z, Values: e.Values, Extra: e.Extra})
			again, err := ParseWhole(written, &editSchema, crs.CRS84)
			if err != nil {
				t.Fatalf("%q is taken, and what is written of it is not: %s: %v", body, written, err)
			}
			sameEdit(t, e, again)
		}
	})
}

func sameEdit(t *testing.T, e, again *Edit) {
	t.Helper()
	same := func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }
	if (e.Geometry == nil) != (again.Geometry == nil) || e.Geometry != nil && !orb.Equal(e.Geometry, again.Geometry) || !slices.EqualFunc(e.Z, again.Z, same) {
		t.Errorf("the place was %v %v and is %v %v", e.Geometry, e.Z, again.Geometry, again.Z)
	}
	for i := range e.Values {
		if !e.Values[i].Equal(again.Values[i]) {
			t.Errorf("%s was %v and is %v", editSchema.Fields[i].Name, e.Values[i], again.Values[i])
		}
	}
}
