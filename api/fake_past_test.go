package api_test

import (
	"context"
	"slices"

	"bivouac/geo"
	"bivouac/geo/layer"
)

func (f *fakeStore) AsOf(_ context.Context, v geo.Version) (*layer.Snapshot, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if v < 1 || int(v) >= len(f.states) {
		return nil, geo.Errorf(geo.NotFound, "version", "there is no version %d", v)
	}
	return f.states[v], nil
}

func (f *fakeStore) Commits(_ context.Context, r geo.Reader, after, upTo geo.Version, limit int) ([]geo.Commit, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []geo.Commit
	for v := min(upTo, geo.Version(len(f.commits)-1)); v > after && v > 0 && len(out) < limit; v-- {
		c := f.commits[v].Commit
		c.Touches = slices.DeleteFunc(slices.Clone(c.Touches), func(t geo.Touch) bool { return !r.Sees(t.Class, t.Mission) })
		if len(c.Touches) > 0 {
			out = append(out, c)
		}
	}
	return out, nil
}

func (f *fakeStore) Changes(_ context.Context, v geo.Version, r geo.Reader, limit int) ([]geo.Past, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []geo.Past
	for _, p := range f.commits[v].records {
		if seen, some := seenBy(r, p); some && len(out) < limit {
			out = append(out, seen)
		}
	}
	return out, nil
}

// seenBy returns what the reader sees of a change.
func seenBy(r geo.Reader, p geo.Past) (geo.Past, bool) {
	for _, f := range []**geo.Feature{&p.Before, &p.After} {
		if *f != nil && !r.Sees((*f).Class, (*f).Mission) {
			*f = nil
		}
	}
	return p, p.Before != nil || p.After != nil
}

func (f *fakeStore) History(_ context.Context, collection string, k geo.Key, r geo.Reader) ([]geo.Past, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []geo.Past
	for _, c := range slices.Backward(f.commits) {
		for _, p := range c.records {
			if seen, some := seenBy(r, p); some && p.Collection == collection && p.Key == k {
				seen.Commit = c.Commit
				seen.Touches = nil
				out = append(out, seen)
			}
		}
	}
	return out, nil
}

func (f *fakeStore) DocHistory(_ context.Context, kind, id string, r geo.Reader) ([]geo.PastDoc, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []geo.PastDoc
	for _, c := range slices.Backward(f.commits) {
		for _, p := range c.docs {
			if d := docOf(p); d.Kind != kind || d.ID != id {
				continue
			}
			for _, d := range []**geo.Doc{&p.Before, &p.After} {
				if *d != nil && !r.Sees((*d).Class, (*d).Mission) {
					*d = nil
				}
			}
			if p.Before != nil || p.After != nil {
				p.Commit = c.Commit
				out = append(out, p)
			}
		}
	}
	return out, nil
}

func (f *fakeStore) Wait(ctx context.Context, v geo.Version) error {
	for {
		f.mu.Lock()
		stands, news := geo.Version(len(f.states)-1) > v, f.news
		f.mu.Unlock()
		if stands {
			return nil
		}
		select {
		case <-news:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Undo takes back the records of the Commit that the reader sees whole.
func (f *fakeStore) Undo(_ context.Context, v geo.Version, r geo.Reader, author, reason string) (geo.Receipt, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	b := geo.Batch{Author: author, Reason: reason}
	var clashes []geo.Clash
	if int(v) < len(f.commits) {
		for _, p := range slices.Backward(f.commits[v].records) {
			if seen, _ := seenBy(r, p); seen.Before != p.Before || seen.After != p.After {
				continue
			}
			change, clash := f.reverse(v, p)
			b.Changes = append(b.Changes, change)
			clashes = append(clashes, clash...)
		}
	}
	if len(b.Changes) == 0 {
		return geo.Receipt{}, geo.Errorf(geo.NotFound, "version", "there is no version %d that could be undone", v)
	}
	if len(clashes) > 0 {
		e := geo.Errorf(geo.Conflict, "version", "others have changed %d of its records since", len(clashes))
		e.Clashes = clashes
		return geo.Receipt{}, e
	}
	return f.commit(b, v)
}

// reverse returns the change that takes another back, and the clash with what
// stands now.
func (f *fakeStore) reverse(v geo.Version, p geo.Past) (geo.Change, []geo.Clash) {
	l, _ := f.states[len(f.states)-1].Layer(p.Collection)
	now := featureAt(l, p.Key)
	built := (now == nil) != (p.After == nil) || now != nil && now.Rev != v
	c := geo.Change{Collection: p.Collection, Op: geo.Replace, Feature: geo.Feature{Key: p.Key}}
	switch {
	case p.Before == nil:
		c.Op = geo.Remove
	case p.After == nil:
		c.Op = geo.Add
		fallthrough
	default:
		c.Feature = *p.Before
	}
	if built {
		return c, []geo.Clash{{Collection: p.Collection, Key: p.Key, Yours: p.Before, Theirs: now}}
	}
	return c, nil
}
