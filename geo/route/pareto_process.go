package route

import (
	"context"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/roads"
)

const labelsInput = "labels"

// usualLabels is where the search ends unless told.
const usualLabels = 2_000_000

const frontMethod = "Bi-objective label setting on seconds and millionths of risk (BOA*, Hernandez Ulloa et al. 2020)"

// ParetoProcess is the front of time and risk as an analysis; see [Process].
func ParetoProcess(cache *network.Cache, threat Threat) process.Process {
	return process.Process{
		ID:    "pareto",
		Title: "Time against risk",
		Description: "All ways by road between which time and risk have to be weighed: none of them is beaten in both by any other way. The front is exact, " +
			"and also holds ways that no weighing of the two would choose; where the search ends at its limit, the answer says what it proves.",
		In:  paretoInputs(threat),
		Out: paretoOutputs(), Roads: true,
		Run: func(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
			s, err := newSurvey(ctx, w, in, cache, threat, true)
			if err != nil {
				return process.Result{}, err
			}
			return s.pareto(ctx, w, progress)
		},
	}
}

func paretoInputs(threat Threat) geo.Schema {
	least, most := 1.0, 20_000_000.0
	fields := append(placeFields(), roads.Fields()...)
	fields = append(fields,
		geo.Field{Name: labelsInput, Title: "Labels", Kind: geo.KindInt, Least: &least, Greatest: &most, Default: geo.Int(usualLabels),
			Description: "How many partial ways are looked at, at most, from each place to the next."},
		radiusField("Incidents within this distance of the fastest and of the least risky way are counted."),
	)
	return geo.Schema{Name: "pareto", Fields: withThreat(fields, threat)}
}

func paretoOutputs() geo.Schema {
	return geo.Schema{Name: "pareto", Fields: []geo.Field{
		layerOf("ways", "Ways", "each way of the front as a line that follows the roads, the fastest first", wayFields()...),
		record("front", "Front", process.Whole("ways", "Ways"), geo.Field{Name: "complete", Title: "Complete", Kind: geo.KindBool},
			geo.Field{Name: "proved_min", Title: "Proved up to", Unit: "min", Kind: geo.KindFloat, Description: "All ways up to this time are there; null where the front is complete."},
			process.Whole("labels", "Partial ways looked at")),
		process.Table("outcomes", "Incidents along the two ends", "Within the distance of the fastest and of the least risky way, by outcome.", alongFields()...),
		layerOf("incidents", "Incidents along the fastest and the least risky way", "in the order of each", append(besideFields(), process.Whole("way", "Way"))...),
		layerOf("access", "From the places to the road", "the straight line from each place to where the way has it; no time of the answer holds it", accessFields()...),
	}}
}

// mostDrawn is how many ways of a front are written out: beyond, neighbours
// differ by seconds.
const mostDrawn = 200

func (s *survey) pareto(ctx context.Context, w process.World, progress process.Progress) (process.Result, error) {
	progress(0, 2, lookingForWays.With())
	f, err := s.front(ctx, int(s.in[labelsInput].Int()))
	if err != nil {
		return process.Result{}, err
	}
	if err := s.take(thinned(f.Journeys)); err != nil {
		return process.Result{}, err
	}
	r := s.result(ctx, w, frontMethod)
	front := geo.Values{"ways": geo.Int(int64(len(f.Journeys))), "complete": geo.Bool(f.Complete), "proved_min": {}, "labels": geo.Int(int64(f.Labels))}
	if !f.Complete {
		front["proved_min"] = inMinutes(f.Proved)
		s.warn("The front is incomplete: all its ways of up to %.1f minutes are there, and the least risky one; others may lie between. Raise labels to find them.", float64(f.Proved)/60_000)
	}
	if len(f.Journeys) > len(s.itineraries) {
		s.warn("The front has %d ways; %d of them, evenly among them with both ends, are written out.", len(f.Journeys), len(s.itineraries))
	}
	r.Output["front"] = geo.Record(front)
	progress(1, 2, lookingAlong.With())
	ends := []int{0}
	if last := len(s.itineraries) - 1; last > 0 {
		ends = append(ends, last)
	}
	if err := s.beside(ctx, w, &r, ends); err != nil {
		return process.Result{}, err
	}
	r.Warnings = append(r.Warnings, s.warnings...)
	return r, nil
}

// front is that between the places; that there is no way at all is an error.
func (s *survey) front(ctx context.Context, labels int) (Tradeoff, error) {
	f, broken, err := s.planner.Tradeoff(ctx, s.places(), labels)
	if err == nil && broken >= 0 {
		err = cut(s.planner.Travel, s.stops[broken], s.stops[broken+1])
	}
	return f, err
}

func thinned(all []Journey) []Journey {
	if len(all) <= mostDrawn {
		return all
	}
	out := make([]Journey, mostDrawn)
	for i := range out {
		out[i] = all[i*(len(all)-1)/(mostDrawn-1)]
	}
	return out
}
