package shape

import (
	"encoding/binary"
	"math"
	"testing"

	"bivouac/geo/measure"

	"github.com/paulmach/orb"
)

// fuzzDiscs reads discs from bytes, six a disc: coordinates on a grid of a
// quarter of a degree and radii in steps that make rims touch, coincide and
// cross in one place.
func fuzzDiscs(data []byte) (out []Disc) {
	for ; len(data) >= 6 && len(out) < 24; data = data[6:] {
		x, y := binary.LittleEndian.Uint16(data), binary.LittleEndian.Uint16(data[2:])
		r := binary.LittleEndian.Uint16(data[4:])
		d := Disc{Centre: orb.Point{float64(x%1441)/4 - 180, float64(y%721)/4 - 90}}
		switch radius := float64(r >> 2); r & 3 {
		case 0:
			d.RadiusMetres = radius * 1000
		case 1:
			d.RadiusMetres = radius
		case 2: // to the centre of the disc before
			if len(out) > 0 {
				d.RadiusMetres = measure.Distance(d.Centre, out[len(out)-1].Centre)
			}
		default: // touching it
			if len(out) > 0 {
				d.RadiusMetres = math.Abs(measure.Distance(d.Centre, out[len(out)-1].Centre) - out[len(out)-1].RadiusMetres)
			}
		}
		out = append(out, d)
	}
	return out
}

func FuzzDiscs(f *testing.F) {
	f.Add([]byte{0, 0, 0, 0, 100, 0, 10, 0, 0, 0, 100, 0, 5, 0, 5, 0, 2, 0})
	f.Add([]byte{160, 5, 208, 2, 100, 0, 160, 5, 208, 2, 3, 0, 0, 0, 208, 2, 2, 0})
	f.Add([]byte{0, 1, 0, 1, 0, 128, 0, 2, 0, 1, 0, 255, 0, 3, 0, 1, 2, 0, 0, 4, 0, 2, 3, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		discs := fuzzDiscs(data)
		c, err := NewCover(discs)
		if err != nil {
			t.Fatalf("%v: %v", discs, err)
		}
		sum, area, last := 0.0, 0.0, measure.WholeArea()
		for i := range c.rims {
			sum += c.rims[i].Area() * float64(c.rims[i].times)
		}
		sum += float64(c.whole) * measure.WholeArea()
		for k := 1; k <= c.Depth(); k++ {
			a, err := c.Area(k)
			if err != nil {
				t.Fatalf("%v: depth %d: %v", discs, k, err)
			}
			if a > last*(1+1e-9)+1 {
				t.Fatalf("%v: depth %d has %v m2, the one before %v", discs, k, a, last)
			}
			area, last = area+a, a
			if _, err := c.Outline(k); err != nil {
				t.Fatalf("%v: depth %d: %v", discs, k, err)
			}
		}
		if math.Abs(area-sum) > 1e-6*sum+1 {
			t.Fatalf("%v: the depths add up to %v m2, the discs to %v", discs, area, sum)
		}
	})
}
