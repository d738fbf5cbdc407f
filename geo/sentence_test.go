package geo

import (
	"errors"
	"math"
	"slices"
	"testing"
)

const (
	offRoad Sentence = "off-road: {n} of {of} bases: {n} lost."
	medical Sentence = "of-medical: Medical: {warning}"
)

func TestSentence(t *testing.T) {
	for _, c := range []struct {
		desc string
		said Said
		code string
		text string
	}{
		{"numbers, one twice", offRoad.With(3, 2.5), "off-road", "3 of 2.5 bases: 3 lost."},
		{"a large number is written out", offRoad.With(1, 12345678.0), "off-road", "1 of 12345678 bases: 1 lost."},
		{"no more than six figures behind the point", offRoad.With(0, 1.0/3), "off-road", "0 of 0.333333 bases: 0 lost."},
		{"a number too large to be written out", offRoad.With(1, 1e300), "off-road", "1 of 1e+300 bases: 1 lost."},
		{"no number", offRoad.With(int64(1), math.NaN()), "off-road", "1 of NaN bases: 1 lost."},
		{"a value", offRoad.With(Int(4), Float(2.5)), "off-road", "4 of 2.5 bases: 4 lost."},
		{"a value that is missing", offRoad.With(1), "off-road", "1 of ? bases: 1 lost."},
		{"braces in a value are not names", offRoad.With("{of}", 1), "off-road", "{of} of 1 bases: {of} lost."},
		{"one within another", medical.With(offRoad.With(1, 2)), "of-medical", "Medical: 1 of 2 bases: 1 lost."},
		{"an error within one", medical.With(ErrorOf(Invalid, "bases", offRoad, 1, 2)), "of-medical", "Medical: 1 of 2 bases: 1 lost."},
		{"an error of others", medical.With(errors.New("no line")), "of-medical", "Medical: no line"},
	} {
		if c.said.Code != c.code || c.said.Text != c.text {
			t.Errorf("%s: %s %q, want %s %q", c.desc, c.said.Code, c.said.Text, c.code, c.text)
		}
		if again := SaidOf(c.said.Record()); again.Code != c.said.Code || again.Text != c.said.Text || !Record(again.Values).Equal(Record(c.said.Values)) {
			t.Errorf("%s: read back it is %v", c.desc, again)
		}
	}
	if names := offRoad.Names(); !slices.Equal(names, []string{"n", "of"}) {
		t.Errorf("names are %q", names)
	}
	for _, inner := range []any{offRoad.With(1, 2), ErrorOf(Invalid, "bases", offRoad, 1, 2)} {
		within := medical.With(inner).Values["warning"].Record()
		if within["code"].Text() != "off-road" || within["text"].Text() != "1 of 2 bases: 1 lost." || within["values"].Record()["n"] != Int(1) {
			t.Errorf("within the other stands %v", within)
		}
	}
}

// TestErrorSays what its sentence says, also where a word on the place was put
// before its text, and nothing of it where the text became another.
func TestErrorSays(t *testing.T) {
	cause := errors.New("disk full")
	e := ErrorOf(Unavailable, "store", medical, cause)
	if e.Error() != "store: Medical: disk full" || !errors.Is(e, cause) || e.Said().Code != "of-medical" {
		t.Errorf("%v, %v", e, e.Said())
	}
	e.Text = "line 3: " + e.Text
	if said := e.Said(); said.Code != "of-medical" || said.Text != "Medical: disk full" {
		t.Errorf("with a place: %v", said)
	}
	e.Text = "something else"
	if said := e.Said(); said.Code != "" || said.Text != "something else" {
		t.Errorf("with another text: %v", said)
	}
	if said := Errorf(Invalid, "", "plain").Said(); said.Code != "" || said.Text != "plain" {
		t.Errorf("in English alone: %v", said)
	}
}
