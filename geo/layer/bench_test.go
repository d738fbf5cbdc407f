package layer

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// benchLayer is points around 2,000 places of a country the size of Mali,
// some of them much denser than others, as incidents are.
func benchLayer(b *testing.B, n int) (*Layer, []orb.Point) {
	r := rand.New(rand.NewPCG(1, 2))
	centres := make([]orb.Point, 2000)
	for i := range centres {
		centres[i] = orb.Point{-12 + 16*r.Float64(), 10 + 15*r.Float64()}
	}
	build := NewBuilder(testSchema)
	for i := range n {
		c := centres[int(r.Float64()*r.Float64()*2000)]
		f := geo.Feature{Key: geo.Key(i + 1), Geometry: orb.Point{c[0] + r.NormFloat64()*0.03, c[1] + r.NormFloat64()*0.03}}
		if err := build.Add(&f); err != nil {
			b.Fatal(err)
		}
	}
	l, err := build.Build()
	if err != nil {
		b.Fatal(err)
	}
	return l, centres
}

func BenchmarkLayer(b *testing.B) {
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		l, at := benchLayer(b, n)
		for _, q := range benchQuestions {
			b.Run(fmt.Sprintf("%s/%d", q.name, n), func(b *testing.B) {
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					if err := q.ask(l, at[i*7%len(at)], at); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

var benchQuestions = []struct {
	name string
	ask  func(l *Layer, p orb.Point, at []orb.Point) error
}{
	{"nearest10", func(l *Layer, p orb.Point, _ []orb.Point) error {
		rows, failed := l.Walk(context.Background(), p, geo.Selection{Limit: 10})
		for range rows {
		}
		return failed()
	}},
	{"within1000of25km", func(l *Layer, p orb.Point, _ []orb.Point) error {
		rows, failed := l.WalkWithin(context.Background(), p, 25_000, geo.Selection{Limit: 1000})
		for range rows {
		}
		return failed()
	}},
	{"count25km", func(l *Layer, p orb.Point, _ []orb.Point) error {
		_, err := l.CountWithin(context.Background(), p, 25_000, geo.Selection{})
		return err
	}},
	{"corridor1km", func(l *Layer, p orb.Point, at []orb.Point) error {
		_, err := l.CountWithin(context.Background(), corridor(p, at), 1000, geo.Selection{})
		return err
	}},
	{"box1000", func(l *Layer, p orb.Point, _ []orb.Point) error {
		rows, failed := l.Select(context.Background(), geo.Selection{Box: around(p), Limit: 1000})
		for range rows {
		}
		return failed()
	}},
	{"countBox", func(l *Layer, p orb.Point, _ []orb.Point) error {
		_, err := l.Count(context.Background(), geo.Selection{Box: around(p)})
		return err
	}},
}

// around is the box of a degree about p.
func around(p orb.Point) geo.Box { return geo.NewBox(p[0]-0.5, p[1]-0.5, p[0]+0.5, p[1]+0.5) }

// corridor is a line of 200 vertices towards another place.
func corridor(p orb.Point, at []orb.Point) orb.LineString {
	q := at[int((p[0]+20)*1e6)%len(at)]
	line := make(orb.LineString, 200)
	for i := range line {
		t := float64(i) / 199
		line[i] = orb.Point{p[0] + (q[0]-p[0])*t, p[1] + (q[1]-p[1])*t + float64(i%3)*0.002}
	}
	return line
}

func BenchmarkWith(b *testing.B) {
	l, _ := benchLayer(b, 100_000)
	b.ReportAllocs()
	key := geo.Key(1_000_000)
	for b.Loop() {
		key++
		next, err := l.With([]geo.Change{{Feature: geo.Feature{Key: key, Geometry: orb.Point{0, 15}}}})
		if err != nil {
			b.Fatal(err)
		}
		if l = next; l.Delta() > 1<<15 {
			b.StopTimer()
			if l, err = l.Fold(nil); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
		}
	}
}
