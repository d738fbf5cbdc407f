package scenario_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	made "bivouac/geo/network/country"
)

// vast is 300 bases, a hundred with a helicopter and a hundred with an ambulance,
// fifty with surgery, 1,000 incidents and 10,000 places in a made country of so many nodes, its
// roads ordered as a server has them.
func vast(b *testing.B, nodes int) *layer.Snapshot {
	b.Helper()
	c := made.Make(nodes, 1)
	rng := rand.New(rand.NewPCG(1, 1))
	var roads, bases, assets, places, incidents []geo.Feature
	for arc, head := range c.Head {
		if tail := c.Tail[arc]; tail < head {
			roads = append(roads, road("", "open", "all", c.Points[tail], c.Points[head]))
		}
	}
	spot := func() orb.Point { return c.Points[rng.IntN(len(c.Points))] }
	for i := range 300 {
		at := spot()
		b := base(fmt.Sprint("B", i), at, 100, 200, fmt.Sprint("M/B", i/30*30))
		b.Values = append(b.Values, geo.String([]string{"L1", "L1", "L1", "L1", "L1", "L2"}[i%6]))
		bases = append(bases, b)
		assets = append(assets, asset(fmt.Sprint("M/B", i), []string{"reaction_force", "helicopter", "ambulance"}[i%3], at))
	}
	for i := range 10_000 {
		places = append(places, place(fmt.Sprint("P", i), rng.Int64N(5000), spot()))
	}
	for i := range 1000 {
		incidents = append(incidents, incident(spot(), i, 1, 2))
	}
	layers := []*layer.Layer{build(b, baseSchema, bases...), build(b, assetSchema, assets...), build(b, roadSchema, roads...), build(b, placeSchema, places...), build(b, incidentSchema, incidents...), build(b, hazardSchema)}
	g, err := layer.Roads(context.Background(), layers)
	if err != nil {
		b.Fatal(err)
	}
	begin := time.Now()
	if err := g.Order(context.Background(), nil); err != nil {
		b.Fatal(err)
	}
	b.Logf("%d nodes, ordered in %v", g.Nodes(), time.Since(begin))
	return layer.NewSnapshot("vast", layers, nil, []layer.Moment{{Version: 1}}).WithNetwork(g)
}

// BenchmarkEvaluate asks about 300 bases and 10,000 places in a country of a
// million nodes: the first time, and after one base more has moved.
func BenchmarkEvaluate(b *testing.B) {
	snap := vast(b, size())
	b.Run("cold", func(b *testing.B) {
		for b.Loop() {
			evaluate(b, tools(), snap, `{}`)
		}
	})
	k := tools()
	evaluate(b, k, snap, `{}`)
	n := 0
	b.Run("one base moves", func(b *testing.B) {
		for b.Loop() {
			n++
			at := snap.Network().Point(int32(n * 7919 % snap.Network().Nodes()))
			evaluate(b, k, snap, fmt.Sprintf(`{"changes":[{"act":"move","target":%d,"to":{"type":"Point","coordinates":[%v,%v]}}]}`, n%300+1, at[0], at[1]))
		}
	})
	b.Run("one base closes", func(b *testing.B) {
		for b.Loop() {
			n++
			evaluate(b, k, snap, fmt.Sprintf(`{"changes":[{"act":"close","target":%d}]}`, n%300+1))
		}
	})
}

// size is how many nodes the country has: a million, or fewer with -short.
func size() int {
	if testing.Short() {
		return 100_000
	}
	return 1_000_000
}
