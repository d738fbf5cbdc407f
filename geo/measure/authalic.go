package measure

import "math"

// ecc is the first eccentricity.
var ecc = math.Sqrt(eccSq)

// ToEquator returns the square metres between a latitude in degrees and the
// equator over a radian of longitude, negative in the south. Its share of what
// lies between a pole and the equator is the sine of the authalic latitude
// (Snyder 1987, Map projections: a working manual, equations 3-11 and 3-12).
func ToEquator(lat float64) float64 {
	s, _ := sinCos(lat)
	return sineToEquator(s)
}

func sineToEquator(s float64) float64 {
	return polarRadius * polarRadius / 2 * (s/(1-eccSq*s*s) + math.Atanh(ecc*s)/ecc)
}

// FromEquator is the inverse of [ToEquator]: the latitude in degrees up to
// which the area lies. More than reaches to a pole gives the pole.
//
// It is Newton's method on the sine of the latitude, whose derivative vanishes
// nowhere; near a pole the sine, and so the answer, holds to 6 cm.
func FromEquator(area float64) float64 {
	pole := sineToEquator(1)
	if math.Abs(area) >= pole {
		return math.Copysign(90, area)
	}
	s := area / pole
	for range 4 { // the first guess is within 0.002, and each step squares that
		w := 1 - eccSq*s*s
		s -= (sineToEquator(s) - area) * w * w / (polarRadius * polarRadius)
		s = max(-1, min(1, s))
	}
	return math.Asin(s) / degree
}
