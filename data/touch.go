package data

import (
	"cmp"
	"slices"

	"bivouac/geo"
)

// touches counts what the deed does, by collection or kind of document, class
// and mission.
func (d *Deed) touches() []geo.Touch {
	t := tally{}
	for i := range d.Schemas {
		t.at(d.Schemas[i].Name, "", geo.Unclassified, "")
	}
	for i := range d.Edits {
		e := &d.Edits[i]
		t.edit(e.Collection, "", markOf(e.Before), markOf(e.After))
	}
	for i := range d.Docs {
		e := &d.Docs[i]
		kind := ""
		for _, doc := range []*geo.Doc{e.Before, e.After} {
			if doc != nil {
				kind = doc.Kind
			}
		}
		t.edit("", kind, markOfDoc(e.Before), markOfDoc(e.After))
	}
	return t.list()
}

// mark is what rules who sees something.
type mark struct {
	there   bool
	class   geo.Class
	mission string
}

func markOf(f *geo.Feature) mark {
	if f == nil {
		return mark{}
	}
	return mark{true, f.Class, f.Mission}
}

func markOfDoc(d *geo.Doc) mark {
	if d == nil {
		return mark{}
	}
	return mark{true, d.Class, d.Mission}
}

// tally gathers touches.
type tally map[geo.Touch]*geo.Touch

func (t tally) at(collection, document string, c geo.Class, mission string) *geo.Touch {
	key := geo.Touch{Collection: collection, Document: document, Class: c, Mission: mission}
	if t[key] == nil {
		counted := key
		t[key] = &counted
	}
	return t[key]
}

// edit counts a change. One that moves a record from one mark to another is a
// removal there and an addition here, for whoever sees only one of them.
func (t tally) edit(collection, document string, before, after mark) {
	switch {
	case before.there && after.there && before == after:
		t.at(collection, document, after.class, after.mission).Replaced++
		return
	case before.there:
		t.at(collection, document, before.class, before.mission).Removed++
	}
	if after.there {
		t.at(collection, document, after.class, after.mission).Added++
	}
}

// list returns the touches in an order of their own, so that equal deeds read
// alike.
func (t tally) list() []geo.Touch {
	out := make([]geo.Touch, 0, len(t))
	for _, touch := range t {
		out = append(out, *touch)
	}
	slices.SortFunc(out, func(a, b geo.Touch) int {
		return cmp.Or(cmp.Compare(a.Collection, b.Collection), cmp.Compare(a.Document, b.Document),
			cmp.Compare(a.Class, b.Class), cmp.Compare(a.Mission, b.Mission))
	})
	return out
}
