package shape

import (
	"math/rand/v2"
	"testing"

	"bivouac/geo"

	"github.com/paulmach/orb"
)

// circle200 is a polygon of 200 positions within 30 degrees of 0 0.
func circle200() orb.Polygon { return orb.Polygon{coast(200)} }

func somePoints(n int) []orb.Point {
	rng := rand.New(rand.NewPCG(1, 2))
	out := make([]orb.Point, n)
	for i := range out {
		out[i] = orb.Point{rng.Float64()*70 - 35, rng.Float64()*70 - 35}
	}
	return out
}

func BenchmarkHas(b *testing.B) {
	p, _ := Prepare(circle200())
	points := somePoints(4096)
	for i := 0; b.Loop(); i++ {
		p.Has(points[i%4096])
	}
}

func BenchmarkRelation(b *testing.B) {
	p, _ := Prepare(circle200())
	points := somePoints(4096)
	for i := 0; b.Loop(); i++ {
		at := points[i%4096]
		p.Relation(geo.Box{West: at[0], South: at[1], East: at[0] + 1, North: at[1] + 1})
	}
}

func BenchmarkPreparedIntersects(b *testing.B) {
	p, _ := Prepare(circle200())
	points := somePoints(4096)
	lines := make([]orb.Geometry, 0, 4096)
	for _, at := range points {
		lines = append(lines, orb.LineString{at, {at[0] + 1, at[1]}, {at[0] + 1, at[1] + 2}})
	}
	for i := 0; b.Loop(); i++ {
		p.Intersects(lines[i%4096])
	}
}

func BenchmarkPrepare(b *testing.B) {
	g := circle200()
	for b.Loop() {
		if _, err := Prepare(g); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkIntersects(b *testing.B) {
	g, h := circle200(), Orient(orb.Polygon{coast(100)})
	for b.Loop() {
		if _, err := Intersects(g, h); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWithin(b *testing.B) {
	g, h := circle200(), orb.LineString{{0, 0}, {3, 4}, {5, 0}}
	for b.Loop() {
		if _, err := Within(h, g); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkValidate(b *testing.B) {
	for _, n := range []int{1000, 100_000} {
		b.Run(map[int]string{1000: "1k", 100_000: "100k"}[n], func(b *testing.B) {
			g := orb.Polygon{coast(n)}
			for b.Loop() {
				if bad := Validate(g); bad != nil {
					b.Fatal(bad)
				}
			}
		})
	}
}

func BenchmarkSplitDateLine(b *testing.B) {
	ring := coast(1000)
	for i := range ring {
		if ring[i][0] += 180; ring[i][0] > 180 {
			ring[i][0] -= 360
		}
	}
	for b.Loop() {
		if _, cut := SplitDateLine(orb.Polygon{ring}); !cut {
			b.Fatal("not cut")
		}
	}
}
