package filter

import (
	"math"
	"slices"

	"bivouac/geo"
)

func isArithmetic(name string) bool { return slices.Contains(arithmetic, name) }

// arithmetic compiles an operator of two numbers.
func (c *compiler) arithmetic(e *Expr) (scalar, error) {
	of := make([]scalar, 2)
	for i, a := range e.args {
		s, err := c.scalar(a)
		if err != nil {
			return nil, err
		}
		if !numeric(s.gives()) {
			return nil, c.wrong(a, "%s takes numbers, and %s is %s", e.name, s, words(s.gives()))
		}
		of[i] = s
	}
	kind := geo.KindFloat
	if of[0].gives() == geo.KindInt && of[1].gives() == geo.KindInt && e.name != "/" && e.name != "^" {
		kind = geo.KindInt
	}
	text := "(" + of[0].String() + " " + e.name + " " + of[1].String() + ")"
	calculate := calculation(e.name)
	return c.folded(e, applied{kind, of, text, func(v []geo.Value) geo.Value { return calculate(v[0], v[1]) }})
}

// calculation is the operator. What is no finite number, such as a quotient by
// 0, is null. Whole numbers stay whole where the operator and their size allow
// it; / is never whole, div always, and % has the sign of the dividend.
func calculation(name string) func(a, b geo.Value) geo.Value {
	switch name {
	case "+":
		return whole(func(a, b int64) (int64, bool) { s := a + b; return s, (s > a) == (b > 0) },
			func(a, b float64) float64 { return a + b })
	case "-":
		return whole(func(a, b int64) (int64, bool) { s := a - b; return s, (s < a) == (b > 0) },
			func(a, b float64) float64 { return a - b })
	case "*":
		return whole(product, func(a, b float64) float64 { return a * b })
	case "%":
		return whole(remainder, math.Mod)
	case "div":
		return whole(quotient, func(a, b float64) float64 { return math.Trunc(a / b) })
	case "^":
		return floating(math.Pow)
	}
	return floating(func(a, b float64) float64 { return a / b })
}

// whole calculates with whole numbers while the result is exact, else with
// floats.
func whole(ints func(a, b int64) (int64, bool), floats func(a, b float64) float64) func(a, b geo.Value) geo.Value {
	return func(a, b geo.Value) geo.Value {
		if a.Kind() == geo.KindInt && b.Kind() == geo.KindInt {
			if n, ok := ints(a.Int(), b.Int()); ok {
				return geo.Int(n)
			}
		}
		return geo.Float(floats(a.Float(), b.Float()))
	}
}

func floating(f func(a, b float64) float64) func(a, b geo.Value) geo.Value {
	return func(a, b geo.Value) geo.Value { return geo.Float(f(a.Float(), b.Float())) }
}

func product(a, b int64) (int64, bool) {
	if a == 0 || b == 0 {
		return 0, true
	}
	p := a * b
	return p, p/b == a && !(a == -1 && b == math.MinInt64) && !(b == -1 && a == math.MinInt64)
}

func quotient(a, b int64) (int64, bool) {
	if b == 0 || a == math.MinInt64 && b == -1 {
		return 0, false
	}
	return a / b, true
}

func remainder(a, b int64) (int64, bool) {
	if b == 0 || b == -1 {
		return 0, b == -1
	}
	return a % b, true
}
