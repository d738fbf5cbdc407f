package measure

import "math"

// The short geodesic. On the auxiliary sphere of reduced latitudes the
// geodesic is a great circle from beta1 to beta2 over the angle omega, with
// arc sigma, and (Karney 2013, equations 7 and 8, with k sin(sigma) written
// as e' sin(beta))
//
//	s      = b * integral of q d(sigma),                          q = sqrt(1 + e'^2 sin^2 beta)
//	lambda = omega - f sin(alpha0) * integral of g d(sigma),      g = (2-f)/(1+(1-f)q)
//
// Over a short arc both integrands are nearly straight, so three Gauss nodes
// give the integrals to 1e-16 and no series is needed. Written with half
// angles and in sums and differences of the two ends, everything is symmetric
// in them bit for bit, and small distances keep their digits.

// shortChordSq is the largest squared chord on the auxiliary unit sphere that
// the quadrature serves: 0.07 radians, or 446 km.
const shortChordSq = 0.07 * 0.07

// arc is a solved short geodesic.
type arc struct {
	metres           float64
	sinHalf, cosHalf float64 // of omega/2, signed eastwards
}

// shortArc solves for the geodesic from a to b if it is short.
func shortArc(a, b *end, lonDeg, lonRest float64) (arc, bool) {
	cc := a.cos * b.cos
	ds, dc := b.sin-a.sin, b.cos-a.cos
	base := ds*ds + dc*dc
	half := (lonDeg + lonRest) * (degree / 2)
	if base > shortChordSq || half*half*cc > shortChordSq {
		return arc{}, false
	}
	sh, ch := sinCosHalf(half)
	x := base/4 + cc*sh*sh // sin^2(sigma/2), with lambda for omega
	if !(4*x <= shortChordSq) {
		return arc{}, false
	}
	// The first guess solves delta = k sin(lambda+delta) with q at the middle,
	// to some 1e-9. 1/(1-y) is expanded, y being at most f.
	mean := (a.sin + b.sin) / 2
	fcc := Flattening * cc
	k := fcc * (1 - gSlope*(math.Sqrt(1+eccSq2*mean*mean)-1)) * (1 + x*(2./3))
	sin, cos := 2*sh*ch, 1-2*sh*sh
	y := k * cos
	delta := k * sin * (1 + y*(1+y*(1+y)))
	sh, ch = turn(sh, ch, delta/2)
	x = base/4 + cc*sh*sh

	// One Newton step with q at the three nodes makes it exact.
	q, g := average(mean, ds/2, x)
	y += fcc * cc * sin * sin / 3
	more := (fcc*g*overSine(x)*2*sh*ch - delta) * (1 + y*(1+y))
	x += cc * sh * ch * more
	metres := polarRadius * arcOf(x) * q
	return arc{metres, sh + ch*more/2, ch - sh*more/2}, true
}

// directions returns the parts to the east and to the north, not normalised,
// of the directions of the arc at its two ends.
func (r arc) directions(a, b *end) (east1, north1, east2, north2 float64) {
	sin, bend := 2*r.sinHalf*r.cosHalf, 2*r.sinHalf*r.sinHalf
	up := b.sin*a.cos - a.sin*b.cos
	return b.cos * sin, up + a.sin*b.cos*bend, a.cos * sin, up - b.sin*a.cos*bend
}

// The Gauss-Legendre rule of three nodes on [-1, 1], weights halved.
const (
	nodeAt     = 0.774596669241483377 // sqrt(3/5)
	nodeWeight = 5. / 18
	midWeight  = 4. / 9
)

// gSlope is -g'(1)/g(1); g(1) is 1, so g(q) = 1/(1 + gSlope (q-1)).
const gSlope = (1 - Flattening) / (2 - Flattening)

// average returns the means of q and of g over an arc whose ends have the
// sines mean-diff and mean+diff, x being sin^2(sigma/2). With h = sigma/2 the
// sine at the angle t from the middle is mean cos(t)/cos(h) + diff sin(t)/sin(h);
// the quotients at the nodes are expanded in x, and g in q-1, which is at
// most 0.0034.
func average(mean, diff, x float64) (q, g float64) {
	m := mean * (1 + x*(1./5+x*(7./50+x*(427./3750+x*0.0984132))))
	d := diff * nodeAt * (1 + x*(1./15+x*(7./250+x*61./3750)))
	mid := mean * (1 + x*(1./2+x*(3./8+x*(5./16+x*35./128))))
	lo, hi := m-d, m+d
	p0 := math.Sqrt(1+eccSq2*lo*lo) - 1
	p1 := math.Sqrt(1+eccSq2*mid*mid) - 1
	p2 := math.Sqrt(1+eccSq2*hi*hi) - 1
	p := nodeWeight*(p0+p2) + midWeight*p1
	sq := nodeWeight*(p0*p0+p2*p2) + midWeight*p1*p1
	return 1 + p, 1 - gSlope*(p-gSlope*(sq-gSlope*p*p*p))
}

// turn adds a small angle, at most 2e-4, to the one of the given sine and
// cosine.
func turn(sin, cos, by float64) (float64, float64) {
	sq := by * by
	s, c := by*(1-sq/6), sq/2
	return sin - sin*c + cos*s, cos - cos*c - sin*s
}

// arcOf returns sigma for x = sin^2(sigma/2), to the last digits up to 0.00123
// and less than 2 parts in 10^14 too small up to 0.01.
func arcOf(x float64) float64 {
	return 2 * math.Sqrt(x) * (1 + x*(1./6+x*(3./40+x*(15./336+x*(105./3456+x*(945./42240))))))
}

// overSine returns sigma/sin(sigma) for x = sin^2(sigma/2), x at most 0.00123.
func overSine(x float64) float64 {
	return 1 + x*(2./3+x*(8./15+x*(16./35+x*(128./315))))
}
