package filter

import (
	"unicode/utf8"

	"bivouac/geo"
)

// pattern asks whether a text looks like one with wildcards.
type pattern struct {
	property property
	like     string
}

func like(p property, s string) geo.Predicate { return pattern{p, s} }

func (x pattern) Bound() []geo.Box { return nil }
func (x pattern) String() string {
	return x.property.String() + " LIKE " + literal{value: geo.String(x.like)}.String()
}

func (x pattern) Bind(t geo.Table) (func(uint32) geo.Tri, error) {
	c, err := x.property.column(t)
	if err != nil {
		return nil, err
	}
	g := glob(x.like)
	return byCode(c, answersOf(c, func(text string) bool { return matches(g, text) })), nil
}

// The wildcards, as runes that no text holds.
const (
	anyRun  rune = -1 // %: any characters, none included
	oneRune rune = -2 // _: one character
)

func glob(s string) []rune {
	var out []rune
	escaped := false
	for _, r := range s {
		switch {
		case escaped:
			out, escaped = append(out, r), false
		case r == '\\':
			escaped = true
		case r == '%':
			out = append(out, anyRun)
		case r == '_':
			out = append(out, oneRune)
		default:
			out = append(out, r)
		}
	}
	if escaped {
		out = append(out, '\\') // nothing follows that it could escape
	}
	return out
}

// matches walks text and pattern together. Where they part, the last % takes
// one character more, which is enough: an earlier % never has to.
func matches(glob []rune, text string) bool {
	i, retry, resume := 0, -1, ""
	for text != "" {
		r, size := utf8.DecodeRuneInString(text)
		switch {
		case i < len(glob) && glob[i] == anyRun:
			i++
			retry, resume = i, text
			continue
		case i < len(glob) && (glob[i] == oneRune || glob[i] == r):
			i, text = i+1, text[size:]
			continue
		case retry < 0:
			return false
		}
		_, size = utf8.DecodeRuneInString(resume)
		resume = resume[size:]
		i, text = retry, resume
	}
	for i < len(glob) && glob[i] == anyRun {
		i++
	}
	return i == len(glob)
}
