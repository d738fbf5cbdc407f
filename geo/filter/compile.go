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
			return c.comparison(e, e.args[0], op(e.name), e.args[1])
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

// comparison compiles a comparison of two values. A property against a
// literal keeps the way by codes and spans; the rest compares row by row.
func (c *compiler) comparison(e, leftExpr *Expr, o op, rightExpr *Expr) (geo.Predicate, error) {
	left, err := c.scalar(leftExpr)
	if err != nil {
		return nil, err
	}
	right, err := c.scalar(rightExpr)
	if err != nil {
		return nil, err
	}
	if _, ok := left.(constant); ok {
		left, right, o = right, left, o.mirrored()
		leftExpr, rightExpr = rightExpr, leftExpr
	}
	if right, err = c.fit(left, right, rightExpr); err != nil {
		return nil, err
	}
	if left.gives() == geo.KindBool && o != equal && o != notEqual {
		return nil, c.wrong(leftExpr, "%s is true or false and has no order; compare it with = or <>", left)
	}
	l, ok := right.(constant)
	if !ok {
		return compared(left, o, right), nil
	}
	return withLiteral(left, o, l.literal), nil
}

// fit holds two sides against each other. A text beside a time is read as a
// time.
func (c *compiler) fit(left, right scalar, e *Expr) (scalar, error) {
	a, b := left.gives(), right.gives()
	switch {
	case !comparable(a):
		return nil, c.wrong(e, "%s is %s, which has no comparison; ask with IS NULL", left, words(a))
	case a == b || numeric(a) && numeric(b):
		return right, nil
	case a == geo.KindTime && b == geo.KindString:
		if l, ok := right.(constant); ok {
			if at, ok := parseMoment(l.literal.value.Text()); ok {
				return constant{at}, nil
			}
		}
	}
	return nil, c.wrong(e, "%s is %s, and %s is %s%s", left, words(a), right, words(b), hint(left))
}

// hint shows how to write a literal for a property.
func hint(s scalar) string {
	if p, ok := s.(stored); ok {
		return "; write it as in " + exampleOf(p.property)
	}
	return ""
}

func (c *compiler) in(e *Expr) (geo.Predicate, error) {
	left, err := c.scalar(e.args[0])
	if err != nil {
		return nil, err
	}
	var list []literal
	var any []geo.Predicate
	for _, item := range e.args[1].args {
		p, err := c.comparison(e, e.args[0], equal, item)
		if err != nil {
			return nil, err
		}
		any = append(any, p)
		if l, ok := c.literalFor(left, item); ok {
			list = append(list, l)
		}
	}
	if len(any) == 0 {
		return nil, c.wrong(e.args[1], "expected a property or a value in the list")
	}
	if len(list) < len(any) {
		return Or(any...), nil
	}
	if p, ok := left.(stored); ok {
		return in(p.property, list), nil
	}
	if p, ok := foldedIn(left, list); ok {
		return p, nil
	}
	return Or(any...), nil
}

// literalFor returns the literal that an expression comes to beside another
// value, which it fits; false where it is none.
func (c *compiler) literalFor(left scalar, e *Expr) (literal, bool) {
	s, err := c.scalar(e)
	if err != nil {
		return literal{}, false
	}
	s, err = c.fit(left, s, e)
	l, ok := s.(constant)
	return l.literal, ok && err == nil
}

func (c *compiler) between(e *Expr) (geo.Predicate, error) {
	left, err := c.scalar(e.args[0])
	if err != nil {
		return nil, err
	}
	least, err := c.comparison(e, e.args[0], greaterOrEqual, e.args[1])
	if err != nil {
		return nil, err
	}
	most, err := c.comparison(e, e.args[0], lessOrEqual, e.args[2])
	if err != nil {
		return nil, err
	}
	low, isLow := c.literalFor(left, e.args[1])
	high, isHigh := c.literalFor(left, e.args[2])
	if p, ok := left.(stored); ok && isLow && isHigh {
		return between(p.property, low, high), nil
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
