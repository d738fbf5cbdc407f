package measure

import "github.com/paulmach/orb"

// Foot returns the point of the edge from a to b nearest to p, and the metres
// to it, as a [Target] of the edge would: an end of the edge as it is. For an
// edge of up to 10 km nothing is allocated, so that edges which an index found
// can be asked one by one.
func Foot(p, a, b orb.Point) (orb.Point, float64) {
	q := newSought(p)
	from, to := newVertex(a), newVertex(b)
	if d := to.place.sub(from.place); d.dot(d) <= pieceMetres*pieceMetres {
		_, share, _ := approach(q.place, from.place, to.place)
		return q.foot(&from, &to, share)
	}
	var long builder
	long.cut([]orb.Point{a, b})
	t := newTree(long.vertices, long.pieces)
	return t.nearest(&q)
}
