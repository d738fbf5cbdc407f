package index

import (
	"fmt"

	"github.com/tidwall/rtree"

	"bivouac/geo"
)

// Delta is a growing R-tree of row numbers. Readers may use it while nobody
// inserts; a writer inserts into a Copy and hands that on.
type Delta struct{ tree rtree.RTreeG[uint32] }

// Copy returns a tree of the same rows to insert into. Copying writes to the
// source as well, so only the one writer may do it.
func (d *Delta) Copy() *Delta { return &Delta{*d.tree.Copy()} }

// Len returns the number of rows.
func (d *Delta) Len() int { return d.tree.Len() }

// Insert adds a row. A box that is not finite, or crosses the date line, is
// an error: the tree beneath would return it from unrelated searches.
func (d *Delta) Insert(b geo.Box, row uint32) error {
	if !finite(b) {
		return fmt.Errorf("index: row %d has the box %v; boxes must be finite and not cross the date line", row, b)
	}
	before := d.tree.Len()
	d.tree.Insert([2]float64{b.West, b.South}, [2]float64{b.East, b.North}, row)
	if d.tree.Len() != before+1 {
		return fmt.Errorf("index: row %d was not taken in", row)
	}
	return nil
}

// Search calls f with each row whose box meets b, in no order, until f
// returns false.
func (d *Delta) Search(b geo.Box, f func(row uint32) bool) {
	d.tree.Search([2]float64{b.West, b.South}, [2]float64{b.East, b.North},
		func(_, _ [2]float64, row uint32) bool { return f(row) })
}

// Nearby calls f with the rows outward, until f returns false. lower bounds
// the distance to anything in a box from below; metres is the distance of a
// row and must not be less than lower of its box.
func (d *Delta) Nearby(lower func(geo.Box) float64, metres func(row uint32) float64, f func(row uint32, metres float64) bool) {
	d.tree.Nearby(
		func(lo, hi [2]float64, row uint32, item bool) float64 {
			if item {
				return metres(row)
			}
			return lower(geo.Box{West: lo[0], South: lo[1], East: hi[0], North: hi[1]})
		},
		func(_, _ [2]float64, row uint32, metres float64) bool { return f(row, metres) })
}
