package measure

import (
	"math"

	"github.com/paulmach/orb"
)

// Direct returns the point that lies the metres from p along the geodesic
// that leaves it at the bearing, and the bearing there. The longitude is in
// [-180, 180]. Metres may be negative (backwards) and longer than a turn
// round the world.
func Direct(p orb.Point, bearingDeg, metres float64) (orb.Point, float64) {
	e := newEnd(p[0], p[1])
	sin, cos := sinCos(math.Remainder(bearingDeg, 360))
	l := newLine(&e, sin, cos)
	return l.at(metres)
}

// line is a geodesic that starts at a point in a direction, prepared for
// asking points on it (Karney 2013, section 3).
type line struct {
	lon              float64
	sin0, cos0       float64 // azimuth at the node
	sin1, cos1       float64 // sigma1
	sinTau1, cosTau1 float64
	eps              float64
	scale, offset    float64 // metres to tau, sigma1 to tau1
	back             harmonics
	lonScale, lonAt1 float64
	c3               harmonics
}

// newLine prepares the geodesic from a in the direction.
func newLine(a *end, sinAz, cosAz float64) line {
	cosB := max(a.cos, tiny)
	l := line{lon: a.lon, sin0: sinAz * cosB, cos0: math.Hypot(cosAz, sinAz*a.sin)}
	up := cosAz * cosB
	if a.sin == 0 && cosAz == 0 { // along the equator every point is the node
		up = 1
	}
	l.sin1, l.cos1 = unit(a.sin, up)
	eps := epsOf(l.cos0 * l.cos0 * eccSq2)
	l.eps = eps
	c1 := seriesC1(eps)
	l.offset = c1.sum(l.sin1, l.cos1)
	s, c := math.Sincos(l.offset)
	l.sinTau1, l.cosTau1 = l.sin1*c+l.cos1*s, l.cos1*c-l.sin1*s
	l.scale = 1 / (polarRadius * (1 + seriesA1(eps)))
	l.back, l.c3 = seriesC1Reverted(eps), seriesC3(eps)
	l.lonScale = -Flattening * l.sin0 * seriesA3(eps)
	l.lonAt1 = l.c3.sum(l.sin1, l.cos1)
	return l
}

// at returns the point and the bearing the metres from the start.
func (l *line) at(metres float64) (orb.Point, float64) {
	sigma, sin2, cos2 := l.arc(metres)
	sinB, cosB := l.cos0*sin2, math.Hypot(l.sin0, l.cos0*cos2)
	if cosB == 0 { // a meridian at the pole
		cosB, cos2 = tiny, tiny
	}
	omega := math.Atan2(l.sin0*(sin2*l.cos1-cos2*l.sin1), cos2*l.cos1+l.sin0*l.sin0*sin2*l.sin1)
	lam := omega + l.lonScale*(sigma+l.c3.sum(sin2, cos2)-l.lonAt1)
	lat := math.Atan2(sinB, (1-Flattening)*cosB) / degree
	return orb.Point{normalLon(l.lon + lam/degree), lat}, compass(l.sin0, l.cos0*cos2)
}

// arc returns the arc on the auxiliary sphere to the point the metres from the
// start, and the sine and cosine of its end, measured from the node.
func (l *line) arc(metres float64) (sigma, sin2, cos2 float64) {
	tau := metres * l.scale
	s, c := math.Sincos(tau)
	sigma = tau + l.back.sum(l.sinTau1*c+l.cosTau1*s, l.cosTau1*c-l.sinTau1*s) + l.offset
	s, c = math.Sincos(sigma)
	return sigma, l.sin1*c + l.cos1*s, l.cos1*c - l.sin1*s
}

// reduced returns the reduced length of the geodesic at the metres from the
// start: how far apart two that start side by side are there, in metres a
// radian.
func (l *line) reduced(metres float64) float64 {
	g := leg{sin1: l.sin1, cos1: l.cos1}
	g.sigma, g.sin2, g.cos2 = l.arc(metres)
	kk := l.cos0 * l.cos0 * eccSq2
	g.q1, g.q2 = math.Sqrt(1+kk*g.sin1*g.sin1), math.Sqrt(1+kk*g.sin2*g.sin2)
	_, reduced := g.lengths(l.eps)
	return polarRadius * reduced
}

// normalLon brings a longitude into [-180, 180]; one that is there stays.
func normalLon(lon float64) float64 {
	if math.Abs(lon) <= 180 {
		return lon
	}
	return math.Remainder(lon, 360)
}
