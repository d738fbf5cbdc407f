package measure

import "math"

// end is one end of a geodesic: a point with its reduced latitude beta,
// tan(beta) = (1-f) tan(latitude).
type end struct {
	lon, lat float64
	sin, cos float64 // of beta; cos is not negative
}

// newEnd prepares a point. A latitude that is not a number, or beyond a pole,
// makes every distance NaN.
func newEnd(lon, lat float64) end {
	if !(math.Abs(lat) <= 90) {
		return end{lon, lat, math.NaN(), math.NaN()}
	}
	s, c := sinCos(lat)
	s *= 1 - Flattening
	h := 1 / math.Sqrt(s*s+c*c)
	return end{lon, lat, s * h, c * h}
}
