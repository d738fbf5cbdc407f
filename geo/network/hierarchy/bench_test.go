package hierarchy

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"

	"bivouac/geo/network/country"
	"bivouac/geo/randtest"
)

var sizes = []int{1_000, 100_000, 1_000_000}

// countries are made once for all benchmarks.
var countries sync.Map

func land(nodes int) *country.Country {
	made, _ := countries.LoadOrStore(nodes, sync.OnceValue(func() *country.Country { return country.Make(nodes, 1) }))
	return made.(func() *country.Country)()
}

var metrics sync.Map

func landMetric(b *testing.B, nodes int) *Metric {
	made, _ := metrics.LoadOrStore(nodes, sync.OnceValue(func() *Metric {
		k := land(nodes)
		return (&roads{k.Points, k.Tail, k.Head, k.Millis}).metric(b)
	}))
	return made.(func() *Metric)()
}

// measured runs a benchmark and adds what the processors worked, which others
// on the machine do not lengthen.
func measured(b *testing.B, do func()) {
	b.ReportAllocs()
	before := worked()
	for b.Loop() {
		do()
	}
	b.ReportMetric(float64(worked()-before)/float64(b.N), "cpu-ns/op")
}

func worked() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func BenchmarkBuild(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			k := land(n)
			var h *Hierarchy
			measured(b, func() { h, _ = Build(context.Background(), k.Points, k.Tail, k.Head, nil) })
			b.ReportMetric(float64(h.Arcs())/float64(n), "arcs/node")
			b.ReportMetric(float64(h.Levels()), "levels")
		})
	}
}

func BenchmarkCustomise(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			m := landMetric(b, n)
			measured(b, func() { _, _ = m.Customise(context.Background(), m.weights) })
		})
	}
}

// BenchmarkWith closes an arc and opens it again.
func BenchmarkWith(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			m := landMetric(b, n)
			r := rand.New(rand.NewPCG(1, 1))
			measured(b, func() {
				i := int32(r.IntN(len(m.weights)))
				closed, _ := m.With([]int32{i}, []uint32{Unreached})
				_, _ = closed.With([]int32{i}, []uint32{m.weights[i]})
			})
		})
	}
}

func BenchmarkPath(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			m := landMetric(b, n)
			r := rand.New(rand.NewPCG(1, 1))
			from, to := make([]Seed, 1), make([]Seed, 1)
			arcs := 0
			measured(b, func() {
				from[0].Node, to[0].Node = int32(r.IntN(n)), int32(r.IntN(n))
				_, _, _, way, _ := m.Path(from, to)
				arcs += len(way)
			})
			b.ReportMetric(float64(arcs)/float64(b.N), "arcs")
		})
	}
}

func BenchmarkFrom(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			m := landMetric(b, n)
			r := rand.New(rand.NewPCG(1, 1))
			measured(b, func() { m.From([]Seed{{Node: int32(r.IntN(n))}}) })
		})
	}
}

func BenchmarkMatrix(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprintf("%d/1000x1000", n), func(b *testing.B) {
			m := landMetric(b, n)
			r := rand.New(rand.NewPCG(1, 1))
			places := make([][]Seed, 1000)
			for i := range places {
				a := r.IntN(len(m.weights))
				k := land(n)
				places[i] = []Seed{{k.Tail[a], 500}, {k.Head[a], 700}}
			}
			measured(b, func() { _, _ = m.Matrix(context.Background(), places, places) })
		})
	}
}

// BenchmarkFan makes a fan of 10,000 nodes, and asks it about one place.
func BenchmarkFan(b *testing.B) {
	for _, n := range sizes {
		m := landMetric(b, n)
		r := randtest.New(b, 1)
		nodes := make([]int32, 10_000)
		for i := range nodes {
			nodes[i] = int32(r.IntN(n))
		}
		b.Run(fmt.Sprintf("%d/made", n), func(b *testing.B) {
			measured(b, func() { _, _ = m.FanIn(context.Background(), nodes) })
		})
		f, err := m.FanIn(context.Background(), nodes)
		if err != nil {
			b.Fatal(err)
		}
		b.Logf("%d ranks, %d arcs", len(f.ranks), len(f.head))
		b.Run(fmt.Sprintf("%d/asked", n), func(b *testing.B) {
			measured(b, func() { f.Costs([]Seed{{Node: int32(r.IntN(n))}}) })
		})
	}
}

// BenchmarkMemory tells what is kept of a graph, with two metrics: all that is
// alive, without the points, which the caller has.
func BenchmarkMemory(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			k := land(n)
			for b.Loop() {
				before := alive()
				h, _ := Build(context.Background(), k.Points, k.Tail, k.Head, nil)
				order := alive()
				one, _ := h.Customise(context.Background(), k.Millis)
				two, _ := one.With([]int32{0}, []uint32{1})
				b.ReportMetric(float64(order-before)/float64(n), "order-B/node")
				b.ReportMetric(float64(alive()-before)/float64(n), "B/node")
				runtime.KeepAlive(two)
			}
		})
	}
}

func alive() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
