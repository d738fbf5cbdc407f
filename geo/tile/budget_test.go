package tile

import (
	"fmt"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/randtest"
)

// notes is a schema of records with a long text.
var notes = geo.Schema{
	Name: "notes", Geometry: geo.AnyGeometry,
	Fields: []geo.Field{{Name: "kind", Kind: geo.KindString}, {Name: "text", Kind: geo.KindString}, {Name: "n", Kind: geo.KindInt}},
}

func box(west, south, side float64) orb.Polygon {
	return orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{west + side, south + side}}.ToPolygon()
}

// TestNoTileIsTooLarge makes the worst that comes to mind. features refuses
// tiles that are too large.
func TestNoTileIsTooLarge(t *testing.T) {
	r := randtest.New(t, 11)
	world := Address{}
	for _, c := range []struct {
		desc     string
		n        int
		geometry func(i int) orb.Geometry
		text     func(i int) string
		query    Query
		features int // at least
		count    int // of the points
		keys     string
	}{
		{"points over the whole world", 1_000_000, func(int) orb.Geometry {
			return orb.Point{r.Float64()*360 - 180, r.Float64()*170 - 85}
		}, nil, Query{Properties: []int{0, 1, 2}}, 10_000, 1_000_000, ""},
		{"points on one place", 1_000_000, func(int) orb.Geometry { return orb.Point{3, 16} }, nil,
			Query{Properties: []int{0, 1, 2}, Sum: []int{2}}, 1, 1_000_000, "count n"},
		{"single points with long texts", 1500, func(i int) orb.Geometry { return orb.Point{float64(i%150) - 70, float64(i/150) * 3} },
			func(i int) string { return strings.Repeat("long ", 300) + fmt.Sprint(i) }, Query{Properties: []int{0, 1, 2}}, 1000, 1500, "count kind n"},
		{"single points with many short texts", 12000, func(i int) orb.Geometry { return orb.Point{float64(i%200) - 70, float64(i/200) * 1.1} },
			func(i int) string { return fmt.Sprintf("a text of its own, number %d", i) }, Query{Properties: []int{0, 1, 2}}, 2000, 12000, ""},
		{"a group for each of many points", 60_000, func(i int) orb.Geometry { return orb.Point{float64(i%300)/3 - 70, float64(i/300) / 8} },
			func(i int) string { return fmt.Sprint(i) }, Query{GroupBy: []int{1}}, 1000, 60_000, "count"},
		{"few groups of long names", 4000, func(i int) orb.Geometry { return orb.Point{float64(i%200) - 70, float64(i/200) * 3} },
			func(i int) string { return strings.Repeat("x", 600) + fmt.Sprint(i) }, Query{GroupBy: []int{1}, Sum: []int{2}}, 1000, 4000, "count n"},
		{"polygons too small to see", 60_000, func(i int) orb.Geometry { return box(float64(i%300)/2-70, float64(i/300)/4, 1e-4) },
			nil, Query{Properties: []int{0, 1, 2}}, 1000, 0, ""},
		{"large polygons on one place", 30_000, func(i int) orb.Geometry { return box(-70, 10, 60+float64(i)/1e4) },
			nil, Query{Properties: []int{0, 1, 2}}, 1, 0, ""},
		{"one line of many turns", 1, func(int) orb.Geometry {
			line := make(orb.LineString, 300_000)
			for i := range line {
				line[i] = orb.Point{float64(i%30_000)/100 - 150, float64(i/30_000) + 10*r.Float64()}
			}
			return line
		}, nil, Query{}, 1, 0, ""},
	} {
		b := layer.NewBuilder(notes)
		for i := range c.n {
			f := geo.Feature{Key: geo.Key(i + 1), Geometry: c.geometry(i), Values: []geo.Value{geo.String("a"), {}, geo.Int(1)}}
			if c.text != nil {
				f.Values[1] = geo.String(c.text(i))
			}
			layertest.Add(t, b, f)
		}
		l := layertest.Finish(t, b)
		raw := cut(t, l, world, c.query)
		fs := features(t, raw)
		if len(fs) < c.features || counts(fs) != c.count {
			t.Errorf("%s: %d features of %d records in %d bytes, want %d or more of %d", c.desc, len(fs), counts(fs), len(raw), c.features, c.count)
		}
		if c.keys != "" && names(fs) != c.keys {
			t.Errorf("%s: the properties %s, want %s", c.desc, names(fs), c.keys)
		}
		t.Logf("%s: %d features in %d bytes", c.desc, len(fs), len(raw))
	}
}

// names returns the properties of the first feature that has the most.
func names(fs []feature) string {
	most := ""
	for _, f := range fs {
		var list []string
		for _, k := range []string{"count", "kind", "text", "n"} {
			if _, ok := f.Properties[k]; ok {
				list = append(list, k)
			}
		}
		if s := strings.Join(list, " "); len(s) > len(most) {
			most = s
		}
	}
	return most
}
