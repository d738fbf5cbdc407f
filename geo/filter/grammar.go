package filter

import (
	"slices"
	"strings"

	"bivouac/geo"
)

// comparisons are the operators between two values; != is not of the
// standard, but meant.
var comparisons = []string{"=", "<>", "<", "<=", ">", ">=", "!="}

// expression reads what stands between brackets, commas or ends: OR binds
// least, then AND, NOT, comparisons, + and -, * and its like, and ^.
func (p *parser) expression() (*Expr, error) { return p.chain("OR", p.conjunction) }

func (p *parser) conjunction() (*Expr, error) { return p.chain("AND", p.factor) }

func (p *parser) chain(word string, part func() (*Expr, error)) (*Expr, error) {
	first, err := part()
	if err != nil || !p.now.is(word) {
		return first, err
	}
	parts := []*Expr{first}
	for p.now.is(word) {
		if err := p.boolean(parts[len(parts)-1]); err != nil {
			return nil, err
		}
		if err := p.advance(); err != nil {
			return nil, err
		}
		next, err := part()
		if err != nil {
			return nil, err
		}
		parts = append(parts, next)
	}
	if err := p.boolean(parts[len(parts)-1]); err != nil {
		return nil, err
	}
	return p.call(first.at, strings.ToLower(word), parts...)
}

// boolean refuses what cannot be a condition, by what should follow it.
func (p *parser) boolean(e *Expr) error {
	switch {
	case e.form == aCall && !slices.Contains(arithmetic, e.name), e.form == aLiteral && e.literal.value.Kind() == geo.KindBool:
		return nil
	case e.form == aLiteral:
		return p.expected("expected =, <>, <, <=, > or >= behind the literal " + e.literal.String())
	}
	return p.expected("expected =, <>, <, <=, >, >=, IN, BETWEEN, LIKE or IS NULL behind " + e.String())
}

// factor reads NOT and a condition, or a condition.
func (p *parser) factor() (*Expr, error) {
	at := p.now.at
	defer func() { p.depth-- }()
	if err := p.deeper(at); err != nil {
		return nil, err
	}
	if negated, err := p.accept("NOT"); err != nil || !negated {
		if err != nil {
			return nil, err
		}
		return p.condition()
	}
	inner, err := p.factor()
	if err != nil {
		return nil, err
	}
	if err := p.boolean(inner); err != nil {
		return nil, err
	}
	return p.call(at, "not", inner)
}

// condition reads a value and what is asked of it, if anything is.
func (p *parser) condition() (*Expr, error) {
	left, err := p.sum()
	if err != nil {
		return nil, err
	}
	if p.now.kind == symbol && slices.Contains(comparisons, p.now.text) {
		return p.comparison(left)
	}
	if p.now.is("IS") {
		return p.isNull(left)
	}
	at := p.now
	negated, err := p.accept("NOT")
	if err != nil {
		return nil, err
	}
	var out *Expr
	switch {
	case p.now.is("IN"):
		out, err = p.in(left)
	case p.now.is("BETWEEN"):
		out, err = p.between(left)
	case p.now.is("LIKE"), p.now.is("ILIKE"):
		out, err = p.like(left)
	case negated:
		return nil, p.expected("expected IN, BETWEEN or LIKE behind NOT")
	default:
		return left, nil
	}
	if err == nil && negated {
		return p.call(at.at, "not", out)
	}
	return out, err
}

