package process_test

import (
	"slices"
	"testing"

	"bivouac/geo"
	"bivouac/geo/process"
)

func TestSentence(t *testing.T) {
	const (
		off   geo.Sentence = "off-road: {n} of {of} bases: {n} lost."
		inner geo.Sentence = "of-medical: Medical: {warning}"
	)
	for _, c := range []struct {
		desc string
		said process.Warning
		code string
		text string
	}{
		{"numbers, one twice", off.With(3, 2.5), "off-road", "3 of 2.5 bases: 3 lost."},
		{"a large number is written out", off.With(1, 12345678.0), "off-road", "1 of 12345678 bases: 1 lost."},
		{"no more than six figures behind the point", off.With(0, 1.0/3), "off-road", "0 of 0.333333 bases: 0 lost."},
		{"a value that is missing", off.With(1), "off-road", "1 of ? bases: 1 lost."},
		{"braces in a value are not names", off.With("{of}", 1), "off-road", "{of} of 1 bases: {of} lost."},
		{"one within another", inner.With(off.With(1, 2)), "of-medical", "Medical: 1 of 2 bases: 1 lost."},
	} {
		if c.said.Code != c.code || c.said.Text != c.text {
			t.Errorf("%s: %s %q, want %s %q", c.desc, c.said.Code, c.said.Text, c.code, c.text)
		}
	}
	if names := off.Names(); !slices.Equal(names, []string{"n", "of"}) {
		t.Errorf("names are %q", names)
	}
	within := inner.With(off.With(1, 2)).Values["warning"].Record()
	if within["code"].Text() != "off-road" || within["text"].Text() != "1 of 2 bases: 1 lost." || within["values"].Record()["n"] != geo.Int(1) {
		t.Errorf("within the other stands %v", within)
	}
}

// TestCodes: each warning has its place in the list, with nulls for one that is
// in English alone.
func TestCodes(t *testing.T) {
	list := process.Codes(append(process.Plain("Plain."), geo.Sentence("a: B {n}").With(1))).List()
	if len(list) != 2 || !list[0].Record()["code"].Null() || !list[0].Record()["values"].Null() || list[1].Record()["code"].Text() != "a" {
		t.Errorf("codes are %v", list)
	}
}
