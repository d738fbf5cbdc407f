package alert

import (
	"context"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/filter"
	"bivouac/geo/layer"
)

// scope is what a rule selects in one state, for those who see its Alerts.
type scope struct {
	rule   *Rule
	snap   *layer.Snapshot
	layer  *layer.Layer // nil where the collection is not there yet
	reader geo.Reader
	only   *string // the mission of the records, nil for all that the reader sees
	match  geo.Predicate
	asked  func(uint32) geo.Tri // match, bound to table
	table  geo.Table
	near   *neighbours // read when the first record passes the filter
}

// newScope prepares the rule for the state. A rule that all missions share is
// asked of the records of one of them.
func (r *Rule) newScope(snap *layer.Snapshot, mission string) (*scope, error) {
	s := &scope{rule: r, snap: snap, reader: geo.Reader{Ceiling: r.Class, Missions: []string{mission}}}
	if r.Mission == "" {
		s.only = &mission
	}
	l, err := snap.Layer(r.Collection)
	if err != nil {
		return s, nil
	}
	s.layer = l
	s.match, err = filterOf(l, "body.filter", r.Filter)
	return s, err
}

// sees reports whether the record is one of those that the rule is asked of.
func (s *scope) sees(r geo.Row) bool {
	t, n := r.Table(), r.Number()
	return s.reader.Sees(t.Class(n), t.Mission(n)) && (s.only == nil || t.Mission(n) == *s.only)
}

// selects reports whether the record meets the rule, but for its threshold, and
// which record it is near to.
func (s *scope) selects(ctx context.Context, r geo.Row, now geo.Time) (*Neighbour, bool, error) {
	if !s.sees(r) {
		return nil, false, nil
	}
	if s.match != nil {
		if s.table != r.Table() {
			asked, err := s.match.Bind(r.Table())
			if err != nil {
				return nil, false, err
			}
			s.asked, s.table = asked, r.Table()
		}
		if s.asked(r.Number()) != geo.True {
			return nil, false, nil
		}
	}
	if s.rule.Near == nil {
		return nil, true, nil
	}
	if err := s.readNear(ctx); err != nil {
		return nil, false, err
	}
	at, known := timeOf(r)
	if !known {
		at = now
	}
	n, ok := s.near.nearest(r.Geometry(), at)
	return &n, ok, nil
}

func (s *scope) readNear(ctx context.Context) (err error) {
	if s.near == nil {
		s.near, err = findNeighbours(ctx, s.snap, s.rule.Near, s.reader)
	}
	return err
}

// selected reports whether the record of the key met the rule in this state.
func (s *scope) selected(ctx context.Context, k geo.Key, now geo.Time) (bool, error) {
	if s.layer == nil {
		return false, nil
	}
	row, ok := s.layer.Find(k, s.reader)
	if !ok {
		return false, nil
	}
	_, ok, err := s.selects(ctx, row, now)
	return ok, err
}

// each calls f with the records that meet the rule and began within the time,
// at the places where those are given.
func (s *scope) each(ctx context.Context, from, to, now geo.Time, places geo.Predicate, f func(geo.Row, geo.Time)) error {
	if s.layer == nil {
		return nil
	}
	match := s.match
	if places != nil {
		match = filter.And(match, places)
	}
	if s.rule.Near != nil {
		if err := s.readNear(ctx); err != nil {
			return err
		}
		if b := s.near.bound(); b != nil {
			match = filter.And(match, b)
		}
	}
	rows, failed := s.layer.Select(ctx, geo.Selection{Reader: s.reader, During: geo.Between(from, to), Match: match})
	for row := range rows {
		at, known := timeOf(row)
		if !known || at < from || at >= to {
			continue
		}
		_, ok, err := s.selects(ctx, row, now)
		if err != nil {
			return err
		}
		if ok {
			f(row, at)
		}
	}
	return failed()
}

// timeOf is when the record began.
func timeOf(r geo.Row) (geo.Time, bool) {
	start := r.Table().Valid(r.Number()).Start
	return start.Time, start.Kind == geo.At
}

// placeOf is the middle of the record, false where it has no place.
func placeOf(r geo.Row) (orb.Point, bool) {
	if p, ok := r.Point(); ok {
		return p, true
	}
	b, ok := r.Table().Bound(r.Number())
	lon, lat := b.Centre()
	return orb.Point{lon, lat}, ok
}
