package measure

import (
	"math"

	"github.com/paulmach/orb"
)

// vec is a place in space, in metres, from the centre of the ellipsoid: z to
// the north pole, x to longitude 0.
type vec struct{ x, y, z float64 }

func (a vec) sub(b vec) vec              { return vec{a.x - b.x, a.y - b.y, a.z - b.z} }
func (a vec) dot(b vec) float64          { return a.x*b.x + a.y*b.y + a.z*b.z }
func (a vec) along(d vec, u float64) vec { return vec{a.x + u*d.x, a.y + u*d.y, a.z + u*d.z} }
func (a vec) size() float64              { return math.Sqrt(a.dot(a)) }

func (a vec) cross(b vec) vec {
	return vec{a.y*b.z - a.z*b.y, a.z*b.x - a.x*b.z, a.x*b.y - a.y*b.x}
}

// sideOf is six times the volume of the tetrahedron of the three and the
// centre: positive when c lies to the left of the way from a to b. It is
// computed from the short ways between the three, which keeps its rounding
// within that of their places.
func sideOf(a, b, c vec) float64 { return a.dot(b.sub(a).cross(c.sub(a))) }

// place is where the end lies in space.
func (e *end) place() vec {
	s, c := sinCos(math.Remainder(e.lon, 360))
	r := EquatorialRadiusMetres * e.cos
	return vec{r * c, r * s, polarRadius * e.sin}
}

// ground returns the point of the ellipsoid under or over a place that is at
// most some metres away from it, by one step of Bowring's method (1976).
func (a vec) ground() orb.Point {
	r := math.Hypot(a.x, a.y)
	s, c := unit(a.z/(1-Flattening), r)
	lat := math.Atan2(a.z+eccSq2*polarRadius*s*s*s, r-eccSq*EquatorialRadiusMetres*c*c*c)
	return orb.Point{math.Atan2(a.y, a.x) / degree, lat / degree}
}

// The straight chord c through the ellipsoid limits the geodesic s over it:
//
//	max(c, 2b asin(c/2a)) <= s <= min(2R asin(c/2R), 2a asin(c/2b)),   R = a(1-e2)
//
// The ellipsoid is the unit sphere of reduced latitudes stretched by a and b,
// which gives both forms with a and b. The form with R is Schur's theorem: a
// geodesic is nowhere more curved than 1/R, and of two arcs of one length the
// less curved has the longer chord. At 50 km the limits are 13 cm apart.

const tightRadius = EquatorialRadiusMetres * (1 - eccSq) // R

// chordLower is the least geodesic over a chord.
func chordLower(c float64) float64 {
	if c < 1e6 { // where the first form is the greater
		return c
	}
	return max(c, 2*polarRadius*math.Asin(min(1, c/(2*EquatorialRadiusMetres))))
}

// chordUpper is the longest shortest geodesic over a chord.
func chordUpper(c float64) float64 {
	if c < 1e6 { // 2R asin(c/2R), rounded up
		x := c / (2 * tightRadius)
		return tightRadius * arcOf(x*x) * (1 + slack)
	}
	upper := HalfMeridianMetres
	if c < 2*tightRadius {
		upper = min(upper, 2*tightRadius*math.Asin(c/(2*tightRadius)))
	}
	if c < 2*polarRadius {
		upper = min(upper, 2*EquatorialRadiusMetres*math.Asin(c/(2*polarRadius)))
	}
	return upper
}

// chordWithin is a chord whose geodesic is surely no longer than the metres.
func chordWithin(metres float64) float64 {
	switch {
	case metres < 1e6: // 2R sin(s/2R), rounded down
		return metres * (1 - metres*metres/(24*tightRadius*tightRadius))
	case metres >= HalfMeridianMetres:
		return math.Inf(1)
	}
	return max(
		2*tightRadius*math.Sin(min(metres/(2*tightRadius), math.Pi/2)),
		2*polarRadius*math.Sin(min(metres/(2*EquatorialRadiusMetres), math.Pi/2)))
}

// chordBeyond is a chord beyond which every geodesic is longer than the
// metres.
func chordBeyond(metres float64) float64 {
	switch {
	case metres < 1e6:
		return metres
	case metres >= math.Pi*polarRadius:
		return math.Inf(1)
	}
	return min(metres, 2*EquatorialRadiusMetres*math.Sin(metres/(2*polarRadius)))
}
