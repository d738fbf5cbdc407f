package filter

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"bivouac/geo"
)

// Limits of a filter's text.
const (
	MaxTextBytes = 64 << 10
	MaxDepth     = 100 // brackets and NOTs within each other
)

// ParseText reads a filter on records of the schema, written as the core of
// CQL2 text (OGC 21-065r2): comparisons, IN, BETWEEN, LIKE and IS NULL of a
// property, and AND, OR, NOT and brackets around them. Keywords are taken in
// any case. Literals are numbers, 'texts' (a quote within is written twice),
// TRUE and FALSE, DATE('2018-08-31') and TIMESTAMP('2018-08-31T12:00:00Z'); a
// day compared with a property of times is the whole day. Texts are compared
// by code points. In LIKE % stands for any characters, _ for one, and \ takes
// the next one as it is.
//
// What cannot be read, a property that the schema does not have, and a literal
// of another kind than the property's are errors that say where in the text
// they stand. Their Where is empty: the caller knows the parameter's name.
func ParseText(s *geo.Schema, text string) (geo.Predicate, error) {
	switch {
	case strings.TrimSpace(text) == "":
		return nil, geo.Errorf(geo.Invalid, "", "the filter is empty; write a condition such as %s, or leave the filter out", sampleOf(s))
	case len(text) > MaxTextBytes:
		return nil, geo.Errorf(geo.TooLarge, "", "the filter has %d bytes and may have %d", len(text), MaxTextBytes)
	case !utf8.ValidString(text):
		return nil, geo.Errorf(geo.Invalid, "", "the filter is not UTF-8")
	}
	p := &parser{schema: s, scanner: scanner{text: text}}
	if err := p.advance(); err != nil {
		return nil, err
	}
	out, err := p.disjunction()
	if err != nil {
		return nil, err
	}
	if p.now.kind != end {
		return nil, p.wrong("expected AND, OR or the end of the filter")
	}
	return out, nil
}

// parser reads by recursive descent, one token ahead.
type parser struct {
	schema *geo.Schema
	scanner
	now   token
	depth int
}

func (p *parser) advance() (err error) {
	p.now, err = p.next()
	return err
}

// accept steps over the keyword or symbol if it comes now.
func (p *parser) accept(word string) (bool, error) {
	if !p.now.is(word) {
		return false, nil
	}
	return true, p.advance()
}

func (p *parser) expect(word, after string) error {
	ok, err := p.accept(word)
	if err == nil && !ok {
		err = p.wrong("expected " + word + " " + after)
	}
	return err
}

// wrong is the error that the token that comes now is not what is right here.
func (p *parser) wrong(what string) error { return p.wrongAt(p.now, "%s", what) }

func (p *parser) wrongAt(t token, format string, args ...any) error {
	return errorAt(p.text, t.at, format, args...)
}

// disjunction reads conditions with OR between them.
func (p *parser) disjunction() (geo.Predicate, error) {
	return p.chain("OR", p.conjunction, Or)
}

func (p *parser) conjunction() (geo.Predicate, error) {
	return p.chain("AND", p.factor, And)
}

func (p *parser) chain(word string, part func() (geo.Predicate, error), joined func(...geo.Predicate) geo.Predicate) (geo.Predicate, error) {
	var parts []geo.Predicate
	for {
		one, err := part()
		if err != nil {
			return nil, err
		}
		parts = append(parts, one)
		if more, err := p.accept(word); err != nil || !more {
			return joined(parts...), err
		}
	}
}

// factor reads NOT, brackets, TRUE, FALSE or a condition on a property.
func (p *parser) factor() (geo.Predicate, error) {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > MaxDepth {
		return nil, p.wrong("conditions stand more than " + strconv.Itoa(MaxDepth) + " deep in each other here; write the filter flatter")
	}
	if yes, err := p.accept("NOT"); err != nil || yes {
		if err != nil {
			return nil, err
		}
		inner, err := p.factor()
		if err != nil {
			return nil, err
		}
		return Not(inner), nil
	}
	if p.now.is("(") {
		return p.bracket()
	}
	return p.condition()
}

func (p *parser) bracket() (geo.Predicate, error) {
	open := p.now
	if err := p.advance(); err != nil {
		return nil, err
	}
	inner, err := p.disjunction()
	if err != nil {
		return nil, err
	}
	if p.now.kind == end {
		return nil, p.wrongAt(open, "this bracket is never closed")
	}
	return inner, p.expect(")", "or AND or OR")
}

func itoa(n int) string { return strconv.Itoa(n) }

// clip quotes the beginning of a text for a message.
func clip(s string) string {
	const most = 24
	n := 0
	for i := range s {
		if n++; n > most {
			return strconv.Quote(s[:i]) + "..."
		}
	}
	return strconv.Quote(s)
}

// sampleOf is a condition that the schema's records can be asked.
func sampleOf(s *geo.Schema) string {
	for i := range s.Fields {
		f := &s.Fields[i]
		if p := propertyOf(f); comparable(f.Kind) {
			return p.String() + " = " + exampleOf(p)
		}
	}
	return "TRUE"
}
