package threat

import (
	"cmp"
	"math"
	"slices"

	"bivouac/geo/stat"
)

// Incident is one on a road, and what it counts for.
type Incident struct {
	Spot
	Recency   float64 // 1 for one at the end of the time, a half a half-life before; see [Decay]
	Precision float64 // by how well its place is known
	Weight    float64 // by what was asked
	Harm      float64 // killed and injured; NaN where that is not known
}

// counts returns what the incident counts for: its factors multiplied.
func (i *Incident) counts() float64 { return i.Recency * i.Precision * i.Weight }

// Tally is what was counted in a section.
type Tally struct {
	Incidents int
	Sum       float64 // of what they count for
	Squares   float64 // of the squares of that
	Recency   float64 // on average; NaN without incidents
	Precision float64 // on average; NaN without incidents
	Weight    float64 // on average; NaN without incidents
	Harm      float64 // killed and injured, where known
	Harmed    int     // incidents of which that is known
}

// Count counts incidents by section; at holds the section of each.
func Count(sections int, incidents []Incident, at []int32) []Tally {
	out := make([]Tally, sections)
	for i := range incidents {
		t, one := &out[at[i]], &incidents[i]
		t.Incidents++
		t.Sum += one.counts()
		t.Squares += one.counts() * one.counts()
		t.Recency += one.Recency
		t.Precision += one.Precision
		t.Weight += one.Weight
		if !math.IsNaN(one.Harm) {
			t.Harm += one.Harm
			t.Harmed++
		}
	}
	for i := range out {
		n := float64(out[i].Incidents) // 0/0 is NaN, as it should be
		out[i].Recency, out[i].Precision, out[i].Weight = out[i].Recency/n, out[i].Precision/n, out[i].Weight/n
	}
	return out
}

// Decay returns what an event counts for, so many days before the end of the
// time, and how many days of a time of so many count in all: both halve with
// each half-life. A half-life of 0 is none: all counts fully.
func Decay(age, days, halfLife float64) (weight, counted float64) {
	if !(halfLife > 0) {
		return 1, days
	}
	return math.Exp2(-age / halfLife), halfLife / math.Ln2 * (1 - math.Exp2(-days/halfLife))
}

// Rate is how many incidents a unit of exposure there are in a section.
type Rate struct {
	Exposure float64
	Raw      float64 // what was counted by the exposure; NaN for none
	Mean     float64 // drawn towards the mean of all; NaN for none
	stat.Interval
	Own float64 // how much of Mean is the section's own count, 0 to 1
}

// Prior is what is taken to be known of a section's rate beside its own count.
type Prior string

// The priors.
const (
	Varied Prior = "fitted"   // how the rates of all sections vary
	Alike  Prior = "pooled"   // they vary no more than chance makes counts do: each has the rate of all
	Alone  Prior = "jeffreys" // nothing: a single section, or no incident at all
)

// Basis is what rates were drawn towards.
type Basis struct {
	Prior      Prior
	Gamma      stat.Gamma
	Mean       float64 // the rate of all sections, by exposure; NaN for no exposure
	Dispersion float64 // what one incident counts for, as it were; see [stat.Scaled]
}

// Rates returns the rate of each section by its exposure. A section without
// exposure has none. Where a prior can be fitted the rates are drawn towards
// it (Marshall 1991, after Clayton and Kaldor 1987); where counts vary no more
// than chance makes them, all sections have one rate; where there is nothing to
// compare with, a count stands by itself with the interval of Jeffreys's prior.
func Rates(tallies []Tally, exposure []float64) ([]Rate, Basis) {
	b := Basis{Dispersion: 1}
	sum, squares, total, exposed := 0.0, 0.0, 0.0, 0
	for i := range tallies {
		if exposure[i] > 0 {
			sum, squares, total = sum+tallies[i].Sum, squares+tallies[i].Squares, total+exposure[i]
			exposed++
		}
	}
	if sum > 0 {
		b.Dispersion = squares / sum
	}
	b.Mean = sum / total
	events, seen := make([]float64, len(tallies)), make([]float64, len(tallies))
	for i := range tallies {
		events[i], seen[i] = tallies[i].Sum/b.Dispersion, exposure[i]/b.Dispersion
	}
	var varied bool
	switch b.Gamma, varied = stat.FitGamma(events, seen); {
	case varied:
		b.Prior = Varied
	case exposed > 1 && sum > 0:
		b.Prior, b.Gamma = Alike, stat.Jeffreys().After(sum/b.Dispersion, total/b.Dispersion)
	default:
		b.Prior, b.Gamma = Alone, stat.Jeffreys()
	}
	out, known := make([]Rate, len(tallies)), intervals{}
	for i := range out {
		var g stat.Gamma
		if out[i], g = b.rate(events[i], seen[i]); seen[i] > 0 {
			out[i].Interval = known.of(g)
		}
		out[i].Exposure = exposure[i]
	}
	return out, b
}

// rate returns a rate without its interval, and the gamma that has it.
func (b *Basis) rate(events, seen float64) (r Rate, g stat.Gamma) {
	if !(seen > 0) {
		nothing := math.NaN()
		return Rate{Raw: nothing, Mean: nothing, Interval: stat.Interval{Lower: nothing, Upper: nothing}}, stat.Gamma{}
	}
	r.Raw, g = events/seen, b.Gamma
	switch b.Prior {
	case Alike:
		r.Mean = b.Mean
	case Varied:
		g = g.After(events, seen)
		r.Mean, r.Own = g.Mean(), seen/g.Rate
	case Alone:
		g = g.After(events, seen)
		r.Mean, r.Own = r.Raw, 1
	}
	return r, g
}

// intervals are those of gammas with the rate 1 by their shape: the rate only
// divides them, and most sections have no incident, and so one shape.
type intervals map[float64]stat.Interval

func (known intervals) of(g stat.Gamma) stat.Interval {
	unit, ok := known[g.Shape]
	if !ok {
		unit, _ = stat.Gamma{Shape: g.Shape, Rate: 1}.Interval(stat.Confidence)
		known[g.Shape] = unit
	}
	return stat.Interval{Lower: unit.Lower / g.Rate, Upper: unit.Upper / g.Rate}
}

// Relative returns the rates as multiples of their mean by length, which then
// is 1: how much worse than the roads on the whole. Where no rate is known, and
// where all are 0, it is NaN.
func Relative(rates []Rate, metres []float64) []Rate {
	mean := overall(rates, metres)
	out := make([]Rate, len(rates))
	for i, r := range rates {
		out[i] = Rate{r.Exposure, r.Raw / mean, r.Mean / mean, stat.Interval{Lower: r.Lower / mean, Upper: r.Upper / mean}, r.Own}
	}
	return out
}

// overall is the mean of the rates by length, of those that are known.
func overall(rates []Rate, metres []float64) float64 {
	sum, length := 0.0, 0.0
	for i := range rates {
		if !math.IsNaN(rates[i].Mean) {
			sum, length = sum+rates[i].Mean*metres[i], length+metres[i]
		}
	}
	return sum / length
}

// Rank returns the sections, that first whose rate is surely highest: in the
// order of the lower ends of their intervals.
func Rank(rates []Rate) []int {
	order := make([]int, len(rates))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(-cmp.Compare(rates[a].Lower, rates[b].Lower), -cmp.Compare(rates[a].Mean, rates[b].Mean)) // NaN is below all
	})
	return order
}
