package ledger_test

import (
	"encoding/json"
	"testing"

	"bivouac/api/ledger"
	"bivouac/geo"
)

// commit touches what various readers see.
var commit = geo.Commit{Version: 7, At: 0, Author: "A. Maiga", Reason: "checked", Undoes: 5, Touches: []geo.Touch{
	{Collection: "bases", Added: 1},
	{Collection: "bases", Mission: "MINUSMA", Added: 2, Replaced: 3},
	{Collection: "bases", Class: geo.Confidential, Removed: 4},
	{Document: "view", Class: geo.Confidential, Replaced: 1},
}}

func TestNewChange(t *testing.T) {
	const head = `{"version":7,"at":"1970-01-01T00:00:00Z","author":"A. Maiga","reason":"checked","undoes":5,"touched":`
	for _, c := range []struct {
		desc   string
		reader geo.Reader
		want   string // "" for a Commit that does not exist
	}{
		{"one who sees all", geo.Reader{Ceiling: geo.Confidential}, head + `[{"collection":"bases","added":3,"replaced":3,"removed":4},{"document":"view","added":0,"replaced":1,"removed":0}]}`},
		{"up to a class", geo.Reader{}, head + `[{"collection":"bases","added":3,"replaced":3,"removed":0}]}`},
		{"of no mission", geo.Reader{Missions: []string{}}, head + `[{"collection":"bases","added":1,"replaced":0,"removed":0}]}`},
	} {
		told, some := ledger.NewChange(&commit, c.reader)
		text, err := json.Marshal(told)
		if err != nil || !some || string(text) != c.want {
			t.Errorf("%s: %s, %t, %v", c.desc, text, some, err)
		}
	}
	hidden := geo.Commit{Version: 8, Touches: []geo.Touch{{Collection: "bases", Class: geo.Confidential, Added: 1}}}
	if _, some := ledger.NewChange(&hidden, geo.Reader{}); some {
		t.Error("a Commit of hidden records exists")
	}
	if l := ledger.NewChanges("http://camp", []geo.Commit{commit, hidden}, geo.Reader{}, 10, 0, 0); len(l.Changes) != 1 || len(l.Links) != 1 {
		t.Errorf("%+v", l)
	}
}

func TestOps(t *testing.T) {
	s := geo.Schema{Name: "bases"}
	find := func(string) (*geo.Schema, error) { return &s, nil }
	f := &geo.Feature{Key: 1}
	for _, c := range []struct {
		before, after *geo.Feature
		want          string
	}{{nil, f, "add"}, {f, f, "replace"}, {f, nil, "remove"}} {
		got, err := ledger.NewRecord(&geo.Past{Collection: "bases", Key: 1, Before: c.before, After: c.after}, find)
		if err != nil || got.Op != c.want || (got.Before == nil) != (c.before == nil) || (got.After == nil) != (c.after == nil) {
			t.Errorf("%s: %+v, %v", c.want, got, err)
		}
	}
}
