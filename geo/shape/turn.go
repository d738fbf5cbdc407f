package shape

import (
	"math"
	"math/big"

	"github.com/paulmach/orb"
)

// turnError bounds the rounding error of the determinant in turn, relative to
// the sum of its two products: (3 + 16 u) u with u = 2^-53 (Shewchuk 1997,
// "Adaptive precision floating-point arithmetic and fast robust geometric
// predicates").
const turnError = 3.3306690738754716e-16

// turnFloor is far above where products lose digits to underflow.
const turnFloor = 1e-280

// turn returns 1 where c lies left of the line from a to b, -1 where it lies
// right of it, 0 where it lies on it or a and b coincide. The answer is exact
// for all finite coordinates.
func turn(a, b, c orb.Point) int {
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

// exactTurn decides what the filter in turn leaves open.
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
		return compare(le, re), true
	}
	sum := (l - r) + (le - re)
	return compare(sum, 0), sum != 0
}

func compare(x, y float64) int {
	switch {
	case x > y:
		return 1
	case x < y:
		return -1
	}
	return 0
}

func slowTurn(a, b, c orb.Point) int {
	diff := func(x, y float64) *big.Rat {
		var p, q big.Rat
		return p.Sub(p.SetFloat64(x), q.SetFloat64(y))
	}
	var l, r big.Rat
	l.Mul(diff(a[0], c[0]), diff(b[1], c[1]))
	r.Mul(diff(a[1], c[1]), diff(b[0], c[0]))
	return l.Cmp(&r)
}
