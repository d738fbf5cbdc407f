// Package layer holds the records of one collection so that they can be asked
// by place, time, class and content, and so that a change costs little.
//
// A Layer is a packed base in Hilbert order, a small delta of what came since,
// and marks on the rows that are dead. It never changes: With returns the next
// one, which shares the base. A Snapshot is all layers and documents of one
// Version. Readers take a Snapshot and never lock.
//
// Every read is one walk down the base's R-tree. A node is left out, or taken
// whole without a look at its rows, by its box and by a summary that it
// carries: highest class, missions, least and greatest time. What is left is
// decided row by row.
package layer

import (
	"bivouac/geo"
	"bivouac/geo/index"
)

// Layer is the records of one collection at one Version. It is immutable and
// safe for any number of readers.
type Layer struct {
	schema *geo.Schema
	base   *base
	dead   bits // rows of the base that are gone
	delta  *delta
	marks  marks
}

// base is rows in (Hilbert key, Key) order under a packed tree. Rows without a
// place stand behind the placed ones, outside the tree.
type base struct {
	*page
	tree    *index.Packed
	sums    []summary // by node ID
	placed  uint32
	byKey   []uint32 // rows in order of their keys
	newest  geo.Version
	secrecy secrecy
}

// New returns a layer of the schema without records.
func New(schema geo.Schema) *Layer {
	l, err := NewBuilder(schema).Build()
	if err != nil {
		panic("layer: an empty layer cannot fail: " + err.Error())
	}
	return l
}

// Schema returns what the records hold. It is not to be changed.
func (l *Layer) Schema() *geo.Schema { return l.schema }

// Rows returns how many records there are, whoever may see them.
func (l *Layer) Rows() int {
	return l.base.n - l.dead.count(0, uint32(l.base.n)) + l.delta.live()
}

// HasExtra reports whether some record, seen by a reader or not, may have source
// fields without a column.
func (l *Layer) HasExtra() bool { return len(l.base.extra.bytes) > 0 || len(l.delta.extra.bytes) > 0 }

// HasHeights reports the same of heights.
func (l *Layer) HasHeights() bool { return l.base.heights.s != nil || l.delta.heights.s != nil }

// Delta returns how many rows stand outside the packed base or are dead in
// it: what a Fold would clear.
func (l *Layer) Delta() int { return l.delta.n + l.dead.count(0, uint32(l.base.n)) }

// Find returns the record of the key, false where there is none or the reader
// may not see it.
func (l *Layer) Find(k geo.Key, r geo.Reader) (geo.Row, bool) {
	row, ok := l.find(k)
	if !ok || !r.Sees(row.Class(), row.Mission()) {
		return geo.Row{}, false
	}
	return row, true
}

func (l *Layer) find(k geo.Key) (geo.Row, bool) {
	if n, ok := l.delta.find(k); ok {
		return geo.RowOf(l.delta.page, n), true
	}
	if n, ok := l.base.find(k); ok && !l.dead.has(n) {
		return geo.RowOf(l.base.page, n), true
	}
	return geo.Row{}, false
}

func (b *base) find(k geo.Key) (uint32, bool) {
	lo, hi := 0, len(b.byKey)
	for lo < hi {
		if mid := (lo + hi) / 2; b.keys[b.byKey[mid]] < k {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == len(b.byKey) || b.keys[b.byKey[lo]] != k {
		return 0, false
	}
	return b.byKey[lo], true
}
