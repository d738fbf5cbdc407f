package process

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"bivouac/geo"
)

// Warning is a sentence about what limits an answer. Code and Values say the
// same to who speaks another language than English.
type Warning struct {
	Code   string // of its [Sentence]; "" for one that is in English alone
	Values geo.Values
	Text   string
}

// Sentence is a code, a colon and English words with the names of values in
// braces, as "off-road: {n} of {of} bases are on no road." Each is a constant
// of the package that says it, and codes are unique among all packages.
type Sentence string

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

// With fills values in, in the order of Names: an int, a float64, a string, or
// a Warning that is told within this one. One that is missing is "?".
func (s Sentence) With(values ...any) Warning {
	w := Warning{Code: s.Code(), Values: geo.Values{}}
	texts := map[string]string{}
	for i, name := range s.Names() {
		texts[name] = "?"
		if i < len(values) {
			w.Values[name], texts[name] = told(values[i])
		}
	}
	_, english, _ := strings.Cut(string(s), ": ")
	w.Text = braced.ReplaceAllStringFunc(english, func(name string) string { return texts[name[1:len(name)-1]] })
	return w
}

// told is a value as others read it, and in English. Numbers have six figures
// behind the point at most.
func told(value any) (geo.Value, string) {
	switch v := value.(type) {
	case int:
		return geo.Int(int64(v)), strconv.Itoa(v)
	case float64:
		const most = 1e6
		rounded := math.Round(v*most) / most
		return geo.Float(rounded), strconv.FormatFloat(rounded, 'f', -1, 64)
	case Warning:
		return v.record(), v.Text
	}
	text := fmt.Sprint(value)
	return geo.String(text), text
}

// said is the code with its values, both null for a warning in English alone.
func (w *Warning) said() geo.Values {
	if w.Code == "" {
		return geo.Values{"code": {}, "values": {}}
	}
	return geo.Values{"code": geo.String(w.Code), "values": geo.Record(w.Values)}
}

// Codes are the codes and values of warnings, in their order: what stands beside
// their texts in every answer.
func Codes(warnings []Warning) geo.Value {
	list := make([]geo.Value, len(warnings))
	for i := range warnings {
		list[i] = geo.Record(warnings[i].said())
	}
	return geo.List(list...)
}

// record is the code with its values, and the English text.
func (w *Warning) record() geo.Value {
	said := w.said()
	said["text"] = geo.String(w.Text)
	return geo.Record(said)
}

// Said are warnings with their texts, for a field of a result, see [SaidField].
func Said(warnings []Warning) geo.Value {
	list := make([]geo.Value, len(warnings))
	for i := range warnings {
		list[i] = warnings[i].record()
	}
	return geo.List(list...)
}

// SaidField is one that holds sentences in any language: code, values, text.
func SaidField(name, title string) geo.Field {
	return Table(name, title, "Each in English as text, and as a code with its values for other languages.", Text("code", "Code"), geo.Field{Name: "values", Title: "Values", Kind: geo.KindRecord}, Text("text", "In English"))
}

// Plain are warnings in English alone.
func Plain(texts ...string) []Warning {
	out := make([]Warning, len(texts))
	for i, text := range texts {
		out[i].Text = text
	}
	return out
}

// Texts are the English sentences of warnings.
func Texts(warnings []Warning) []string {
	out := make([]string, len(warnings))
	for i := range warnings {
		out[i] = warnings[i].Text
	}
	return out
}

// Warns reports whether one of the warnings says the text.
func Warns(warnings []Warning, text string) bool {
	return slices.ContainsFunc(warnings, func(w Warning) bool { return w.Text == text })
}
