package intake

import (
	"cmp"
	"context"
	"errors"
	"io"
	"time"

	"bivouac/data"
	"bivouac/geo"
	"bivouac/geo/staging"
)

// Approve takes a staged import into the store, as one Version; where nothing
// would change it makes none, and the Receipt is zero.
func (s *Imports) Approve(ctx context.Context, id string, owner geo.Asker, author, reason string) (geo.Receipt, error) {
	x, err := s.take(id, owner)
	if err != nil {
		return geo.Receipt{}, err
	}
	// Once it is begun, it does not end because whoever asked for it goes away.
	receipt, err := s.commit(context.WithoutCancel(ctx), x, author, cmp.Or(reason, "import of "+x.Name))
	s.mu.Lock()
	defer s.mu.Unlock()
	x.State, x.Version = staging.Approved, receipt.Version
	if err != nil {
		x.State, x.Problem = staging.Staged, staging.NewProblem(forPeople(err))
	}
	s.touch(x)
	// Once it is in the store it is so, whatever its folder says: one that says
	// otherwise is compared anew, and then finds nothing to do.
	_ = s.keep(x)
	if err == nil {
		s.clear(x)
	}
	return receipt, err
}

// take marks an import as one that is taken.
func (s *Imports) take(id string, owner geo.Asker) (*item, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	x, err := s.find(id, owner)
	switch {
	case err != nil:
		return nil, err
	case x.State != staging.Staged:
		return nil, geo.ErrorOf(geo.Conflict, "import", notStaged, x.State)
	}
	x.State, x.Problem = staging.Taking, nil
	x.Progress = staging.Progress{Step: "taking", Total: int64(x.Counts.Added + x.Counts.Changed)}
	s.touch(x)
	if err := s.keep(x); err != nil {
		x.State = staging.Staged
		return nil, err
	}
	return x, nil
}

// commit hands what the spool holds to the store. The item is its own while it
// is being taken.
func (s *Imports) commit(ctx context.Context, x *item, author, reason string) (geo.Receipt, error) {
	if x.Counts.Nothing() {
		return geo.Receipt{}, nil
	}
	source := data.Source{Schema: x.schema, Rows: x.Counts.Added + x.Counts.Changed + x.Counts.Same, Compared: true, Reader: x.Owner.Reader, Author: author, Reason: reason}
	if x.alone {
		source.Alone = max(x.seen, 1)
	}
	err := s.each(x, staging.Deleted, func(r *staging.Row) error {
		source.Removed = append(source.Removed, data.Standing{Key: r.Key, Rev: r.Before.Rev})
		return nil
	})
	if err != nil {
		return geo.Receipt{}, err
	}
	source.Feed = func(_ context.Context, add func(*geo.Feature) error) error {
		begun, told, done := time.Now(), time.Now(), 0
		put := func(r *staging.Row) error {
			if r.Kind == staging.Added {
				r.After.Key = 0
			}
			done++
			if now := time.Now(); done%1024 == 0 && now.Sub(told) >= tellEvery {
				told = now
				s.progress(x, int64(done), float64(done)/now.Sub(begun).Seconds())
			}
			return add(r.After)
		}
		if err := s.each(x, staging.Changed, put); err != nil {
			return err
		}
		return s.each(x, staging.Added, put)
	}
	return s.store.Import(ctx, source)
}

// each calls f with every row of a kind. A spool that has lost some is an error.
func (s *Imports) each(x *item, k staging.Kind, f func(*staging.Row) error) error {
	rows, err := openSpool(s.folder(x), k, &x.schema, 0)
	if err != nil {
		return err
	}
	defer rows.close()
	blocks, stop := rows.ahead()
	defer stop()
	n := 0
	for b := range blocks {
		for i := range b.rows {
			if err := f(&b.rows[i]); err != nil {
				return err
			}
		}
		n += len(b.rows)
		switch {
		case errors.Is(b.err, io.EOF) && n != *x.Counts.Of(k):
			return onDisk(errTorn)
		case b.err != nil && !errors.Is(b.err, io.EOF):
			return onDisk(b.err)
		}
	}
	return nil
}
