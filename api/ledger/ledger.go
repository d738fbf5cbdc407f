// Package ledger answers how the history of the records is told: Commits, what
// they touched, and records and documents before and after them.
//
// It sums up over classes and missions, and leaves out what its reader may not
// see, so that a number tells of nothing hidden.
package ledger

import (
	"strconv"

	"bivouac/api/encode"
	"bivouac/api/ogc"
	"bivouac/geo"
)

// Change is one Commit.
type Change struct {
	Version geo.Version `json:"version"`
	At      string      `json:"at"`
	Author  string      `json:"author"`
	Reason  string      `json:"reason"`
	Undoes  geo.Version `json:"undoes,omitempty"`
	Touched []Touched   `json:"touched"`
}

// Touched is what a Commit did to a collection, or to the documents of a kind.
type Touched struct {
	Collection string `json:"collection,omitempty"`
	Document   string `json:"document,omitempty"`
	Added      int    `json:"added"`
	Replaced   int    `json:"replaced"`
	Removed    int    `json:"removed"`
}

// NewChange tells a Commit; false where the reader sees nothing that it
// touched, so that for him it does not exist.
func NewChange(c *geo.Commit, r geo.Reader) (Change, bool) {
	out := Change{Version: c.Version, At: c.At.String(), Author: c.Author, Reason: c.Reason, Undoes: c.Undoes}
	for i := range c.Touches {
		if t := &c.Touches[i]; r.Sees(t.Class, t.Mission) {
			out.touched(t)
		}
	}
	return out, len(out.Touched) > 0
}

// touched adds a Touch to that of the same collection or kind.
func (c *Change) touched(t *geo.Touch) {
	for i := range c.Touched {
		if o := &c.Touched[i]; o.Collection == t.Collection && o.Document == t.Document {
			o.Added, o.Replaced, o.Removed = o.Added+t.Added, o.Replaced+t.Replaced, o.Removed+t.Removed
			return
		}
	}
	c.Touched = append(c.Touched, Touched{t.Collection, t.Document, t.Added, t.Replaced, t.Removed})
}

// Changes lists Commits, the newest first.
type Changes struct {
	Changes []Change   `json:"changes"`
	Links   []ogc.Link `json:"links"`
}

// NewChanges lists the Commits. A next other than 0 is the last of them, where
// more follow.
func NewChanges(b ogc.Base, list []geo.Commit, r geo.Reader, limit int, before, next geo.Version) Changes {
	out := Changes{Changes: []Change{}, Links: []ogc.Link{page(b, "self", "This document", limit, before)}}
	for i := range list {
		if c, some := NewChange(&list[i], r); some {
			out.Changes = append(out.Changes, c)
		}
	}
	if next != 0 {
		out.Links = append(out.Links, page(b, "next", "Earlier changes", limit, next))
	}
	return out
}

func page(b ogc.Base, rel, title string, limit int, before geo.Version) ogc.Link {
	query := "?limit=" + strconv.Itoa(limit)
	if before != 0 {
		query += "&before=" + number(before)
	}
	return ogc.Link{Href: b.API("/changes" + query), Rel: rel, Type: encode.JSON, Title: title}
}

func number(v geo.Version) string { return strconv.FormatInt(int64(v), 10) }

// Receipt says what became of many changes.
type Receipt struct {
	Version geo.Version `json:"version"`
	At      string      `json:"at"`
	Keys    []geo.Key   `json:"keys"`
	Links   []ogc.Link  `json:"links"`
}

// NewReceipt tells a receipt.
func NewReceipt(b ogc.Base, r geo.Receipt) Receipt {
	out := Receipt{Version: r.Version, At: r.At.String(), Keys: r.Keys, Links: []ogc.Link{changeLink(b, r.Version, "related")}}
	if out.Keys == nil {
		out.Keys = []geo.Key{}
	}
	return out
}

func changeLink(b ogc.Base, v geo.Version, rel string) ogc.Link {
	return ogc.Link{Href: b.API("/changes/" + number(v)), Rel: rel, Type: encode.JSON, Title: "The change"}
}
