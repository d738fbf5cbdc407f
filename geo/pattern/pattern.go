// Package pattern answers which events an analysis is asked about, where and
// when they were, and what each weighs: a point pattern, as plain slices, read
// once from a Snapshot.
//
// What of the selection is not in it is counted by reason. What of it stands
// for more than a point - a heap of events at one place, the centre of a
// region for all that happened somewhere in it - is counted too, and said.
package pattern

import (
	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
)

// Pattern is events at points. Keys, Points and, where they are there, Times
// and Weights have one entry an event, in (Hilbert, Key) order.
type Pattern struct {
	Layer   *layer.Layer
	Keys    []geo.Key
	Points  []orb.Point
	Times   []geo.Time   // when each began; nil of a pattern that was not asked for time
	Weights []float64    // what each counts for, none below 0; nil: 1 each
	Weight  string       // the field, or fields, that Weights were read from; "" for none
	Area    orb.Geometry // the study area that was asked, in parts where it crosses the date line; nil for none
	During  geo.Interval // the time that was asked

	Selected int            // records
	Dropped  map[string]int // records that are no events of the pattern, by reason; with Len they are Selected

	Precision string // the field that says how well a place is known; "" where there is none
	Coarse    int    // events whose place stands for more than a district: code 4 or above
	Unsure    int    // events whose field Precision says nothing
	Lasting   int    // events that lasted, or are known only to, more than a day
}

// Reasons for which a selected record is no event.
const (
	NoPlace    = "without a place"
	NoPoint    = "not at a single point"
	TooCoarse  = "place known less well than asked"
	NoCode     = "does not say how well its place is known"
	NoWeight   = "states no weight"
	NoTime     = "without a known time"
	TooLong    = "lasted, or is known only to, more days than asked"
	BeganEarly = "began before the asked time"
)

// Len returns how many events there are.
func (p *Pattern) Len() int { return len(p.Points) }

// WeightOf returns what event i counts for.
func (p *Pattern) WeightOf(i int) float64 {
	if p.Weights == nil {
		return 1
	}
	return p.Weights[i]
}

// Keep leaves the events for which keep is true, and drops the others by the
// reason.
func (p *Pattern) Keep(reason string, keep func(i int) bool) {
	n := 0
	for i := range p.Points {
		if !keep(i) {
			p.Dropped[reason]++
			continue
		}
		p.Keys[n], p.Points[n] = p.Keys[i], p.Points[i]
		if p.Weights != nil {
			p.Weights[n] = p.Weights[i]
		}
		if p.Times != nil {
			p.Times[n] = p.Times[i]
		}
		n++
	}
	p.Keys, p.Points = p.Keys[:n], p.Points[:n]
	if p.Weights != nil {
		p.Weights = p.Weights[:n]
	}
	if p.Times != nil {
		p.Times = p.Times[:n]
	}
}

// Total returns the sum of the weights.
func (p *Pattern) Total() float64 {
	if p.Weights == nil {
		return float64(p.Len())
	}
	total := 0.0
	for _, w := range p.Weights {
		total += w
	}
	return total
}
