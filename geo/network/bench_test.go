package network_test

import (
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/network"
	"bivouac/geo/network/country"
)

var countrySizes = []int{1_000, 100_000}

// countrySource is the ways of a made country as records: each a road of two
// vertices, one-way where no arc leads back.
func countrySource(b *testing.B, nodes int) []network.Source {
	b.Helper()
	k := country.Make(nodes, 1)
	type pair struct{ a, b int32 }
	arcs := map[pair]bool{}
	for i := range k.Tail {
		arcs[pair{k.Tail[i], k.Head[i]}] = true
	}
	builder := layer.NewBuilder(roadSchema)
	key := geo.Key(0)
	surface, oneWay := roadSchema.Field("surface"), roadSchema.Field("one_way")
	for i := range k.Tail {
		from, to := k.Tail[i], k.Head[i]
		back := arcs[pair{to, from}]
		if back && from > to {
			continue
		}
		key++
		f := geo.Feature{Key: key, Rev: 1, Geometry: orb.LineString{k.Points[from], k.Points[to]}, Values: make([]geo.Value, len(roadSchema.Fields))}
		f.Values[surface], f.Values[oneWay] = geo.String([]string{"paved", "gravel", "earth"}[i%3]), geo.Bool(!back)
		layertest.Add(b, builder, f)
	}
	l := layertest.Finish(b, builder)
	return []network.Source{{Schema: l.Schema(), Each: l.Each}}
}

func buildCountry(b *testing.B, sources []network.Source) *network.Graph {
	b.Helper()
	g, err := network.Build(b.Context(), sources, network.Options{JoinMetres: -1})
	if err != nil {
		b.Fatal(err)
	}
	return g
}

func BenchmarkBuild(b *testing.B) {
	for _, n := range countrySizes {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			sources := countrySource(b, n)
			b.ReportAllocs()
			for b.Loop() {
				buildCountry(b, sources)
			}
		})
	}
}

func BenchmarkTimes(b *testing.B) {
	for _, n := range countrySizes {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			g := buildCountry(b, countrySource(b, n))
			c := network.Conditions{Profile: network.Profiles()[1], Month: 7}
			b.ReportAllocs()
			for b.Loop() {
				g.Times(c)
			}
		})
	}
}

func BenchmarkSnap(b *testing.B) {
	for _, n := range countrySizes {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			g := buildCountry(b, countrySource(b, n))
			r := rand.New(rand.NewPCG(1, 1))
			b.ReportAllocs()
			for b.Loop() {
				at := g.Point(int32(r.IntN(g.Nodes())))
				g.Snap(orb.Point{at[0] + 0.003, at[1] + 0.002}, 1e6, nil)
			}
		})
	}
}

// BenchmarkPath goes from anywhere to anywhere, without a hierarchy and with
// one.
func BenchmarkPath(b *testing.B) {
	for _, n := range countrySizes {
		g := buildCountry(b, countrySource(b, n))
		for _, how := range []string{"plain", "hierarchy"} {
			if how == "hierarchy" {
				if err := g.Order(b.Context(), nil); err != nil {
					b.Fatal(err)
				}
			}
			t := g.Travel(network.Conditions{Profile: network.Profiles()[1]})
			b.Run(how+"/"+strconv.Itoa(n), func(b *testing.B) {
				r := rand.New(rand.NewPCG(1, 1))
				b.ReportAllocs()
				for b.Loop() {
					from, _ := t.PlaceAt(int32(r.IntN(g.Nodes())))
					to, _ := t.PlaceAt(int32(r.IntN(g.Nodes())))
					t.Path(from, to)
				}
			})
		}
	}
}

// BenchmarkMemory says how many bytes a node takes: of the graph, of it with
// its hierarchy, and of times for one vehicle beside.
func BenchmarkMemory(b *testing.B) {
	for _, n := range countrySizes {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			sources := countrySource(b, n)
			var graph, ordered, travel float64
			for b.Loop() {
				start := heap()
				g := buildCountry(b, sources)
				graph = float64(heap()-start) / float64(g.Nodes())
				if err := g.Order(b.Context(), nil); err != nil {
					b.Fatal(err)
				}
				ordered = float64(heap()-start) / float64(g.Nodes())
				t := g.Travel(network.Conditions{Profile: network.Profiles()[1]})
				t.From(nil)
				travel = float64(heap()-start)/float64(g.Nodes()) - ordered
				runtime.KeepAlive(t)
				runtime.KeepAlive(g)
			}
			b.ReportMetric(graph, "B/node")
			b.ReportMetric(ordered, "B/node-with-hierarchy")
			b.ReportMetric(travel, "B/node-a-vehicle")
		})
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkCourse has the course of one road changed: the graph is made anew,
// and its order carried over. With BIVOUAC_PROOF=1 the country has a million
// nodes.
func BenchmarkCourse(b *testing.B) {
	nodes := 100_000
	if os.Getenv("BIVOUAC_PROOF") == "1" {
		nodes = 1_000_000
	}
	sources := countrySource(b, nodes)
	before := buildCountry(b, sources)
	if err := before.Order(b.Context(), nil); err != nil {
		b.Fatal(err)
	}
	at := before.Point(int32(before.Nodes() / 2))
	added := network.Source{Schema: sources[0].Schema, Each: func(take func(geo.Row) error) error {
		builder := layer.NewBuilder(roadSchema)
		f := geo.Feature{Key: 1 << 40, Rev: 2, Geometry: orb.LineString{at, {at[0] + 0.01, at[1] + 0.01}}, Values: make([]geo.Value, len(roadSchema.Fields))}
		if err := builder.Add(&f); err != nil {
			return err
		}
		l, err := builder.Build()
		if err != nil {
			return err
		}
		return l.Each(take)
	}}
	var build, order time.Duration
	for b.Loop() {
		begin := time.Now()
		g := buildCountry(b, append(sources[:1:1], added))
		build += time.Since(begin)
		if err := g.Order(b.Context(), before); err != nil {
			b.Fatal(err)
		}
		order += time.Since(begin)
	}
	b.ReportMetric(build.Seconds()/float64(b.N), "s-graph")
	b.ReportMetric((order-build).Seconds()/float64(b.N), "s-order")
}
