package layer

import (
	"cmp"
	"math"
	"slices"

	"bivouac/geo"
	"bivouac/geo/measure"
)

// near calls take with the rows of a question within the radius, in no order.
// Whatever a box about the radius leaves out costs no distance.
func (d *delta) near(p *pulse, q *question, target *measure.Target, radius float64, take func(n uint32, metres float64) bool) {
	d.search(target.Around(radius+d.bulge), func(n uint32) bool {
		if !q.has(n) {
			return true
		}
		if !p.rows(1) {
			return false
		}
		metres := rowMetres(target, d.page, n)
		return metres > radius || take(n, metres)
	})
}

// few is a walk to few records in a layer with a delta: those of the base
// first, then those of the delta that are no farther, in one order.
func (w *walk) few(yield func(geo.Row, float64) bool) {
	found := make([]spot, 0, w.left)
	w.each(func(s spot) bool {
		found = append(found, s)
		return len(found) < w.left
	})
	radius := w.radius
	if len(found) == w.left {
		radius = found[len(found)-1].metres
	}
	d := w.layer.delta
	d.near(w.pulse, w.inDelta, w.target, radius, func(n uint32, metres float64) bool {
		if key := d.keys[n]; w.after.Before(math.Float64bits(metres), key) {
			found = append(found, spot{metres: metres, key: uint64(key), id: deltaRow + n, kind: rowSpot})
		}
		return true
	})
	slices.SortFunc(found, func(a, b spot) int {
		return cmp.Or(cmp.Compare(a.metres, b.metres), cmp.Compare(a.key, b.key))
	})
	for _, s := range found[:min(len(found), w.left)] {
		if w.pulse.err != nil || !w.give(s, yield) {
			return
		}
	}
}
