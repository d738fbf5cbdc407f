package intake

import (
	"context"
	"strconv"

	"github.com/paulmach/orb"

	"bivouac/data/load"
	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/staging"
)

// peeked is how many rows say whether a file's keys are those of a collection.
const peeked = 200

// file opens the file by the options. Numbers that look like keys of the
// collection are taken for its keys where the rows say so; those of another
// store, or of a sender that numbers his records, are not.
func (s *Imports) file(ctx context.Context, d *load.Dataset, o load.Options, reader geo.Reader) (*load.File, error) {
	f, err := d.File(o)
	if err != nil || o.Key != "" || f.Key() == "" {
		return f, err
	}
	l, err := s.store.Snapshot().Layer(f.Schema().Name)
	if err != nil {
		return f, nil
	}
	if known, err := knows(ctx, l, f, reader); known || err != nil {
		return f, err
	}
	o.Key = staging.NoKey
	return d.File(o)
}

// knows reports whether the rows of a file are of the records whose keys they
// state: whether at least half of the first of them say for the greater part what
// that record says. Where a sender numbers his records and these numbers are their
// source ids, keys may be the same numbers: then they are his.
func knows(ctx context.Context, l *layer.Layer, f *load.File, reader geo.Reader) (bool, error) {
	asked, alike, theirs := 0, 0, 0
	schema := f.Schema()
	err := f.Peek(ctx, peeked, func(f *geo.Feature) error {
		if f.Key == 0 {
			return nil
		}
		asked++
		r, ok := l.Find(f.Key, reader)
		switch {
		case !ok:
		case f.SourceID == "" && r.SourceID() == strconv.FormatInt(int64(f.Key), 10):
			theirs++
		case isAlike(l.Schema(), r.Feature(), &schema, f):
			alike++
		}
		return nil
	})
	return asked > 0 && 2*alike >= asked && alike > theirs, err
}

// isAlike reports whether at least half of what both records state, and some of
// it, is the same. What most records of a mission share says nothing.
func isAlike(s *geo.Schema, a geo.Feature, t *geo.Schema, b *geo.Feature) bool {
	same, all := 0, 0
	count := func(equal bool) {
		if all++; equal {
			same++
		}
	}
	for i := range t.Fields {
		field := &t.Fields[i]
		j := s.Field(field.Name)
		if j < 0 || field.Role == geo.ClassRole || field.Role == geo.MissionRole || a.Value(j).Null() || b.Value(i).Null() {
			continue
		}
		count(a.Value(j).Equal(b.Value(i)) || s.Fields[j].Kind == geo.KindFloat && a.Value(j).Float() == b.Value(i).Float())
	}
	if a.Geometry != nil && b.Geometry != nil {
		count(staging.SameShape(&a, b))
	}
	return same > 0 && 2*same >= all
}

// marks are those of a record by which people know it: its name, its time and
// its place.
type marks struct{ same, other int }

// marksOf compares those that both state; a sender's id, where both have one, is
// enough.
func marksOf(s *geo.Schema, a, b *geo.Feature) (m marks) {
	if a.SourceID != "" && a.SourceID == b.SourceID {
		return marks{same: 1}
	}
	count := func(equal bool) {
		if equal {
			m.same++
		} else {
			m.other++
		}
	}
	for i := range s.Fields {
		v, w := a.Value(i), b.Value(i)
		if r := s.Fields[i].Role; (r == geo.NameRole || r == geo.InstantRole || r == geo.StartRole) && !v.Null() && !w.Null() {
			count(v.Equal(w))
		}
	}
	if a.Geometry != nil && b.Geometry != nil {
		count(orb.Equal(a.Geometry, b.Geometry))
	}
	return m
}

// isAnother reports whether a row that states the key of a record speaks of
// another one, as rows do whose numbers were filled down, or slipped by a line:
// all of two marks or more differ, or the only one does with more than half of
// all else.
func isAnother(s *geo.Schema, record, row *geo.Feature) bool {
	m := marksOf(s, record, row)
	return m.same == 0 && (m.other > 1 || m.other == 1 && !isAlike(s, *record, s, row))
}
