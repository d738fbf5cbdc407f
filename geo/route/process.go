package route

import (
	"context"
	"slices"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/roads"
)

// The inputs of a route.
const (
	objectiveInput    = "objective"
	alternativesInput = "alternatives"
	stretchInput      = "stretch"
	apartInput        = "apart"
	departInput       = "depart"
	curfewRuleInput   = "curfew_rule"
	offsetInput       = "utc_offset_h"
	frontInput        = "front"
	firstInput        = "first"
)

const (
	fastest      = "fastest"
	leastRisk    = "least_risk"
	curfewWait   = "wait"
	curfewRefuse = "refuse"
)

// Process is the route as an analysis. The cache keeps the roads under
// conditions; threat says what is known of their risk.
func Process(cache *network.Cache, threat Threat) process.Process {
	return process.Process{
		ID:    "route",
		Title: "Route",
		Description: "The fastest or the least risky way by road, by way of places, and others that share little with it: legs, turns and times, the incidents along it, " +
			"and the places from which help is farthest. The way follows the roads; how far the places lie from them is said.",
		In:  routeInputs(threat),
		Out: routeOutputs(), Roads: true,
		Run: func(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
			s, err := newSurvey(ctx, w, in, cache, threat, in[objectiveInput].Text() == leastRisk || !in[frontInput].Null())
			if err != nil {
				return process.Result{}, err
			}
			return s.route(ctx, w, progress)
		},
	}
}

func routeInputs(threat Threat) geo.Schema {
	one, five, ten, nothing, most := 1.0, 5.0, 10.0, 0.0, 14.0
	west := -12.0
	undated := slices.DeleteFunc(roads.Fields(), func(f geo.Field) bool { return f.Name == roads.DateInput }) // it is the departure
	fields := append(placeFields(), undated...)
	fields = append(fields,
		geo.Field{Name: objectiveInput, Title: "Best is", Kind: geo.KindString, Enum: []string{fastest, leastRisk}, Default: geo.String(fastest),
			Description: "What the way is chosen by. The analysis pareto gives all ways between the two."},
		geo.Field{Name: alternativesInput, Title: "Ways", Kind: geo.KindInt, Least: &one, Greatest: &five, Default: geo.Int(1),
			Description: "How many ways, the best one among them; all of them come by the places by the way."},
		geo.Field{Name: stretchInput, Title: "Longest", Kind: geo.KindFloat, Unit: "1", Least: &one, Greatest: &ten, Default: geo.Float(1.5),
			Description: "No way takes more, in time or risk, by what is best, than so many times the best one."},
		geo.Field{Name: apartInput, Title: "Least dissimilarity", Kind: geo.KindFloat, Unit: "1", Least: &nothing, Greatest: &one, Default: geo.Float(0.3),
			Description: "Least share of its length that a way does not have in common with any other, on the mean of both."},
		geo.Field{Name: frontInput, Title: "Way of the front", Kind: geo.KindInt, Least: &one,
			Description: "The way of this number on the front that the analysis pareto gives under the same conditions, and no other."},
		geo.Field{Name: firstInput, Title: "First way", Kind: geo.KindInt, Least: &one, Greatest: &five, Default: geo.Int(1),
			Description: "Which of the ways comes first: incidents in their order and GPX are of that one."},
		geo.Field{Name: departInput, Title: "Departure", Kind: geo.KindTime, Description: "When the journey begins; without it no times of arrival are given. Help is looked for that stands at that time, hazards count that are in force then, and the roads are those of its month where no month is given and the season is not wet. Without it, hazards count that were not released when the last of them changed."},
		geo.Field{Name: curfewInput, Title: "Curfew", Kind: geo.KindString, Description: "Two times of day in local time between which nobody drives, as 18:00/06:00."},
		geo.Field{Name: curfewRuleInput, Title: "In the curfew", Kind: geo.KindString, Enum: []string{curfewWait, curfewRefuse}, Default: geo.String(curfewWait),
			Description: "wait: a leg that would run in it begins after it, one longer than a day's window halts on the road. refuse: such a way is an error that says when to leave."},
		geo.Field{Name: offsetInput, Title: "Local time", Unit: "h", Kind: geo.KindFloat, Least: &west, Greatest: &most, Default: geo.Float(0), Description: "Hours that local time is ahead of UTC."},
		radiusField("Incidents within this distance of a way are counted."),
	)
	return geo.Schema{Name: "route", Fields: withThreat(fields, threat)}
}

func routeOutputs() geo.Schema {
	return geo.Schema{Name: "route", Fields: []geo.Field{
		layerOf("ways", "Ways", "each way as a line that follows the roads, the best first", append(wayFields(), process.Number("dissimilarity", "From the first one", "1"))...),
		process.Table("legs", "Legs", "Stretches on one road of one surface and status.", legFields()...),
		process.Table("turns", "Turns", "What to do where the road changes or turns.", turnFields()...),
		process.Table("sheet", "Convoy sheet", "Check points with times; the notes are blank.", sheetFields()...),
		layerOf("weakest", "Weakest places for help", "where on each way a reaction force is longest in coming, and surgery farthest, by road under the same conditions", weakFields()...),
		process.Table("outcomes", "Incidents along the ways", "Within the distance of each way, by outcome.", alongFields()...),
		process.Table("support", "Help along the ways", "At places along each way, which reaction force would be there first, its notice included, and which place of surgery would be reached first from there, by road under the same conditions.", supportFields()...),
		layerOf("incidents", "Incidents along the ways", "within the distance of each way, in its order", append(besideFields(), process.Whole("way", "Way"))...),
		layerOf("hazards", "Hazards along the ways", "suspected and confirmed ones within the distance of each way, in its order", hazardFields()...),
		layerOf("access", "From the places to the road", "the straight line from each place to where the way has it; no time of the answer holds it", accessFields()...),
		{Name: "gpx", Title: "GPX", Kind: geo.KindString, Media: MediaGPX,
			Description: "The ways as a GPX 1.1 document: for each a route of its check points and a track; weakest places, halts and hazards as waypoints."},
	}}
}

