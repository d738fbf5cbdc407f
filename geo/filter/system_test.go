package filter_test

import (
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/filter"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
)

// TestShapesInOtherSystems asks the same with the coordinates of each system.
func TestShapesInOtherSystems(t *testing.T) {
	s := geo.Schema{Name: "things", Geometry: geo.PointGeometry}
	b := layer.NewBuilder(s)
	for i, p := range []orb.Point{{-3, 16.5}, {-3, 17.5}, {16.5, -3}} {
		f := geo.Feature{Key: geo.Key(i + 1), Geometry: p}
		layertest.Add(t, b, f)
	}
	l := layertest.Finish(t, b)
	utm := crs.System(32630)
	for _, c := range []struct {
		text string
		in   crs.System
	}{
		{"S_WITHIN(geometry, POLYGON((-4 16, -2 16, -2 17, -4 17, -4 16)))", crs.CRS84},
		{"S_WITHIN(geometry, POLYGON((16 -4, 16 -2, 17 -2, 17 -4, 16 -4)))", crs.LatLon},
		{"S_WITHIN(geometry, POLYGON((-445278 1804722, -222639 1804722, -222639 1921125, -445278 1921125, -445278 1804722)))", crs.WebMercator},
		{"S_WITHIN(geometry, POLYGON((400000 1770000, 600000 1770000, 600000 1880000, 400000 1880000, 400000 1770000)))", utm},
		{"S_INTERSECTS(geometry, BBOX(16, -4, 17, -2))", crs.LatLon},
		{"S_INTERSECTS(geometry, BBOX(-445278, 1804722, -222639, 1921125))", crs.WebMercator},
	} {
		p, err := filter.ParseTextIn(&s, c.text, c.in)
		if err != nil {
			t.Errorf("%s in %s: %v", c.text, c.in.URI(), err)
			continue
		}
		rows, failed := l.Select(t.Context(), geo.Selection{Match: p})
		var keys []geo.Key
		for r := range rows {
			keys = append(keys, r.Key())
		}
		if failed() != nil || len(keys) != 1 || keys[0] != 1 {
			t.Errorf("%s in %s: %v, %v", c.text, c.in.URI(), keys, failed())
		}
	}
	for text, in := range map[string]crs.System{
		"S_INTERSECTS(geometry, BBOX(400000, 1770000, 600000, 1880000))": utm,
		"S_INTERSECTS(geometry, POINT(1e9 1e9))":                         utm,
		"S_INTERSECTS(geometry, POINT(10 100))":                          crs.CRS84,
		"S_INTERSECTS(geometry, POINT(100 10))":                          crs.LatLon,
	} {
		if _, err := filter.ParseTextIn(&s, text, in); err == nil || !strings.Contains(err.Error(), "at") {
			t.Errorf("%s in %s: %v", text, in.URI(), err)
		}
	}
	json := `{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Point","coordinates":[16.5,-3]}]}`
	if p, err := filter.ParseJSONIn(&s, json, crs.LatLon); err != nil || !strings.Contains(p.String(), "-3 16.5") {
		t.Errorf("JSON: %v, %v", p, err)
	}
}
