package shape

import (
	"bivouac/geo"
	"bivouac/geo/measure"

	"github.com/paulmach/orb"
)

// holdsPoint reports whether p lies on the edge from a to b, ends included.
func holdsPoint(a, b, p orb.Point) bool {
	return spans(a[0], b[0], p[0]) && spans(a[1], b[1], p[1]) && measure.Turn(a, b, p) == 0
}

func spans(a, b, x float64) bool { return min(a, b) <= x && x <= max(a, b) }

func overlap(a, b, c, d float64) bool { return min(a, b) <= max(c, d) && min(c, d) <= max(a, b) }

// segmentsCross reports whether ab and cd share exactly one place, which is
// the end of neither.
func segmentsCross(a, b, c, d orb.Point) bool {
	return measure.Turn(a, b, c)*measure.Turn(a, b, d) < 0 && measure.Turn(c, d, a)*measure.Turn(c, d, b) < 0
}

// crossing returns where the lines through ab and cd, which are not parallel,
// cross: rounded, and never outside the box of ab.
func crossing(a, b, c, d orb.Point) orb.Point {
	abx, aby, cdx, cdy := b[0]-a[0], b[1]-a[1], d[0]-c[0], d[1]-c[1]
	t := ((c[0]-a[0])*cdy - (c[1]-a[1])*cdx) / (abx*cdy - aby*cdx)
	return orb.Point{between(a[0], b[0], t), between(a[1], b[1], t)}
}

// between returns the number that lies the share t of the way from a to b,
// never outside them.
func between(a, b, t float64) float64 {
	return max(min(a, b), min(max(a, b), a+t*(b-a)))
}

// meetsBox reports whether the edge ab shares a place with the box, edges
// included.
func meetsBox(a, b orb.Point, box geo.Box) bool {
	if !overlap(a[0], b[0], box.West, box.East) || !overlap(a[1], b[1], box.South, box.North) {
		return false
	}
	sw := measure.Turn(a, b, orb.Point{box.West, box.South})
	return sw == 0 ||
		sw != measure.Turn(a, b, orb.Point{box.East, box.South}) ||
		sw != measure.Turn(a, b, orb.Point{box.East, box.North}) ||
		sw != measure.Turn(a, b, orb.Point{box.West, box.North})
}
