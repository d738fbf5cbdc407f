package layer

import (
	"context"
	"iter"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/index"
	"bivouac/geo/measure"
)

// CountWithin returns how many selected records lie within radiusMetres of g,
// the rim included; After and Limit apart. Nodes that surely lie within are
// counted whole.
func (l *Layer) CountWithin(ctx context.Context, g orb.Geometry, radiusMetres float64, s geo.Selection) (int, error) {
	total := 0
	err := l.within(ctx, g, radiusMetres, s, func(p *page, dead bits, from, to uint32) bool {
		total += int(to-from) - dead.count(from, to)
		return true
	})
	return total, err
}

// Within returns the selected records within radiusMetres of g, the rim
// included, in no order that is promised; After and Limit apart. It is
// cheaper than WalkWithin, since it asks no distance that it need not know.
func (l *Layer) Within(ctx context.Context, g orb.Geometry, radiusMetres float64, s geo.Selection) (iter.Seq[geo.Row], func() error) {
	var err error
	rows := func(yield func(geo.Row) bool) {
		err = l.within(ctx, g, radiusMetres, s, func(p *page, dead bits, from, to uint32) bool {
			for n := from; n < to; n++ {
				if !dead.has(n) && !yield(geo.RowOf(p, n)) {
					return false
				}
			}
			return true
		})
	}
	return rows, func() error { return err }
}

// within calls take with runs of rows that, but for the dead among them,
// belong to the answer.
func (l *Layer) within(ctx context.Context, g orb.Geometry, radius float64, s geo.Selection, take func(p *page, dead bits, from, to uint32) bool) error {
	s.After, s.Limit = geo.Cursor{}, 0
	target, err := targetOf(g)
	if err != nil {
		return err
	}
	q, err := bind(l.base.page, l.dead, s)
	if err != nil {
		return err
	}
	p := newPulse(ctx)
	marks := p.marks(q)
	give := func(from, to uint32) bool {
		if marks {
			p.seeRun(l.base, l.dead, from, to)
		}
		return take(l.base.page, l.dead, from, to)
	}
	look := func(n index.Node) index.Verdict {
		if !p.node() {
			return index.Skip
		}
		return l.base.nearVerdict(q.node(n, &l.base.sums[n.ID]), target, n.Box, radius)
	}
	whole := l.base.tree.Visit(0, look, func(from, to uint32, whole bool) bool {
		if whole && q.match == nil {
			return give(from, to)
		}
		for n := from; n < to; n++ {
			in := whole && q.rest(n) || !whole && q.has(n) && rowWithin(target, l.base.page, n, radius)
			if !p.rows(1) || in && !give(n, n+1) {
				return false
			}
		}
		return true
	})
	if !whole || p.err != nil {
		return p.err
	}
	return l.delta.within(p, target, radius, s, take)
}

// within does for the delta what Layer.within does for the base.
func (d *delta) within(p *pulse, target *measure.Target, radius float64, s geo.Selection, take func(p *page, dead bits, from, to uint32) bool) error {
	if len(d.byKey) == 0 {
		return p.err
	}
	q, err := bind(d.page, d.dead, s)
	if err != nil {
		return err
	}
	d.near(p, q, target, radius, func(n uint32, _ float64) bool {
		p.see(d.page, n)
		return take(d.page, d.dead, n, n+1)
	})
	return p.err
}

// nearVerdict sharpens what the selection says of a node by its distance.
func (p *page) nearVerdict(v index.Verdict, t *measure.Target, b geo.Box, radius float64) index.Verdict {
	if v == index.Skip {
		return v
	}
	lower, upper := t.Bounds(b)
	switch {
	case lower-p.bulge > radius:
		return index.Skip
	case upper > radius:
		return index.Enter
	}
	return v
}

func rowWithin(t *measure.Target, p *page, n uint32, radius float64) bool {
	if pt, ok := p.Point(n); ok {
		return t.Within(pt, radius)
	}
	return t.To(p.shapes.at(n)) <= radius
}
