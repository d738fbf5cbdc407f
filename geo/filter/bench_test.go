package filter_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/filter"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
)

// BenchmarkCount reads, binds and asks a filter of every record.
func BenchmarkCount(b *testing.B) {
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		l := benchLayer(b, n)
		for _, c := range []struct{ name, text string }{
			{"text", "category = 'mine'"},
			{"number", "killed > 1"},
			{"in", "category IN ('ied', 'mine', 'erw') AND killed IN (0, 2, 3)"},
			{"like", "category LIKE '%in%'"},
			{"time", "time BETWEEN DATE('1971-01-01') AND DATE('1972-12-31')"},
			{"calculation", "killed * 2 > share + 1"},
			{"folded", "category ILIKE '%IN%'"},
			{"box", "S_INTERSECTS(geometry, BBOX(-4, 15, -2, 17)) AND category = 'mine'"},
			{"polygon", "S_WITHIN(geometry, " + circle(200) + ")"},
			{"tree", "(category = 'ied' OR killed BETWEEN 1 AND 2) AND NOT (share > 0.5 OR found = FALSE)"},
		} {
			b.Run(fmt.Sprintf("%s/%d", c.name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					p, err := filter.ParseText(&schema, c.text)
					if err != nil {
						b.Fatal(err)
					}
					if _, err := l.Count(context.Background(), geo.Selection{Match: p}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// circle is a polygon of n positions within the places of benchLayer.
func circle(n int) string {
	var b strings.Builder
	b.WriteString("POLYGON((")
	for i := range n {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		fmt.Fprintf(&b, "%.6f %.6f, ", -4+4*cos, 17+4*sin)
	}
	return b.String() + "0.000000 17.000000))"
}

func benchLayer(b testing.TB, n int) *layer.Layer {
	r := rand.New(rand.NewPCG(1, 2))
	build := layer.NewBuilder(schema)
	build.Grow(n)
	for i := range n {
		f := geo.Feature{Key: geo.Key(i + 1), Geometry: orb.Point{-12 + 16*r.Float64(), 10 + 15*r.Float64()}}
		f.Values = make([]geo.Value, len(schema.Fields))
		for j := range schema.Fields {
			if r.IntN(10) > 0 {
				f.Values[j] = randomValue(r, &schema.Fields[j])
			}
		}
		f.Values[5] = geo.TimeValue(geo.Time(r.IntN(1888)) * geo.Day)
		f.Values[6] = geo.Value{}
		layertest.Add(b, build, f)
	}
	return layertest.Finish(b, build)
}
