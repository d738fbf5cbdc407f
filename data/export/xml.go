package export

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// xmlHead begins every XML document.
const xmlHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

// appendXML adds text as XML 1.0 holds it, in an element or in an attribute.
// Carriage returns and, in attributes, other breaks are written as references,
// since a reader would turn them into something else; what has no form in XML
// becomes U+FFFD.
func appendXML[S string | []byte](b []byte, text S) []byte {
	last := 0
	for i := 0; i < len(text); {
		c := text[i]
		if c >= ' ' && c < utf8.RuneSelf && c != '<' && c != '>' && c != '&' && c != '"' {
			i++
			continue
		}
		with, width := reference(text[i:])
		if with != "" {
			b = append(append(b, text[last:i]...), with...)
			last = i + width
		}
		i += width
	}
	return append(b, text[last:]...)
}

// reference is what stands for the first character of the text, "" for
// itself, and its width in bytes.
func reference[S string | []byte](text S) (with string, width int) {
	switch c := text[0]; {
	case c == '<':
		return "&lt;", 1
	case c == '>':
		return "&gt;", 1
	case c == '&':
		return "&amp;", 1
	case c == '"':
		return "&quot;", 1
	case c == '\t':
		return "&#9;", 1
	case c == '\n':
		return "&#10;", 1
	case c == '\r':
		return "&#13;", 1
	case c < ' ':
		return "\uFFFD", 1
	}
	r, width := utf8.DecodeRuneInString(string(text[:min(len(text), utf8.UTFMax)]))
	if r == utf8.RuneError || r == 0xFFFE || r == 0xFFFF {
		return "\uFFFD", width
	}
	return "", width
}

// element adds an element of text; nothing for an empty one.
func element(b []byte, name, text string) []byte {
	if text == "" {
		return b
	}
	b = append(append(append(b, '<'), name...), '>')
	b = appendXML(b, text)
	return append(append(append(b, "</"...), name...), '>')
}

// xmlNames turns names into ones of elements and ids, none of them twice.
func xmlNames(names []string) []string {
	var out []string
	for _, name := range names {
		out = append(out, free(out, xmlName(name)))
	}
	return out
}

func xmlName(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '-' || r == '.' {
			return r
		}
		return '_'
	}, name)
	if r, _ := utf8.DecodeRuneInString(name); !unicode.IsLetter(r) && r != '_' {
		return "_" + name
	}
	return name
}
