package filter

import (
	"unicode/utf8"

	"bivouac/geo"
)

// like asks whether a text looks like a pattern.
func like(a scalar, pattern string) geo.Predicate {
	g := glob(pattern)
	text := operandText(a) + " LIKE " + literal{value: geo.String(pattern)}.String()
	if l, ok := a.(constant); ok {
		return truth(matches(g, l.literal.value.Text()))
	}
	if p, fold, ok := foldedText(a); ok {
		return coded{p, text, func(s string) bool { return matches(g, fold(s)) }}
	}
	return computed{a: a, text: text, says: func(v, _ geo.Value) geo.Tri {
		if v.Null() {
			return geo.Maybe
		}
		return geo.TriOf(matches(g, v.Text()))
	}}
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
