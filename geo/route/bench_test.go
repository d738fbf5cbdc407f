package route_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/measure"
	"bivouac/geo/network"
	"bivouac/geo/network/country"
	"bivouac/geo/route"
)

// westAfrica is the trunk roads of West Africa as they were published, without
// the proposed ones; nil where the shared data are missing.
func westAfrica(b *testing.B) *network.Travel {
	path := filepath.Join("..", "..", "..", "shared", "data", "roads_west_africa", "trans_african_roads_west.geojson")
	if dir := os.Getenv("BIVOUAC_SHARED"); dir != "" {
		path = filepath.Join(dir, "data", "roads_west_africa", "trans_african_roads_west.geojson")
	}
	body, err := os.ReadFile(path)
	if err != nil {
		b.Skip("the roads of West Africa are not here; set BIVOUAC_SHARED to the folder of the shared data: ", err)
	}
	var doc struct {
		Features []struct {
			Geometry struct {
				Coordinates orb.LineString `json:"coordinates"`
			} `json:"geometry"`
			Properties struct {
				Add   bool    `json:"add"`
				Speed float64 `json:"speed_kmh"`
			} `json:"properties"`
		} `json:"features"`
	}
	if err := json.Unmarshal(body, &doc); err != nil {
		b.Fatal(err)
	}
	builder := layer.NewBuilder(roadSchema)
	for i, f := range doc.Features {
		if f.Properties.Add {
			continue
		}
		r := with(road(fmt.Sprint("road ", i), f.Geometry.Coordinates...), "speed_kmh", geo.Float(f.Properties.Speed))
		r.Key = geo.Key(i + 1)
		layertest.Add(b, builder, r)
	}
	l := layertest.Finish(b, builder)
	g, err := network.Build(context.Background(), []network.Source{{Schema: l.Schema(), Each: l.Each}}, network.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return g.Travel(network.Conditions{Profile: plain})
}

// BenchmarkParetoWestAfrica asks for the front of convoys over some hundreds of
// kilometres, and over thousands, on roads of random risk by km.
func BenchmarkParetoWestAfrica(b *testing.B) {
	travel := westAfrica(b)
	r := rand.New(rand.NewPCG(1, 2))
	risk := make([]float64, travel.Arcs())
	for s := range int32(travel.Segments()) {
		forward, back := travel.Along(s)
		risk[forward] = travel.Metres(s) / 1e5 * r.ExpFloat64()
		risk[back] = risk[forward]
	}
	for _, c := range []struct{ least, most float64 }{{250_000, 350_000}, {1_500_000, 2_500_000}} {
		var trips [][]network.Place
		for len(trips) < 20 {
			from, to := somewhere(r, travel), somewhere(r, travel)
			if d := measure.Distance(from.Point, to.Point); d > c.least && d < c.most {
				trips = append(trips, []network.Place{from, to})
			}
		}
		b.Run(fmt.Sprintf("%.0f_km", (c.least+c.most)/2000), func(b *testing.B) {
			b.ReportAllocs()
			ways, labels := 0, 0
			for i := 0; b.Loop(); i++ {
				p := route.NewPlanner(travel, risk)
				f, _, err := p.Tradeoff(context.Background(), trips[i%len(trips)], 20_000_000)
				if err != nil || !f.Complete {
					b.Fatal(f.Complete, err)
				}
				ways, labels = max(ways, len(f.Journeys)), max(labels, f.Labels)
			}
			b.ReportMetric(float64(ways), "ways_at_most")
			b.ReportMetric(float64(labels), "labels_at_most")
		})
	}
}

// BenchmarkParetoCountry asks for the front of ways of about 300 km on the roads
// of a made-up country, where roads in some parts are riskier than in others;
// with BIVOUAC_PROOF=1 the country has a million nodes. Fronts that are not
// complete at the limit of labels of the analysis are counted.
func BenchmarkParetoCountry(b *testing.B) {
	nodes := 200_000
	if os.Getenv("BIVOUAC_PROOF") == "1" {
		nodes = 1_000_000
	}
	k := country.Make(nodes, 1)
	r := rand.New(rand.NewPCG(1, 2))
	g := &route.Arcs{First: make([]int32, nodes+1), Head: k.Head, Time: k.Millis, Risk: make([]uint64, len(k.Head))}
	for i, n := range k.Tail {
		g.First[n+1]++
		at := k.Points[n]
		perKM := 1e-6 * (1.05 + math.Sin(at[0]*9)*math.Sin(at[1]*11)) // 0.05 to 2.05 incidents in a million kilometres
		g.Risk[i] = route.RiskOf(perKM * measure.Distance(at, k.Points[k.Head[i]]) / 1000)
	}
	for n := range nodes {
		g.First[n+1] += g.First[n]
	}
	var trips []route.Trip
	for len(trips) < 20 {
		from, to := int32(r.IntN(nodes)), int32(r.IntN(nodes))
		if d := measure.Distance(k.Points[from], k.Points[to]); d > 250_000 && d < 350_000 {
			trips = append(trips, route.Trip{From: []route.End{{Node: from}}, To: []route.End{{Node: to}}})
		}
	}
	b.ReportAllocs()
	ways, labels, incomplete := 0, 0, 0
	for i := 0; b.Loop(); i++ {
		f, err := route.Pareto(context.Background(), g, &trips[i%len(trips)], route.Stated, 2_000_000)
		if err != nil {
			b.Fatal(err)
		}
		if !f.Complete {
			incomplete++
		}
		ways, labels = max(ways, len(f.Ways)), max(labels, f.Labels)
	}
	b.ReportMetric(float64(ways), "ways_at_most")
	b.ReportMetric(float64(labels), "labels_at_most")
	b.ReportMetric(float64(incomplete)/float64(b.N), "incomplete")
}
