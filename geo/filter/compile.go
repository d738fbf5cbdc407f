package filter

import (
	"strings"

	"bivouac/geo"
)

// compiler turns what was written into predicates on records of a schema.
type compiler struct {
	schema *geo.Schema
	text   string
}

func compile(s *geo.Schema, text string, e *Expr) (geo.Predicate, error) {
	c := &compiler{s, text}
	return c.condition(e)
}

func (c *compiler) wrong(e *Expr, format string, args ...any) error {
	return errorAt(c.text, e.at, format, args...)
}

// condition compiles what is true, false or unknown of a record.
func (c *compiler) condition(e *Expr) (geo.Predicate, error) {
	if e.form == aCall {
		switch e.name {
		case "and":
			return c.joined(e, And)
		case "or":
			return c.joined(e, Or)
		case "not":
			inner, err := c.condition(e.args[0])
			if err != nil {
				return nil, err
			}
			return Not(inner), nil
		case "like":
			return c.like(e)
		case "in":
			return c.in(e)
		case "between":
			return c.between(e)
		case "isNull":
			return c.isNull(e)
		case string(equal), string(notEqual), string(less), string(lessOrEqual), string(greater), string(greaterOrEqual):
			return c.comparison(e)
		}
		if p, err := c.near(e); p != nil || err != nil {
			return p, err
		}
		if known := standard[strings.ToLower(e.name)].name != ""; known {
			switch e.name[:2] {
			case "s_":
				return c.spatial(e)
			case "t_":
				return c.temporal(e)
			case "a_":
				return c.array(e)
			}
		}
	}
	s, err := c.scalar(e)
	if err != nil {
		return nil, err
	}
	if s.gives() != geo.KindBool {
		return nil, c.wrong(e, "%s is %s and no condition; compare it with something", s, words(s.gives()))
	}
	return conditionOf(s), nil
}

func (c *compiler) joined(e *Expr, join func(...geo.Predicate) geo.Predicate) (geo.Predicate, error) {
	parts := make([]geo.Predicate, len(e.args))
	for i, a := range e.args {
		p, err := c.condition(a)
		if err != nil {
			return nil, err
		}
		parts[i] = p
	}
	return join(parts...), nil
}

// side is a compiled value and where it was written, for messages. Each is
// compiled once: a filter that nests lists in lists would else take ages.
type side struct {
	scalar
	from *Expr
}

func (c *compiler) side(e *Expr) (side, error) {
	s, err := c.scalar(e)
	return side{s, e}, err
}

func (c *compiler) comparison(e *Expr) (geo.Predicate, error) {
	left, err := c.side(e.args[0])
	if err != nil {
		return nil, err
	}
	right, err := c.side(e.args[1])
	if err != nil {
		return nil, err
	}
	p, _, err := c.compare(left, op(e.name), right)
	return p, err
}

// compare compiles a comparison of two values. A property against a literal
// keeps the way by codes and spans; the rest compares row by row. The second
// result is the literal that the right side comes to, nil for none.
func (c *compiler) compare(left side, o op, right side) (geo.Predicate, *literal, error) {
	if _, ok := left.scalar.(constant); ok {
		left, right, o = right, left, o.mirrored()
	}
	fitting, err := c.fit(left, right)
	if err != nil {
		return nil, nil, err
	}
	if left.gives() == geo.KindBool && o != equal && o != notEqual {
		return nil, nil, c.wrong(left.from, "%s is true or false and has no order; compare it with = or <>", left)
	}
	l, ok := fitting.(constant)
	if !ok {
		return compared(left.scalar, o, fitting), nil, nil
	}
	return withLiteral(left.scalar, o, l.literal), &l.literal, nil
}

// fit holds two sides against each other and returns the right one. A text
// beside a time is read as a time.
func (c *compiler) fit(left, right side) (scalar, error) {
	a, b := left.gives(), right.gives()
	switch {
	case !comparable(a):
		return nil, c.wrong(right.from, "%s is %s, which has no comparison; ask with IS NULL", left, words(a))
	case a == b || numeric(a) && numeric(b):
		return right.scalar, nil
	case a == geo.KindTime && b == geo.KindString:
		if l, ok := right.scalar.(constant); ok {
			if at, ok := parseMoment(l.literal.value.Text()); ok {
				return constant{at}, nil
			}
		}
	}
	return nil, c.wrong(right.from, "%s is %s, and %s is %s%s", left, words(a), right, words(b), hint(left.scalar))
}

// hint shows how to write a literal for a property.
func hint(s scalar) string {
	if p, ok := s.(stored); ok {
		return "; write it as in " + exampleOf(p.property)
	}
	return ""
}

// in compiles a list as equality with any of it, and one of literals beside a
// property as a single question.
func (c *compiler) in(e *Expr) (geo.Predicate, error) {
	left, err := c.side(e.args[0])
	if err != nil {
		return nil, err
	}
	if len(e.args[1].args) == 0 {
		return nil, c.wrong(e.args[1], "expected a property or a value in the list")
	}
	var list []literal
	var any []geo.Predicate
	for _, item := range e.args[1].args {
		right, err := c.side(item)
		if err != nil {
			return nil, err
		}
		p, l, err := c.compare(left, equal, right)
		if err != nil {
			return nil, err
		}
		any = append(any, p)
		if l != nil {
			list = append(list, *l)
		}
	}
	if len(list) < len(any) {
		return Or(any...), nil
	}
	if p, ok := left.scalar.(stored); ok {
		return in(p.property, list), nil
	}
	if p, ok := computedIn(left.scalar, list); ok {
		return p, nil
	}
	return Or(any...), nil
}

func (c *compiler) between(e *Expr) (geo.Predicate, error) {
	var sides [3]side
	for i, a := range e.args {
		s, err := c.side(a)
		if err != nil {
			return nil, err
		}
		sides[i] = s
	}
	least, low, err := c.compare(sides[0], greaterOrEqual, sides[1])
	if err != nil {
		return nil, err
	}
	most, high, err := c.compare(sides[0], lessOrEqual, sides[2])
	if err != nil {
		return nil, err
	}
	if p, ok := sides[0].scalar.(stored); ok && low != nil && high != nil {
		return between(p.property, *low, *high), nil
	}
	return And(least, most), nil
}

func (c *compiler) like(e *Expr) (geo.Predicate, error) {
	left, err := c.scalar(e.args[0])
	if err != nil {
		return nil, err
	}
	if left.gives() != geo.KindString {
		return nil, c.wrong(e.args[0], "LIKE asks texts, and %s is %s", left, words(left.gives()))
	}
	right, err := c.scalar(e.args[1])
	if err != nil {
		return nil, err
	}
	pattern, ok := right.(constant)
	if !ok || right.gives() != geo.KindString {
		return nil, c.wrong(e.args[1], "expected a pattern in single quotes behind LIKE, such as 'Ga%%'")
	}
	return like(left, pattern.literal.value.Text()), nil
}

func (c *compiler) isNull(e *Expr) (geo.Predicate, error) {
	inner := e.args[0]
	if inner.form == aShape || inner.form == anInterval {
		return truth(false), nil
	}
	s, err := c.scalar(inner)
	if err != nil {
		return nil, err
	}
	switch s := s.(type) {
	case stored:
		return isNull{s.property}, nil
	case constant:
		return truth(false), nil
	}
	return computed{a: s, text: operandText(s) + " IS NULL", says: func(v, _ geo.Value) geo.Tri { return geo.TriOf(v.Null()) }}, nil
}
