package filter

import (
	"slices"

	"bivouac/geo"
)

// computed asks one or two scalars row by row.
type computed struct {
	a, b scalar // b is nil where one is asked
	text string
	says func(a, b geo.Value) geo.Tri
}

func (x computed) Bound() []geo.Box { return nil }
func (x computed) String() string   { return x.text }

func (x computed) Bind(t geo.Table) (func(uint32) geo.Tri, error) {
	a, err := x.a.bind(t)
	if err != nil {
		return nil, err
	}
	if x.b == nil {
		return func(n uint32) geo.Tri { return x.says(a(n), geo.Value{}) }, nil
	}
	b, err := x.b.bind(t)
	if err != nil {
		return nil, err
	}
	return func(n uint32) geo.Tri { return x.says(a(n), b(n)) }, nil
}

// compared compares two scalars.
func compared(a scalar, o op, b scalar) geo.Predicate {
	return computed{a, b, operandText(a) + " " + string(o) + " " + operandText(b), comparing(o, false)}
}

// comparing is the comparison of two values. The second is the first moment of
// a day where day says so.
func comparing(o op, day bool) func(a, b geo.Value) geo.Tri {
	return func(a, b geo.Value) geo.Tri {
		if a.Null() || b.Null() {
			return geo.Maybe
		}
		order, ok := a.Compare(b)
		if !ok {
			return geo.Maybe
		}
		if day && order > 0 && a.Time() < b.Time()+geo.Day {
			order = 0
		}
		return geo.TriOf(o.holds(order))
	}
}

// holds reports whether the operator takes an order of -1, 0 or 1.
func (o op) holds(order int) bool {
	switch o {
	case equal:
		return order == 0
	case notEqual:
		return order != 0
	case less:
		return order < 0
	case lessOrEqual:
		return order <= 0
	case greater:
		return order > 0
	}
	return order >= 0
}

// withLiteral compares a scalar with a literal that fits it.
func withLiteral(a scalar, o op, l literal) geo.Predicate {
	switch a := a.(type) {
	case stored:
		return compare(a.property, o, l)
	case constant:
		return truth(comparing(o, l.day)(a.literal.value, l.value) == geo.True)
	}
	says := comparing(o, l.day)
	text := operandText(a) + " " + string(o) + " " + l.String()
	if p, fold, ok := foldedText(a); ok {
		return coded{p, text, func(s string) bool { return says(geo.String(fold(s)), l.value) == geo.True }}
	}
	return computed{a, constant{l}, text, says}
}

// coded asks the text of a property something, once for each entry of its
// dictionary.
type coded struct {
	property property
	text     string
	yes      func(string) bool
}

func (x coded) Bound() []geo.Box { return nil }
func (x coded) String() string   { return x.text }

func (x coded) Bind(t geo.Table) (func(uint32) geo.Tri, error) {
	c, err := x.property.column(t)
	if err != nil {
		return nil, err
	}
	return byCode(c, answersOf(c, x.yes)), nil
}

// foldedText returns the property that a text is made of, and how; false where
// it is made of anything else.
func foldedText(s scalar) (property, func(string) string, bool) {
	switch s := s.(type) {
	case stored:
		return s.property, func(t string) string { return t }, s.kind == geo.KindString
	case applied:
		if s.kind != geo.KindString || len(s.of) != 1 {
			return property{}, nil, false
		}
		p, inner, ok := foldedText(s.of[0])
		return p, func(t string) string { return s.apply([]geo.Value{geo.String(inner(t))}).Text() }, ok
	}
	return property{}, nil, false
}

// computedIn asks whether a value is one of a list of literals that fit it. It
// leaves literals, and lists with days, to single comparisons.
func computedIn(a scalar, list []literal) (geo.Predicate, bool) {
	if _, ok := a.(constant); ok {
		return nil, false
	}
	values := make([]geo.Value, len(list))
	for i, l := range list {
		if l.day {
			return nil, false
		}
		values[i] = l.value
	}
	order := func(a, b geo.Value) int { c, _ := a.Compare(b); return c }
	slices.SortFunc(values, order)
	held := func(v geo.Value) bool { _, ok := slices.BinarySearchFunc(values, v, order); return ok }
	text := operandText(a) + " IN (" + sorted(list) + ")"
	if p, fold, ok := foldedText(a); ok {
		return coded{p, text, func(t string) bool { return held(geo.String(fold(t))) }}, true
	}
	return computed{a: a, text: text, says: func(v, _ geo.Value) geo.Tri {
		if v.Null() {
			return geo.Maybe
		}
		return geo.TriOf(held(v))
	}}, true
}
