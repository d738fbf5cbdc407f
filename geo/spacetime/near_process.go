package spacetime

import (
	"context"
	"fmt"
	"math"
	"slices"

	"bivouac/geo"
	"bivouac/geo/pattern"
	"bivouac/geo/process"
	"bivouac/geo/shape"
)

// mostZones is how many zones are drawn, at most.
const mostZones = 2000

// NearRepeatProcess is the Knox test, the near-repeat matrix and the zones
// that follow, as an analysis.
func NearRepeatProcess() process.Process {
	return process.Process{
		ID:    "near-repeat",
		Title: "Near repeats",
		Description: "Whether events follow each other near by and soon, more often than where and when they happen alone would make likely: the Knox test, " +
			"the near-repeat matrix by half-open bands of distance and time, and the zones about the latest events in which the risk is raised now, with their end.",
		In:  nearInputs(),
		Out: nearOutputs(),
		Run: runNear,
	}
}

// patternFields are the inputs of a pattern of events that each count 1.
func patternFields() []geo.Field {
	return slices.DeleteFunc(pattern.Fields("incidents", true), func(f geo.Field) bool { return f.Name == pattern.WeightInput })
}

// permutationFields are the inputs of a Monte Carlo test.
func permutationFields() []geo.Field {
	nothing, one, many := 0.0, 1.0, 9999.0
	return []geo.Field{
		{Name: "permutations", Title: "Permutations", Kind: geo.KindInt, Least: &nothing, Greatest: &many, Default: geo.Int(999),
			Description: "How often the times are dealt anew to the places; the least p is 1 in one more."},
		{Name: "seed", Title: "Seed", Kind: geo.KindInt, Least: &one, Default: geo.Int(1),
			Description: "Of the permutations: one seed, one answer."},
	}
}

func nearInputs() geo.Schema {
	nothing, far := 0.0, 1_000_000.0
	numbers := func(ns ...float64) geo.Value {
		var out []geo.Value
		for _, n := range ns {
			out = append(out, geo.Float(n))
		}
		return geo.List(out...)
	}
	return geo.Schema{Name: "near-repeat", Fields: slices.Concat(patternFields(), []geo.Field{
		{Name: "distance_m", Title: "Near", Unit: "m", Kind: geo.KindFloat, Least: &nothing, Greatest: &far, Default: geo.Float(1000),
			Description: "Of the Knox test and the zones: how near, the limit included. 1 km and 2 days stood out in Iraq (Townsley, Johnson and Ratcliffe 2008)."},
		{Name: "days", Title: "Soon", Unit: "d", Kind: geo.KindFloat, Least: &nothing, Default: geo.Float(2),
			Description: "Of the Knox test and the zones: how soon, the limit included; a zone ends so many days after its event."},
		{Name: "edges_m", Title: "Edges of distance", Unit: "m", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindFloat}, Default: numbers(1, 1000, 2000, 5000, 10000),
			Description: "Of the matrix, rising: bands reach from an edge to before the next one, from 0 on; the last has no end. Below 1 m is the same place."},
		{Name: "edges_days", Title: "Edges of time", Unit: "d", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindFloat}, Default: numbers(2, 4, 7, 14, 30),
			Description: "Of the matrix, rising: bands reach from an edge to before the next one, from 0 on; the last has no end. Below 2 days are the same day and the next, where times are days."},
		{Name: "now", Title: "Present", Kind: geo.KindTime,
			Description: "When the zones are in force; without it, the end of the asked time or, where that is open, the beginning of the latest event."},
	}, permutationFields())}
}

