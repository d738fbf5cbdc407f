package measure

import "github.com/paulmach/orb"

// Origin is a point from which many distances are asked: what depends on it
// alone is computed once. It is a value, never changes, and may be shared.
type Origin struct {
	at             end
	lon, lat       float64
	sinLat, cosLat float64
}

// NewOrigin prepares a point.
func NewOrigin(p orb.Point) Origin {
	s, c := sinCos(p[1])
	return Origin{at: newEnd(p[0], p[1]), lon: p[0], lat: p[1], sinLat: s, cosLat: c}
}

// Point returns the point that was prepared.
func (o *Origin) Point() orb.Point { return orb.Point{o.lon, o.lat} }

// Distance is [Distance] from the origin to q, to the same bits.
func (o *Origin) Distance(q orb.Point) float64 {
	e := newEnd(q[0], q[1])
	return metresBetween(&o.at, &e)
}

// DistanceBearing returns the distance to q and the direction in which the
// geodesic leaves the origin, as [Inverse] does.
func (o *Origin) DistanceBearing(q orb.Point) (metres, bearing float64) {
	e := newEnd(q[0], q[1])
	r := pathBetween(&o.at, &e)
	return r.metres, compass(r.east1, r.north1)
}
