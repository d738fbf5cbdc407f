package ledger

import (
	"encoding/json"

	"bivouac/api/encode"
	"bivouac/api/ogc"
	"bivouac/geo"
	"bivouac/geo/geojson"
)

// Record is what a Commit did to one record.
type Record struct {
	Collection string  `json:"collection"`
	Key        geo.Key `json:"key"`
	states
}

// states are something before and after a change, null where it was not there
// or could not be seen.
type states struct {
	Op     string          `json:"op"`
	Before json.RawMessage `json:"before"`
	After  json.RawMessage `json:"after"`
}

// newStates says what a change was, as far as its reader saw it.
func newStates(before, after json.RawMessage) states {
	op := geo.Replace
	switch {
	case before == nil:
		op = geo.Add
	case after == nil:
		op = geo.Remove
	}
	return states{op.String(), before, after}
}

// Schemas finds the schema of a collection.
type Schemas func(collection string) (*geo.Schema, error)

// NewRecord tells a change of a record.
func NewRecord(p *geo.Past, find Schemas) (Record, error) {
	s, err := find(p.Collection)
	if err != nil {
		return Record{}, err
	}
	return Record{p.Collection, p.Key, newStates(feature(s, p.Before), feature(s, p.After))}, nil
}

// feature writes a record as items write it, nil for none.
func feature(s *geo.Schema, f *geo.Feature) json.RawMessage {
	if f == nil {
		return nil
	}
	return geojson.AppendGeoFeature(nil, s, f)
}

// Whole is one Commit with what it did to records.
type Whole struct {
	Change
	Records []Record   `json:"records"`
	More    bool       `json:"more,omitempty"` // there are more of them
	Links   []ogc.Link `json:"links"`
}

// NewWhole tells a Commit and what it did, of which more may be left out.
func NewWhole(b ogc.Base, c Change, records []geo.Past, more bool, find Schemas) (Whole, error) {
	out := Whole{Change: c, Records: make([]Record, len(records)), More: more, Links: []ogc.Link{
		changeLink(b, c.Version, "self"), {Href: b.API("/changes"), Rel: "up", Type: encode.JSON, Title: "All changes"},
	}}
	for i := range records {
		var err error
		if out.Records[i], err = NewRecord(&records[i], find); err != nil {
			return out, err
		}
	}
	return out, nil
}

// Clash is a record that an undo would take back, and as others left it.
type Clash struct {
	Collection string          `json:"collection"`
	Key        geo.Key         `json:"key"`
	Yours      json.RawMessage `json:"yours"`
	Theirs     json.RawMessage `json:"theirs"`
}

// NewClashes tells why an undo was refused.
func NewClashes(list []geo.Clash, find Schemas) ([]Clash, error) {
	out := make([]Clash, len(list))
	for i := range list {
		c := &list[i]
		s, err := find(c.Collection)
		if err != nil {
			return nil, err
		}
		out[i] = Clash{c.Collection, c.Key, feature(s, c.Yours), feature(s, c.Theirs)}
	}
	return out, nil
}