func (p *parser) comparison(left *Expr) (*Expr, error) {
	name := p.now.text
	if name == "!=" {
		name = "<>"
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	right, err := p.sum()
	if err != nil {
		return nil, err
	}
	return p.call(left.at, name, left, right)
}

func (p *parser) isNull(left *Expr) (*Expr, error) {
	if err := p.advance(); err != nil {
		return nil, err
	}
	at := p.now.at
	negated, err := p.accept("NOT")
	if err != nil {
		return nil, err
	}
	if err := p.expect("NULL", "behind IS"); err != nil {
		return nil, err
	}
	out, err := p.call(left.at, "isNull", left)
	if err == nil && negated {
		return p.call(at, "not", out)
	}
	return out, err
}

func (p *parser) in(left *Expr) (*Expr, error) {
	if err := p.advance(); err != nil {
		return nil, err
	}
	at := p.now.at
	if err := p.expect("(", "and a list of values behind IN"); err != nil {
		return nil, err
	}
	list, err := p.list(p.sum)
	if err != nil {
		return nil, err
	}
	return p.call(left.at, "in", left, &Expr{at: at, form: aList, args: list})
}

// list reads values with commas between them, and the bracket behind them.
func (p *parser) list(item func() (*Expr, error)) ([]*Expr, error) {
	var out []*Expr
	for {
		e, err := item()
		if err != nil {
			return nil, err
		}
		out = append(out, e)
		more, err := p.accept(",")
		if err != nil {
			return nil, err
		}
		if !more {
			return out, p.expect(")", "or a comma in the list")
		}
	}
}

func (p *parser) between(left *Expr) (*Expr, error) {
	if err := p.advance(); err != nil {
		return nil, err
	}
	least, err := p.sum()
	if err != nil {
		return nil, err
	}
	if err := p.expect("AND", "and the upper end of BETWEEN"); err != nil {
		return nil, err
	}
	most, err := p.sum()
	if err != nil {
		return nil, err
	}
	return p.call(left.at, "between", left, least, most)
}

// like reads a pattern. ILIKE is what GDAL writes for LIKE of folded texts.
func (p *parser) like(left *Expr) (*Expr, error) {
	folded := p.now.is("ILIKE")
	if err := p.advance(); err != nil {
		return nil, err
	}
	if p.now.kind != text && p.now.kind != name {
		return nil, p.expected("expected a pattern in single quotes behind LIKE, such as 'Ga%'")
	}
	pattern, err := p.primary()
	if err != nil {
		return nil, err
	}
	if folded {
		if left, err = p.call(left.at, "casei", left); err != nil {
			return nil, err
		}
		if pattern, err = p.call(pattern.at, "casei", pattern); err != nil {
			return nil, err
		}
	}
	return p.call(left.at, "like", left, pattern)
}

// arithmetic are the operators of numbers.
var arithmetic = []string{"+", "-", "*", "/", "%", "div", "^"}

func (p *parser) sum() (*Expr, error) { return p.operators(p.product, "+", "-") }

func (p *parser) product() (*Expr, error) { return p.operators(p.power, "*", "/", "%", "div") }

// operators reads operators of one rank, the left one first.
func (p *parser) operators(part func() (*Expr, error), names ...string) (*Expr, error) {
	left, err := part()
	for err == nil {
		i := slices.IndexFunc(names, p.now.is)
		if i < 0 {
			break
		}
		if left, err = p.infix(left, names[i], part); err == nil {
			// A long chain leans to the left, so each operator is a level.
			err = p.leaning(left)
		}
	}
	return left, err
}

func (p *parser) infix(left *Expr, name string, part func() (*Expr, error)) (*Expr, error) {
	if err := p.advance(); err != nil {
		return nil, err
	}
	right, err := part()
	if err != nil {
		return nil, err
	}
	return p.call(left.at, name, left, right)
}

// leaning refuses a chain of operators that is deeper than any other tree may
// be.
func (p *parser) leaning(e *Expr) error {
	n := p.depth
	for ; e.form == aCall && slices.Contains(arithmetic, e.name); e = e.args[0] {
		if n++; n > MaxDepth {
			return p.expected("more than " + itoa(MaxDepth) + " operators stand in one sum here; write less of them")
		}
	}
	return nil
}

func (p *parser) power() (*Expr, error) {
	left, err := p.signed()
	if err != nil || !p.now.is("^") {
		return left, err
	}
	return p.infix(left, "^", p.signed)
}

// signed reads a value with or without a sign. Minus before what is no number
// is a product with -1, since the standard's JSON has no other word for it.
func (p *parser) signed() (*Expr, error) {
	sign := p.now
	if !sign.is("-") && !sign.is("+") {
		return p.primary()
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	if p.now.kind == number {
		e, err := p.number(sign.at, strings.Trim(sign.text, "+")+p.now.text)
		if err != nil {
			return nil, err
		}
		return e, p.advance()
	}
	if p.now.kind == end || p.now.kind == text || p.now.kind == symbol && !p.now.is("(") {
		return nil, p.expected("expected a number behind " + sign.text)
	}
	e, err := p.primary()
	if err != nil || sign.is("+") {
		return e, err
	}
	return p.call(sign.at, "*", &Expr{at: sign.at, literal: literal{value: geo.Int(-1)}}, e)
}

// primary reads a literal, a property, a call, or brackets.
func (p *parser) primary() (*Expr, error) {
	t := p.now
	switch {
	case t.kind == end:
		return nil, p.expected("the filter ends where a property or a value should stand")
	case t.kind == text:
		return &Expr{at: t.at, literal: literal{value: geo.String(t.text)}}, p.advance()
	case t.kind == number:
		e, err := p.number(t.at, t.text)
		if err != nil {
			return nil, err
		}
		return e, p.advance()
	case t.is("TRUE"), t.is("FALSE"):
		return &Expr{at: t.at, literal: literal{value: geo.Bool(t.is("TRUE"))}}, p.advance()
	case t.is("NULL"):
		return nil, p.expected("nothing equals NULL; ask with IS NULL or IS NOT NULL")
	case t.is("("):
		return p.bracket()
	case t.kind == symbol || t.kind == name && reserved(t.text):
		return nil, p.expected("expected a property or a value")
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	if t.kind == name && (p.now.is("(") || isShape(t.text) && p.now.is("Z")) {
		return p.named(t)
	}
	return &Expr{at: t.at, form: aProperty, name: t.text}, nil
}

// bracket reads an expression in brackets, or a list where commas stand
// between several.
func (p *parser) bracket() (*Expr, error) {
	open := p.now
	if err := p.advance(); err != nil {
		return nil, err
	}
	if closed, err := p.accept(")"); err != nil || closed {
		return &Expr{at: open.at, form: aList}, err
	}
	inner, err := p.expression()
	if err != nil {
		return nil, err
	}
	if p.now.kind == end {
		return nil, p.wrong(open.at, "this bracket is never closed")
	}
	if !p.now.is(",") {
		return inner, p.expect(")", "or AND or OR")
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	rest, err := p.list(p.expression)
	return &Expr{at: open.at, form: aList, args: append([]*Expr{inner}, rest...)}, err
}

// named reads what stands in brackets behind a word.
func (p *parser) named(word token) (*Expr, error) {
	switch {
	case word.is("DATE"), word.is("TIMESTAMP"):
		return p.moment(word)
	case isShape(word.text):
		return p.shape(word)
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	args, err := p.arguments(strings.HasPrefix(strings.ToLower(word.text), "a_"))
	if err != nil {
		return nil, err
	}
	if word.is("INTERVAL") {
		return p.interval(word.at, args)
	}
	return p.call(word.at, word.text, args...)
}

// arguments reads those of a call. Where they are lists, one value in brackets
// is a list too.
func (p *parser) arguments(lists bool) ([]*Expr, error) {
	if none, err := p.accept(")"); err != nil || none {
		return nil, err
	}
	if lists {
		return p.list(p.oneOrMore)
	}
	return p.list(p.expression)
}

func (p *parser) oneOrMore() (*Expr, error) {
	open := p.now
	e, err := p.expression()
	if err != nil || !open.is("(") || e.form == aList {
		return e, err
	}
	return &Expr{at: open.at, form: aList, args: []*Expr{e}}, nil
}

func (p *parser) moment(word token) (*Expr, error) {
	if err := p.advance(); err != nil {
		return nil, err
	}
	day := word.is("DATE")
	if p.now.kind != text {
		return nil, p.expected("expected " + momentForm(day) + " in single quotes")
	}
	e, err := p.reading.moment(p.now.at, day, p.now.text)
	if err != nil {
		return nil, err
	}
	e.at = word.at
	if err := p.advance(); err != nil {
		return nil, err
	}
	return e, p.expect(")", "behind the "+strings.ToLower(word.text))
}
