package measure

import (
	"math"

	"github.com/paulmach/orb"
)

// vertex is a point of a prepared geometry.
type vertex struct {
	at    orb.Point
	place vec
}

func newVertex(p orb.Point) vertex {
	e := newEnd(p[0], p[1])
	return vertex{p, e.place()}
}

// piece is a geodesic of at most pieceMetres between two vertices, by number;
// a point is a piece from itself to itself. It is stood for by its chord
// brought to the ground, which lies within 0.02 mm of it.
type piece struct{ a, b uint32 }

// pieceMetres is the length at which edges are cut. The shift to the side of
// a normal section against the geodesic grows with its third power, and the
// room between chord and ground with its square.
const pieceMetres = 10e3

// sag is the most that the ground rises above a chord of the squared length.
func sag(chordSq float64) float64 { return chordSq/(8*tightRadius)*1.001 + 1e-7 }

// approach returns the squared distance from q to the chord from a to b, the
// share of the way from a at which it is reached, and the chord's sag.
func approach(q, a, b vec) (distSq, share, rise float64) {
	d, to := b.sub(a), q.sub(a)
	long := d.dot(d)
	if long > 0 {
		share = min(1, max(0, to.dot(d)/long))
	}
	off := to.along(d, -share)
	return off.dot(off), share, sag(long)
}

// sought is the point from which nearest points are asked.
type sought struct {
	end   end
	place vec
}

func newSought(p orb.Point) sought {
	e := newEnd(p[0], p[1])
	return sought{e, e.place()}
}

const (
	footSteps   = 12
	footMetres  = 1e-6 // how much shorter the best foot could still make it
	sphereRound = 6371e3
)

// foot returns the point of the piece nearest to q and the metres to it. It
// starts from the nearest point of the chord and goes on by the angle at which
// the geodesic from q meets the piece there, until it is a right one.
func (q *sought) foot(a, b *vertex, share float64) (orb.Point, float64) {
	d := b.place.sub(a.place)
	long := d.size()
	if long == 0 {
		e := newEnd(a.at[0], a.at[1])
		return a.at, metresBetween(&q.end, &e)
	}
	best, least := orb.Point{}, math.Inf(1)
	for range footSteps {
		at := pointAt(a, b, d, share)
		e := newEnd(at[0], at[1])
		r := pathBetween(&q.end, &e)
		if r.metres < least || math.IsNaN(r.metres) {
			best, least = at, r.metres
		}
		east, north := eastNorth(at, d)
		cos := (r.east2*east + r.north2*north) / (math.Hypot(r.east2, r.north2) * math.Hypot(east, north))
		by := footAhead(cos, r.metres)
		next := min(1, max(0, share+by/long))
		if !(math.Abs(cos*(next-share))*long > footMetres) {
			break
		}
		share = next
	}
	return best, least
}

// footAhead returns how far along a great circle the foot of the perpendicular
// lies from a point of it, where the way from q, of the given length, meets
// the circle with the given cosine (Napier's rule). Beyond a quarter of the
// globe it is the far way that shortens.
func footAhead(cos, metres float64) float64 {
	t := metres / sphereRound
	switch {
	case t < 0.1:
		return -cos * metres * (1 + t*t*(1-cos*cos)/3)
	case t < math.Pi/2:
		return -sphereRound * math.Atan(cos*math.Tan(t))
	}
	return -math.Copysign(math.Pi*sphereRound, cos)
}

// pointAt returns the ground at the share of the way; the ends as they are.
func pointAt(a, b *vertex, d vec, share float64) orb.Point {
	switch share {
	case 0:
		return a.at
	case 1:
		return b.at
	}
	return a.place.along(d, share).ground()
}

// eastNorth returns the parts of a direction in space to the east and the
// north at a point.
func eastNorth(at orb.Point, d vec) (east, north float64) {
	sinLon, cosLon := sinCos(at[0])
	sinLat, cosLat := sinCos(at[1])
	return d.y*cosLon - d.x*sinLon, d.z*cosLat - sinLat*(d.x*cosLon+d.y*sinLon)
}
