package route

import (
	"context"
	"fmt"
	"maps"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/pattern"
	"bivouac/geo/process"
	"bivouac/geo/roads"
)

// Threat is how a process learns of risk, and the inputs that it needs for it.
type Threat struct {
	Fields []geo.Field
	PerArc Risk // nil is no risk known anywhere
}

// survey is a question about ways, and all that an answer is written from.
type survey struct {
	in         geo.Values
	conditions *roads.Question
	planner    *Planner
	relative   bool
	method     string // of the risk, "" for none
	warnings   []process.Warning
	stops      []Stop

	itineraries []*Itinerary
	curfew      Curfew
	tables      []*Timetable   // nil where nobody says when one leaves
	besides     map[int]Beside // incidents by way; none where there is no such collection
}

// dated takes the month from the departure where none is given and it is not
// asked about the wet season.
func dated(in geo.Values) geo.Values {
	if in[departInput].Null() || !in[roads.MonthInput].Null() || in[roads.SeasonInput].Text() == "wet" {
		return in
	}
	out := maps.Clone(in)
	local := in[departInput].Time() + geo.Time(in[offsetInput].Float()*3600*float64(geo.Second))
	out[roads.MonthInput] = geo.Int(int64(local.Std().Month()))
	return out
}

// driven takes the date of the roads from the departure, where there is one.
func driven(in geo.Values) geo.Values {
	if in[departInput].Null() {
		return in
	}
	out := maps.Clone(in)
	out[roads.DateInput] = in[departInput]
	return out
}

func newSurvey(ctx context.Context, w process.World, in geo.Values, cache *network.Cache, threat Threat, needed bool) (*survey, error) {
	places, err := placesOf(in)
	if err != nil {
		return nil, err
	}
	in = dated(in)
	q, err := roads.Read(ctx, w, driven(in))
	if err != nil {
		return nil, err
	}
	t, err := cache.Travel(ctx, w.Network(), q.Conditions)
	if err != nil {
		return nil, err
	}
	s := &survey{in: in, conditions: q, warnings: q.Warnings, besides: map[int]Beside{}}
	if s.stops, err = stops(t, places, in[snapInput].Float()); err != nil {
		return nil, err
	}
	risk, err := s.rate(ctx, w, threat, needed)
	if err != nil {
		return nil, err
	}
	s.planner = NewPlanner(t, risk)
	return s, nil
}

// rate asks for the risk. Where the answer does not need it, that none is known
// is a warning.
func (s *survey) rate(ctx context.Context, w process.World, threat Threat, needed bool) ([]float64, error) {
	if threat.PerArc == nil {
		s.warn("No risk of the roads is known here.")
		return nil, nil
	}
	in := geo.Values{}
	for _, f := range threat.Fields {
		if v := s.in[f.Name]; !v.Null() {
			in[f.Name] = v
		}
	}
	perArc, relative, method, warnings, err := threat.PerArc(ctx, w, in)
	switch {
	case err != nil && (needed || ctx.Err() != nil):
		return nil, err
	case err != nil:
		s.warn("The risk of the roads is not known: %v.", err)
		return nil, nil
	}
	s.relative, s.method, s.warnings = relative, method, append(s.warnings, warnings...)
	if relative {
		s.warn("The risk is relative: it compares ways, and no probability follows from it, since no movements say how often the roads were used.")
	}
	return perArc, nil
}

func (s *survey) warn(format string, args ...any) {
	s.warnings = append(s.warnings, process.Warning{Text: fmt.Sprintf(format, args...)})
}

func (s *survey) places() []network.Place {
	out := make([]network.Place, len(s.stops))
	for i := range s.stops {
		out[i] = s.stops[i].Place
	}
	return out
}

// take writes the journeys out.
func (s *survey) take(journeys []Journey) error {
	for _, j := range journeys {
		it, err := s.planner.Itinerary(j, s.stops)
		if err != nil {
			return geo.Errorf(geo.Invalid, destinationInput, "the way has no length: the places are at one place of the road; choose others")
		}
		s.itineraries = append(s.itineraries, it)
	}
	return nil
}

// timetable is that of way i, nil where nobody says when one leaves.
func (s *survey) timetable(i int) *Timetable {
	if s.tables == nil {
		return nil
	}
	return s.tables[i]
}

// schedule reads when one leaves and what holds one up.
func (s *survey) schedule() error {
	v := s.in[curfewInput]
	if !v.Null() {
		c, err := ParseCurfew(v.Text())
		if err != nil {
			return err
		}
		c.Offset = geo.Time(s.in[offsetInput].Float() * 3600 * float64(geo.Second))
		s.curfew = c
	}
	if s.in[departInput].Null() {
		if !v.Null() {
			return geo.Errorf(geo.Invalid, departInput, "say when the journey begins: a curfew holds it up or not by that")
		}
		return nil
	}
	depart := s.in[departInput].Time()
	for i, it := range s.itineraries {
		t := it.Timetable(depart, s.curfew)
		if s.in[curfewRuleInput].Text() == curfewRefuse {
			if err := it.refuse(&t, s.curfew, depart); err != nil && i == 0 {
				return err
			} else if err != nil {
				s.warn("Way %d: %v.", i+1, err)
			}
		}
		s.tables = append(s.tables, &t)
		for _, h := range t.Halts {
			s.warn("Way %d: the journey halts at km %.1f, on %s, from %s to %s, for the curfew.", i+1, h.At/1000, it.Legs[h.Leg].Way.Title(), s.curfew.clock(h.From), s.curfew.clock(h.To))
		}
	}
	return nil
}

