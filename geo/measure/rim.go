package measure

import (
	"math"

	"github.com/paulmach/orb"
)

// Rim is the edge of a geodesic disc: the points at one distance from a
// centre. It is a value, never changes, and may be shared. Places on it are
// told by their turn: degrees counterclockwise from north, as the disc lies to
// the left of one who walks it so; the bearing is 360 less that.
type Rim struct {
	centre orb.Point
	radius float64
	end    end
	place  vec
	round  float64   // radius of the sphere that fits best at the centre
	share  []float64 // the area per radian, see sector.go
}

// FoldMetres is the radius from which on rims fold over themselves or nearly
// so, near the opposite point. A Rim must be shorter.
const FoldMetres = 19.9e6

// NewRim prepares the rim round a place of the earth. The radius is more than
// 0 and less than [FoldMetres].
func NewRim(centre orb.Point, radiusMetres float64) Rim {
	e := newEnd(centre[0], centre[1])
	s, _ := sinCos(centre[1])
	r := Rim{
		centre: centre, radius: radiusMetres, end: e, place: e.place(),
		round: polarRadius / (1 - eccSq*s*s),
	}
	r.share = r.shares()
	return r
}

// Centre returns the centre.
func (r *Rim) Centre() orb.Point { return r.centre }

// Radius returns the metres from the centre.
func (r *Rim) Radius() float64 { return r.radius }

// At returns the point at the turn.
func (r *Rim) At(turn float64) orb.Point {
	sin, cos := sinCos(math.Remainder(-turn, 360))
	l := newLine(&r.end, sin, cos)
	p, _ := l.at(r.radius)
	return p
}

// MetresPerRadian is how far one walks on the rim while the turn grows by a
// radian, to a hundredth.
func (r *Rim) MetresPerRadian() float64 {
	return r.round * math.Sin(min(r.radius/r.round, math.Pi-1e-3))
}

// Holds reports whether the point lies in the disc, its rim included.
func (r *Rim) Holds(p orb.Point) bool {
	e := newEnd(p[0], p[1])
	return metresBetween(&r.end, &e) <= r.radius
}

// beyond is how much farther than the radius the point lies.
func (r *Rim) beyond(p orb.Point) float64 {
	e := newEnd(p[0], p[1])
	return metresBetween(&r.end, &e) - r.radius
}

// turnTo returns the turn of a direction from the centre.
func turnTo(east, north float64) float64 {
	t := math.Atan2(-east, north) / degree
	if t < 0 {
		t += 360
	}
	if t >= 360 || t == 0 { // also -0
		return 0
	}
	return t
}

// turned is the turn after a short way to the right on the rim.
func (r *Rim) turned(turn, right float64) float64 {
	turn -= right / (r.round * math.Sin(r.radius/r.round)) / degree
	switch {
	case turn < 0:
		turn += 360
	case turn >= 360:
		turn -= 360
	}
	return turn
}

// chord is the straight way to the rim on a sphere that fits at the centre.
func (r *Rim) chord() float64 { return 2 * r.round * math.Sin(r.radius/(2*r.round)) }

// heightOf is 0 on the ellipsoid, and more outside of it.
func heightOf(v vec) float64 {
	const aa, bb = EquatorialRadiusMetres * EquatorialRadiusMetres, polarRadius * polarRadius
	return (v.x*v.x+v.y*v.y)/aa + v.z*v.z/bb - 1
}
