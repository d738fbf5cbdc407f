package measure

import (
	"cmp"
	"math"
	"math/big"

	"github.com/paulmach/orb"
)

// turnError bounds the rounding error of the determinant in Turn, relative to
// the sum of its two products: (3 + 16 u) u with u = 2^-53 (Shewchuk 1997,
// "Adaptive precision floating-point arithmetic and fast robust geometric
// predicates").
const turnError = 3.3306690738754716e-16

// turnFloor is far above where products lose digits to underflow.
const turnFloor = 1e-280

// Turn returns 1 where c lies left of the line from a to b, -1 where it lies
// right of it, 0 where it lies on it or a and b coincide. The answer is exact
// for all finite coordinates; a place that has another one is surely not on
// the line, and counts as left of it.
func Turn(a, b, c orb.Point) int {
	// The conversions keep the compiler from fusing the products into the
	// subtraction, which the error bound does not allow for.
	l := float64((a[0] - c[0]) * (b[1] - c[1]))
	r := float64((a[1] - c[1]) * (b[0] - c[0]))
	det, size := l-r, math.Abs(l)+math.Abs(r)
	if size > turnFloor {
		switch bound := turnError * size; {
		case det > bound:
			return 1
		case -det > bound:
			return -1
		}
	}
	return exactTurn(a, b, c)
}

// exactTurn decides what the filter in Turn leaves open.
func exactTurn(a, b, c orb.Point) int {
	if a == b || b == c || c == a ||
		a[0] == b[0] && b[0] == c[0] || a[1] == b[1] && b[1] == c[1] {
		return 0
	}
	ax, ex1 := difference(a[0], c[0])
	ay, ex2 := difference(a[1], c[1])
	bx, ex3 := difference(b[0], c[0])
	by, ex4 := difference(b[1], c[1])
	if ex1 && ex2 && ex3 && ex4 {
		if s, sure := exactCross(ax, ay, bx, by); sure {
			return s
		}
	}
	return slowTurn(a, b, c)
}

// difference returns x - y and whether that is exact (Knuth's two-sum).
func difference(x, y float64) (float64, bool) {
	d := x - y
	v := x - d
	return d, (x-(d+v))+(v-y) == 0
}

// exactCross returns the sign of ax by - ay bx, and whether it is sure of it.
// Each product is taken as its rounded value and its error, which one fused
// multiply-add gives exactly.
func exactCross(ax, ay, bx, by float64) (sign int, sure bool) {
	l, r := float64(ax*by), float64(ay*bx)
	size := math.Abs(l) + math.Abs(r)
	if !(size > turnFloor && size < math.MaxFloat64) {
		return 0, false
	}
	le, re := math.FMA(ax, by, -l), math.FMA(ay, bx, -r)
	if l == r {
		return cmp.Compare(le, re), true
	}
	sum := (l - r) + (le - re)
	return cmp.Compare(sum, 0), sum != 0
}

// slowTurn counts in rational numbers.
func slowTurn(a, b, c orb.Point) int {
	var r [6]*big.Rat
	for i, v := range [...]float64{a[0], a[1], b[0], b[1], c[0], c[1]} {
		if r[i] = new(big.Rat).SetFloat64(v); r[i] == nil {
			return 1
		}
	}
	for i := range 4 {
		r[i].Sub(r[i], r[4+i%2])
	}
	return r[0].Mul(r[0], r[3]).Cmp(r[1].Mul(r[1], r[2]))
}
