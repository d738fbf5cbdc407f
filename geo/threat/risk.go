package threat

import (
	"context"

	"bivouac/geo"
	"bivouac/geo/process"
)

// RiskFields are the inputs that [Risk] reads.
func RiskFields() []geo.Field { return rateFields() }

// Risk returns what driving along each arc of the graph of w adds to the risk
// of a way. Where movements are recorded it is the number of incidents to
// expect, of which the chance of at least one on a way is 1-exp(-sum); a road
// on which nobody drove has the rate that its incidents by km and year make
// likely. Without movements it is relative: kilometres of a road of the mean
// rate that are as dangerous.
func Risk(ctx context.Context, w process.World, in geo.Values) (perArc []float64, relative bool, how string, warnings []process.Warning, err error) {
	checked, err := process.Check(&geo.Schema{Name: "risk", Fields: RiskFields()}, in)
	if err != nil {
		return nil, false, "", nil, err
	}
	a, err := assess(ctx, w, checked, 0, func(int, int, geo.Said) {})
	if err != nil {
		return nil, false, "", nil, err
	}
	perKM := make([]float64, len(a.sections))
	yearly := Relative(a.yearly, a.metres)
	for i := range perKM {
		switch {
		case a.driven == nil:
			perKM[i] = known(yearly[i].Mean)
		case a.driven.rates[i].Exposure > 0:
			perKM[i] = a.driven.rates[i].Mean / 1000
		default:
			perKM[i] = known(yearly[i].Mean) * known(a.driven.basis.Mean) / 1000
		}
	}
	if n := a.idle(); n > 0 {
		a.note(idleRisk, n, len(a.sections))
	}
	return a.spreadOver(perKM), a.driven == nil, method, a.warnings(), nil
}

// known is x, or 0 where it is no number.
func known(x float64) float64 {
	if x > 0 {
		return x
	}
	return 0
}

// spreadOver gives each arc what the sections along it have by km.
func (a *assessment) spreadOver(perKM []float64) []float64 {
	g := a.seen.graph
	bySegment := make([]float64, g.Segments())
	f := newFinder(len(a.seen.Way), a.sections)
	for s, on := range a.seen.on {
		if on.Segment < 0 {
			continue
		}
		for _, part := range f.overlay(on, nil) {
			bySegment[s] += perKM[part.section] * part.metres / 1000
		}
	}
	out := make([]float64, g.Arcs())
	for arc := range out {
		if s, _, ok := g.Segment(int32(arc)); ok {
			out[arc] = bySegment[s]
		}
	}
	return out
}
