package filter

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"bivouac/geo"
	"bivouac/geo/crs"
)

// Limits of a filter's text.
const (
	MaxTextBytes = 64 << 10 // in either language
	MaxDepth     = 100      // brackets, calls and NOTs within each other
	MaxVertices  = 10_000   // of all its shapes together
)

// ParseText reads a filter on records of the schema, written as CQL2 text (OGC
// 21-065r2). Keywords and the names of functions are taken in any case.
// Literals are numbers, 'texts' (a quote within is written twice), TRUE and
// FALSE, DATE('2018-08-31') and TIMESTAMP('2018-08-31T12:00:00Z'), INTERVAL of
// two ends ('..' is none), and shapes in well-known text or BBOX, longitude
// first. A day compared with a property of times is the whole day. Texts are
// compared by code points. In LIKE % stands for any characters, _ for one, and
// \ takes the next one as it is; ILIKE folds case.
//
// The record's own shape is called geometry or geom. The edges of shapes are
// straight in longitude and latitude; a BBOX whose west is greater than its
// east crosses the date line.
//
// What cannot be read, a property that the schema does not have, and a value
// of another kind than its place takes are errors that say where in the text
// they stand. Their Where is empty: the caller knows the parameter's name.
func ParseText(s *geo.Schema, text string) (geo.Predicate, error) {
	return ParseTextIn(s, text, crs.CRS84)
}

// ParseTextIn is ParseText of a filter whose shapes have coordinates in another
// system, in the order of its axes. Their vertices are brought to CRS84; edges
// are straight there.
func ParseTextIn(s *geo.Schema, text string, in crs.System) (geo.Predicate, error) {
	if strings.TrimSpace(text) == "" {
		return nil, geo.Errorf(geo.Invalid, "", "the filter is empty; write a condition such as %s, or leave the filter out", sampleOf(s))
	}
	e, err := ReadText(text)
	if err != nil {
		return nil, err
	}
	if err := inCRS84(text, in, e); err != nil {
		return nil, err
	}
	return compile(s, text, e)
}

// ReadText reads CQL2 text without a schema, for translation: see [Expr].
func ReadText(text string) (*Expr, error) {
	if err := readable(text); err != nil {
		return nil, err
	}
	p := &parser{reading: reading{text: text}, scanner: scanner{text: text}}
	if err := p.advance(); err != nil {
		return nil, err
	}
	out, err := p.expression()
	if err != nil {
		return nil, err
	}
	if err := p.boolean(out); err != nil {
		return nil, err
	}
	if p.now.kind != end {
		return nil, p.expected("expected AND, OR or the end of the filter")
	}
	return out, nil
}

// readable holds a text against the limits that count before it is read.
func readable(text string) error {
	switch {
	case len(text) > MaxTextBytes:
		return geo.Errorf(geo.TooLarge, "", "the filter has %d bytes and may have %d", len(text), MaxTextBytes)
	case !utf8.ValidString(text):
		return geo.Errorf(geo.Invalid, "", "the filter is not UTF-8")
	}
	return nil
}

// parser reads by recursive descent, one token ahead.
type parser struct {
	reading
	scanner
	now token
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
		err = p.expected("expected " + word + " " + after)
	}
	return err
}

// expected is the error that the token that comes now is not what is right
// here.
func (p *parser) expected(what string) error { return p.wrong(p.now.at, "%s", what) }

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
