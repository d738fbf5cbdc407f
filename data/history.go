package data

import (
	"context"
	"slices"

	"bivouac/geo"
)

// Commits returns those after the one Version and not after the other that
// touched something that the reader sees, the newest first, at most limit.
func (s *Store) Commits(ctx context.Context, r geo.Reader, after, upTo geo.Version, limit int) ([]geo.Commit, error) {
	var out []geo.Commit
	if s.vault == nil {
		return out, nil
	}
	for c, err := range s.vault.Commits(ctx, after, upTo) {
		if err != nil {
			return nil, err
		}
		c.Touches = slices.DeleteFunc(c.Touches, func(t geo.Touch) bool { return !r.Sees(t.Class, t.Mission) })
		if len(c.Touches) == 0 {
			continue
		}
		if out = append(out, c); len(out) == limit {
			break
		}
	}
	return out, nil
}

// Changes returns what a Commit did to records, as far as the reader sees, at
// most limit of them. The records that an import added are not among them.
func (s *Store) Changes(ctx context.Context, v geo.Version, r geo.Reader, limit int) ([]geo.Past, error) {
	keys, err := s.editedBy(ctx, v)
	if err != nil {
		return nil, err
	}
	var out []geo.Past
	for _, k := range keys {
		all, err := s.pasts(ctx, k.collection, k.key, v-1)
		if err != nil {
			return nil, err
		}
		for _, p := range all {
			if p, seen := asSeen(p, r); seen && p.Version == v && len(out) < limit {
				out = append(out, p)
			}
		}
		if len(out) == limit {
			break
		}
	}
	return out, nil
}

type record struct {
	collection string
	key        geo.Key
}

// editedBy returns the records that the Commit changed, in the order of its
// changes.
func (s *Store) editedBy(ctx context.Context, v geo.Version) ([]record, error) {
	var out []record
	if s.vault == nil {
		return out, nil
	}
	met := map[record]bool{}
	for p, err := range s.vault.Edits(ctx, EditQuery{After: v - 1, UpTo: v}) {
		if err != nil {
			return nil, err
		}
		if k := (record{p.Collection, p.Key}); !met[k] {
			met[k] = true
			out = append(out, k)
		}
	}
	slices.Reverse(out)
	return out, nil
}

// History returns the changes of one record as far as the reader sees them,
// the newest first. A record of which it sees no state is not found.
func (s *Store) History(ctx context.Context, collection string, k geo.Key, r geo.Reader) ([]geo.Past, error) {
	all, err := s.pasts(ctx, collection, k, 0)
	if err != nil {
		return nil, err
	}
	var out []geo.Past
	for _, p := range all {
		if p, seen := asSeen(p, r); seen {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return nil, geo.Errorf(geo.NotFound, "key", "%s has no record %d", collection, k)
	}
	return out, nil
}

// asSeen leaves out the states that the reader may not see. To it, a record
// begins when it may first see it, and ends when it may no more.
func asSeen(p geo.Past, r geo.Reader) (geo.Past, bool) {
	if p.Before != nil && !r.Sees(p.Before.Class, p.Before.Mission) {
		p.Before = nil
	}
	if p.After != nil && !r.Sees(p.After.Class, p.After.Mission) {
		p.After = nil
	}
	return p, p.Before != nil || p.After != nil
}

// pasts returns the changes of one record after the Version, the newest first.
func (s *Store) pasts(ctx context.Context, collection string, k geo.Key, after geo.Version) ([]geo.Past, error) {
	l, err := s.Snapshot().Layer(collection)
	if err != nil || s.vault == nil {
		return nil, err
	}
	var stands *geo.Feature
	if row, ok := l.Find(k, geo.Unrestricted()); ok {
		f := row.Feature()
		stands = &f
	}
	var out []geo.Past
	for p, err := range s.vault.Edits(ctx, EditQuery{After: after, Collection: collection, Key: k}) {
		if err != nil {
			return nil, err
		}
		p.After = stands
		stands = p.Before
		out = append(out, p)
	}
	if stands == nil {
		return out, nil
	}
	intakes, err := s.vault.Intakes(ctx, after)
	if err != nil {
		return nil, err
	}
	for i := range intakes {
		if intakes[i].Has(collection, k) {
			out = append(out, geo.Past{Commit: intakes[i].Commit, Collection: collection, Key: k, After: stands})
		}
	}
	return out, nil
}

// DocHistory returns the changes of one document as far as the reader sees
// them, the newest first.
func (s *Store) DocHistory(ctx context.Context, kind, id string, r geo.Reader) ([]geo.PastDoc, error) {
	var stands *geo.Doc
	for _, d := range s.Snapshot().Docs(kind, geo.Unrestricted()) {
		if d.ID == id {
			stands = &d
		}
	}
	var out []geo.PastDoc
	if s.vault == nil {
		return nil, noDoc(kind, id)
	}
	for p, err := range s.vault.DocEdits(ctx, 0) {
		if err != nil {
			return nil, err
		}
		if p.Kind != kind || p.ID != id {
			continue
		}
		p.After = stands
		stands = p.Before
		if p, seen := docAsSeen(p, r); seen {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return nil, noDoc(kind, id)
	}
	return out, nil
}

func noDoc(kind, id string) error {
	return geo.Errorf(geo.NotFound, "id", "there is no %s %q", kind, id)
}

func docAsSeen(p geo.PastDoc, r geo.Reader) (geo.PastDoc, bool) {
	if p.Before != nil && !r.Sees(p.Before.Class, p.Before.Mission) {
		p.Before = nil
	}
	if p.After != nil && !r.Sees(p.After.Class, p.After.Mission) {
		p.After = nil
	}
	return p, p.Before != nil || p.After != nil
}