// beside counts and lists incidents along the given ways. The records that they
// are looked for among are the same for all, and told of once.
func (s *survey) beside(ctx context.Context, w process.World, r *process.Result, ways []int) error {
	r.Output["outcomes"], r.Output["incidents"] = geo.List(), process.FeatureCollection(nil)
	id := incidentsCollection
	if v := s.in[process.CollectionInput]; !v.Null() {
		id = v.Text()
	}
	l, err := w.Layer(id)
	if err != nil {
		s.warn("There are no incidents to look for along the way.")
		return nil
	}
	var rows, features []geo.Value
	for n, i := range ways {
		it := s.itineraries[i]
		b, err := beside(ctx, w, s.in, l, it.Track)
		if err != nil {
			return err
		}
		if n == 0 {
			b.count(r)
		}
		s.besides[i] = b
		way := geo.Int(int64(i + 1))
		for _, v := range outcomes([]Beside{b}).List() {
			row := geo.Values{"way": way}
			maps.Copy(row, v.Record())
			row["per_km"] = geo.Float(row["records"].Float() / it.Track.Metres() * 1000)
			delete(row, "collection")
			rows = append(rows, geo.Record(row))
		}
		for _, f := range b.features(len(features)) {
			f.Record()["properties"].Record()["way"] = way
			features = append(features, f)
		}
	}
	r.Output["outcomes"], r.Output["incidents"] = geo.List(rows...), process.FeatureCollection(features)
	return nil
}

func alongFields() []geo.Field {
	return []geo.Field{process.Whole("way", "Way"), process.Text("outcome", "Outcome"), process.Whole("records", "Records"), process.Number("per_km", "Per km", "/km"), process.Whole("killed", "Killed"), process.Whole("injured", "Injured")}
}

// rescue finds where help is farthest.
func (s *survey) rescue(ctx context.Context, w process.World, r *process.Result) error {
	during := geo.Interval{}
	if v := s.in[departInput]; !v.Null() {
		during = geo.Instant(v.Time())
	}
	help, err := helpers(ctx, w, s.planner.Travel, during, s.in[snapInput].Float())
	if err != nil {
		return err
	}
	r.Selected += help.rows
	r.Used += help.used
	for reason, n := range help.lost {
		r.Dropped[reason] += n
	}
	dark := make([][]Span, len(s.itineraries))
	for i, it := range s.itineraries {
		if t := s.timetable(i); t != nil {
			dark[i] = it.Dark(t)
		}
		if len(dark[i]) > 0 && help.unstated > 0 {
			s.warn("Way %d is dark in part, and %d reaction forces state no notice by night: theirs by day is taken.", i+1, help.unstated)
		}
	}
	var features []geo.Value
	for _, x := range help.weakest(s.planner, s.itineraries, dark) {
		x.timed = s.tables != nil
		if x.Millis == network.Closed {
			s.warn("Way %d: from km %.1f on there is a place that no %s reaches by road.", x.way, x.At/1000, helpWords[x.kind])
		}
		features = append(features, x.feature(len(features)+1))
	}
	for _, kind := range []string{ReactionForce, Surgery} {
		if len(help.byKind[kind]) == 0 {
			s.warn("No %s is known that could be reached by road.", helpWords[kind])
		}
	}
	r.Output["weakest"] = process.FeatureCollection(features)
	r.Output["support"], err = s.support(ctx, help, dark)
	return err
}

var helpWords = map[string]string{ReactionForce: "reaction force", Surgery: "place of surgery"}

// result completes what all answers about ways share.
func (s *survey) result(ctx context.Context, w process.World, method string) process.Result {
	for _, it := range s.itineraries {
		see(ctx, w, it.Legs)
	}
	if s.method != "" {
		method += "; risk: " + s.method
	}
	vehicle := s.planner.Travel.Conditions.Profile
	method += fmt.Sprintf("; a %s in %s (%s)", vehicle.Title, s.conditions.Month(), vehicle.Source)
	return process.Result{Parameters: s.in, Docs: s.conditions.Docs, Output: geo.Values{"ways": s.ways(), "access": s.access()}, Method: method, Dropped: map[string]int{}, Layers: w.Layers()}
}

// withThreat adds the inputs that the risk needs, but for those that select by
// place, which a way does by itself.
func withThreat(fields []geo.Field, threat Threat) []geo.Field {
	known := map[string]bool{process.BoxInput: true, process.AreaInput: true}
	for _, f := range fields {
		known[f.Name] = true
	}
	for _, f := range append(threat.Fields, append(pattern.FloorFields(), timeField())...) {
		if !known[f.Name] {
			known[f.Name] = true
			fields = append(fields, f)
		}
	}
	return fields
}

func timeField() geo.Field {
	return geo.Field{Name: process.TimeInput, Title: "Time", Kind: geo.KindInterval,
		Description: "Only incidents that stood at some moment of this day, time or start/end, both included; .. is an open end."}
}
