package filter

import (
	"slices"
	"strconv"

	"bivouac/geo"
)

// operators are the comparisons; != is not of the standard, but meant.
var operators = [...]op{equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, "!="}

// operand is one side of a comparison: a property or a literal.
type operand struct {
	token    token
	property *geo.Field // nil for a literal
	literal  literal
}

// condition reads a comparison, a list, a range, a pattern or IS NULL.
func (p *parser) condition() (geo.Predicate, error) {
	left, err := p.operand()
	if err != nil {
		return nil, err
	}
	if o, ok := p.operator(); ok {
		return p.comparison(left, o)
	}
	if left.property == nil {
		return p.alone(left)
	}
	if p.now.is("IS") {
		return p.isNull(left)
	}
	negated, err := p.accept("NOT")
	if err != nil {
		return nil, err
	}
	var out geo.Predicate
	switch {
	case p.now.is("IN"):
		out, err = p.in(left)
	case p.now.is("BETWEEN"):
		out, err = p.between(left)
	case p.now.is("LIKE"):
		out, err = p.like(left)
	default:
		return nil, p.wrong("expected =, <>, <, <=, >, >=, IN, BETWEEN, LIKE or IS NULL behind " + left.token.text)
	}
	if err == nil && negated {
		out = Not(out)
	}
	return out, err
}

// alone takes TRUE and FALSE as conditions, and no other literal.
func (p *parser) alone(l operand) (geo.Predicate, error) {
	if l.literal.value.Kind() == geo.KindBool {
		return truth(l.literal.value.Bool()), nil
	}
	return nil, p.wrong("expected =, <>, <, <=, > or >= behind the literal " + l.literal.String())
}

func (p *parser) operator() (op, bool) {
	if p.now.kind != symbol || !slices.Contains(operators[:], op(p.now.text)) {
		return "", false
	}
	if p.now.text == "!=" {
		return notEqual, true
	}
	return op(p.now.text), true
}

func (p *parser) comparison(left operand, o op) (geo.Predicate, error) {
	if err := p.advance(); err != nil {
		return nil, err
	}
	right, err := p.operand()
	if err != nil {
		return nil, err
	}
	switch {
	case left.property == nil && right.property == nil:
		return nil, p.wrongAt(left.token, "two literals are compared; one side must be a property: %s", known(p.schema))
	case left.property != nil && right.property != nil:
		return nil, p.wrongAt(right.token, "two properties are compared, which is not taken yet; write a value here (a text in single quotes, as in '%s')", right.token.text)
	case left.property == nil:
		left, right, o = right, left, o.mirrored()
	}
	l, err := p.fit(left.property, right)
	if err != nil {
		return nil, err
	}
	if left.property.Kind == geo.KindBool && o != equal && o != notEqual {
		return nil, p.wrongAt(left.token, "%s is true or false and has no order; compare it with = or <>", left.property.Name)
	}
	return compare(propertyOf(left.property), o, l), nil
}

func (p *parser) isNull(left operand) (geo.Predicate, error) {
	if err := p.advance(); err != nil {
		return nil, err
	}
	negated, err := p.accept("NOT")
	if err != nil {
		return nil, err
	}
	if err := p.expect("NULL", "behind IS"); err != nil {
		return nil, err
	}
	out := geo.Predicate(isNull{propertyOf(left.property)})
	if negated {
		out = Not(out)
	}
	return out, nil
}

func (p *parser) in(left operand) (geo.Predicate, error) {
	if err := p.advance(); err != nil {
		return nil, err
	}
	if err := p.expect("(", "and a list of values behind IN"); err != nil {
		return nil, err
	}
	var list []literal
	for {
		l, err := p.literalFor(left.property)
		if err != nil {
			return nil, err
		}
		list = append(list, l)
		more, err := p.accept(",")
		if err != nil {
			return nil, err
		}
		if !more {
			return in(propertyOf(left.property), list), p.expect(")", "or a comma in the list")
		}
	}
}

func (p *parser) between(left operand) (geo.Predicate, error) {
	if left.property.Kind == geo.KindBool {
		return nil, p.wrongAt(left.token, "%s is true or false and has no order; compare it with = or <>", left.property.Name)
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	least, err := p.literalFor(left.property)
	if err != nil {
		return nil, err
	}
	if err := p.expect("AND", "and the upper end of BETWEEN"); err != nil {
		return nil, err
	}
	most, err := p.literalFor(left.property)
	if err != nil {
		return nil, err
	}
	return between(propertyOf(left.property), least, most), nil
}

func (p *parser) like(left operand) (geo.Predicate, error) {
	if left.property.Kind != geo.KindString {
		return nil, p.wrongAt(left.token, "LIKE asks texts, and %s is %s", left.property.Name, words(left.property.Kind))
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	if p.now.kind != text {
		return nil, p.wrong("expected a pattern in single quotes behind LIKE, such as 'Ga%'")
	}
	pattern := p.now.text
	return like(propertyOf(left.property), pattern), p.advance()
}

// literalFor reads a literal that fits the property.
func (p *parser) literalFor(f *geo.Field) (literal, error) {
	o, err := p.operand()
	if err != nil {
		return literal{}, err
	}
	if o.property != nil {
		return literal{}, p.wrongAt(o.token, "a property stands here, where only values are taken yet; a text stands in single quotes: '%s'", o.token.text)
	}
	return p.fit(f, o)
}

// fit holds a literal against the kind of the property.
func (p *parser) fit(f *geo.Field, o operand) (literal, error) {
	kind := o.literal.value.Kind()
	switch {
	case !comparable(f.Kind):
		return literal{}, p.wrongAt(o.token, "%s is %s, which has no comparison; ask with IS NULL", f.Name, words(f.Kind))
	case kind == f.Kind || numeric(kind) && numeric(f.Kind):
		return o.literal, nil
	case f.Kind == geo.KindTime && kind == geo.KindString:
		if l, ok := parseMoment(o.literal.value.Text()); ok {
			return l, nil
		}
	}
	return literal{}, p.wrongAt(o.token, "%s is %s, and %s is %s; write it as in %s",
		f.Name, words(f.Kind), o.literal, words(kind), exampleOf(propertyOf(f)))
}

func comparable(k geo.Kind) bool {
	switch k {
	case geo.KindBool, geo.KindInt, geo.KindFloat, geo.KindString, geo.KindTime:
		return true
	}
	return false
}

// words names a kind as people do.
func words(k geo.Kind) string {
	switch k {
	case geo.KindBool:
		return "true or false"
	case geo.KindInt:
		return "a whole number"
	case geo.KindString:
		return "a text"
	case geo.KindInterval:
		return "an interval"
	}
	return "a " + k.String()
}

// exampleOf is a literal that fits the property.
func exampleOf(p property) string {
	switch p.kind {
	case geo.KindBool:
		return "TRUE"
	case geo.KindInt:
		return "3"
	case geo.KindFloat:
		return "2.5"
	case geo.KindTime:
		return "DATE('2018-08-31') or TIMESTAMP('2018-08-31T12:00:00Z')"
	}
	if p.example == "" {
		return "'text'"
	}
	return literal{value: geo.String(p.example)}.String()
}

func parseNumber(s string) (geo.Value, bool) {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return geo.Int(n), true
	}
	x, err := strconv.ParseFloat(s, 64)
	v := geo.Float(x)
	return v, err == nil && !v.Null()
}
