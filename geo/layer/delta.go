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
	tree     *index.Delta
	dead     bits
	byKey    []keyed  // the living rows, by key
	unplaced []uint32 // rows without a place, in order of arrival
	writer   *writer
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
	return &delta{page: p, tree: &index.Delta{}, writer: &writer{appendTo(p), p}}
}

func (d *delta) live() int { return len(d.byKey) }

func (d *delta) find(k geo.Key) (uint32, bool) {
	i, ok := slices.BinarySearchFunc(d.byKey, k, func(e keyed, k geo.Key) int { return cmp.Compare(e.key, k) })
	if !ok {
		return 0, false
	}
	return d.byKey[i].row, true
}

// each calls f with every row that may answer the question by its place.
func (d *delta) each(q *question, f func(n uint32) bool) {
	boxes := q.box
	if boxes == nil {
		boxes = q.hint
	}
	if boxes == nil {
		for n := range uint32(d.n) {
			if !f(n) {
				return
			}
		}
		return
	}
	seen := map[uint32]bool{}
	for _, b := range boxes {
		d.tree.Search(b, func(n uint32) bool {
			if seen[n] && len(boxes) > 1 {
				return true
			}
			seen[n] = len(boxes) > 1
			return f(n)
		})
	}
}