func nearOutputs() geo.Schema {
	return geo.Schema{Name: "near-repeat", Fields: []geo.Field{
		{Name: "knox", Title: "Knox test", Kind: geo.KindRecord, Fields: []geo.Field{
			process.Whole("pairs", "Pairs of events"), process.Whole("near", "Pairs that are near"), process.Whole("soon", "Pairs that are soon"), process.Whole("observed", "Pairs that are both"),
			process.Number("expected", "Expected: near x soon / pairs", ""), process.Number("ratio", "Observed over expected", ""),
			process.Number("p_at_least", "P(X >= observed) by Poisson: the tail of the Knox test", ""), process.Number("p_more", "P(X > observed) by Poisson", ""),
			process.Number("p_permuted", "Share of permutations with as many or more, (r + 1) / (R + 1)", ""), process.Whole("permutations", "Permutations"),
		}},
		{Name: "matrix", Title: "Near-repeat matrix", Kind: geo.KindList, Description: "Half-open bands [from, to), row by row; to is null where a band has no end. All pairs are in it once.",
			Items: &geo.Field{Kind: geo.KindRecord, Fields: []geo.Field{
				process.Number("from_m", "From", "m"), process.Number("to_m", "To before", "m"), process.Number("from_days", "From", "d"), process.Number("to_days", "To before", "d"),
				process.Whole("observed", "Pairs"), process.Number("expected", "Mean of the permutations", ""), process.Number("ratio", "Observed over expected", ""), process.Number("p", "Share of permutations with as many or more", ""),
			}}},
		{Name: "now", Title: "The present of the zones", Kind: geo.KindTime},
		{Name: "zones", Title: "Zones in force", Kind: geo.KindRecord,
			Description: fmt.Sprintf("A GeoJSON FeatureCollection: about each event of the last days a geodesic disc, the newest first, %d at most.", mostZones),
			Fields: []geo.Field{
				{Name: "events", Title: "Events in force within the distance, this one included", Unit: "events", Kind: geo.KindInt},
				{Name: "expires", Title: "Expires", Kind: geo.KindTime}, process.Number("hours_left", "Left", "h"),
				{Name: "began", Title: "Event began", Kind: geo.KindTime}, process.Whole("key", "Key of the event"), process.Number("radius_m", "Radius", "m"),
			}},
	}}
}

func runNear(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
	p, err := pattern.Read(ctx, w, in, true)
	if err != nil {
		return process.Result{}, err
	}
	q := &Query{
		Points: p.Points, Times: p.Times, WithinMetres: in["distance_m"].Float(), WithinTime: span(in["days"].Float()),
		Permutations: int(in["permutations"].Int()), Seed: uint64(in["seed"].Int()),
	}
	for _, v := range in["edges_m"].List() {
		q.Metres = append(q.Metres, v.Float())
	}
	for _, v := range in["edges_days"].List() {
		q.Spans = append(q.Spans, span(v.Float()))
	}
	a, err := NearRepeat(ctx, q, func(done, total int) { progress(done, total, permutingTimes.With()) })
	if err != nil {
		return process.Result{}, err
	}
	now := present(p, in["now"])
	zones, err := InForce(p.Points, p.Times, p.Keys, q.WithinMetres, q.WithinTime, now)
	if err != nil {
		return process.Result{}, err
	}
	t := &nearTeller{query: q, answer: a, pattern: p, zones: zones, now: now}
	r := process.Result{Seed: q.Seed, Method: "Knox test (Knox 1964) and near-repeat matrix (Johnson et al. 2007; Ratcliffe and Rengert 2008) on geodesic distances, with permutations of the times"}
	if r.Output, err = t.values(); err != nil {
		return process.Result{}, err
	}
	p.Into(&r)
	r.Warnings = append(r.Warnings, process.Plain(t.warnings()...)...)
	return r, nil
}

func span(days float64) geo.Time { return geo.Time(min(days, 4e6) * float64(geo.Day)) }

// present is when the zones are in force: as asked, else the end of the asked
// time, else the latest event.
func present(p *pattern.Pattern, asked geo.Value) geo.Time {
	switch {
	case !asked.Null():
		return asked.Time()
	case p.During.End.Kind == geo.At:
		return p.During.End.Time
	case p.Len() == 0:
		return 0
	}
	return slices.Max(p.Times)
}

// nearTeller turns the answer into what the process gives.
type nearTeller struct {
	query   *Query
	answer  *Answer
	pattern *pattern.Pattern
	zones   []Zone
	now     geo.Time
}

func (t *nearTeller) values() (geo.Values, error) {
	k := &t.answer.Knox
	zones, err := t.discs()
	if err != nil {
		return nil, err
	}
	out := geo.Values{
		"knox": geo.Record(geo.Values{
			"pairs": geo.Int(int64(k.Pairs)), "near": geo.Int(int64(k.Near)), "soon": geo.Int(int64(k.Soon)), "observed": geo.Int(int64(k.Observed)),
			"expected": geo.Float(k.Expected), "ratio": ratio(k.Observed, k.Expected), "p_at_least": geo.Float(k.AtLeast), "p_more": geo.Float(k.More),
			"p_permuted": t.tested(k.Permuted), "permutations": geo.Int(int64(t.query.Permutations)),
		}),
		"matrix": geo.List(t.matrix()...), "zones": zones, "now": geo.TimeValue(t.now),
	}
	if t.pattern.Len() == 0 {
		out["now"] = geo.Value{}
	}
	return out, nil
}

