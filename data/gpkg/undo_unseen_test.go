package gpkg_test

import (
	"strings"
	"testing"

	"bivouac/geo"
)

// TestUndoMeetsAHiddenSourceID puts a record back whose source id a record
// bears by now that the undoer does not see: both have it, for a refusal would
// tell. Who sees both is refused.
func TestUndoMeetsAHiddenSourceID(t *testing.T) {
	file, s := create(t)
	key := apply(t, s, geo.Batch{Changes: []geo.Change{add("bare", geo.Feature{SourceID: "x"})}}).Keys[0]
	gone := apply(t, s, geo.Batch{Changes: []geo.Change{{Collection: "bare", Op: geo.Remove, Feature: geo.Feature{Key: key}}}})
	hidden := apply(t, s, geo.Batch{Changes: []geo.Change{add("bare", geo.Feature{SourceID: "x", Class: geo.Confidential})}}).Keys[0]
	if _, err := s.Undo(ctx, gone.Version, everyone, "ana", ""); geo.CodeOf(err) != geo.Conflict {
		t.Errorf("by who sees both: %v", err)
	}
	if _, err := s.Undo(ctx, gone.Version, geo.Reader{}, "bob", ""); err != nil {
		t.Fatal(err)
	}
	file, s = reopen(t, file, s)
	defer file.Close()
	replace := func(k geo.Key, id string, c geo.Class) error {
		_, err := s.Apply(ctx, geo.Batch{Changes: []geo.Change{{Collection: "bare", Op: geo.Replace, Feature: geo.Feature{Key: k, SourceID: id, Class: c, Values: []geo.Value{geo.Int(7)}}}}})
		return err
	}
	for _, c := range []struct {
		desc  string
		key   geo.Key
		id    string
		class geo.Class
		want  geo.Code
	}{
		{"the one that came back is changed", key, "x", geo.Unclassified, ""},
		{"so is the hidden one", hidden, "x", geo.Confidential, ""},
		{"the hidden one gives its id up", hidden, "y", geo.Confidential, ""},
		{"and cannot have it again", hidden, "x", geo.Confidential, geo.Conflict},
	} {
		if err := replace(c.key, c.id, c.class); geo.CodeOf(err) != c.want {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
	// A source that sends the id again finds the first of them.
	if _, err := s.Import(ctx, importOf(bare, func(add func(*geo.Feature) error) error {
		return add(&geo.Feature{SourceID: "x", Values: []geo.Value{geo.Int(9)}})
	})); err != nil {
		t.Fatal(err)
	}
	if past, err := s.History(ctx, "bare", key, geo.Reader{}); err != nil || number(past[0].After) != "9" {
		t.Errorf("sent again: %+v, %v", past, err)
	}
}

// TestUndoMeetsAHiddenDocument: a document that was raised since is refused in
// the words of one that was removed.
func TestUndoMeetsAHiddenDocument(t *testing.T) {
	file, s := create(t)
	defer file.Close()
	view := func(id, body string, c geo.Class) geo.Version {
		return apply(t, s, geo.Batch{Docs: []geo.Doc{{Kind: "view", ID: id, Body: []byte(body), Class: c}}}).Version
	}
	for _, later := range []struct {
		desc, body string
		class      geo.Class
	}{{"removed", "", geo.Unclassified}, {"raised", `{"n":2}`, geo.Confidential}} {
		made := view(later.desc, `{"n":1}`, geo.Unclassified)
		view(later.desc, later.body, later.class)
		if _, err := s.Undo(ctx, made, geo.Reader{}, "bob", ""); geo.CodeOf(err) != geo.Conflict || !strings.Contains(err.Error(), "others have changed the view") {
			t.Errorf("%s: %v", later.desc, err)
		}
	}
}
