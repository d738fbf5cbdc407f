package threat

import (
	"context"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/roads"
)

// Process is the threat on the roads as an analysis.
func Process() process.Process {
	return process.Process{
		ID:    "route-threat",
		Title: "Threat on roads",
		Description: "Which roads incidents concentrate on: incidents by km, year and 1,000 km driven for each section of road, drawn towards the rate of all the more, " +
			"the fewer each has, with intervals, and the density along the roads. Without movements it is a relative risk and no probability.",
		In:  inputs(),
		Out: outputs(),
		Run: run, Roads: true,
	}
}

const method = "Incidents snapped to roads; Gamma-Poisson empirical Bayes rates, the prior by moments (Marshall 1991, after Clayton and Kaldor 1987), " +
	"95 % credible intervals, scaled for weighted counts (Bohm and Zech 2014)"

func run(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
	a, err := assess(ctx, w, in, mostSections, progress)
	if err != nil {
		return process.Result{}, err
	}
	progress(3, 4, spreadingIncidents.With())
	density, err := a.density(ctx)
	if err != nil {
		return process.Result{}, err
	}
	order := Rank(a.compared())
	features, ranking := a.features(order)
	r := process.Result{
		Output: geo.Values{
			"sections": features, "ranking": ranking, "density": density,
			"exposure": a.exposureValue(), "basis": a.basisValue(), "summary": a.summary(),
		},
		Parameters: a.in, Method: method,
	}
	if !density.Null() {
		r.Method += "; network kernel density, quartic, " + a.in[KernelInput].Text() + " at junctions (Okabe, Satoh and Sugihara 2009)"
	}
	a.into(&r, w)
	return r, nil
}

// roadsOf returns the roads that the reader of w may see.
func roadsOf(ctx context.Context, w process.World) (*Seen, error) {
	g, err := roads.Graph(w)
	if err != nil {
		return nil, err
	}
	return See(ctx, g, w.Reader, func(road *network.Way) orb.Geometry {
		row, ok := rowOf(w, road)
		if !ok {
			return nil
		}
		return row.Geometry()
	})
}

// rowOf returns the record of a road.
func rowOf(w process.World, road *network.Way) (geo.Row, bool) {
	l, err := w.Layer(road.Collection)
	if err != nil {
		return geo.Row{}, false
	}
	return l.Find(road.Key, w.Reader)
}

// into completes the result with what was used and left out.
func (a *assessment) into(r *process.Result, w process.World) {
	a.pattern.Into(r)
	dropped := map[string]int{}
	for reason, n := range r.Dropped {
		dropped[reason] = n
	}
	if a.offRoads > 0 {
		dropped[OffRoads] = a.offRoads
	}
	if a.outside > 0 {
		dropped[OutsideArea] = a.outside
	}
	r.Used, r.Dropped = len(a.incidents), dropped
	r.Layers = append(r.Layers, roads.Layers(w)...)
	if a.driven != nil {
		r.Layers = append(r.Layers, a.driven.layer)
	}
	if n := a.idle(); n > 0 {
		a.note(idleRate, n, len(a.sections))
	}
	r.Warnings = append(r.Warnings, a.warnings()...)
}

// Reasons for which an incident is in no rate, beside those of a pattern.
const (
	OffRoads    = "farther from every road than the tolerance"
	OutsideArea = "on a road outside the area"
)
