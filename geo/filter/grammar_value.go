package filter

import (
	"slices"
	"strings"

	"bivouac/geo"
)

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
