package siting_test

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"bivouac/data/sharedtest"
	"bivouac/geo/siting"
)

// BenchmarkPMedian proves the first instance of OR-Library.
func BenchmarkPMedian(b *testing.B) {
	sharedtest.Path(b, "orlib_pmed/pmed1.txt")
	cost, p := pmed(b, "pmed1")
	m := siting.Model{Sites: len(cost), Most: p, Objective: siting.Median(cost, ones(len(cost)), 1e6)}
	prove(b, &m)
}

// BenchmarkStores proves the questions of the San Francisco set.
func BenchmarkStores(b *testing.B) {
	cost, people, names := stores(b)
	b.Run("maximal cover", func(b *testing.B) {
		prove(b, &siting.Model{Sites: len(names), Most: 4, Objective: siting.Uncovered(cost, people, 5000, 1)})
	})
	b.Run("p-center", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if a, err := siting.Center(context.Background(), &siting.Model{Sites: len(names), Most: 4}, cost, siting.Search{Seed: 1}); err != nil || !a.Proved {
				b.Fatal(a, err)
			}
		}
	})
}

// BenchmarkConsolidation keeps 10 of 98 bases for 1,000 weighted places.
func BenchmarkConsolidation(b *testing.B) {
	for _, c := range []struct {
		desc   string
		within float64
	}{{"p-median", 0}, {"maximal cover", 12}} {
		b.Run(c.desc, func(b *testing.B) {
			cost, weight := country(98, 1000)
			m := siting.Model{Sites: 98, Most: 10, Objective: siting.Median(cost, weight, 1000)}
			if c.within > 0 {
				m.Objective = siting.Uncovered(cost, weight, c.within, 1)
			}
			prove(b, &m)
		})
	}
}

// BenchmarkFront finds fronts of 96 bases and 300 places: of price and travel,
// and of number and cover.
func BenchmarkFront(b *testing.B) {
	cost, weight := country(96, 300)
	price := make([]float64, len(cost[0]))
	r := rand.New(rand.NewPCG(9, 9))
	for j := range price {
		price[j] = math.Round(1000 * (1 + 9*r.Float64()))
	}
	for _, c := range []struct {
		desc     string
		measures []siting.Measure
		most     int // searches
	}{
		{"price and travel", []siting.Measure{{Site: price}, siting.Median(cost, weight, 1000)}, 40},
		{"number and cover", []siting.Measure{siting.Number(len(price)), siting.Uncovered(cost, weight, 12, 1)}, 1000},
	} {
		b.Run(c.desc, func(b *testing.B) {
			for b.Loop() {
				front, err := siting.ParetoFront(context.Background(), &siting.Model{Sites: len(price), Least: 1}, c.measures, c.most, siting.Search{Seed: 1})
				if err != nil {
					b.Fatal(err)
				}
				unproved := 0
				for _, p := range front.Points {
					if p.Gap != 0 {
						unproved++
					}
				}
				b.ReportMetric(float64(len(front.Points)), "points")
				b.ReportMetric(float64(unproved), "unproved")
				b.ReportMetric(float64(front.Nodes), "parts")
			}
		})
	}
}

// country is bases and places in a square of 100 by 100, places heavier the
// rarer they are.
func country(sites, places int) (cost [][]float64, weight []float64) {
	r := rand.New(rand.NewPCG(8, 8))
	at := make([][2]float64, sites)
	for j := range at {
		at[j] = [2]float64{100 * r.Float64(), 100 * r.Float64()}
	}
	for range places {
		x, y := 100*r.Float64(), 100*r.Float64()
		row := make([]float64, sites)
		for j, p := range at {
			row[j] = math.Hypot(x-p[0], y-p[1])
		}
		cost, weight = append(cost, row), append(weight, 1000/(0.01+r.Float64()))
	}
	return cost, weight
}

func prove(b *testing.B, m *siting.Model) {
	b.Helper()
	b.ReportAllocs()
	nodes := 0
	for b.Loop() {
		a, err := siting.Solve(context.Background(), m, siting.Search{Seed: 1})
		if err != nil || !a.Proved {
			b.Fatal(a, err)
		}
		nodes = a.Nodes
	}
	b.ReportMetric(float64(nodes), "parts")
}
