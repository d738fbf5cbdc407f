package tile

import (
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
		if x*x < y*y {
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

// float returns the sum of the parts, rounded once but for a tie in the last
// place.
func (s *sum) float() float64 {
	total := 0.0
	for i := len(s.parts) - 1; i >= 0; i-- {
		total += s.parts[i]
	}
	return total
}
