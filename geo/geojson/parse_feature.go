package geojson

import (
	"unicode/utf8"

	"bivouac/geo"
)

// Text is one feature as a body says it: a whole one, or a merge patch of one
// (RFC 7396), which names only what changes.
type Text struct {
	Feature
	Type      string // of the object, "" where it says none
	Placed    bool   // it names a geometry, be it null
	Described bool   // it names properties
}

// ParseText reads a text that is one such object and nothing else. It is
// stricter than the Decoder, which takes what field files hold: the text must
// be UTF-8, and a member must not stand twice. Foreign members are passed over.
func ParseText(text []byte) (*Text, error) {
	if !utf8.Valid(text) {
		return nil, geo.ErrorOf(geo.Invalid, "body", notUTF8)
	}
	t := &Text{}
	r := textReader{parser: parser{b: text, final: true}, text: t, part: "body"}
	err := r.object(1, r.member)
	if err == nil {
		r.part, err = "body", r.end()
	}
	return t, within(public(err), r.part)
}

// within says in which part of the body an error is.
func within(err error, part string) error {
	if e, ok := err.(*geo.Error); ok {
		e.Where = part
	}
	return err
}

// textReader reads one Text.
type textReader struct {
	parser
	text *Text
	part string // that is being read
}

func (r *textReader) member(name []byte) (err error) {
	t := r.text
	r.part = string(name)
	switch r.part {
	case "type":
		t.Type, err = r.kindOf()
	case "geometry":
		if t.Placed {
			return r.fail(geometryTwice)
		}
		t.Placed = true
		t.Geometry, t.Z, err = r.place()
	case "properties":
		if t.Described {
			return r.fail(propertiesTwice)
		}
		t.Described = true
		err = r.parser.properties(&t.Feature, 2)
	default:
		r.part = "body"
		err = r.skip(2)
	}
	if err == nil {
		r.part = "body"
	}
	return err
}

// kindOf reads the type of the object, "" for what is no string.
func (r *textReader) kindOf() (string, error) {
	k, err := r.textValue()
	return string(k), err
}
