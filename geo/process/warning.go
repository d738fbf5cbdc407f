package process

import (
	"slices"

	"bivouac/geo"
)

// Warning is a sentence about what limits an answer.
type Warning = geo.Said

// Codes are the codes and values of warnings, in their order: what stands beside
// their texts in every answer.
func Codes(warnings []Warning) geo.Value {
	list := make([]geo.Value, len(warnings))
	for i := range warnings {
		said := warnings[i].Record().Record()
		delete(said, "text")
		list[i] = geo.Record(said)
	}
	return geo.List(list...)
}

// Said are warnings with their texts, for a field of a result, see [SaidField].
func Said(warnings []Warning) geo.Value {
	list := make([]geo.Value, len(warnings))
	for i := range warnings {
		list[i] = warnings[i].Record()
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

// Warns reports whether one of the warnings says the text.
func Warns(warnings []Warning, text string) bool {
	return slices.ContainsFunc(warnings, func(w Warning) bool { return w.Text == text })
}
