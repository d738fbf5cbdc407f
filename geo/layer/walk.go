package layer

import (
	"context"
	"iter"
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/index"
	"bivouac/geo/measure"
)

// Walk returns the selected records outward from g with their distance in
// metres on the ellipsoid to the nearest point of their shape, 0 where they
// touch; equal distances by Key. Records without a place are never reached.
// The second result is asked after the loop, as with Select.
func (l *Layer) Walk(ctx context.Context, g orb.Geometry, s geo.Selection) (iter.Seq2[geo.Row, float64], func() error) {
	return l.WalkWithin(ctx, g, math.Inf(1), s)
}

// WalkWithin is Walk as far as radiusMetres, which still belongs to it.
func (l *Layer) WalkWithin(ctx context.Context, g orb.Geometry, radiusMetres float64, s geo.Selection) (iter.Seq2[geo.Row, float64], func() error) {
	var err error
	rows := func(yield func(geo.Row, float64) bool) {
		err = l.walk(ctx, g, radiusMetres, s, yield)
	}
	return rows, func() error { return err }
}

func (l *Layer) walk(ctx context.Context, g orb.Geometry, radius float64, s geo.Selection, yield func(geo.Row, float64) bool) error {
	if len(s.Sort) > 0 {
		return geo.Errorf(geo.Invalid, "sortby", "what is near comes by distance; leave sortby or near out")
	}
	if s.After.Order == geo.ByPlace || s.After.Order == geo.ByValues {
		return geo.Errorf(geo.Invalid, "after", "that place belongs to a list without near; leave near or after out")
	}
	target, err := targetOf(g)
	if err != nil {
		return err
	}
	inBase, err := bind(l.base.page, l.dead, s)
	if err != nil {
		return err
	}
	inDelta, err := bind(l.delta.page, l.delta.dead, s)
	if err != nil {
		return err
	}
	p := newPulse(ctx)
	w := &walk{
		layer: l, target: target, radius: radius, after: s.After, left: s.Limit,
		inBase: inBase, inDelta: inDelta, pulse: p, marks: p.marks(inBase) || p.marks(inDelta),
		heap: make(spots, 0, walkRoom), nodes: make([]index.Node, 0, walkRoom/4),
	}
	l.base.tree.Roots(w.offer)
	if len(l.delta.byKey) > 0 && 0 < s.Limit && s.Limit <= walkRoom {
		w.few(yield)
		return w.pulse.err
	}
	if l.delta.n > 0 {
		next, stop := iter.Pull2(w.outward())
		defer stop()
		w.next = next
		w.advance()
	}
	w.run(yield)
	return w.pulse.err
}

func targetOf(g orb.Geometry) (*measure.Target, error) {
	t, err := measure.NewTarget(g)
	if err != nil {
		return nil, geo.Errorf(geo.Invalid, "near", "%w", err)
	}
	return t, nil
}

// walk is one best-first search (Hjaltason and Samet 1999) of the base; the
// rows of the delta come outward by themselves and join in where they are due.
type walk struct {
	layer           *Layer
	target          *measure.Target
	radius          float64
	after           geo.Cursor
	left            int // rows that are asked for; 0 is no limit
	inBase, inDelta *question
	pulse           *pulse
	marks           bool // rows are looked at for their class
	heap            spots
	nodes           []index.Node // by the id of their spots

	next  func() (row uint32, metres float64, ok bool) // of the delta; nil at its end
	ahead spot                                         // the delta's next row
}

// walkRoom is the room made beforehand: what ten neighbours take.
const walkRoom = 256

// deltaRow marks the spots of rows that stand in the delta.
const deltaRow = 1 << 31

