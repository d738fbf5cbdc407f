package params

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"

	"bivouac/geo"
)

// Doc is what a body says of a document.
type Doc struct {
	Title   string
	Body    []byte
	Class   *geo.Class // nil where it says none
	Mission *string    // nil where it says none, "" for shared by all
}

type docBody struct {
	Title          string          `json:"title"`
	Body           json.RawMessage `json:"body"`
	Classification *string         `json:"classification"`
	Mission        json.RawMessage `json:"mission"`

	// What an answer says beside them may come back with it.
	Kind    json.RawMessage `json:"kind"`
	ID      json.RawMessage `json:"id"`
	Version json.RawMessage `json:"version"`
	Links   json.RawMessage `json:"links"`
}

const docForm = `{"title":"...","body":{...},"classification":"...","mission":"..."}`

// ParseDoc reads the body of a document.
func ParseDoc(body []byte) (Doc, error) {
	var asked docBody
	if err := decodeStrictly(body, &asked, docForm); err != nil {
		return Doc{}, err
	}
	d := Doc{Title: strings.TrimSpace(asked.Title), Body: bytes.TrimSpace(asked.Body)}
	switch {
	case d.Title == "":
		return d, geo.Errorf(geo.Invalid, "title", "a document needs a title; send %s", docForm)
	case len(d.Body) == 0 || d.Body[0] != '{':
		return d, geo.Errorf(geo.Invalid, "body", "the body of a document must be a JSON object; send %s", docForm)
	}
	if asked.Classification != nil {
		class, err := geo.ParseClass(*asked.Classification)
		if err != nil {
			return d, err
		}
		d.Class = &class
	}
	return d, d.readMission(asked.Mission)
}

func (d *Doc) readMission(text json.RawMessage) error {
	if text == nil {
		return nil
	}
	d.Mission = new(string)
	if json.Unmarshal(text, d.Mission) != nil {
		return geo.Errorf(geo.Invalid, "mission", "must be the code of a mission, or null for shared by all")
	}
	return nil
}

var (
	docKind = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,62}$`)
	docID   = regexp.MustCompile(`^[A-Za-z0-9_-][A-Za-z0-9._~-]{0,126}$`)
)

// CheckDocKind refuses what cannot name a kind of document.
func CheckDocKind(kind string) error {
	if !docKind.MatchString(kind) {
		return geo.Errorf(geo.Invalid, "kind", "%q cannot name a kind of document: use lower-case letters, digits, _ and -, a letter first", clip(kind))
	}
	return nil
}

// CheckDocID refuses what cannot name a document.
func CheckDocID(id string) error {
	if !docID.MatchString(id) {
		return geo.Errorf(geo.Invalid, "id", "%q cannot name a document: use letters, digits, and _ - . ~, at most 127", clip(id))
	}
	return nil
}