// tested is a p of permutations, null where there were none.
func (t *nearTeller) tested(p float64) geo.Value {
	if t.query.Permutations == 0 {
		return geo.Value{}
	}
	return geo.Float(p)
}

// ratio is null where nothing is expected.
func ratio(observed int, expected float64) geo.Value { return geo.Float(float64(observed) / expected) }

func (t *nearTeller) matrix() []geo.Value {
	var out []geo.Value
	for i, row := range t.answer.Matrix {
		for j, c := range row {
			v := geo.Values{"observed": geo.Int(int64(c.Observed)), "expected": geo.Float(c.Expected), "ratio": ratio(c.Observed, c.Expected), "p": t.tested(c.P)}
			v["from_m"], v["to_m"] = bandOf(i, len(t.query.Metres), func(k int) float64 { return t.query.Metres[k] })
			v["from_days"], v["to_days"] = bandOf(j, len(t.query.Spans), func(k int) float64 { return float64(t.query.Spans[k]) / float64(geo.Day) })
			out = append(out, geo.Record(v))
		}
	}
	return out
}

func bandOf(k, edges int, edge func(int) float64) (from, to geo.Value) {
	from = geo.Float(0)
	if k > 0 {
		from = geo.Float(edge(k - 1))
	}
	if k < edges {
		to = geo.Float(edge(k))
	}
	return from, to
}

func (t *nearTeller) discs() (geo.Value, error) {
	var features []geo.Value
	for i, z := range t.zones {
		if i == mostZones || t.query.WithinMetres == 0 {
			break
		}
		outline, err := shape.Disc{Centre: t.pattern.Points[z.Event], RadiusMetres: t.query.WithinMetres}.Outline()
		if err != nil {
			return geo.Value{}, err
		}
		key := t.pattern.Keys[z.Event]
		features = append(features, process.Feature(int(key), outline, geo.Values{
			"events": geo.Int(int64(z.Events)), "expires": geo.TimeValue(z.Expires), "began": geo.TimeValue(t.pattern.Times[z.Event]),
			"hours_left": geo.Float(math.Round(float64(z.Expires-t.now)/float64(geo.Day)*2400) / 100),
			"key":        geo.Int(int64(key)), "radius_m": geo.Float(t.query.WithinMetres),
		}))
	}
	return process.FeatureCollection(features), nil
}

func (t *nearTeller) warnings() (out []string) {
	warn := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	n := t.pattern.Len()
	switch {
	case n == 1:
		warn("One event has no pair: there is nothing to test.")
	case n > 1 && t.answer.Knox.Soon == t.answer.Knox.Pairs && t.answer.Knox.Pairs > 0:
		warn("All events are within %v days of each other: whether they come soon after one another cannot be told. Ask for a longer time, or fewer days.", float64(t.query.WithinTime)/float64(geo.Day))
	case n > 1 && t.answer.Knox.Near == t.answer.Knox.Pairs:
		warn("All events are within %v m of each other: whether they come near one another cannot be told. Ask for a larger area, or a smaller distance_m.", t.query.WithinMetres)
	}
	if len(t.zones) > mostZones {
		warn("%d zones are in force; the newest %d are drawn.", len(t.zones), mostZones)
	}
	if len(t.zones) > 0 && !(t.answer.Knox.AtLeast <= 0.05) {
		warn("The Knox test finds no more pairs near and soon than chance makes (p %.2g): the zones rest on what was found elsewhere, not on these events.", t.answer.Knox.AtLeast)
	}
	if len(out) == 0 && n > 1 {
		cells := len(t.answer.Matrix) * len(t.answer.Matrix[0])
		warn("The p of the %d cells are not adjusted for how many there are: by chance, about %.0f fall below 0.05.", cells, math.Ceil(0.05*float64(cells)))
	}
	return out
}