// offer puts a node of the base into the heap unless nothing in it matters.
func (w *walk) offer(n index.Node) bool {
	if !w.pulse.node() {
		return false
	}
	if w.inBase.node(n, &w.layer.base.sums[n.ID]) == index.Skip {
		return true
	}
	if lower := w.layer.base.lower(w.target, n.Box); lower <= w.radius {
		w.heap.push(spot{metres: lower, id: uint32(len(w.nodes)), kind: nodeSpot})
		w.nodes = append(w.nodes, n)
	}
	return true
}

// run yields what is nearest until the walk is over.
func (w *walk) run(yield func(geo.Row, float64) bool) {
	left := w.left
	w.each(func(s spot) bool {
		if !w.give(s, yield) {
			return false
		}
		left--
		return left != 0
	})
}

// each opens what is nearest, and calls f with the rows as they come, until f
// returns false.
func (w *walk) each(f func(spot) bool) {
	for w.pulse.err == nil {
		w.join()
		if len(w.heap) == 0 {
			return
		}
		switch s := w.heap.pop(); s.kind {
		case nodeSpot:
			w.open(w.nodes[s.id])
		case boundSpot:
			w.settle(s)
		case rowSpot:
			if !f(s) {
				return
			}
		}
	}
}

// give yields a row, which is in the answer from then on.
func (w *walk) give(s spot, yield func(geo.Row, float64) bool) bool {
	row := w.row(s.id)
	if w.marks {
		w.pulse.tally.See(row)
	}
	return yield(row, s.metres)
}

// join brings in the rows of the delta that are no farther than the top.
func (w *walk) join() {
	for w.next != nil && (len(w.heap) == 0 || w.ahead.metres <= w.heap[0].metres) {
		w.heap.push(w.ahead)
		w.advance()
	}
}

func (w *walk) open(n index.Node) {
	if !n.Leaf() {
		w.layer.base.tree.Children(n, w.offer)
		return
	}
	for row := n.From; row < n.To && w.pulse.rows(1); row++ {
		if !w.inBase.has(row) {
			continue
		}
		at := spot{key: uint64(w.layer.base.keys[row]), id: row, kind: boundSpot}
		if _, ok := w.layer.base.Point(row); ok {
			// A bound costs as much as the distance itself.
			w.settle(at)
			continue
		}
		if at.metres = w.layer.base.lower(w.target, w.layer.base.bounds.at(row)); at.metres <= w.radius {
			w.heap.push(at)
		}
	}
}

// settle gives a row its true distance.
func (w *walk) settle(s spot) {
	s.metres, s.kind = rowMetres(w.target, w.layer.base.page, s.id), rowSpot
	if s.metres <= w.radius && w.after.Before(math.Float64bits(s.metres), geo.Key(s.key)) {
		w.heap.push(s)
	}
}

func rowMetres(t *measure.Target, p *page, n uint32) float64 {
	if pt, ok := p.Point(n); ok {
		return t.Distance(pt)
	}
	return t.To(p.shapes.at(n))
}

func (w *walk) row(id uint32) geo.Row {
	if id >= deltaRow {
		return geo.RowOf(w.layer.delta.page, id-deltaRow)
	}
	return geo.RowOf(w.layer.base.page, id)
}

// outward is the delta's placed rows by distance.
func (w *walk) outward() iter.Seq2[uint32, float64] {
	d := w.layer.delta
	return func(yield func(uint32, float64) bool) {
		d.tree.Nearby(
			func(b geo.Box) float64 { return d.lower(w.target, b) },
			func(n uint32) float64 { return rowMetres(w.target, d.page, n) },
			yield)
	}
}

// advance finds the delta's next row that belongs to the answer.
func (w *walk) advance() {
	for {
		n, metres, ok := w.next()
		if !ok || metres > w.radius || !w.pulse.rows(1) {
			w.next = nil
			return
		}
		key := w.layer.delta.keys[n]
		if w.inDelta.has(n) && w.after.Before(math.Float64bits(metres), key) {
			w.ahead = spot{metres: metres, key: uint64(key), id: deltaRow + n, kind: rowSpot}
			return
		}
	}
}
