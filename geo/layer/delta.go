package layer

import (
	"cmp"
	"slices"

	"bivouac/geo"
	"bivouac/geo/index"
)

// delta is the rows that came since the base was packed. Versions share the
// slices of its page: each sees its own first n rows, and only the writer,
// who holds the newest, appends behind them.
type delta struct {
	*page
	tree    *index.Delta
	dead    bits
	byKey   []keyed  // the living rows, by key
	byPlace []ranked // the living rows, by (Hilbert key, Key), those without a place last
	sum     summary  // of all rows
	writer  *writer
}

type keyed struct {
	key geo.Key
	row uint32
}

// writer is what the versions of one delta share to append to its columns. A
// delta that is no longer the newest may not: with gives it columns of its
// own.
type writer struct {
	rows   *appender
	newest *page
}

func newDelta(schema *geo.Schema) *delta {
	p := newPage(schema)
	return &delta{page: p, tree: &index.Delta{}, sum: emptySummary, writer: &writer{appendTo(p), p}}
}

func (d *delta) live() int { return len(d.byKey) }

func (d *delta) find(k geo.Key) (uint32, bool) {
	i, ok := slices.BinarySearchFunc(d.byKey, k, func(e keyed, k geo.Key) int { return cmp.Compare(e.key, k) })
	if !ok {
		return 0, false
	}
	return d.byKey[i].row, true
}

// each calls f with every row that may answer a question that is bounded by
// place.
func (d *delta) each(q *question, f func(n uint32) bool) {
	boxes := q.box
	if boxes == nil {
		boxes = q.hint
	}
	d.search(boxes, f)
}

// search calls f once with every row whose box meets one of the boxes, the
// dead ones among them, until f returns false.
func (d *delta) search(boxes []geo.Box, f func(n uint32) bool) {
	if len(boxes) == 1 {
		d.tree.Search(boxes[0], f)
		return
	}
	seen, on := map[uint32]bool{}, true
	for _, b := range boxes {
		d.tree.Search(b, func(n uint32) bool {
			if !seen[n] {
				seen[n] = true
				on = f(n)
			}
			return on
		})
		if !on {
			return
		}
	}
}

// hits returns the selected rows behind the cursor, in order. Those of has are
// still to be asked for, as they are reached; nil has asked already.
func (d *delta) hits(p *pulse, s geo.Selection) (rows []ranked, has func(uint32) bool, err error) {
	if len(d.byKey) == 0 {
		return nil, nil, nil
	}
	q, err := bind(d.page, d.dead, s)
	if err != nil {
		return nil, nil, err
	}
	if q.placeless() {
		first, _ := slices.BinarySearchFunc(d.byPlace, s.After, func(r ranked, c geo.Cursor) int {
			if c.Before(r.rank, r.key) {
				return 1
			}
			return -1
		})
		return d.byPlace[first:], q.has, nil
	}
	d.each(q, func(n uint32) bool {
		if !p.rows(1) {
			return false
		}
		if rank := d.rank(n); q.has(n) && s.After.Before(rank, d.keys[n]) {
			rows = append(rows, ranked{rank, d.keys[n], n})
		}
		return true
	})
	slices.SortFunc(rows, ranked.compare)
	return rows, nil, nil
}

// count returns how many rows are selected. Where all surely are, it looks at
// none of them.
func (d *delta) count(p *pulse, s geo.Selection) (total int, err error) {
	if len(d.byKey) == 0 {
		return 0, nil
	}
	q, err := bind(d.page, d.dead, s)
	if err != nil {
		return 0, err
	}
	if q.placeless() && q.match == nil && !p.marks(q) {
		if whole, _ := q.summary(&d.sum); whole {
			return len(d.byKey), nil
		}
	}
	one := func(n uint32) bool {
		if q.has(n) {
			p.see(d.page, n)
			total++
		}
		return p.rows(1)
	}
	d.rows(q, one)
	return total, nil
}

// rows calls f with every row that may answer a question, until f returns
// false.
func (d *delta) rows(q *question, f func(n uint32) bool) {
	if !q.placeless() {
		d.each(q, f)
		return
	}
	for _, k := range d.byKey {
		if !f(k.row) {
			return
		}
	}
}
