package measure

import (
	"math"
	"math/big"

	"github.com/paulmach/orb"
)

// orient is the sign of the turn a, b, c in the plane of longitude and
// latitude: 1 to the left, -1 to the right, 0 exactly straight on. The float
// result is taken where it is surely right (Shewchuk 1997, "Adaptive
// precision floating-point arithmetic", error bound A), else the sign is
// computed in rational numbers.
func orient(a, b, c orb.Point) int {
	left := (a[0] - c[0]) * (b[1] - c[1])
	right := (a[1] - c[1]) * (b[0] - c[0])
	det := left - right
	size := math.Abs(left) + math.Abs(right)
	if size > 1e-280 && math.Abs(det) > 3.3306690738754716e-16*size {
		return sign(det)
	}
	if (a[0] == c[0] || b[1] == c[1]) && (a[1] == c[1] || b[0] == c[0]) {
		return 0
	}
	return orientExactly(a, b, c)
}

func orientExactly(a, b, c orb.Point) int {
	var r [6]*big.Rat
	for i, v := range [...]float64{a[0], a[1], b[0], b[1], c[0], c[1]} {
		if r[i] = new(big.Rat).SetFloat64(v); r[i] == nil {
			return 1 // not finite, so surely not on the line
		}
	}
	for i := range 4 {
		r[i].Sub(r[i], r[4+i%2])
	}
	return r[0].Mul(r[0], r[3]).Cmp(r[1].Mul(r[1], r[2]))
}

func sign(v float64) int {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}

// segmentsMeet reports whether the straight segments share a point, ends
// included.
func segmentsMeet(a, b, c, d orb.Point) bool {
	if max(a[0], b[0]) < min(c[0], d[0]) || max(c[0], d[0]) < min(a[0], b[0]) ||
		max(a[1], b[1]) < min(c[1], d[1]) || max(c[1], d[1]) < min(a[1], b[1]) {
		return false
	}
	return orient(a, b, c)*orient(a, b, d) <= 0 && orient(c, d, a)*orient(c, d, b) <= 0
}
