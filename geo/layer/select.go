package layer

import (
	"cmp"
	"context"
	"iter"
	"math"
	"sort"

	"bivouac/geo"
	"bivouac/geo/index"
)

// Select returns the selected records in (Hilbert key, Key) order, those
// without a place last, or in the order that the Selection has. The second result is asked after the loop: an error
// other than nil (cancelled, a bad predicate or cursor) makes what was read
// void.
func (l *Layer) Select(ctx context.Context, s geo.Selection) (iter.Seq[geo.Row], func() error) {
	var err error
	rows := func(yield func(geo.Row) bool) {
		if len(s.Sort) > 0 {
			err = l.sorted(ctx, s, yield)
			return
		}
		err = l.scan(ctx, s, yield)
	}
	return rows, func() error { return err }
}

func (l *Layer) scan(ctx context.Context, s geo.Selection, yield func(geo.Row) bool) error {
	switch s.After.Order {
	case geo.ByMetres:
		return geo.Errorf(geo.Invalid, "after", "that place belongs to a list by distance; ask again with near, or without after")
	case geo.ByValues:
		return geo.Errorf(geo.Invalid, "after", "that place belongs to a sorted list; ask again with the same sortby, or without after")
	}
	q, err := bind(l.base.page, l.dead, s)
	if err != nil {
		return err
	}
	p := newPulse(ctx)
	extra, has, err := l.delta.hits(p, s)
	if err != nil {
		return err
	}
	m := &merge{delta: l.delta, extra: extra, has: has, yield: yield, left: s.Limit, pulse: p, marks: p.marks(q) || p.watched && len(extra) > 0}
	m.head(l.base)
	if m.base(l.base, q, p, s.After) && p.err == nil {
		m.flush(l.base, uint32(l.base.n))
	}
	return p.err
}

// merge yields rows of the base and of the delta in one order.
type merge struct {
	delta *delta
	extra []ranked          // not yet yielded
	has   func(uint32) bool // says which of them belong to the answer; nil is all
	due   uint32            // the row of the base that comes behind the first of them
	yield func(geo.Row) bool
	left  int // rows that may still be yielded; 0 is no limit
	pulse *pulse
	marks bool // rows are looked at for their class
}

// CursorAfter returns the place behind a row in the order of Select that is
// sorted so.
func CursorAfter(r geo.Row, sort []geo.SortKey) geo.Cursor {
	if len(sort) > 0 {
		values := make([]geo.Value, len(sort))
		for i := range sort {
			values[i] = r.Named(sort[i].Field)
		}
		return geo.ValuesCursor(values, r.Key())
	}
	box, ok := r.Table().Bound(r.Number())
	if !ok {
		return geo.PlaceCursor(index.Unplaced, r.Key())
	}
	return geo.PlaceCursor(index.Hilbert(box.Centre()), r.Key())
}

// ranked is a row of the delta with its place in the order.
type ranked struct {
	rank uint64
	key  geo.Key
	row  uint32
}

func (r ranked) compare(o ranked) int {
	return cmp.Or(cmp.Compare(r.rank, o.rank), cmp.Compare(r.key, o.key))
}

// base offers the base's rows behind the cursor; false ends the read.
func (m *merge) base(b *base, q *question, p *pulse, after geo.Cursor) bool {
	take := func(from, to uint32, whole bool) bool {
		for n := from; n < to; n++ {
			if !p.rows(1) {
				return false
			}
			if whole && q.rest(n) || !whole && q.has(n) {
				if !m.row(b, n) {
					return false
				}
			}
		}
		return true
	}
	look := func(n index.Node) index.Verdict {
		if !p.node() {
			return index.Skip
		}
		return q.node(n, &b.sums[n.ID])
	}
	first := b.after(after)
	if !b.tree.Visit(first, look, take) || p.err != nil {
		return false
	}
	return !q.placeless() || take(max(first, b.placed), uint32(b.n), false)
}

// after returns the first row behind the cursor.
func (b *base) after(c geo.Cursor) uint32 {
	if c.Order == geo.FromStart {
		return 0
	}
	return uint32(sort.Search(b.n, func(n int) bool { return c.Before(b.rank(uint32(n)), b.keys[n]) }))
}

func (m *merge) row(b *base, n uint32) bool {
	if n >= m.due && !m.flush(b, n) {
		return false
	}
	return m.give(b.page, n)
}

// head finds where the delta's next row belongs, so that the base's rows need
// not be compared with it one by one.
func (m *merge) head(b *base) {
	m.due = math.MaxUint32
	if len(m.extra) > 0 {
		m.due = b.after(geo.PlaceCursor(m.extra[0].rank, m.extra[0].key))
	}
}

// flush yields the delta's rows that come before row n of the base.
func (m *merge) flush(b *base, n uint32) bool {
	for ; m.due <= n; m.head(b) {
		row := m.extra[0].row
		m.extra = m.extra[1:]
		if m.has != nil && (!m.pulse.rows(1) || !m.has(row)) {
			continue
		}
		if !m.give(m.delta.page, row) {
			return false
		}
	}
	return true
}

func (m *merge) give(p *page, n uint32) bool {
	if m.marks {
		m.pulse.see(p, n)
	}
	if !m.yield(geo.RowOf(p, n)) {
		return false
	}
	if m.left == 0 {
		return true
	}
	m.left--
	return m.left > 0
}
