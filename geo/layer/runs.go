package layer

import (
	"context"

	"bivouac/geo"
	"bivouac/geo/index"
)

// Run is rows From to To-1 of one Table, all of which belong to an answer.
type Run struct {
	Table    geo.Table
	From, To uint32
	Together bool // the rows lie in one node that the asker said it need not take apart
	Points   bool // each row is a single point; false where the Table holds other shapes too
}

// Runs calls take with the selected records whose box meets area, in runs, in
// no order that is promised, until take returns false; After and Limit apart.
// Neighbours of such records, beside area, may come with them; records without
// a place never do. area must not cross the date line.
//
// together is shown the box of a node and says whether all its rows may come
// as one: those of a node so taken come without a look at each of them, unless
// the selection needs one. It is called again for the node's parts where it
// said no.
func (l *Layer) Runs(ctx context.Context, s geo.Selection, area geo.Box, together func(geo.Box) bool, take func(Run) bool) error {
	s.After, s.Limit = geo.Cursor{}, 0
	q, err := bind(l.base.page, l.dead, s)
	if err != nil {
		return err
	}
	r := &runs{question: q, pulse: newPulse(ctx), area: area, together: together, take: take}
	r.watches = r.pulse.marks(q)
	if !r.base(l.base) || r.pulse.err != nil {
		return r.pulse.err
	}
	if l.delta.n == 0 {
		return nil
	}
	if r.question, err = bind(l.delta.page, l.delta.dead, s); err != nil {
		return err
	}
	r.marks = r.pulse.marks(r.question)
	r.delta(l.delta)
	return r.pulse.err
}

// runs is one such read.
type runs struct {
	*question
	pulse    *pulse
	area     geo.Box
	together func(geo.Box) bool
	take     func(Run) bool

	held  bool // the node at hand was said to be one
	pass  bool // of its rows only rest is to be asked
	marks bool // the rows at hand are looked at for their class

	watches bool // rows of the base are
}

func (r *runs) base(b *base) bool {
	return b.tree.Visit(0, func(n index.Node) index.Verdict {
		if !r.pulse.node() || !r.area.Meets(n.Box) {
			return index.Skip
		}
		v := r.node(n, &b.sums[n.ID])
		if v == index.Skip {
			return v
		}
		r.pass, r.held = v == index.Whole, r.together(n.Box)
		r.marks = r.watches && b.sums[n.ID].class > geo.Unclassified
		if r.pass && r.held {
			return index.Whole
		}
		return index.Enter
	}, r.rows)
}

// rows hands out the rows from..to-1 that belong to the answer.
func (r *runs) rows(from, to uint32, _ bool) bool {
	if r.pass && r.match == nil && r.question.dead.count(from, to) == 0 {
		return r.pulse.rows(1) && r.give(from, to)
	}
	start := from
	for n := from; n < to; n++ {
		if !r.pulse.rows(1) {
			return false
		}
		if r.pass && r.rest(n) || !r.pass && r.has(n) {
			continue
		}
		if start < n && !r.give(start, n) {
			return false
		}
		start = n + 1
	}
	return start == to || r.give(start, to)
}

func (r *runs) give(from, to uint32) bool {
	if r.marks {
		r.see(from, to)
	}
	return r.take(Run{r.page, from, to, r.held, r.page.shapes.s == nil})
}

// see takes rows into the tally, but for the neighbours that lie beside the
// area.
func (r *runs) see(from, to uint32) {
	for n := from; n < to; n++ {
		if r.page.classes.at(n) == geo.Unclassified {
			continue
		}
		if box, ok := r.page.Bound(n); ok && r.area.Meets(box) {
			r.pulse.see(r.page, n)
		}
	}
}

// delta hands out rows one by one.
func (r *runs) delta(d *delta) {
	r.held = false
	d.tree.Search(r.area, func(n uint32) bool {
		return r.pulse.rows(1) && (!r.has(n) || r.give(n, n+1))
	})
}
