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
