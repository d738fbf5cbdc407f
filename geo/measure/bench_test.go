package measure

import (
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

var sink float64

// pairs returns points and partners some metres away.
func pairs(n int, metres float64) [][2]orb.Point {
	r := rand.New(rand.NewPCG(1, 2))
	out := make([][2]orb.Point, n)
	for i := range out {
		out[i][0] = anywhere(r)
		out[i][1], _ = Direct(out[i][0], r.Float64()*360, metres*r.Float64())
	}
	return out
}

func benchmarkDistance(b *testing.B, metres float64) {
	p := pairs(1024, metres)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		c := &p[i&1023]
		sink += Distance(c[0], c[1])
	}
}

func BenchmarkDistance50km(b *testing.B)   { benchmarkDistance(b, 50e3) }
func BenchmarkDistance400km(b *testing.B)  { benchmarkDistance(b, 400e3) }
func BenchmarkDistanceGlobal(b *testing.B) { benchmarkDistance(b, 19e6) }

func BenchmarkOriginDistance50km(b *testing.B) {
	p := pairs(1024, 50e3)
	o := make([]Origin, len(p))
	for i := range p {
		o[i] = NewOrigin(p[i][0])
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		sink += o[i&1023].Distance(p[i&1023][1])
	}
}

func BenchmarkOriginDistanceBearing50km(b *testing.B) {
	p := pairs(1024, 50e3)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		o := NewOrigin(p[i&1023][0])
		d, _ := o.DistanceBearing(p[i&1023][1])
		sink += d
	}
}

func BenchmarkOriginBounds(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	boxes := make([]geo.Box, 1024)
	for i := range boxes {
		p := orb.Point{r.Float64()*20 - 10, r.Float64()*20 + 5}
		boxes[i] = geo.Box{West: p[0], South: p[1], East: p[0] + r.Float64(), North: p[1] + r.Float64()}
	}
	o := NewOrigin(orb.Point{0, 15})
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		lower, upper := o.Bounds(boxes[i&1023])
		sink += lower + upper
	}
}

// corridor is a line of 200 vertices, some 1,000 km long, and 10,000 points
// around it.
func corridor() (*Target, []orb.Point) {
	r := rand.New(rand.NewPCG(3, 4))
	l := orb.LineString{{-8, 12}}
	for i := range 199 {
		p, _ := Direct(l[i], 60+r.Float64()*60-30, 5e3)
		l = append(l, p)
	}
	t, _ := NewTarget(l)
	points := make([]orb.Point, 10000)
	b := l.Bound().Pad(1)
	for i := range points {
		points[i] = orb.Point{b.Min[0] + r.Float64()*(b.Max[0]-b.Min[0]), b.Min[1] + r.Float64()*(b.Max[1]-b.Min[1])}
	}
	return t, points
}

func BenchmarkTargetWithin10000(b *testing.B) {
	t, points := corridor()
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range points {
			if t.Within(p, 25e3) {
				sink++
			}
		}
	}
}

func BenchmarkTargetDistance(b *testing.B) {
	t, points := corridor()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		sink += t.Distance(points[i%len(points)])
	}
}

func BenchmarkTargetBounds(b *testing.B) {
	t, points := corridor()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p := points[i%len(points)]
		lower, upper := t.Bounds(geo.Box{West: p[0], South: p[1], East: p[0] + .2, North: p[1] + .2})
		sink += lower + upper
	}
}

func BenchmarkNewTarget200(b *testing.B) {
	r := rand.New(rand.NewPCG(3, 4))
	l := walk(r, 200, 5e3)
	b.ReportAllocs()
	for b.Loop() {
		t, _ := NewTarget(l)
		sink += float64(len(t.tree.balls))
	}
}
