package measure

import "math"

// Sector returns the square metres of the disc between the radii at two turns,
// to greater ones.
//
// The area per radian is the integral of the reduced length along the radius
// (Gauss). It is smooth in the direction and the same to the east and to the
// west, so that a few cosines hold it. The error is less than a part in 10^9
// up to 15,000 km.
func (r *Rim) Sector(from, to float64) float64 {
	area := r.share[0] * (to - from) * degree
	s1, c1 := sinCos(from)
	s2, c2 := sinCos(to)
	sk1, ck1, sk2, ck2 := s1, c1, s2, c2
	for k := 1; k < len(r.share); k++ {
		area += r.share[k] * (sk2 - sk1) / float64(k)
		sk1, ck1 = sk1*c1+ck1*s1, ck1*c1-sk1*s1
		sk2, ck2 = sk2*c2+ck2*s2, ck2*c2-sk2*s2
	}
	return area
}

// Area returns the square metres of the disc.
func (r *Rim) Area() float64 { return r.Sector(0, 360) }

// shares returns the cosines' weights.
func (r *Rim) shares() []float64 {
	n, pieces := 4, 1
	switch t := r.radius / r.round; {
	case r.radius < 1000: // the next term is some parts in 10^16
		return []float64{r.radius * r.radius / 2 * (1 - t*t/12)}
	case t > 1.5:
		n, pieces = 48, 16
	case t > 0.2:
		n, pieces = 16, 4
	case t > 0.05:
		n, pieces = 6, 2
	}
	out := make([]float64, n)
	for i := range n {
		half := (float64(i) + 0.5) * math.Pi / float64(n)
		s, c := math.Sincos(half)
		area := r.along(s, c, pieces)
		for k := range out {
			weight := 2 / float64(n)
			if k == 0 {
				weight /= 2
			}
			out[k] += weight * area * math.Cos(float64(k)*half)
		}
	}
	return out
}

// along integrates the reduced length along a radius, by the Gauss-Legendre
// rule of three nodes on so many pieces.
func (r *Rim) along(sinAz, cosAz float64, pieces int) float64 {
	l := newLine(&r.end, sinAz, cosAz)
	step := r.radius / float64(pieces)
	sum := 0.0
	for i := range pieces {
		mid := (float64(i) + 0.5) * step
		off := nodeAt * step / 2
		sum += midWeight*l.reduced(mid) + nodeWeight*(l.reduced(mid-off)+l.reduced(mid+off))
	}
	return sum * step
}
