// Package opening answers what opens if a road were opened or a hazard
// cleared: how many more people are reached in time from the bases, how much
// nearer bases come to each other, and how much sooner convoys arrive.
//
// Each candidate is opened by itself, with all else as it is, and the roads
// are asked again; what two openings give together is not the sum of both.
package opening

import (
	"context"
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/network"
)

// Candidate is what might be opened: a road, or a hazard that is avoided.
type Candidate struct {
	Collection string
	Key        geo.Key
	Name       string
	Now        string // why it is not open, or what it is held up by
	Shape      orb.Geometry
	segments   []int32        // that it closes
	hits       map[int32]bool // of a hazard: the same; nil for a road
}

// Demand is people at a place on the roads.
type Demand struct {
	network.Place
	People float64
}

// Base is a base on the roads.
type Base struct {
	network.Place
	Name string
	Key  geo.Key
}

// Question is what is compared.
type Question struct {
	Bases  []Base
	Hub    int // of Bases: where convoys set out; -1 for none
	Demand []Demand
	Millis uint32 // within which people are to be reached
}

// Picture is how things stand on one state of the roads.
type Picture struct {
	People   float64  // reached in time from a base
	Places   int      // of demand that are
	Pairs    int      // of bases with a way from one to the other
	Between  []uint32 // by pair, row by row of Bases
	Convoys  []uint32 // by base, from the hub; nil without one
	Supplied int      // bases that a convoy comes to
}

// Look asks the roads.
func (q *Question) Look(ctx context.Context, t *network.Travel) (*Picture, error) {
	p := &Picture{}
	places := make([]network.Place, len(q.Bases))
	for i := range q.Bases {
		places[i] = q.Bases[i].Place
	}
	times := t.From(places)
	for i := range q.Demand {
		if q.arrives(t, times, &q.Demand[i], places) {
			p.Places++
			p.People += q.Demand[i].People
		}
	}
	rows, err := t.Matrix(ctx, places, places)
	if err != nil {
		return nil, err
	}
	for i, row := range rows {
		p.Between = append(p.Between, row...)
		for k, millis := range row {
			if i != k && millis != network.Closed {
				p.Pairs++
			}
		}
		if i == q.Hub {
			p.Convoys = row
		}
	}
	for i, millis := range p.Convoys {
		if i != q.Hub && millis != network.Closed {
			p.Supplied++
		}
	}
	return p, nil
}

// arrives reports whether one of the bases reaches the place in time, on its
// own segment too.
func (q *Question) arrives(t *network.Travel, times []uint32, d *Demand, bases []network.Place) bool {
	if t.At(times, d.Place) <= q.Millis {
		return true
	}
	for _, b := range bases {
		if b.Segment != d.Segment {
			continue
		}
		if way, ok := t.Direct(b, d.Place); ok && way.Millis <= q.Millis {
			return true
		}
	}
	return false
}

// Gain is what one opening changes.
type Gain struct {
	People       float64 // more people in time
	Places       int
	Pairs        int     // more pairs of bases with a way
	SavedMillis  float64 // the mean over pairs with a way before and after
	Quickened    int     // such pairs that become quicker
	Supplied     int     // more bases that a convoy comes to
	ConvoyMillis float64 // the mean saved over bases that one came to before
}

// Since compares a picture with that of before.
func (p *Picture) Since(before *Picture) Gain {
	g := Gain{People: p.People - before.People, Places: p.Places - before.Places, Pairs: p.Pairs - before.Pairs, Supplied: p.Supplied - before.Supplied}
	g.SavedMillis, g.Quickened = saved(before.Between, p.Between)
	g.ConvoyMillis, _ = saved(before.Convoys, p.Convoys)
	return g
}

// saved is the mean time that is saved where there was a way before, between
// different places, and how many ways become quicker.
func saved(before, after []uint32) (mean float64, quicker int) {
	n, sum := 0, 0.0
	for i, old := range before {
		if old == network.Closed || old == 0 || after[i] == network.Closed {
			continue
		}
		n++
		sum += float64(old) - float64(after[i])
		if after[i] < old {
			quicker++
		}
	}
	return sum / math.Max(1, float64(n)), quicker
}
