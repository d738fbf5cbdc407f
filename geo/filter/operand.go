package filter

import (
	"strings"

	"bivouac/geo"
)

// operand reads a property or a literal.
func (p *parser) operand() (operand, error) {
	t := p.now
	switch {
	case t.kind == end:
		return operand{}, p.wrong("the filter ends where a property or a value should stand")
	case t.kind == text:
		return operand{token: t, literal: literal{value: geo.String(t.text)}}, p.advance()
	case t.kind == number || t.is("-") || t.is("+"):
		return p.number()
	case t.is("TRUE"), t.is("FALSE"):
		return operand{token: t, literal: literal{value: geo.Bool(t.is("TRUE"))}}, p.advance()
	case t.is("NULL"):
		return operand{}, p.wrong("nothing equals NULL; ask with IS NULL or IS NOT NULL")
	case t.kind == symbol || t.kind == name && reserved(t.text):
		return operand{}, p.wrong("expected a property or a value")
	}
	if err := p.advance(); err != nil {
		return operand{}, err
	}
	if t.kind == name && p.now.is("(") {
		return p.call(t)
	}
	i := p.schema.Field(t.text)
	if i < 0 {
		return operand{}, p.wrongAt(t, "there is no property %s; a text stands in single quotes: '%s'; the properties are %s", t.text, t.text, known(p.schema))
	}
	return operand{token: t, property: &p.schema.Fields[i]}, nil
}

func (p *parser) number() (operand, error) {
	t := p.now
	sign := ""
	if t.kind == symbol {
		sign = strings.Trim(t.text, "+")
		if err := p.advance(); err != nil {
			return operand{}, err
		}
		if p.now.kind != number {
			return operand{}, p.wrong("expected a number behind " + t.text)
		}
	}
	v, ok := parseNumber(sign + p.now.text)
	if !ok {
		return operand{}, p.wrongAt(t, "the number %.40s is beyond what can be stored", p.now.text)
	}
	return operand{token: t, literal: literal{value: v}}, p.advance()
}

// call reads what stands in brackets behind a word: DATE('...') and
// TIMESTAMP('...').
func (p *parser) call(word token) (operand, error) {
	day := word.is("DATE")
	if !day && !word.is("TIMESTAMP") {
		return operand{}, p.wrongAt(word, "there is no function %s here; taken are DATE('2018-08-31') and TIMESTAMP('2018-08-31T12:00:00Z')", word.text)
	}
	if err := p.advance(); err != nil {
		return operand{}, err
	}
	l, ok := parseMoment(p.now.text)
	if p.now.kind != text || !ok || l.day != day {
		return operand{}, p.wrong("expected " + momentForm(day) + " in single quotes")
	}
	if err := p.advance(); err != nil {
		return operand{}, err
	}
	return operand{token: word, literal: l}, p.expect(")", "behind the "+strings.ToLower(word.text))
}

func momentForm(day bool) string {
	if day {
		return "a day such as '2018-08-31'"
	}
	return "a time such as '2018-08-31T12:00:00Z'"
}
