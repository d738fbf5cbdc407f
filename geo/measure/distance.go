package measure

import "github.com/paulmach/orb"

// Distance returns the metres from a to b along the shortest geodesic, the
// same bits as Distance(b, a). It is NaN when a coordinate is not finite or a
// latitude lies beyond a pole; longitudes may be given in any turn.
func Distance(a, b orb.Point) float64 {
	p, q := newEnd(a[0], a[1]), newEnd(b[0], b[1])
	return metresBetween(&p, &q)
}

// Inverse returns the distance and the bearings of the geodesic where it
// leaves a and where it arrives at b (onwards, not back), in degrees clockwise
// from north, in [0, 360). Coincident points have the bearings 0 and 0. At a
// pole north is taken along the meridian of the longitude given, as for a
// point just short of the pole. Between opposite points, where several
// geodesics are equally short, it is one of them.
func Inverse(a, b orb.Point) (metres, bearingA, bearingB float64) {
	p, q := newEnd(a[0], a[1]), newEnd(b[0], b[1])
	r := pathBetween(&p, &q)
	return r.metres, compass(r.east1, r.north1), compass(r.east2, r.north2)
}

// Bearing returns the direction from a to b where it leaves a; see [Inverse].
func Bearing(a, b orb.Point) float64 {
	_, deg, _ := Inverse(a, b)
	return deg
}