func (s *survey) route(ctx context.Context, w process.World, progress process.Progress) (process.Result, error) {
	progress(0, 4, lookingForWays.With())
	journeys, err := s.journeys(ctx)
	if err == nil {
		err = s.bringFirst(journeys)
	}
	if err != nil {
		return process.Result{}, err
	}
	if err := s.take(journeys); err != nil {
		return process.Result{}, err
	}
	if err := s.schedule(); err != nil {
		return process.Result{}, err
	}
	r := s.result(ctx, w, s.routeMethod())
	progress(1, 4, lookingAlong.With())
	all := make([]int, len(s.itineraries))
	for i := range all {
		all[i] = i
	}
	if err := s.beside(ctx, w, &r, all); err != nil {
		return process.Result{}, err
	}
	progress(2, 4, lookingForHelp.With())
	if err := s.rescue(ctx, w, &r); err != nil {
		return process.Result{}, err
	}
	if r.Output["hazards"], err = s.hazards(ctx, w); err != nil {
		return process.Result{}, err
	}
	progress(3, 4, writingLegs.With())
	checks, err := s.checkPoints(ctx, w)
	if err != nil {
		return process.Result{}, err
	}
	s.compare(&r)
	r.Output["legs"], r.Output["turns"], r.Output["sheet"] = s.legs(), s.turns(), s.sheet(checks)
	r.Output["gpx"] = geo.String(s.gpx(checks, r.Output["weakest"], r.Output["hazards"]))
	r.Warnings = append(r.Warnings, s.warnings...)
	return r, nil
}

func (s *survey) routeMethod() string {
	if !s.in[frontInput].Null() {
		return frontMethod
	}
	method := "Shortest path by time (Dijkstra 1959)"
	if s.in[objectiveInput].Text() == leastRisk {
		method = "Shortest path by risk, time between equals (Dijkstra 1959)"
	}
	if s.in[alternativesInput].Int() > 1 {
		method += "; alternatives by via-nodes (Abraham et al. 2013), combined over the places by the way, of them the least alike (p-dispersion, Dell'Olmo et al. 2005; similarity after Akgün et al. 2000)"
	}
	return method
}

// journeys finds the ways that are asked for.
func (s *survey) journeys(ctx context.Context) ([]Journey, error) {
	places, byRisk := s.places(), s.in[objectiveInput].Text() == leastRisk
	if v := s.in[frontInput]; !v.Null() {
		return s.ofFront(ctx, int(v.Int()))
	}
	number := int(s.in[alternativesInput].Int())
	if number == 1 {
		j, broken, err := s.planner.Best(ctx, places, byRisk)
		if err == nil && broken >= 0 {
			err = cut(s.planner.Travel, s.stops[broken], s.stops[broken+1])
		}
		return []Journey{j}, err
	}
	ask := Alternatives{Number: number, ByRisk: byRisk, Stretch: s.in[stretchInput].Float(), Apart: s.in[apartInput].Float()}
	out, broken, err := s.planner.Several(ctx, places, ask)
	if err == nil && broken >= 0 {
		err = cut(s.planner.Travel, s.stops[broken], s.stops[broken+1])
	}
	if err != nil {
		return nil, err
	}
	if len(out) < number {
		s.warn("%d of %d ways were found: no others take at most %v times the best one and are %v apart from all; raise stretch or lower apart.", len(out), number, ask.Stretch, ask.Apart)
	}
	return out, nil
}

// ofFront finds the way of a number on the front, as the analysis pareto
// numbers them.
func (s *survey) ofFront(ctx context.Context, number int) ([]Journey, error) {
	f, err := s.front(ctx, usualLabels)
	if err != nil {
		return nil, err
	}
	drawn := thinned(f.Journeys)
	if number > len(drawn) {
		return nil, geo.Errorf(geo.Invalid, frontInput, "the front of time and risk has %d ways here; ask the analysis pareto which they are", len(drawn))
	}
	return drawn[number-1 : number], nil
}

// bringFirst puts the way that is asked for before the others.
func (s *survey) bringFirst(journeys []Journey) error {
	number := int(s.in[firstInput].Int())
	if number > len(journeys) {
		return geo.Errorf(geo.Invalid, firstInput, "there are %d ways; name one of them, or ask for more alternatives", len(journeys))
	}
	chosen := journeys[number-1]
	copy(journeys[1:number], journeys[:number-1])
	journeys[0] = chosen
	return nil
}

// compare says how little each way shares with the first.
func (s *survey) compare(r *process.Result) {
	ways := make([][]Stretch, len(s.itineraries))
	for i, it := range s.itineraries {
		ways[i] = s.planner.stretches(it.Paths...)
	}
	apart := newSharing(ways).apart
	for i, f := range r.Output["ways"].Record()["features"].List() {
		f.Record()["properties"].Record()["dissimilarity"] = geo.Float(apart[0][i])
	}
}
