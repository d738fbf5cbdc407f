package measure

import (
	"math"

	"github.com/paulmach/orb"
)

// maxDepth is the deepest stack of a walk down a tree, which halves 2^32
// pieces at most.
const maxDepth = 40

// nearest returns the nearest point of the pieces and the metres to it: first
// the piece with the nearest chord, then every piece that may still be nearer
// by the geodesic.
func (t *tree) nearest(q *sought) (orb.Point, float64) {
	first, _, _ := t.chord(q.place)
	a, b := t.ends(first)
	_, share, _ := approach(q.place, a.place, b.place)
	best, metres := q.foot(a, b, share)

	reach := chordBeyond(metres) + slackMetres
	var stack [maxDepth]uint32
	for n := 1; n > 0; {
		n--
		at := stack[n]
		s := &t.balls[at]
		if farther(q.place, s, reach) {
			continue
		}
		if s.other != 0 {
			stack[n], stack[n+1] = t.inOrder(q.place, at)
			n += 2
			continue
		}
		for i := s.from; i < s.to; i++ {
			if i == first {
				continue
			}
			a, b := t.ends(i)
			sq, share, rise := approach(q.place, a.place, b.place)
			if sq > (reach+rise)*(reach+rise) {
				continue
			}
			if foot, m := q.foot(a, b, share); m < metres {
				best, metres = foot, m
				reach = chordBeyond(metres) + slackMetres
			}
		}
	}
	return best, metres
}

// farther reports whether the whole ball lies beyond the chord.
func farther(q vec, s *ball, reach float64) bool {
	d, r := q.sub(s.centre), reach+s.radius
	return d.dot(d) > r*r
}

// inOrder returns the children of a ball, the farther first.
func (t *tree) inOrder(q vec, at uint32) (far, near uint32) {
	near, far = at+1, t.balls[at].other
	d, e := q.sub(t.balls[near].centre), q.sub(t.balls[far].centre)
	if e.dot(e) < d.dot(d) {
		return near, far
	}
	return far, near
}

// chord returns the piece whose chord is the nearest to the place, and limits
// of the chord from the place to the nearest ground of all pieces.
func (t *tree) chord(q vec) (nearest uint32, least, most float64) {
	best := math.Inf(1) // of the squares
	reach := best
	most = best
	var stack [maxDepth]uint32
	for n := 1; n > 0; {
		n--
		at := stack[n]
		s := &t.balls[at]
		if farther(q, s, reach) {
			continue
		}
		if s.other != 0 {
			stack[n], stack[n+1] = t.inOrder(q, at)
			n += 2
			continue
		}
		for i := s.from; i < s.to; i++ {
			a, b := t.ends(i)
			sq, _, rise := approach(q, a.place, b.place)
			if sq < best || i == s.from && math.IsInf(best, 1) {
				best, nearest = sq, i
				reach = math.Sqrt(sq)
				most = reach + rise
			}
		}
	}
	return nearest, max(0, reach-t.rise), most
}

// within reports whether a piece lies within the metres of q.
func (t *tree) within(q *sought, metres float64) bool {
	sure, reach := chordWithin(metres)-10*slackMetres, chordBeyond(metres)+slackMetres
	var stack [maxDepth]uint32
	for n := 1; n > 0; {
		n--
		at := stack[n]
		s := &t.balls[at]
		d := q.place.sub(s.centre)
		sq := d.dot(d)
		if r := reach + s.radius; sq > r*r {
			continue
		}
		if r := sure - s.radius; r > 0 && sq < r*r {
			return true
		}
		if s.other != 0 {
			stack[n], stack[n+1] = t.inOrder(q.place, at)
			n += 2
			continue
		}
		if t.leafWithin(q, s, metres, sure, reach) {
			return true
		}
	}
	return false
}

// leafWithin decides the pieces of a leaf, by the geodesic near the rim only.
func (t *tree) leafWithin(q *sought, s *ball, metres, sure, reach float64) bool {
	for i := s.from; i < s.to; i++ {
		a, b := t.ends(i)
		sq, share, rise := approach(q.place, a.place, b.place)
		if sq > (reach+rise)*(reach+rise) {
			continue
		}
		if r := sure - rise; r > 0 && sq < r*r {
			return true
		}
		if _, m := q.foot(a, b, share); m <= metres {
			return true
		}
	}
	return false
}
