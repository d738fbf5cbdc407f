package tile

import (
	"math"

	"bivouac/geo"
)

// sum adds numbers so that their order does not matter: whole numbers as they
// are, others exactly, as parts that do not overlap (Shewchuk 1997, "Adaptive
// precision floating-point arithmetic", growing expansions).
type sum struct {
	known bool // one of the numbers was not null
	whole int64
	parts []float64
}

func (s *sum) row(c *geo.Column, n uint32) {
	if c.Null(n) {
		return
	}
	s.known = true
	if c.Kind == geo.KindInt {
		s.whole += c.Ints[n]
		return
	}
	s.add(c.Floats[n])
}

func (s *sum) join(o *sum) {
	s.known = s.known || o.known
	s.whole += o.whole
	for _, part := range o.parts {
		s.add(part)
	}
}

func (s *sum) add(x float64) {
	kept := 0
	for _, y := range s.parts {
		if math.Abs(x) < math.Abs(y) {
			x, y = y, x
		}
		high := x + y
		if low := y - (high - x); low != 0 {
			s.parts[kept] = low
			kept++
		}
		x = high
	}
	s.parts = append(s.parts[:kept], x)
}

// float returns the sum, rounded once: the same for the same numbers in any
// order.
func (s *sum) float() float64 {
	high, low, i := 0.0, 0.0, len(s.parts)
	for i > 0 && low == 0 {
		i--
		x := high
		high = x + s.parts[i]
		low = s.parts[i] - (high - x)
	}
	// What is left over is at most half of high's last place. Where it is just
	// that, the parts below say to which side the sum lies.
	if i > 0 && low*s.parts[i-1] > 0 {
		if next := high + 2*low; next-high == 2*low {
			return next
		}
	}
	return high
}
