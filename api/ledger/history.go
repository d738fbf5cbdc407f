package ledger

import (
	"encoding/json"
	"strconv"

	"bivouac/api/encode"
	"bivouac/api/ogc"
	"bivouac/geo"
)

// History is the changes of one record or document, the newest first.
type History struct {
	History []Step     `json:"history"`
	Links   []ogc.Link `json:"links"`
}

// Step is one of them.
type Step struct {
	Version geo.Version `json:"version"`
	At      string      `json:"at"`
	Author  string      `json:"author"`
	Reason  string      `json:"reason"`
	Undoes  geo.Version `json:"undoes,omitempty"`
	states
}

func newStep(c *geo.Commit, before, after json.RawMessage) Step {
	return Step{c.Version, c.At.String(), c.Author, c.Reason, c.Undoes, newStates(before, after)}
}

// OfRecord tells the history of a record of the schema.
func OfRecord(b ogc.Base, s *geo.Schema, key geo.Key, past []geo.Past) History {
	item := b.Collection(s.Name, "/items/"+strconv.FormatInt(int64(key), 10))
	h := newHistory(item, encode.GeoJSON)
	for i := range past {
		p := &past[i]
		h.History = append(h.History, newStep(&p.Commit, feature(s, p.Before), feature(s, p.After)))
	}
	return h
}

// OfDoc tells the history of a document.
func OfDoc(b ogc.Base, kind, id string, past []geo.PastDoc) History {
	h := newHistory(docAddress(b, kind, id), encode.JSON)
	for i := range past {
		p := &past[i]
		h.History = append(h.History, newStep(&p.Commit, doc(b, p.Before), doc(b, p.After)))
	}
	return h
}

// newHistory is that of what stands at the address.
func newHistory(address, media string) History {
	return History{History: []Step{}, Links: []ogc.Link{
		{Href: address + "/history", Rel: "self", Type: encode.JSON, Title: "This document"},
		{Href: address, Rel: "up", Type: media, Title: "As it is now"},
	}}
}
