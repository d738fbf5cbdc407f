package geo

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Sentence is a code, a colon and English words with the names of values in
// braces, as "off-road: {n} of {of} bases are on no road." Each is a constant
// of the package that says it, and codes are unique among all packages.
type Sentence string

// Said is a sentence with its values: in English, and by its code for who
// speaks another language.
type Said struct {
	Code   string // of its [Sentence]; "" for one that is in English alone
	Values Values
	Text   string
}

// Code is what stands before the first colon.
func (s Sentence) Code() string {
	code, _, _ := strings.Cut(string(s), ": ")
	return code
}

var braced = regexp.MustCompile(`\{(\w+)\}`)

// Names are those of the values, in the order in which they first occur.
func (s Sentence) Names() (out []string) {
	for _, m := range braced.FindAllStringSubmatch(string(s), -1) {
		if !slices.Contains(out, m[1]) {
			out = append(out, m[1])
		}
	}
	return out
}

// With fills values in, in the order of Names: a number, a text, or a Said or
// an error that is told within this one. One that is missing is "?".
func (s Sentence) With(values ...any) Said {
	out := Said{Code: s.Code(), Values: Values{}}
	texts := map[string]string{}
	for i, name := range s.Names() {
		texts[name] = "?"
		if i < len(values) {
			out.Values[name], texts[name] = told(values[i])
		}
	}
	_, english, _ := strings.Cut(string(s), ": ")
	out.Text = braced.ReplaceAllStringFunc(english, func(name string) string { return texts[name[1:len(name)-1]] })
	return out
}

// told is a value as others read it, and in English.
func told(value any) (Value, string) {
	switch v := value.(type) {
	case int:
		return Int(int64(v)), strconv.Itoa(v)
	case int64:
		return Int(v), strconv.FormatInt(v, 10)
	case float64:
		return toldFloat(v)
	case Value:
		if v.numeric() {
			return v, v.String()
		}
	case Said:
		return toldWithin(&v)
	case *Said:
		return toldWithin(v)
	case *Error:
		said := v.Said()
		return toldWithin(&said)
	}
	text := fmt.Sprint(value)
	return String(text), text
}

func toldWithin(s *Said) (Value, string) {
	if s.Code == "" {
		return String(s.Text), s.Text
	}
	return s.Record(), s.Text
}

// toldFloat has six figures behind the point at most. What is no number, or too
// large to have any, is told as it is.
func toldFloat(v float64) (Value, string) {
	const most, large = 1e6, 1e15
	if !(math.Abs(v) < large) {
		text := strconv.FormatFloat(v, 'g', -1, 64)
		return String(text), text
	}
	rounded := math.Round(v*most) / most
	return Float(rounded), strconv.FormatFloat(rounded, 'f', -1, 64)
}

// Record is the code with its values, both null for a sentence in English
// alone, and the text.
func (s *Said) Record() Value {
	out := Values{"code": {}, "values": {}, "text": String(s.Text)}
	if s.Code != "" {
		out["code"], out["values"] = String(s.Code), Record(s.Values)
	}
	return Record(out)
}

// SaidOf reads what Record gives.
func SaidOf(v Value) Said {
	r := v.Record()
	return Said{Code: r["code"].Text(), Values: r["values"].Record(), Text: r["text"].Text()}
}

// Texts are the English sentences.
func Texts(list []Said) []string {
	out := make([]string, len(list))
	for i := range list {
		out[i] = list[i].Text
	}
	return out
}
