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
