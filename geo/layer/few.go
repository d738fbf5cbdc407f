package layer

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
)

// fewRows is how many rows of a delta are gone through one by one where their
// distance matters: nearly all are too far north or south at a glance, which
// costs less than to open a tree.
const fewRows = 1 << 12

// metresPerDegree is less than a degree of latitude is anywhere: the least
// radius of curvature of a meridian, a(1-e^2), times a degree.
const metresPerDegree = 110_574.27

// band is the latitudes of a shape.
type band struct{ south, north float64 }

func bandOf(g orb.Geometry) band {
	b := g.Bound()
	return band{b.Min[1], b.Max[1]}
}

// apart is no more than the metres between the band and the row, infinite for
// a row without a place.
func (d *delta) apart(n uint32, b band) float64 {
	south, north := d.ys[n], d.ys[n]
	if south != south {
		box, ok := d.Bound(n)
		if !ok {
			return math.Inf(1)
		}
		south, north = box.South, box.North
	}
	return max(south-b.north, b.south-north, 0) * metresPerDegree
}

// near calls take with the rows of a question within the radius, in no order.
func (d *delta) near(p *pulse, q *question, target *measure.Target, b band, radius float64, take func(n uint32, metres float64) bool) {
	for _, k := range d.byKey {
		if d.apart(k.row, b) > radius || !q.has(k.row) {
			continue
		}
		if !p.rows(1) {
			return
		}
		if metres := rowMetres(target, d.page, k.row); metres <= radius && !take(k.row, metres) {
			return
		}
	}
}

// few is a walk to few records in a layer with a small delta: those of the
// base first, then those of the delta that are no farther, in one order.
func (w *walk) few(g orb.Geometry, yield func(geo.Row, float64) bool) {
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
	d.near(w.pulse, w.inDelta, w.target, bandOf(g), radius, func(n uint32, metres float64) bool {
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
