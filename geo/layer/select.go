package layer

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"sort"

	"bivouac/geo"
	"bivouac/geo/index"
)

// Select returns the selected records in (Hilbert key, Key) order, those
// without a place last. The second result is asked after the loop: an error
// other than nil (cancelled, a bad predicate or cursor) makes what was read
// void.
func (l *Layer) Select(ctx context.Context, s geo.Selection) (iter.Seq[geo.Row], func() error) {
	var err error
	rows := func(yield func(geo.Row) bool) {
		err = l.scan(ctx, s, yield)
	}
	return rows, func() error { return err }
}

func (l *Layer) scan(ctx context.Context, s geo.Selection, yield func(geo.Row) bool) error {
	if s.After.Order == geo.ByMetres {
		return geo.Errorf(geo.Invalid, "after", "that place belongs to a list by distance; ask again with near, or without after")
	}
	q, err := bind(l.base.page, l.dead, s)
	if err != nil {
		return err
	}
	p := newPulse(ctx)
	extra, err := l.delta.hits(p, s)
	if err != nil {
		return err
	}
	m := &merge{delta: l.delta, extra: extra, yield: yield, left: s.Limit, pulse: p, marks: p.marks(q) || p.watched && len(extra) > 0}
	if m.base(l.base, q, p, s.After) && p.err == nil {
		m.flush(index.Unplaced, 0, true)
	}
	return p.err
}

// merge yields rows of the base and of the delta in one order.
type merge struct {
	delta *delta
	extra []ranked // not yet yielded
	yield func(geo.Row) bool
	left  int // rows that may still be yielded; 0 is no limit
	pulse *pulse
	marks bool // rows are looked at for their class
}

// CursorAfter returns the place behind a row in the order of Select.
func CursorAfter(r geo.Row) geo.Cursor {
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
	if len(m.extra) > 0 && !m.flush(b.rank(n), b.keys[n], false) {
		return false
	}
	return m.give(b.page, n)
}

// flush yields the delta's rows that come before the rank and key, or all.
func (m *merge) flush(rank uint64, key geo.Key, all bool) bool {
	for len(m.extra) > 0 {
		e := m.extra[0]
		if !all && (e.rank > rank || e.rank == rank && e.key > key) {
			return true
		}
		m.extra = m.extra[1:]
		if !m.give(m.delta.page, e.row) {
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

// hits returns the delta's selected rows behind the cursor, in order.
func (d *delta) hits(p *pulse, s geo.Selection) ([]ranked, error) {
	if d.n == 0 {
		return nil, nil
	}
	q, err := bind(d.page, d.dead, s)
	if err != nil {
		return nil, err
	}
	var out []ranked
	d.each(q, func(n uint32) bool {
		if !p.rows(1) {
			return false
		}
		if rank := d.rank(n); q.has(n) && s.After.Before(rank, d.keys[n]) {
			out = append(out, ranked{rank, d.keys[n], n})
		}
		return true
	})
	slices.SortFunc(out, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.key, b.key))
	})
	return out, nil
}
