package measure

import (
	"math"

	"github.com/paulmach/orb"
)

// Crossing is a place where two rims cross: both distances from the centres
// are the radii, to some nanometres.
type Crossing struct {
	At           orb.Point
	TurnA, TurnB float64 // see [Rim]
	// AEnters: who walks a's rim counterclockwise comes into b's disc here, and
	// who walks b's leaves a's. Else it is the other way round.
	AEnters bool
}

// Meeting says how two rims stand to each other. Without crossings each rim
// lies in the other's disc as a whole, or outside of it.
type Meeting struct {
	Crossings  []Crossing
	AInB, BInA bool
	Along      bool // they lie on each other all round, each disc outside of the other
}

// TouchMetres is the depth from which on rims cross: those that touch, or
// reach over each other by less, do not.
const TouchMetres = 1e-7

// plainMetres limits the discs whose rims cross in two places at most. The
// distance to b along a's rim rises from the side that faces b to the far side
// and falls again, since it is extreme only where the geodesic from b meets
// the rim at a right angle, which is on the line through both centres as long
// as nothing is so far that two geodesics lead there.
const plainMetres = 19.9e6

// Meet compares two rims, appending to the given crossings.
func (a *Rim) Meet(b *Rim, into []Crossing) Meeting {
	if gap := a.place.sub(b.place); gap.dot(gap) >= (a.radius+b.radius)*(a.radius+b.radius) {
		return Meeting{Crossings: into} // the chord is shorter than the geodesic
	}
	if 3*min(a.radius, b.radius)+max(a.radius, b.radius) >= plainMetres {
		return a.meetFar(b, into)
	}
	m := Meeting{Crossings: into}
	way := pathBetween(&a.end, &b.end)
	switch d := way.metres; {
	case d >= a.radius+b.radius-TouchMetres:
	case d+b.radius <= a.radius+TouchMetres:
		m.BInA = true
	case d+a.radius <= b.radius+TouchMetres:
		m.AInB = true
	default:
		facing := turnTo(way.east1, way.north1)
		m.Crossings = append(m.Crossings, a.cross(b, facing, 1), a.cross(b, facing, -1))
	}
	return m
}

// cross finds the crossing to the left (1) or right (-1) of the way from a to
// b, which leaves a at the turn facing.
func (a *Rim) cross(b *Rim, facing, side float64) Crossing {
	if c, ok := a.homeIn(b, side); ok {
		if by := math.Remainder(c.TurnA-facing, 360); by*side > 0 {
			c.AEnters = side < 0
			return c
		}
	}
	lo, hi := facing, facing+180*side
	if side < 0 {
		lo, hi = hi, lo
	}
	return a.between(b, lo, hi)
}

// homeIn steps from a guess to the crossing by Newton's method: the two
// distances and their directions say how far to go. It gives up where the rims
// run along each other.
func (a *Rim) homeIn(b *Rim, side float64) (Crossing, bool) {
	p, ok := a.guess(b, side)
	last := 0.02 // metres of the last step, over which a sphere tells the turn
	if max(a.radius, b.radius) > 1e6 {
		last = 1e-3
	}
	for range 12 {
		if !ok {
			break
		}
		e := newEnd(p[0], p[1])
		fromA, fromB := pathBetween(&a.end, &e), pathBetween(&b.end, &e)
		eastA, northA := scaled(fromA.east2, fromA.north2)
		eastB, northB := scaled(fromB.east2, fromB.north2)
		det := eastA*northB - northA*eastB
		missA, missB := a.radius-fromA.metres, b.radius-fromB.metres
		east, north := (missA*northB-missB*northA)/det, (missB*eastA-missA*eastB)/det
		size := math.Sqrt(east*east + north*north)
		least := min(a.radius, b.radius)
		if !(math.Abs(det) > 1e-5 && size < least) {
			break
		}
		p = step(p, &e, east, north, size)
		// What a step leaves: the rims bend by its square.
		if size < last && size*size < 1e-9*math.Abs(det)*least {
			return Crossing{
				At:    p,
				TurnA: a.turned(turnTo(fromA.east1, fromA.north1), east*northA-north*eastA),
				TurnB: b.turned(turnTo(fromB.east1, fromB.north1), east*northB-north*eastB),
			}, true
		}
	}
	return Crossing{}, false
}

// scaled is unit for parts that are far from the limits of a float64.
func scaled(x, y float64) (float64, float64) {
	h := 1 / math.Sqrt(x*x+y*y)
	return x * h, y * h
}

// step goes from p, whose end is e, so many metres to the east and north.
func step(p orb.Point, e *end, east, north, size float64) orb.Point {
	if size > 1000 {
		l := newLine(e, east/size, north/size)
		p, _ = l.at(size)
		return p
	}
	if size < 1 && math.Abs(p[1]) < 89 { // what the plane leaves is under 5 nm at 2 cm
		w := 1 - eccSq*e.cos*e.cos
		meridian := EquatorialRadiusMetres * w * math.Sqrt(w) / (1 - Flattening)
		parallel := EquatorialRadiusMetres * e.cos
		return orb.Point{normalLon(p[0] + east/parallel/degree), p[1] + north/meridian/degree}
	}
	sinLon, cosLon := sinCos(math.Remainder(p[0], 360))
	sinLat, cosLat := sinCos(p[1])
	at := e.place()
	at.x += -sinLon*east - sinLat*cosLon*north
	at.y += cosLon*east - sinLat*sinLon*north
	at.z += cosLat * north
	return at.ground()
}

// guess takes the rims for those of two balls round the centres that reach as
// far, through the air, as the discs on a sphere that fits, and returns where
// the circle in which the balls cross comes out of the ground.
func (a *Rim) guess(b *Rim, side float64) (orb.Point, bool) {
	way := b.place.sub(a.place)
	long := way.size()
	reachA, reachB := a.chord(), b.chord()
	t := (long*long + reachA*reachA - reachB*reachB) / (2 * long)
	h := reachA*reachA - t*t
	if !(h > 1e-6*reachA*reachA && t == t) {
		return orb.Point{}, false
	}
	h = math.Sqrt(h)
	way = vec{way.x / long, way.y / long, way.z / long}
	mid := a.place.along(way, t)
	left := mid.cross(way) // up, across the way
	n := side * h / left.size()
	left = vec{left.x * n, left.y * n, left.z * n}
	up := way.cross(left)
	if up.dot(mid) < 0 {
		up = vec{-up.x, -up.y, -up.z}
	}
	angle := 0.0
	for range 6 {
		sin, cos := math.Sincos(angle)
		at := vec{mid.x + cos*left.x + sin*up.x, mid.y + cos*left.y + sin*up.y, mid.z + cos*left.z + sin*up.z}
		by := vec{cos*up.x - sin*left.x, cos*up.y - sin*left.y, cos*up.z - sin*left.z}
		height, climb := heightOf(at), slopeOf(at, by)
		if math.Abs(height) < 1e-10 {
			return at.ground(), true
		}
		angle -= height / climb
		if !(math.Abs(angle) < 1.5) {
			break
		}
	}
	return orb.Point{}, false
}

// slopeOf is the change of heightOf along d.
func slopeOf(v, d vec) float64 {
	const aa, bb = EquatorialRadiusMetres * EquatorialRadiusMetres, polarRadius * polarRadius
	return 2 * ((v.x*d.x+v.y*d.y)/aa + v.z*d.z/bb)
}
