package geojson

import (
	"errors"
	"strconv"

	"bivouac/geo"
)

// errShort says that the text went on when the bytes at hand ended. The
// Decoder reads more and starts the feature again.
var errShort = errors.New("geojson: the text ends in the middle")

// fault is what is wrong with a feature and where, counted from the start of
// the bytes at hand.
type fault struct {
	at       int
	sentence geo.Sentence
	values   []any
}

func (f *fault) said() geo.Said { return f.sentence.With(f.values...) }

func (f *fault) Error() string { return f.said().Text }

// parser reads one value from bytes at hand.
type parser struct {
	b       []byte
	i       int
	final   bool // nothing comes behind b
	scratch []byte
	words   words
	points  points
	warned  *Warnings
}

func (p *parser) fail(s geo.Sentence, values ...any) error {
	return &fault{p.i, s, values}
}

// short is the error for the end of the bytes at hand.
func (p *parser) short() error { return errShort }

// peek skips white space and returns the byte behind it without taking it.
func (p *parser) peek() (byte, error) {
	for p.i < len(p.b) {
		switch c := p.b[p.i]; c {
		case ' ', '\n', '\r', '\t':
			p.i++
		default:
			return c, nil
		}
	}
	return 0, p.short()
}

// take skips white space and takes the byte c.
func (p *parser) take(c byte) error {
	got, err := p.peek()
	if err != nil {
		return err
	}
	if got != c {
		return p.fail(otherWanted, strconv.QuoteRune(rune(got)), strconv.QuoteRune(rune(c)))
	}
	p.i++
	return nil
}

// next takes a comma (more to come) or the closing byte.
func (p *parser) next(closing byte) (more bool, err error) {
	c, err := p.peek()
	switch {
	case err != nil:
		return false, err
	case c == ',':
		p.i++
		return true, nil
	case c == closing:
		p.i++
		return false, nil
	}
	return false, p.fail(commaWanted, strconv.QuoteRune(rune(c)), strconv.QuoteRune(rune(closing)))
}

// object reads the members of an object, the opening brace included. each is
// called with the name, which lasts until the next string is read, and has to
// take the value.
func (p *parser) object(depth int, each func(name []byte) error) error {
	if depth > MaxDepth {
		return p.fail(tooDeep, MaxDepth)
	}
	if err := p.take('{'); err != nil {
		return err
	}
	c, err := p.peek()
	if err != nil {
		return err
	}
	if c == '}' {
		p.i++
		return nil
	}
	for {
		name, err := p.name()
		if err != nil {
			return err
		}
		if err := each(name); err != nil {
			return err
		}
		if more, err := p.next('}'); !more {
			return err
		}
	}
}

// name reads a member's name and the colon.
func (p *parser) name() ([]byte, error) {
	c, err := p.peek()
	if err != nil {
		return nil, err
	}
	if c != '"' {
		return nil, p.fail(noName, strconv.QuoteRune(rune(c)))
	}
	s, err := p.text()
	if err != nil {
		return nil, err
	}
	return s, p.take(':')
}

// array reads the items of an array, the opening bracket included. each has to
// take the item.
func (p *parser) array(depth int, each func() error) error {
	if depth > MaxDepth {
		return p.fail(tooDeep, MaxDepth)
	}
	if err := p.take('['); err != nil {
		return err
	}
	c, err := p.peek()
	if err != nil {
		return err
	}
	if c == ']' {
		p.i++
		return nil
	}
	for {
		if err := each(); err != nil {
			return err
		}
		if more, err := p.next(']'); !more {
			return err
		}
	}
}

// literal takes one of the words true, false and null.
func (p *parser) literal(word string) error {
	if len(p.b)-p.i < len(word) {
		if !p.final && string(p.b[p.i:]) == word[:len(p.b)-p.i] {
			return errShort
		}
		return p.fail(noValue, strconv.Quote(string(firstWord(p.b[p.i:]))))
	}
	if string(p.b[p.i:p.i+len(word)]) != word {
		return p.fail(noValue, strconv.Quote(string(firstWord(p.b[p.i:]))))
	}
	p.i += len(word)
	return nil
}

func firstWord(b []byte) string {
	n := 0
	for n < len(b) && n < 20 && (b[n] >= 'a' && b[n] <= 'z' || b[n] >= 'A' && b[n] <= 'Z' || b[n] == '-') {
		n++
	}
	return string(b[:max(n, min(1, len(b)))])
}
