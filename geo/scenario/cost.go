package scenario

import (
	"math"

	"bivouac/geo"
	"bivouac/geo/process"
)

// bill adds up what is stated of some things.
type bill struct {
	sum          float64
	most         float64
	stated, many int
}

func (b *bill) add(v geo.Value) {
	b.many++
	if v.Null() {
		return
	}
	b.stated++
	b.sum, b.most = b.sum+v.Float(), max(b.most, v.Float())
}

// unknown is NaN where there are some things and none of them states anything,
// else 0: what nobody states is not nothing.
func (b *bill) unknown() float64 {
	if b.many > 0 && b.stated == 0 {
		return math.NaN()
	}
	return 0
}

// total is the sum; 0 for no things, NaN where none states anything.
func (b *bill) total() float64 { return b.sum + b.unknown() }

// greatest is the largest, as total is the sum.
func (b *bill) greatest() float64 { return b.most + b.unknown() }

// cost is what the changes of a scenario cost once, in USD, and the days that
// closures take.
type cost struct{ once, closing, opening, lead bill }

// payment is what one change costs once, in USD and days; null where that is
// not stated.
type payment struct{ once, closing, opening, lead geo.Value }

// yearly is what the bases cost a year.
func (f *Footprint) yearly() float64 {
	var b bill
	for i := range f.Bases {
		b.add(geo.Float(f.Bases[i].YearlyCost))
	}
	return b.total()
}

// pay adds up what the changes cost once. Of bases that close the records of
// before say so, of those that open, and of those that close again, the records
// as the changes leave them.
func (f *Footprint) pay(base process.World, o *Outcome) {
	f.paid = make([]payment, len(o.Effects))
	after := o.World(base.Reader)
	for i := range o.Effects {
		e := &o.Effects[i]
		switch {
		case !e.Done:
		case e.Act == Close || e.Act == Merge:
			row, ok := record(base, e.Key)
			if !ok {
				row, ok = record(after, e.Key)
			}
			f.closes(i, row, ok)
		case e.opens:
			row, ok := record(after, e.Key)
			f.opens(i, row, ok)
		}
	}
	if n := f.cost.once.many - f.cost.once.stated; n > 0 {
		f.warn(costUnstated, n)
	}
}

// record is a base in a world; false where its reader sees none.
func record(w process.World, k geo.Key) (row geo.Row, ok bool) {
	l, err := w.Layer(basesCollection)
	if err != nil {
		return row, false
	}
	return l.Find(k, w.Reader)
}

func (f *Footprint) closes(change int, row geo.Row, known bool) {
	var p payment
	if known {
		p.closing, p.lead = row.Named("closure_cost_usd"), row.Named("closure_lead_days")
		p.once = p.closing
	}
	f.cost.closing.add(p.closing)
	f.cost.lead.add(p.lead)
	f.cost.once.add(p.once)
	f.paid[change] = p
}

func (f *Footprint) opens(change int, row geo.Row, known bool) {
	var p payment
	if known {
		p.opening = row.Named("opening_cost_usd")
		p.once = p.opening
	}
	f.cost.opening.add(p.opening)
	f.cost.once.add(p.once)
	f.paid[change] = p
}
