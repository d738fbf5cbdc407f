package proximity_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/proximity"
)

// towns stand at their places of bases_2018.csv.
func towns(t testing.TB) *layer.Layer {
	t.Helper()
	b := layer.NewBuilder(geo.Schema{Name: "towns", Fields: []geo.Field{{Name: "name", Kind: geo.KindString}}})
	for i, f := range []struct {
		name string
		g    orb.Geometry
	}{
		{"Gao", orb.Point{-0.04, 16.27}}, {"Kidal", orb.Point{1.41, 18.44}}, {"Timbuktu", orb.Point{-3.01, 16.77}},
		{"Menaka", orb.Point{2.40, 15.92}}, {"Ansongo", orb.Point{0.50, 15.66}}, {"nowhere", nil},
		{"the river", orb.LineString{{-3.01, 16.70}, {-0.05, 16.30}}},
	} {
		feature := geo.Feature{Key: geo.Key(i + 1), Geometry: f.g, Values: []geo.Value{geo.String(f.name)}}
		layertest.Add(t, b, feature)
	}
	return layertest.Finish(t, b)
}

func names(t testing.TB, q proximity.Query, s geo.Selection) (out []string, last proximity.Hit) {
	t.Helper()
	hits, failed := proximity.Search(context.Background(), towns(t), q, s)
	for h := range hits {
		out, last = append(out, h.Row.Named("name").Text()), h
	}
	if err := failed(); err != nil {
		t.Fatal(err)
	}
	return out, last
}

var gao = orb.Point{-0.04, 16.27}

func TestSearch(t *testing.T) {
	for _, c := range []struct {
		desc  string
		query proximity.Query
		want  []string
	}{
		{"all, outward, without those that have no place", proximity.Query{Near: gao}, []string{"Gao", "the river", "Ansongo", "Menaka", "Kidal", "Timbuktu"}},
		{"the nearest two", proximity.Query{Near: gao, K: 2}, []string{"Gao", "the river"}},
		{"within 264 km", proximity.Query{Near: gao, RadiusMetres: 264_000}, []string{"Gao", "the river", "Ansongo", "Menaka"}},
		{"within 263 km", proximity.Query{Near: gao, RadiusMetres: 263_000}, []string{"Gao", "the river", "Ansongo"}},
		{"both limits", proximity.Query{Near: gao, RadiusMetres: 300_000, K: 3}, []string{"Gao", "the river", "Ansongo"}},
		{"what touches", proximity.Query{Near: gao, Touching: true}, []string{"Gao"}},
		{"along a line", proximity.Query{Near: orb.LineString{{0.5, 15.66}, {2.4, 15.92}}, RadiusMetres: 1}, []string{"Menaka", "Ansongo"}},
		{"around an area", proximity.Query{Near: orb.Polygon{{{1, 18}, {2, 18}, {2, 19}, {1, 19}, {1, 18}}}, RadiusMetres: 1000}, []string{"Kidal"}},
	} {
		got, _ := names(t, c.query, geo.Selection{})
		if c.desc == "along a line" {
			slices.Sort(got)
			slices.Sort(c.want)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.desc, got, c.want)
		}
		n, err := proximity.Count(context.Background(), towns(t), c.query, geo.Selection{})
		if err != nil || n != len(c.want) {
			t.Errorf("%s: counted %d, %v", c.desc, n, err)
		}
	}
}

// TestPublishedDistance is Gao to Kidal by GeodSolve, 285.35 km.
func TestPublishedDistance(t *testing.T) {
	hits, _ := proximity.Search(context.Background(), towns(t), proximity.Query{Near: gao}, geo.Selection{})
	for h := range hits {
		if h.Row.Named("name").Text() != "Kidal" {
			continue
		}
		if math.Abs(h.Metres-285_350) > 5 || h.Bearing < 30 || h.Bearing > 35 {
			t.Errorf("Kidal lies %v m away, at %v degrees", h.Metres, h.Bearing)
		}
		return
	}
	t.Error("Kidal was not found")
}

func TestPagesOfTheNearest(t *testing.T) {
	q := proximity.Query{Near: gao, K: 5}
	want, _ := names(t, q, geo.Selection{})
	var got []string
	s := geo.Selection{Limit: 2}
	for range 10 {
		page, last := names(t, q, s)
		got = append(got, page...)
		if len(page) < 2 {
			break
		}
		s.After = geo.MetresCursor(last.Metres, last.Row.Key())
	}
	if !slices.Equal(got, want) {
		t.Errorf("in pages %v, at once %v", got, want)
	}
}

func TestBadQuestions(t *testing.T) {
	for desc, c := range map[string]struct {
		q proximity.Query
		s geo.Selection
	}{
		"near nothing":      {proximity.Query{}, geo.Selection{}},
		"near no place":     {proximity.Query{Near: orb.Point{math.NaN(), 0}}, geo.Selection{}},
		"a place in a list": {proximity.Query{Near: gao}, geo.Selection{After: geo.PlaceCursor(1, 1)}},
		"the same, nearest": {proximity.Query{Near: gao, K: 2}, geo.Selection{After: geo.PlaceCursor(1, 1)}},
	} {
		hits, failed := proximity.Search(context.Background(), towns(t), c.q, c.s)
		for range hits {
			t.Errorf("%s: something was found", desc)
		}
		if geo.CodeOf(failed()) != geo.Invalid {
			t.Errorf("%s: %v", desc, failed())
		}
	}
}

func ExampleSearch() {
	l := towns(&testing.T{})
	hits, failed := proximity.Search(context.Background(), l, proximity.Query{Near: gao, K: 3}, geo.Selection{})
	for h := range hits {
		fmt.Printf("%s %.1f km\n", h.Row.Named("name").Text(), h.Metres/1000)
	}
	fmt.Println(failed())
	// Output:
	// Gao 0.0 km
	// the river 3.5 km
	// Ansongo 88.9 km
	// <nil>
}
