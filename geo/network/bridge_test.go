package network_test

import (
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo/network"
)

// TestBridges holds the search against its definition: a segment without which
// there are more components.
func TestBridges(t *testing.T) {
	const seed = 5
	rng := rand.New(rand.NewPCG(seed, 1))
	for trial := range 60 {
		var records []record
		at := func(i, k int) orb.Point { return orb.Point{float64(i) / 100, float64(k) / 100} }
		for i := range 4 {
			for k := range 4 {
				if rng.Float64() < 0.6 {
					records = append(records, road("", nil, at(i, k), at(i+1, k)))
				}
				if rng.Float64() < 0.6 {
					records = append(records, road("", nil, at(i, k), at(i, k+1)))
				}
			}
		}
		if len(records) == 0 {
			continue
		}
		g := world{&roadSchema: records}.graph(t)
		travel := g.Travel(steady())
		got := travel.Bridges()
		whole := len(travel.Weak().Nodes)
		for s := range int32(g.Segments()) {
			times := append([]uint32(nil), travel.Times...)
			forward, back := g.Along(s)
			times[forward], times[back] = network.Closed, network.Closed
			if want := len(travel.WithTimes(times).Weak().Nodes) > whole; got[s] != want {
				t.Fatalf("seed %d, trial %d: segment %d is a bridge: %v, want %v", seed, trial, s, got[s], want)
			}
		}
	}
}
