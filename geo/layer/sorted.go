package layer

import (
	"cmp"
	"context"
	"slices"

	"bivouac/geo"
	"bivouac/geo/index"
)

// sortedRoom is how many rows one pass over a layer finds at most: a longer
// read takes several, each behind the one before, so that its memory does not
// grow with the answer.
const sortedRoom = 1 << 16

// place is a row's place in the order of values.
type place struct {
	ranks [geo.MaxSort]uint64
	key   geo.Key
	row   uint32
	delta bool
}

func (p *place) compare(o *place) int {
	return cmp.Or(slices.Compare(p.ranks[:], o.ranks[:]), cmp.Compare(p.key, o.key))
}

// sorting is one read in the order of values.
type sorting struct {
	layer    *Layer
	rankings []*ranking
	pulse    *pulse
	room     int     // places that are kept
	after    place   // only places behind it count
	begun    bool    // there is an after
	found    []place // in no order; never more than twice the room
	worst    *place  // once room were found, none behind it counts
}

func (l *Layer) sorted(ctx context.Context, s geo.Selection, yield func(geo.Row) bool) error {
	o, err := l.sorting(ctx, &s)
	if err != nil {
		return err
	}
	q, err := bind(l.base.page, l.dead, s)
	if err != nil {
		return err
	}
	extra, err := bind(l.delta.page, l.delta.dead, s)
	if err != nil {
		return err
	}
	marks := o.pulse.marks(q) || o.pulse.watched && len(l.delta.byKey) > 0
	for left := s.Limit; ; {
		if o.room = sortedRoom; s.Limit > 0 {
			o.room = min(left, sortedRoom)
		}
		if o.pass(q, extra); o.pulse.err != nil {
			return o.pulse.err
		}
		for i := range o.found {
			p := o.table(&o.found[i])
			if marks {
				o.pulse.see(p, o.found[i].row)
			}
			if !yield(geo.RowOf(p, o.found[i].row)) {
				return nil
			}
		}
		left -= len(o.found)
		if len(o.found) < o.room || left == 0 {
			return nil
		}
		o.after, o.begun = o.found[len(o.found)-1], true
	}
}

func (o *sorting) table(p *place) *page {
	if p.delta {
		return o.layer.delta.page
	}
	return o.layer.base.page
}

// sorting reads the order and the cursor of a Selection.
func (l *Layer) sorting(ctx context.Context, s *geo.Selection) (*sorting, error) {
	o := &sorting{layer: l, pulse: newPulse(ctx)}
	if len(s.Sort) > geo.MaxSort {
		return nil, geo.Errorf(geo.Invalid, "sortby", "at most %d fields are taken", geo.MaxSort)
	}
	values := make([]geo.Value, len(s.Sort))
	if s.After.Order != geo.FromStart {
		kinds := make([]geo.Kind, len(s.Sort))
		for i, k := range s.Sort {
			if f := l.schema.Field(k.Field); f >= 0 {
				kinds[i] = l.schema.Fields[f].Kind
			}
		}
		var err error
		if values, err = s.After.SortValues(kinds); err != nil {
			return nil, err
		}
		o.begun, o.after.key = true, s.After.Key
	}
	for i, k := range s.Sort {
		r, err := newRanking(l, k, values[i])
		if err != nil {
			return nil, err
		}
		o.rankings = append(o.rankings, r)
		o.after.ranks[i] = r.of(values[i])
	}
	return o, nil
}

// pass finds the first places behind after, and puts them in order.
func (o *sorting) pass(q, extra *question) {
	o.found, o.worst = o.found[:0], nil
	b := o.layer.base
	rows := func(from, to uint32, whole bool) bool {
		for n := from; n < to && o.pulse.rows(1); n++ {
			if p, ok := o.at(n, false); ok && (whole && q.rest(n) || !whole && q.has(n)) {
				o.add(&p)
			}
		}
		return o.pulse.err == nil
	}
	b.tree.Visit(0, func(n index.Node) index.Verdict {
		if !o.pulse.node() {
			return index.Skip
		}
		return q.node(n, &b.sums[n.ID])
	}, rows)
	if q.placeless() {
		rows(b.placed, uint32(b.n), false)
	}
	o.layer.delta.rows(extra, func(n uint32) bool {
		if p, ok := o.at(n, true); ok && extra.has(n) {
			o.add(&p)
		}
		return o.pulse.rows(1)
	})
	o.cut()
}

// at returns the place of a row; false for one that is not looked for,
// whatever it holds. Most rows are told by their first field.
func (o *sorting) at(n uint32, delta bool) (p place, ok bool) {
	p = place{row: n, delta: delta}
	t := o.table(&p)
	for i, r := range o.rankings {
		var codes []uint64
		if delta {
			codes = r.codes
		}
		p.ranks[i] = r.row(&t.columns[r.at], codes, n)
		if i == 0 && (o.worst != nil && p.ranks[0] > o.worst.ranks[0] || o.begun && p.ranks[0] < o.after.ranks[0]) {
			return p, false
		}
	}
	p.key = t.keys[n]
	return p, (o.worst == nil || p.compare(o.worst) < 0) && (!o.begun || p.compare(&o.after) > 0)
}

func (o *sorting) add(p *place) {
	o.found = append(o.found, *p)
	if len(o.found) == max(2*o.room, 1024) {
		o.cut()
	}
}

// cut keeps the first places that there is room for. It sorts as many as it
// lets go, so that each costs the logarithm of the room at most.
func (o *sorting) cut() {
	slices.SortFunc(o.found, func(a, b place) int { return a.compare(&b) })
	if len(o.found) >= o.room {
		o.found = o.found[:o.room]
		worst := o.found[o.room-1]
		o.worst = &worst
	}
}
