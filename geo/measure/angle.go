package measure

import "math"

const degree = math.Pi / 180

// sinCos returns the sine and cosine of an angle in degrees, exact at
// multiples of 90. The reduction to half a quadrant is done in degrees, where
// it has no rounding error.
func sinCos(deg float64) (sin, cos float64) { return sinCosRest(deg, 0) }

// sinCosRest is sinCos of deg+rest, rest being less than the last digit of
// deg.
func sinCosRest(deg, rest float64) (sin, cos float64) {
	quadrant := math.RoundToEven(deg / 90)
	s, c := sinCosOctant((deg - 90*quadrant + rest) * degree)
	switch int64(quadrant) & 3 {
	case 0:
		return s, c
	case 1:
		return c, -s
	case 2:
		return -s, -c
	}
	return -c, s
}

// sinCosHalf returns the sine and cosine of at most half a turn, in radians.
func sinCosHalf(x float64) (sin, cos float64) {
	if math.Abs(x) <= math.Pi/4 {
		return sinCosOctant(x)
	}
	return math.Sincos(x)
}

// sinCosOctant returns the sine and cosine of |x| <= pi/4, in radians: their
// Taylor series, which there are good to the last digit. They are summed in
// pairs, which takes a processor half the time of one after the other.
func sinCosOctant(x float64) (sin, cos float64) {
	z := x * x
	zz := z * z
	s := (-1./6 + z*(1./120)) + zz*((-1./5040+z*(1./362880))+zz*((-1./39916800+z*(1./6227020800))+zz*(-1./1307674368000)))
	c := (1./24 - z*(1./720)) + zz*((1./40320-z*(1./3628800))+zz*((1./479001600-z*(1./87178291200))+zz*(1./20922789888000)))
	half := z / 2
	w := 1 - half
	return x + x*z*s, w + ((1 - w - half) + zz*c)
}

// lonDiff returns to-from in degrees, in [-180, 180], as a rounded number and
// what the rounding left out. Opposite arguments give opposite results, but
// for the half turn, which is always +180.
func lonDiff(from, to float64) (deg, rest float64) {
	deg = to - from
	if !(math.Abs(deg) <= 360) { // also NaN
		from, to = math.Remainder(from, 360), math.Remainder(to, 360)
		deg = to - from
	}
	// Knuth's two-sum: what deg lost.
	t := deg - to
	rest = (to - (deg - t)) - (from + t)
	if deg > 180 {
		deg -= 360
	} else if deg < -180 {
		deg += 360
	}
	if rest != 0 {
		deg, rest = fastSum(deg, rest)
		if deg > 180 || (deg == 180 && rest > 0) {
			deg, rest = fastSum(deg-360, rest)
		} else if deg < -180 || (deg == -180 && rest < 0) {
			deg, rest = fastSum(deg+360, rest)
		}
	}
	if deg == -180 && rest == 0 {
		deg = 180
	}
	return deg, rest
}

// fastSum is Dekker's two-sum for |a| >= |b|.
func fastSum(a, b float64) (sum, rest float64) {
	sum = a + b
	return sum, b - (sum - a)
}

// compass turns a direction, given by its parts to the east and to the north,
// into degrees clockwise from north in [0, 360).
func compass(east, north float64) float64 {
	deg := math.Atan2(east, north) / degree
	if deg < 0 {
		deg += 360
	}
	if deg >= 360 || deg == 0 { // a hair west of north; or -0
		return 0
	}
	return deg
}

// unit scales a direction to length one. The two may not both be zero.
func unit(x, y float64) (float64, float64) {
	h := math.Hypot(x, y)
	return x / h, y / h
}
