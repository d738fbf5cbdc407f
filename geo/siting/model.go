package siting

import (
	"cmp"
	"math"
	"slices"
)

// Option is a site that serves a term, and what that costs.
type Option struct {
	Site int32
	Cost float64
}

// Term is one demand in a measure. It costs what its cheapest open option
// does, and no more than Else, which is what it costs with none open.
//
// Where Times is more than 1 options are free, and each of so many open ones
// that is wanting costs Else: a second cover that is none without the first.
type Term struct {
	Options []Option // in order of cost
	Else    float64
	Times   int // 0 is 1

	// A joint term has no options: it costs nothing where all sites of one of its
	// sets are open, and Else where of none. No set is a term that nothing serves.
	Joint bool
	Sets  [][]int32
}

// Measure is one number that a set of sites has: what each open one adds, and
// what the terms cost. None of it is negative, but for what sites add.
type Measure struct {
	Site  []float64 // by site; nil adds nothing
	Terms []Term
}

// Limit is a measure that must not be more than so much.
type Limit struct {
	Name string // what it is called where limits conflict
	Measure
	Most float64
}

// Model is a question of where to have sites, on plain values: of the sets of
// Least to Most sites, with all of Open and none of Shut, that keep every
// limit, the one with the least objective.
type Model struct {
	Sites       int
	Least, Most int    // Most 0 is all
	Open, Shut  []bool // by site; nil is none
	Objective   Measure
	Limits      []Limit

	// Capacity by site bounds what the sites serve together of the objective's
	// terms, each of which is a load that may be divided between sites.
	Capacity []float64
	Load     []float64 // by term of the objective
}

// Of returns the measure of a set of sites, straight from its definition.
func (m *Measure) Of(open []bool) float64 {
	sum := 0.0
	for j, v := range m.Site {
		if open[j] {
			sum += v
		}
	}
	for i := range m.Terms {
		sum += m.Terms[i].of(open)
	}
	return sum
}

func (t *Term) of(open []bool) float64 {
	if t.Joint {
		if met(t.Sets, open) {
			return 0
		}
		return t.Else
	}
	if t.Times > 1 {
		missing := t.Times
		for _, o := range t.Options {
			if open[o.Site] {
				missing--
			}
		}
		if missing <= 0 {
			return 0
		}
		return t.Else * float64(missing)
	}
	for _, o := range t.Options {
		if open[o.Site] {
			return min(t.Else, o.Cost)
		}
	}
	return t.Else
}

// Median measures what all demand costs at its nearest site: the weight times
// the cost, the objective of the p-median (Hakimi 1964). Demand without a way to
// a site counts as far as without says.
func Median(cost [][]float64, weight []float64, without float64) Measure {
	m := Measure{Terms: make([]Term, len(cost))}
	for i, row := range cost {
		t := &m.Terms[i]
		t.Else = weight[i] * without
		for j, c := range row {
			if !math.IsInf(c, 1) {
				t.Options = append(t.Options, Option{int32(j), weight[i] * c})
			}
		}
		t.order()
	}
	return m
}

func (t *Term) order() {
	slices.SortStableFunc(t.Options, func(a, b Option) int { return cmp.Compare(a.Cost, b.Cost) })
}

// Uncovered measures the weight of the demand with fewer than times sites
// within the cost, each missing one counted: what the maximal covering location
// problem makes least (Church and ReVelle 1974). Weights nil count 1.
func Uncovered(cost [][]float64, weight []float64, within float64, times int) Measure {
	m := Measure{Terms: make([]Term, len(cost))}
	for i, row := range cost {
		t := &m.Terms[i]
		t.Else, t.Times = 1, times
		if weight != nil {
			t.Else = weight[i]
		}
		for j, c := range row {
			if c <= within {
				t.Options = append(t.Options, Option{Site: int32(j)})
			}
		}
	}
	return m
}

// Number measures how many sites are open.
func Number(sites int) Measure {
	ones := make([]float64, sites)
	for j := range ones {
		ones[j] = 1
	}
	return Measure{Site: ones}
}

// holds reports whether v keeps a limit, but for what adding up in another
// order may make of it.
func holds(v, most float64) bool { return v <= most+roundOff*max(1, math.Abs(most)) }

// roundOff is to how much of itself a value counts as the same.
const roundOff = 1e-9
