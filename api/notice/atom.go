package notice

import (
	"bytes"
	"encoding/xml"
	"slices"

	"bivouac/api/ogc"
	"bivouac/geo"
	"bivouac/geo/alert"
)

// Atom is the media type of a feed (RFC 4287).
const Atom = "application/atom+xml"

type feed struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Author  string   `xml:"author>name"`
	Links   []atLink `xml:"link"`
	Entries []entry  `xml:"entry"`
}

type atLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type entry struct {
	ID       string     `xml:"id"`
	Title    string     `xml:"title"`
	Updated  string     `xml:"updated"`
	Publish  string     `xml:"published"`
	Category []category `xml:"category"`
	Summary  string     `xml:"summary"`
	Links    []atLink   `xml:"link"`
	Point    string     `xml:"http://www.georss.org/georss point,omitempty"`
	Box      string     `xml:"http://www.georss.org/georss box,omitempty"`
}

type category struct {
	Term   string `xml:"term,attr"`
	Scheme string `xml:"scheme,attr,omitempty"`
}

// AppendAtom appends the alerts as a feed, each with its place in GeoRSS. A feed
// of none is of the beginning of time.
func AppendAtom(out []byte, b ogc.Base, title string, list []alert.Alert, self, next string) []byte {
	at := b.API("/alerts")
	f := feed{ID: at, Title: title + ": alerts", Author: title, Links: []atLink{{"self", Atom, at + question(self)}}}
	if next != "" {
		f.Links = append(f.Links, atLink{"next", Atom, at + question(next)})
	}
	var newest geo.Time
	for i := range list {
		a := &list[i]
		newest = max(newest, changed(a))
		f.Entries = append(f.Entries, entryOf(b, a))
	}
	f.Updated = newest.String()
	var text bytes.Buffer
	text.WriteString(xml.Header)
	// A buffer takes all, and the feed holds what can be written alone.
	if err := xml.NewEncoder(&text).Encode(f); err != nil {
		panic("notice: " + err.Error())
	}
	return append(append(out, text.Bytes()...), '\n')
}

// changed is when the alert was raised, or last seen to.
func changed(a *alert.Alert) geo.Time {
	at := a.At
	for _, k := range a.Acknowledged {
		at = max(at, k.At)
	}
	return at
}

func entryOf(b ogc.Base, a *alert.Alert) entry {
	self := Address(b, a)
	e := entry{
		ID: self, Title: a.Headline, Updated: changed(a).String(), Publish: a.At.String(), Summary: a.Headline + ". Classification: " + a.Class.String() + ".",
		Category: []category{{string(a.Severity), b.API("/alerts") + "#severity"}, {a.Status, b.API("/alerts") + "#status"}},
		Links:    []atLink{{"alternate", geojsonType, self}, {"alternate", CAP, self + "?f=cap"}},
	}
	latFirst := func(lonLat []float64) (text string) {
		for p := range slices.Chunk(lonLat, 2) {
			text += " " + degrees(p[1]) + " " + degrees(p[0])
		}
		return text[1:]
	}
	switch {
	case len(a.Place) == 2:
		e.Point = latFirst(a.Place)
	case len(a.Box) == 4:
		e.Box = latFirst(a.Box)
	}
	if len(a.Acknowledged) > 0 {
		e.Summary += " Acknowledged."
	}
	return e
}
