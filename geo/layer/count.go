package layer

import (
	"cmp"
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
	marks, highest := p.marks(q), geo.Unclassified
	total := 0
	l.base.tree.Visit(0, func(n index.Node) index.Verdict {
		if !p.node() {
			return index.Skip
		}
		highest = l.base.sums[n.ID].class
		return q.node(n, &l.base.sums[n.ID])
	}, func(from, to uint32, whole bool) bool {
		marked := marks && highest > geo.Unclassified
		if whole && q.match == nil {
			if marked {
				p.seeRun(l.base, l.dead, from, to)
			}
			total += int(to-from) - q.dead.count(from, to)
			return true
		}
		total += q.count(p, from, to, whole, marked)
		return p.err == nil
	})
	if q.placeless() {
		total += q.count(p, l.base.placed, uint32(l.base.n), false, marks)
	}
	extra, err := l.delta.count(p, s)
	if err != nil {
		return 0, err
	}
	return total + extra, p.err
}

// CountPlaced is Count of the records that have a place.
func (l *Layer) CountPlaced(ctx context.Context, s geo.Selection) (int, error) {
	if s.Box.Everything() {
		s.Box = geo.World
	}
	return l.Count(ctx, s)
}

// count asks the rows of a run, in whole nodes no more than rest asks.
func (q *question) count(p *pulse, from, to uint32, whole, marked bool) int {
	total := 0
	for from < to && p.rows(min(pulseEvery, int(to-from))) {
		end := min(from+pulseEvery, to)
		for n := from; n < end; n++ {
			if whole && q.rest(n) || !whole && q.has(n) {
				total++
				if marked {
					p.see(q.page, n)
				}
			}
		}
		from = end
	}
	return total
}

// Extent is where and when the selected records are.
type Extent struct {
	Count      int
	Placed     int          // records with a place
	Box        geo.Box      // of those; meaningless where Placed is 0
	During     geo.Interval // from the first start to the last end, of the records that say anything of time; open where one has no end
	Classified int          // records above unclassified
	Highest    geo.Class
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
	if c := t.Class(n); c > geo.Unclassified {
		e.Classified++
		e.Highest = max(e.Highest, c)
	}
	if box, ok := t.Bound(n); ok {
		if e.Placed == 0 {
			e.Box = box
		}
		e.Box = e.Box.Union(box)
		e.Placed++
	}
	v := t.Valid(n)
	if v.Start.Kind <= geo.Absent && v.End.Kind <= geo.Absent {
		return // says nothing of time
	}
	e.During.Start = outer(e.During.Start, v.Start, -1)
	e.During.End = outer(e.During.End, v.End, 1)
}

// outer returns the end that lies farther out, an unbounded one farthest. A
// record that nobody knows the time of says nothing.
func outer(a, b geo.End, sign int) geo.End {
	switch {
	case b.Kind == geo.Unknown || a.Kind == geo.Open:
		return a
	case b.Kind != geo.At:
		return geo.End{Kind: geo.Open}
	case a.Kind == geo.At && cmp.Compare(b.Time, a.Time)*sign <= 0:
		return a
	}
	return b
}
