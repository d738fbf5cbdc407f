package geojson

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// errShort says that the text went on when the bytes at hand ended. The
// Decoder reads more and starts the feature again.
var errShort = errors.New("geojson: the text ends in the middle")

// fault is what is wrong with a feature and where, counted from the start of
// the bytes at hand.
type fault struct {
	at   int
	text string
}

func (f *fault) Error() string { return f.text }

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

func (p *parser) fail(format string, args ...any) error {
	return &fault{p.i, fmt.Sprintf(format, args...)}
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
		return p.fail("%q stands where %q should", got, c)
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
	return false, p.fail("%q stands where a comma or %q should", c, closing)
}

// object reads the members of an object, the opening brace included. each is
// called with the name, which lasts until the next string is read, and has to
// take the value.
func (p *parser) object(depth int, each func(name []byte) error) error {
	if depth > MaxDepth {
		return p.fail("arrays and objects lie more than %d deep within one another", MaxDepth)
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
		return nil, p.fail("%q stands where a name in quotes should", c)
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
		return p.fail("arrays and objects lie more than %d deep within one another", MaxDepth)
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
		return p.fail("%q is not a value", firstWord(p.b[p.i:]))
	}
	if string(p.b[p.i:p.i+len(word)]) != word {
		return p.fail("%q is not a value", firstWord(p.b[p.i:]))
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

// text reads a string and returns what it says, without copying where no
// character is escaped. What it returns lasts until the next call.
func (p *parser) text() ([]byte, error) {
	start := p.i + 1
	i := start
	b := p.b
	for i < len(b) && plain[b[i]] {
		i++
	}
	if i < len(b) && b[i] == '"' {
		p.i = i + 1
		return b[start:i], nil
	}
	return p.longText(start, i)
}

// longText goes on with a string from its first byte that is not plain.
func (p *parser) longText(start, i int) ([]byte, error) {
	out := p.scratch[:0]
	from := start
	for i < len(p.b) {
		switch c := p.b[i]; {
		case c == '"':
			p.i = i + 1
			out = append(out, p.b[from:i]...)
			p.scratch = out
			return out, nil
		case c == '\\':
			out = append(out, p.b[from:i]...)
			var err error
			out, i, err = p.escape(out, i)
			if err != nil {
				return nil, err
			}
			from = i
		case c < 0x20:
			p.i = i
			return nil, p.fail("a string holds the control character %#02x; is its closing quote missing?", c)
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRune(p.b[i:])
			if r == utf8.RuneError && size == 1 {
				if !utf8.FullRune(p.b[i:]) && !p.final {
					return nil, errShort
				}
				out = append(out, p.b[from:i]...)
				out = append(out, "\ufffd"...)
				from = i + 1
			}
			i += size
		default:
			i++
		}
	}
	return nil, p.short()
}

// escape reads the escape at b[i] and returns the place behind it.
func (p *parser) escape(out []byte, i int) ([]byte, int, error) {
	if i+1 >= len(p.b) {
		return nil, 0, p.short()
	}
	switch c := p.b[i+1]; c {
	case '"', '\\', '/':
		return append(out, c), i + 2, nil
	case 'b':
		return append(out, '\b'), i + 2, nil
	case 'f':
		return append(out, '\f'), i + 2, nil
	case 'n':
		return append(out, '\n'), i + 2, nil
	case 'r':
		return append(out, '\r'), i + 2, nil
	case 't':
		return append(out, '\t'), i + 2, nil
	case 'u':
		return p.unicode(out, i)
	default:
		p.i = i
		return nil, 0, p.fail("a string holds the unknown escape \\%c", c)
	}
}

// unicode reads \uXXXX, and the second of a pair of surrogates. A surrogate on
// its own becomes U+FFFD.
func (p *parser) unicode(out []byte, i int) ([]byte, int, error) {
	r, err := p.hex4(i)
	if err != nil {
		return nil, 0, err
	}
	i += 6
	if !utf16.IsSurrogate(r) {
		return utf8.AppendRune(out, r), i, nil
	}
	if i+1 >= len(p.b) {
		return nil, 0, p.short()
	}
	if p.b[i] != '\\' || p.b[i+1] != 'u' {
		return utf8.AppendRune(out, utf8.RuneError), i, nil
	}
	second, err := p.hex4(i)
	if err != nil {
		return nil, 0, err
	}
	if pair := utf16.DecodeRune(r, second); pair != utf8.RuneError {
		return utf8.AppendRune(out, pair), i + 6, nil
	}
	return utf8.AppendRune(out, utf8.RuneError), i, nil
}

func (p *parser) hex4(i int) (rune, error) {
	if i+6 > len(p.b) {
		return 0, p.short()
	}
	n, err := strconv.ParseUint(string(p.b[i+2:i+6]), 16, 16)
	if err != nil {
		p.i = i
		return 0, p.fail("a string holds \\u%q, which is not four hexadecimal digits", p.b[i+2:i+6])
	}
	return rune(n), nil
}

// number is a JSON number: an integer where it is written as one and fits.
type number struct {
	whole bool
	n     int64
	f     float64
}

// number reads a number by the grammar of JSON.
func (p *parser) number() (number, error) {
	b, start := p.b, p.i
	i := start
	negative := i < len(b) && b[i] == '-'
	if negative {
		i++
	}
	var m uint64
	digits, lead := 0, i
	for i < len(b) && b[i]-'0' <= 9 {
		m = m*10 + uint64(b[i]-'0')
		i++
	}
	digits = i - lead
	scale := 0
	whole := true
	if i < len(b) && b[i] == '.' {
		whole = false
		i++
		from := i
		for i < len(b) && b[i]-'0' <= 9 {
			m = m*10 + uint64(b[i]-'0')
			i++
		}
		scale = i - from
		if scale == 0 {
			return p.badNumber(i)
		}
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		return p.slowNumber(start)
	}
	if i == len(b) && !p.final {
		return number{}, errShort
	}
	switch {
	case digits == 0 || digits > 1 && b[lead] == '0':
		return p.badNumber(i)
	case digits+scale > 18:
		return p.slowNumber(start)
	}
	p.i = i
	if whole {
		return wholeNumber(m, negative), nil
	}
	if m >= 1<<53 || scale >= len(tens) {
		return p.slowNumberTo(start, i)
	}
	f := float64(m) / tens[scale]
	if negative {
		f = -f
	}
	return number{f: f}, nil
}

// tens are the powers of ten that a float64 holds exactly.
var tens = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

func wholeNumber(m uint64, negative bool) number {
	if !negative {
		return number{true, int64(m), float64(m)}
	}
	if m == 0 {
		return number{false, 0, math.Copysign(0, -1)}
	}
	return number{true, -int64(m), -float64(m)}
}

func (p *parser) badNumber(i int) (number, error) {
	if i >= len(p.b) && !p.final {
		return number{}, errShort
	}
	end := min(max(i, p.i+1), len(p.b))
	if w := firstWord(p.b[p.i:]); len(w) > 1 {
		return number{}, p.fail("%s is not a JSON number; write null where nothing is known", w)
	}
	return number{}, p.fail("%q is not a JSON number", p.b[p.i:end])
}

// slowNumber reads a number with an exponent or with many digits.
func (p *parser) slowNumber(start int) (number, error) {
	i := start
	for i < len(p.b) && numeric[p.b[i]] {
		i++
	}
	if i == len(p.b) && !p.final {
		return number{}, errShort
	}
	return p.slowNumberTo(start, i)
}

var numeric = func() (t [256]bool) {
	for _, c := range "+-.eE0123456789" {
		t[c] = true
	}
	return t
}()

func (p *parser) slowNumberTo(start, end int) (number, error) {
	s := string(p.b[start:end])
	if !validNumber(s) {
		return number{}, p.fail("%q is not a JSON number", s)
	}
	p.i = end
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return number{true, n, float64(n)}, nil
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		p.i = start
		return number{}, p.fail("%s is beyond the numbers that can be kept", s)
	}
	return number{f: f}, nil
}

// validNumber holds what strconv takes to the narrower grammar of JSON.
func validNumber(s string) bool {
	i := 0
	digits := func() bool {
		from := i
		for i < len(s) && s[i]-'0' <= 9 {
			i++
		}
		return i > from
	}
	if i < len(s) && s[i] == '-' {
		i++
	}
	lead := i
	if !digits() || i-lead > 1 && s[lead] == '0' {
		return false
	}
	if i < len(s) && s[i] == '.' {
		i++
		if !digits() {
			return false
		}
	}
	if i < len(s) && s[i]|0x20 == 'e' {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		if !digits() {
			return false
		}
	}
	return i == len(s)
}
