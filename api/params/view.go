package params

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"bivouac/geo"
)

// Limits of a saved view, in letters.
const (
	mostView      = 20_000
	mostViewTitle = 200
	mostViewNote  = 2_000
)

const viewForm = `{"view":"...","note":"..."}`

// CheckView says what is wrong with the body of a saved view: it holds what
// stands behind the # of a link to the page, and perhaps a note.
func CheckView(d *geo.Doc) error {
	var v struct {
		View string `json:"view"`
		Note string `json:"note"`
	}
	if err := decodeStrictly(d.Body, &v, viewForm); err != nil {
		text := err.Error()
		if e, ok := err.(*geo.Error); ok {
			text = e.Text
		}
		return geo.Errorf(geo.Invalid, "view", "%s", text)
	}
	switch unfit := func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }; {
	case utf8.RuneCountInString(d.Title) > mostViewTitle:
		return geo.Errorf(geo.Invalid, "title", "the title of a view has at most %d letters; put the rest into the note", mostViewTitle)
	case v.View == "":
		return geo.Errorf(geo.Invalid, "view", "a view holds what stands behind the # of a link to the page; send %s", viewForm)
	case strings.ContainsFunc(v.View, unfit) || strings.Contains(v.View, "#"):
		return geo.Errorf(geo.Invalid, "view", "a view is what stands behind the # of a link, without the # and without spaces")
	case utf8.RuneCountInString(v.View) > mostView:
		return geo.Errorf(geo.Invalid, "view", "a view has at most %d letters; draw areas with fewer corners, or choose fewer values", mostView)
	case utf8.RuneCountInString(v.Note) > mostViewNote:
		return geo.Errorf(geo.Invalid, "note", "the note of a view has at most %d letters", mostViewNote)
	}
	return nil
}
