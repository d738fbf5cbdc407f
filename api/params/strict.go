package params

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"bivouac/geo"
)

// decodeStrictly reads a body that is one JSON value and nothing else. A
// member that nobody knows is refused; form is what would be right.
func decodeStrictly(body []byte, into any, form string) error {
	if !utf8.Valid(body) {
		return geo.Errorf(geo.Invalid, "body", "the text is not UTF-8; send it in that encoding")
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return badJSON(err, form)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return geo.Errorf(geo.Invalid, "body", "something follows the end of the JSON object")
	}
	return nil
}

func badJSON(err error, form string) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return geo.Errorf(geo.Invalid, "body", "the JSON is wrong at byte %d; send %s", syntax.Offset, form)
	case errors.As(err, &kind) && kind.Field != "":
		return geo.Errorf(geo.Invalid, "body", "%s is of the kind %s, which is not taken there; send %s", clip(kind.Field), kind.Value, form)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return geo.Errorf(geo.Invalid, "body", "the JSON ends in the middle; send %s", form)
	}
	if _, name, ok := strings.Cut(err.Error(), "unknown field "); ok {
		return geo.Errorf(geo.Invalid, "body", "there is no member %s; send %s", clip(name), form)
	}
	return geo.Errorf(geo.Invalid, "body", "must be %s", form)
}
