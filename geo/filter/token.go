package filter

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"bivouac/geo"
)

// kind is what a token is.
type kind uint8

const (
	end    kind = iota
	name        // a word: a property, a keyword or a function
	quoted      // a property in double quotes
	text        // a string in single quotes
	number
	symbol // = <> < <= > >= ( ) , + - and what belongs nowhere
)

// token is a word of the text, and where it begins.
type token struct {
	kind kind
	text string // of quoted and text: what stands between the quotes
	at   int    // in bytes
}

// is reports whether the token is the keyword or the symbol.
func (t token) is(word string) bool {
	return t.kind == symbol && t.text == word || t.kind == name && strings.EqualFold(t.text, word)
}

// scanner cuts a text into tokens.
type scanner struct {
	text string
	pos  int
}

func (s *scanner) next() (token, error) {
	s.pos += len(s.text[s.pos:]) - len(strings.TrimLeftFunc(s.text[s.pos:], unicode.IsSpace))
	rest := s.text[s.pos:]
	if rest == "" {
		return token{end, "", s.pos}, nil
	}
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case r == '\'':
		return s.quoted(text, '\'', "a text begins here and does not end; close it with a single quote, and write one within it twice")
	case r == '"':
		return s.quoted(quoted, '"', "a property begins here and does not end; close it with a double quote")
	case isDigit(r) || r == '.' && len(rest) > 1 && isDigit(rune(rest[1])):
		return s.take(number, numberLength(rest)), nil
	case nameStart(r):
		return s.take(name, nameLength(rest)), nil
	case len(rest) > 1 && (rest[:2] == "<>" || rest[:2] == "<=" || rest[:2] == ">=" || rest[:2] == "!="):
		return s.take(symbol, 2), nil
	}
	return s.take(symbol, size), nil
}

func (s *scanner) take(k kind, length int) token {
	t := token{k, s.text[s.pos : s.pos+length], s.pos}
	s.pos += length
	return t
}

// quoted reads to the closing quote; a quote within is written twice.
func (s *scanner) quoted(k kind, quote byte, open string) (token, error) {
	start, from := s.pos, s.pos+1
	var b strings.Builder
	for {
		i := strings.IndexByte(s.text[from:], quote)
		if i < 0 {
			return token{}, errorAt(s.text, start, "%s", open)
		}
		b.WriteString(s.text[from : from+i])
		from += i + 1
		if from == len(s.text) || s.text[from] != quote {
			s.pos = from
			return token{k, b.String(), start}, nil
		}
		b.WriteByte(quote)
		from++
	}
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// nameStart and namePart are a little wider than the standard's alphabet.
func nameStart(r rune) bool { return r == '_' || r == ':' || unicode.IsLetter(r) }

func namePart(r rune) bool {
	return nameStart(r) || r == '.' || unicode.IsDigit(r) || unicode.IsMark(r)
}

func nameLength(s string) int {
	if i := strings.IndexFunc(s, func(r rune) bool { return !namePart(r) }); i >= 0 {
		return i
	}
	return len(s)
}

// numberLength reads digits, a point with digits, and an exponent.
func numberLength(s string) int {
	n := digits(s)
	if n < len(s) && s[n] == '.' {
		n += 1 + digits(s[n+1:])
	}
	if n < len(s) && (s[n] == 'e' || s[n] == 'E') {
		sign := n + 1
		if sign < len(s) && (s[sign] == '+' || s[sign] == '-') {
			sign++
		}
		if d := digits(s[sign:]); d > 0 {
			n = sign + d
		}
	}
	return n
}

func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// isPlainName reports whether a property of that name needs no quotes.
func isPlainName(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return nameStart(r) && nameLength(s) == len(s) && utf8.ValidString(s) && !reserved(s)
}

// keywords mean something else than a property wherever they stand.
var keywords = [...]string{"AND", "OR", "NOT", "IN", "BETWEEN", "IS", "NULL", "LIKE", "TRUE", "FALSE"}

func reserved(s string) bool {
	for _, word := range keywords {
		if strings.EqualFold(s, word) {
			return true
		}
	}
	return false
}

// errorAt says what is wrong at a byte of the text, by the number of the
// character, which is what people count.
func errorAt(all string, at int, format string, args ...any) error {
	e := geo.Errorf(geo.Invalid, "", format, args...)
	where := "at the end"
	if at < len(all) {
		where = "at character " + itoa(utf8.RuneCountInString(all[:at])+1) + ", " + clip(all[at:])
	}
	e.Text = where + ": " + e.Text
	return e
}
