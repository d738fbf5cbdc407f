package data

import (
	"context"
	"maps"

	"bivouac/geo"
)

// Undo commits a new change that puts back what the Commit changed, as far as
// the reader sees both states of a record. A record that others have changed
// since is a clash: then nothing is undone, and the geo.Conflict holds all of
// them. A Commit that did nothing that the reader sees is not found.
func (s *Store) Undo(ctx context.Context, v geo.Version, r geo.Reader, author, reason string) (geo.Receipt, error) {
	return s.commit(ctx, func(a *act) error {
		a.describe(0, author, reason)
		a.deed.Undoes = v
		return a.putBack(ctx, v, r)
	})
}

func (a *act) putBack(ctx context.Context, v geo.Version, r geo.Reader) error {
	if a.store.vault == nil {
		return geo.Errorf(geo.NotFound, "version", "this world is kept in memory and does not remember what it was")
	}
	a.reader = &r
	u := &undoing{act: a, version: v}
	if err := u.records(ctx); err != nil {
		return err
	}
	if err := u.intakes(ctx); err != nil {
		return err
	}
	if err := u.docs(ctx); err != nil {
		return err
	}
	switch {
	case len(u.clashes) > 0:
		e := geo.Errorf(geo.Conflict, "version", "others have changed %d of the records of version %d since; look at both versions, and change the records themselves", len(u.clashes), v)
		e.Clashes = u.clashes
		return e
	case len(a.deed.Edits)+len(a.deed.Docs) == 0:
		return geo.Errorf(geo.NotFound, "version", "there is no version %d that could be undone", v)
	}
	return nil
}

// undoing is an undo in the making.
type undoing struct {
	*act
	version geo.Version
	clashes []geo.Clash
}

// records puts changed records back. Of several changes of one record in the
// Commit, the first says what stood before.
func (u *undoing) records(ctx context.Context) error {
	edited, err := u.store.editedBy(ctx, u.version)
	if err != nil {
		return err
	}
	for _, k := range edited {
		all, err := u.store.pasts(ctx, k.collection, k.key, u.version-1)
		if err != nil {
			return err
		}
		before, after := all[len(all)-1].Before, all[0].After
		for _, p := range all {
			if p.Version == u.version {
				after = p.After
				break
			}
		}
		if err := u.record(k, before, after); err != nil {
			return err
		}
	}
	return nil
}

// record puts one record back to what it was before, if it still is what the
// Commit made of it.
func (u *undoing) record(k record, before, after *geo.Feature) error {
	if !u.sees(before) || !u.sees(after) || before == nil && after == nil {
		return nil
	}
	l := u.layer(k.collection)
	stands := u.stand(l, k.key)
	if !sameRecord(l.Schema(), stands, after) {
		if !u.sees(stands) {
			stands = nil
		}
		u.clashes = append(u.clashes, geo.Clash{Collection: k.collection, Key: k.key, Yours: before, Theirs: stands})
		return nil
	}
	c := geo.Change{Collection: k.collection, Op: geo.Replace}
	switch {
	case before == nil:
		c.Op, c.Feature.Key = geo.Remove, k.key
	case after == nil:
		c.Op, c.Feature = geo.Add, *before
	default:
		c.Feature = *before
	}
	return u.take(c)
}

func (u *undoing) sees(f *geo.Feature) bool {
	return f == nil || u.act.reader.Sees(f.Class, f.Mission)
}

// intakes removes what an import added.
func (u *undoing) intakes(ctx context.Context) error {
	all, err := u.store.vault.Intakes(ctx, u.version-1)
	if err != nil {
		return err
	}
	for i := range all {
		if all[i].Version != u.version {
			continue
		}
		if err := u.intake(ctx, &all[i]); err != nil {
			return err
		}
	}
	return nil
}

func (u *undoing) intake(ctx context.Context, in *Intake) error {
	l := u.layer(in.Collection)
	for k := in.First; k <= in.Last; k++ {
		stands := u.stand(l, k)
		if stands != nil && stands.Rev == u.version {
			if err := u.record(record{in.Collection, k}, nil, stands); err != nil {
				return err
			}
			continue
		}
		all, err := u.store.pasts(ctx, in.Collection, k, u.version-1)
		if err != nil {
			return err
		}
		if err := u.record(record{in.Collection, k}, nil, all[len(all)-1].After); err != nil {
			return err
		}
	}
	return nil
}

// docs puts documents back.
func (u *undoing) docs(ctx context.Context) error {
	later := map[[2]string]*geo.Doc{} // what each was after the change at hand
	for i := range u.act.docs {
		d := &u.act.docs[i]
		later[[2]string{d.Kind, d.ID}] = d
	}
	stands := maps.Clone(later)
	for p, err := range u.store.vault.DocEdits(ctx, u.version-1) {
		if err != nil {
			return err
		}
		key := [2]string{p.Kind, p.ID}
		p.After, later[key] = later[key], p.Before
		if p.Version != u.version {
			continue
		}
		if err := u.document(p, stands[key]); err != nil {
			return err
		}
	}
	return nil
}

// document puts one document back. One that has moved out of the reader's
// sight since is gone, as far as he knows, and so was changed by others.
func (u *undoing) document(p geo.PastDoc, stands *geo.Doc) error {
	for _, d := range []*geo.Doc{p.Before, p.After} {
		if d != nil && !u.act.reader.Sees(d.Class, d.Mission) {
			return nil
		}
	}
	if !sameDoc(p.After, stands) {
		return geo.Errorf(geo.Conflict, "version", "others have changed the %s %q since version %d; change it itself", p.Kind, p.ID, u.version)
	}
	if p.Before == nil {
		return u.doc(geo.Doc{Kind: p.Kind, ID: p.ID})
	}
	back := *p.Before
	back.Rev = 0 // whichever stands; it was compared
	return u.doc(back)
}
