package geojson

import (
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

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
			return nil, p.fail(controlCharacter, fmt.Sprintf("%#02x", c))
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
		return nil, 0, p.fail(unknownEscape, `\`+string(rune(c)))
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
		return 0, p.fail(noHexadecimals, `\u`+strconv.Quote(string(p.b[i+2:i+6])))
	}
	return rune(n), nil
}
