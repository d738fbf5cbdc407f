package indicator_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/filter"
	"bivouac/geo/indicator"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
)

// BenchmarkIndicator asks for the figures behind the page's time bar, its
// legend and its charts.
func BenchmarkIndicator(b *testing.B) {
	text := "category IN ('ied', 'mine') AND killed >= 1 AND NOT night = TRUE"
	match, err := filter.ParseText(&schema, text)
	if err != nil {
		b.Fatal(err)
	}
	hits := filter.Equal("category", geo.String("ied"))
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		l := benchLayer(b, n)
		for _, c := range []struct {
			name  string
			query indicator.Query
		}{
			{"histogram", indicator.Query{Period: indicator.Month}},
			{"filtered", indicator.Query{Period: indicator.Month, Select: geo.Selection{Match: match}}},
			{"during", indicator.Query{Period: indicator.Day, Select: geo.Selection{During: geo.Between(at("2014-01-01"), at("2016-01-01"))}}},
			{"legend", indicator.Query{Period: indicator.None, GroupBy: "category", Select: geo.Selection{Match: match}}},
			{"chart", indicator.Query{Period: indicator.Quarter, Sums: []string{"killed", "cost"}, Hits: hits, GroupBy: "category"}},
		} {
			b.Run(fmt.Sprintf("%s/%d", c.name, n), func(b *testing.B) {
				c.query.Layer = l
				b.ReportAllocs()
				for b.Loop() {
					if _, err := indicator.Compute(context.Background(), c.query); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkQuestion runs the process as it is asked: by month with a filter,
// then with all that may be asked of the figure.
func BenchmarkQuestion(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		w := world(benchLayer(b, n))
		for _, c := range []struct{ name, body string }{
			{"month", `{"filter":"category IN ('ied', 'mine') AND killed >= 1","measure":"count"}`},
			{"trend", `{"filter":"category IN ('ied', 'mine') AND killed >= 1","measure":"rate","sum":["killed"],"trend":true,"groupby":"category"}`},
			{"compare", `{"measure":"share","hits":"killed >= 1","datetime":"2017-01-01/2017-12-31","compare":"before","groupby":"category"}`},
			{"delay", `{"measure":"delay","from":"time","to":"time","trend":true}`},
		} {
			b.Run(fmt.Sprintf("%s/%d", c.name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := execute(w, c.body); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func benchLayer(b *testing.B, n int) *layer.Layer {
	r := rand.New(rand.NewPCG(1, 2))
	build := layer.NewBuilder(schema)
	build.Grow(n)
	categories := []string{"ied", "mine", "erw", "direct_fire", "indirect_fire", "other"}
	for i := range n {
		when := at("2013-07-01") + geo.Time(r.IntN(1888))*geo.Day
		f := geo.Feature{Key: geo.Key(i + 1), Geometry: orb.Point{-12 + 16*r.Float64(), 10 + 15*r.Float64()}, Valid: geo.Between(when, when+geo.Day)}
		f.Values = []geo.Value{geo.TimeValue(when), geo.String(categories[r.IntN(6)]), geo.Int(int64(r.IntN(4))),
			geo.Float(r.Float64()), geo.Int(int64(r.IntN(7))), geo.Bool(r.IntN(2) == 0)}
		if r.IntN(10) == 0 {
			f.Values[2] = geo.Value{}
		}
		layertest.Add(b, build, f)
	}
	return layertest.Finish(b, build)
}
