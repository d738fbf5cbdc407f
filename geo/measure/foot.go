package measure

import (
	"math"

	"github.com/paulmach/orb"
)

// Foot returns the point of the edge from a to b nearest to p, and the metres
// to it, as a [Target] of the edge would: an end of the edge as it is. For an
// edge of up to 10 km nothing is allocated, so that edges which an index found
// can be asked one by one.
func Foot(p, a, b orb.Point) (orb.Point, float64) {
	foot, metres, _ := FootWithin(p, a, b, math.Inf(1))
	return foot, metres
}

// FootWithin is Foot, but false for an edge that is farther from p than the
// metres, where its chord tells: then no foot is looked for.
func FootWithin(p, a, b orb.Point, metres float64) (foot orb.Point, off float64, ok bool) {
	q := newSought(p)
	from, to := newVertex(a), newVertex(b)
	distSq, share, rise := approach(q.place, from.place, to.place)
	chord := to.place.sub(from.place).size()
	if reach := metres + rise + sideways(chord); chord <= flatMetres && distSq > reach*reach {
		return orb.Point{}, 0, false
	}
	if chord <= pieceMetres {
		foot, off = q.foot(&from, &to, share)
		return foot, off, true
	}
	var long builder
	long.cut([]orb.Point{a, b})
	t := newTree(long.vertices, long.pieces)
	foot, off = t.nearest(&q)
	return foot, off, true
}

// flatMetres is up to where sag and sideways bound how far an edge leaves its
// chord.
const flatMetres = 1e6

// sideways is the most that a geodesic leaves the plane of its chord, which
// grows as the third power of its length.
func sideways(chord float64) float64 {
	return 2e-5 * math.Pow(chord/pieceMetres, 3)
}
