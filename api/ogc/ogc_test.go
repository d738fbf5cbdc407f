package ogc_test

import (
	"encoding/json"
	"strings"
	"testing"

	"bivouac/api/ogc"
	"bivouac/geo"
	"bivouac/geo/layer"
)

const base = ogc.Base("https://camp.example/gis")

func text(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestCollectionExtent(t *testing.T) {
	timed := geo.Schema{Name: "incidents", Geometry: geo.PointGeometry, Fields: []geo.Field{{Name: "time", Kind: geo.KindTime, Role: geo.InstantRole}}}
	untimed := geo.Schema{Name: "places", Geometry: geo.PointGeometry}
	box := geo.Box{West: -5, South: 10, East: 2, North: 20}
	for _, c := range []struct {
		desc   string
		schema geo.Schema
		extent layer.Extent
		want   string // "" for no extent at all
	}{
		{"empty", timed, layer.Extent{}, ""},
		{"without places or times", untimed, layer.Extent{Count: 3}, ""},
		{"a box", untimed, layer.Extent{Count: 3, Placed: 2, Box: box}, `{"spatial":{"bbox":[[-5,10,2,20]],"crs":"` + ogc.CRS84 + `"}}`},
		{"the last moment belongs to it", timed, layer.Extent{Count: 1, During: geo.Instant(0)},
			`{"temporal":{"interval":[["1970-01-01T00:00:00Z","1970-01-01T00:00:00Z"]],"trs":"` + ogc.Gregorian + `"}}`},
		{"an open end", timed, layer.Extent{Count: 1, During: geo.From(0)},
			`{"temporal":{"interval":[["1970-01-01T00:00:00Z",null]],"trs":"` + ogc.Gregorian + `"}}`},
	} {
		got := ogc.NewCollection(base, ogc.About{}, &c.schema, c.extent)
		want := `"extent":` + c.want
		if s := text(t, got); c.want == "" && got.Extent != nil || c.want != "" && !strings.Contains(s, want+",") {
			t.Errorf("%s: %s, want %s", c.desc, s, want)
		}
		if got.Title != c.schema.Name {
			t.Errorf("%s: a collection without a title is called %q", c.desc, got.Title)
		}
	}
}

// TestDialect has fields whose JSON Schema OpenAPI 3.0 does not know.
func TestDialect(t *testing.T) {
	s := geo.Schema{Name: "x", Title: "X", Fields: []geo.Field{
		{Name: "kind", Kind: geo.KindString, Enum: []string{"a", "b"}},
		{Name: "limit", Kind: geo.KindInt},
		{Name: "shape", Kind: geo.KindGeometry},
	}}
	doc := text(t, ogc.NewOpenAPI(base, ogc.About{Title: "T", Build: "1"}, ogc.Offer{}, []*geo.Schema{&s}, nil))
	for _, bad := range []string{"geojson.org", `"examples"`, `"$schema"`} {
		if strings.Contains(doc, bad) {
			t.Errorf("%s stands in the description", bad)
		}
	}
	if !strings.Contains(doc, `"x-codes":["a","b"]`) || strings.Contains(doc, `"name":"shape"`) || strings.Count(doc, `"name":"limit"`) != 5 {
		t.Errorf("the parameters of %s", doc)
	}
}

func TestEveryLinkIsAbsolute(t *testing.T) {
	s := geo.Schema{Name: "x"}
	for _, doc := range []any{
		ogc.NewLanding(base, ogc.About{}, ogc.State{}), ogc.NewConformance(base, ogc.Offer{}),
		ogc.NewCollections(base, []ogc.Collection{ogc.NewCollection(base, ogc.About{}, &s, layer.Extent{})}), ogc.NewProcesses(base, nil, 0, 1, ""),
	} {
		if s := text(t, doc); strings.Count(s, `"href":"`) != strings.Count(s, `"href":"`+string(base)) || !strings.Contains(s, `"href"`) {
			t.Errorf("links of %s", s)
		}
	}
}
