package layer

import (
	"context"

	"bivouac/geo"
	"bivouac/geo/index"
)

// Count returns how many records are selected. It counts whole nodes without
// a look at their rows. After and Limit say where a page of a read begins and
// ends, not what is selected: Count takes no notice of them.
func (l *Layer) Count(ctx context.Context, s geo.Selection) (int, error) {
	s.After, s.Limit = geo.Cursor{}, 0
	q, err := bind(l.base.page, l.dead, s)
	if err != nil {
		return 0, err
	}
	p := newPulse(ctx)
	total := 0
	l.base.tree.Visit(0, func(n index.Node) index.Verdict {
		if !p.node() {
			return index.Skip
		}
		return q.node(n, &l.base.sums[n.ID])
	}, func(from, to uint32, whole bool) bool {
		if whole {
			total += int(to-from) - q.dead.count(from, to)
			return true
		}
		total += q.count(p, from, to)
		return p.err == nil
	})
	if q.placeless() {
		total += q.count(p, l.base.placed, uint32(l.base.n))
	}
	extra, err := l.delta.hits(p, s)
	if err != nil {
		return 0, err
	}
	return total + len(extra), p.err
}

// CountPlaced is Count of the records that have a place.
func (l *Layer) CountPlaced(ctx context.Context, s geo.Selection) (int, error) {
	if s.Box.Everything() {
		s.Box = geo.World
	}
	return l.Count(ctx, s)
}

func (q *question) count(p *pulse, from, to uint32) int {
	total := 0
	for n := from; n < to && p.rows(1); n++ {
		if q.has(n) {
			total++
		}
	}
	return total
}

// Extent is where and when the selected records are.
type Extent struct {
	Count   int
	Placed  int          // records with a place
	Box     geo.Box      // of those; meaningless where Placed is 0
	During  geo.Interval // from the first known start to the last known end
	Highest geo.Class
}

// Extent returns the extent of the selected records, After and Limit apart.
func (l *Layer) Extent(ctx context.Context, s geo.Selection) (Extent, error) {
	s.After, s.Limit = geo.Cursor{}, 0
	var e Extent
	rows, failed := l.Select(ctx, s)
	for r := range rows {
		e.add(r)
	}
	return e, failed()
}

func (e *Extent) add(r geo.Row) {
	t, n := r.Table(), r.Number()
	e.Count++
	e.Highest = max(e.Highest, t.Class(n))
	if box, ok := t.Bound(n); ok {
		if e.Placed == 0 {
			e.Box = box
		}
		e.Box = e.Box.Union(box)
		e.Placed++
	}
	v := t.Valid(n)
	if v.Start.Kind == geo.At && (e.During.Start.Kind != geo.At || v.Start.Time < e.During.Start.Time) {
		e.During.Start = v.Start
	}
	if v.End.Kind == geo.At && (e.During.End.Kind != geo.At || v.End.Time > e.During.End.Time) {
		e.During.End = v.End
	}
	if v.End.Kind == geo.Open {
		e.During.End.Kind = max(e.During.End.Kind, geo.Open)
	}
}
