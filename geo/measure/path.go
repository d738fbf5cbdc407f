package measure

import "math"

// path is a solved geodesic from one end to the other.
type path struct {
	metres             float64
	east1, north1      float64 // direction at the first end, not normalised
	east2, north2      float64 // direction at the second end, onwards
	sinOmega, cosOmega float64 // longitude on the auxiliary sphere
}

// metresBetween is the distance, the one implementation behind all of them.
func metresBetween(a, b *end) float64 {
	deg, rest := lonDiff(a.lon, b.lon)
	if r, ok := shortArc(a, b, deg, rest); ok {
		return r.metres
	}
	return longPath(a, b, deg, rest).metres
}

// pathBetween is metresBetween with the directions.
func pathBetween(a, b *end) path {
	deg, rest := lonDiff(a.lon, b.lon)
	r, ok := shortArc(a, b, deg, rest)
	if !ok {
		return longPath(a, b, deg, rest)
	}
	p := path{
		metres:   r.metres,
		sinOmega: 2 * r.sinHalf * r.cosHalf,
		cosOmega: 1 - 2*r.sinHalf*r.sinHalf,
	}
	p.east1, p.north1, p.east2, p.north2 = r.directions(a, b)
	if r.metres == 0 { // no direction: say north
		p.east1, p.north1, p.east2, p.north2 = 0, 1, 0, 1
	}
	return p
}

// longPath solves any geodesic by Karney's method. The problem is first laid
// out as he does, with the first end in the south, no nearer the equator than
// the second, and the second to its east.
func longPath(a, b *end, lonDeg, lonRest float64) path {
	if math.IsNaN(a.sin) || math.IsNaN(b.sin) || math.IsNaN(lonDeg) {
		nan := math.NaN()
		return path{nan, nan, nan, nan, nan, nan, nan}
	}
	east := math.Copysign(1, lonDeg)
	lonDeg, lonRest = lonDeg*east, lonRest*east
	swapped := math.Abs(a.lat) < math.Abs(b.lat)
	if swapped {
		a, b = b, a
	}
	north := 1.0
	if !math.Signbit(a.sin) {
		north = -1
	}
	layout := newProblem(a, b, north, lonDeg, lonRest)
	p := layout.solve()
	if swapped { // walked from the other end, so against it
		p.east1, p.east2 = p.east2, p.east1
		p.north1, p.north2 = -p.north2, -p.north1
	}
	p.east1, p.east2 = p.east1*east, p.east2*east
	p.north1, p.north2 = p.north1*north, p.north2*north
	p.sinOmega *= east
	return p
}
