package ledger

import (
	"encoding/json"

	"bivouac/api/encode"
	"bivouac/api/ogc"
	"bivouac/geo"
)

// Doc is a document, or what a list says of one.
type Doc struct {
	Kind           string          `json:"kind"`
	ID             string          `json:"id"`
	Title          string          `json:"title"`
	Version        geo.Version     `json:"version"` // that last wrote it
	Classification string          `json:"classification"`
	Mission        *string         `json:"mission"` // null for shared by all
	Body           json.RawMessage `json:"body,omitempty"`
	Links          []ogc.Link      `json:"links"`
}

// NewDoc tells a document.
func NewDoc(b ogc.Base, d *geo.Doc) Doc {
	out := entry(b, d)
	out.Body = d.Body
	return out
}

// entry tells of a document without its body.
func entry(b ogc.Base, d *geo.Doc) Doc {
	self := docAddress(b, d.Kind, d.ID)
	out := Doc{Kind: d.Kind, ID: d.ID, Title: d.Title, Version: d.Rev, Classification: d.Class.String(), Links: []ogc.Link{
		{Href: self, Rel: "self", Type: encode.JSON, Title: d.Title},
	}}
	if d.Mission != "" {
		out.Mission = &d.Mission
	}
	return out
}

func doc(b ogc.Base, d *geo.Doc) json.RawMessage {
	if d == nil {
		return nil
	}
	text, err := json.Marshal(NewDoc(b, d))
	if err != nil {
		panic("ledger: a stored document is no JSON: " + err.Error())
	}
	return text
}

// docAddress returns the address of a document.
func docAddress(b ogc.Base, kind, id string) string { return b.API("/documents/" + kind + "/" + id) }

// Docs lists the documents of a kind.
type Docs struct {
	Documents []Doc      `json:"documents"`
	Links     []ogc.Link `json:"links"`
}

// NewDocs lists documents without their bodies.
func NewDocs(b ogc.Base, kind string, list []geo.Doc) Docs {
	out := Docs{Documents: make([]Doc, len(list)), Links: []ogc.Link{
		{Href: b.API("/documents/" + kind), Rel: "self", Type: encode.JSON, Title: "This document"},
	}}
	for i := range list {
		out.Documents[i] = entry(b, &list[i])
	}
	return out
}
