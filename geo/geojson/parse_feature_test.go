package geojson_test

import (
	"errors"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/geojson"
)

func TestParseText(t *testing.T) {
	for _, c := range []struct {
		desc, text        string
		placed, described bool
		kind              string
		properties        int
	}{
		{"a whole feature", `{"type":"Feature","id":7,"geometry":{"type":"Point","coordinates":[1,2,3]},"properties":{"a":1,"b":[2]}}`, true, true, "Feature", 2},
		{"its members in another order", ` {"properties":{"a":1},"geometry":{"coordinates":[1,2,3],"type":"Point"},"type":"Feature"} `, true, true, "Feature", 1},
		{"foreign members", `{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2,3]},"properties":null,"bbox":[1,2],"x":{"geometry":null}}`, true, true, "Feature", 0},
		{"a patch of the geometry", `{"geometry":{"type":"Point","coordinates":[1,2,3]}}`, true, false, "", 0},
		{"a patch of properties", `{"properties":{"a":null}}`, false, true, "", 1},
		{"an empty patch", `{}`, false, false, "", 0},
	} {
		got, err := geojson.ParseText([]byte(c.text))
		if err != nil {
			t.Errorf("%s: %v", c.desc, err)
			continue
		}
		if got.Placed != c.placed || got.Described != c.described || got.Type != c.kind || len(got.Properties) != c.properties {
			t.Errorf("%s: %+v", c.desc, got)
		}
		if c.placed && (got.Geometry != orb.Point{1, 2} || len(got.Z) != 1 || got.Z[0] != 3) {
			t.Errorf("%s: %v %v", c.desc, got.Geometry, got.Z)
		}
	}
}

func TestParseTextTakesPlacesAway(t *testing.T) {
	got, err := geojson.ParseText([]byte(`{"geometry":null}`))
	if err != nil || !got.Placed || got.Geometry != nil {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestBadTexts(t *testing.T) {
	for _, c := range []struct{ desc, text, where string }{
		{"nothing", ``, "body"},
		{"an array", `[{"type":"Feature"}]`, "body"},
		{"cut off", `{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]}`, "body"},
		{"two features", `{"type":"Feature"}{"type":"Feature"}`, "body"},
		{"a byte order mark", "\ufeff{}", "body"},
		{"no UTF-8", "{\"properties\":{\"a\":\"\xff\"}}", "body"},
		{"a coordinate as text", `{"geometry":{"type":"Point","coordinates":["1",2]}}`, "geometry"},
		{"a geometry of no type", `{"geometry":{"coordinates":[1,2]}}`, "geometry"},
		{"two geometries", `{"geometry":null,"geometry":null}`, "geometry"},
		{"properties in an array", `{"properties":[1]}`, "properties"},
		{"properties twice", `{"properties":{},"properties":{}}`, "properties"},
	} {
		_, err := geojson.ParseText([]byte(c.text))
		var e *geo.Error
		if !errors.As(err, &e) || e.Code != geo.Invalid || e.Where != c.where {
			t.Errorf("%s: %v (%T)", c.desc, err, err)
		}
	}
}
