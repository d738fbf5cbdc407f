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

// ScanProcess is the space-time permutation scan as an analysis.
func ScanProcess() process.Process {
	return process.Process{
		ID:    "scan",
		Title: "Space-time scan",
		Description: "Where and since when more happens than the place's own past and the season make likely, though nobody says beforehand where to look or over how long: " +
			"the space-time permutation scan, for clusters that go on to the last day or, looking back, for any. It needs no count of people.",
		In:  scanInputs(),
		Out: scanOutputs(),
		Run: runScan,
	}
}

func scanInputs() geo.Schema {
	nothing, far, hair, half, one, years, many, all := 0.0, 1_000_000.0, 0.001, 0.5, 1.0, 3653.0, 5000.0, 1.0
	return geo.Schema{Name: "scan", Fields: slices.Concat(patternFields(), []geo.Field{
		{Name: "radius_m", Title: "Largest circle", Unit: "m", Kind: geo.KindFloat, Least: &nothing, Greatest: &far, Default: geo.Float(50_000),
			Description: "Radius of the largest circle that is looked at, the rim included."},
		{Name: "share", Title: "Largest share", Kind: geo.KindFloat, Least: &hair, Greatest: &half, Default: geo.Float(0.5),
			Description: "Of all events that a circle may hold, at most."},
		{Name: "days", Title: "Longest", Unit: "d", Kind: geo.KindInt, Least: &one, Greatest: &years, Default: geo.Int(30),
			Description: "Days of the longest cluster; never more than half of all days."},
		{Name: "retrospective", Title: "Look back", Kind: geo.KindBool, Default: geo.Bool(false),
			Description: "false: only clusters that go on to the last day. true: clusters of any days, which takes much longer."},
		{Name: "end", Title: "End", Kind: geo.KindTime,
			Description: "Where the last day ends; without it, the end of the asked time or, where that is open, of the day of the latest event in UTC."},
		{Name: "cells", Title: "Places", Kind: geo.KindInt, Least: &one, Greatest: &many, Default: geo.Int(2000),
			Description: "How many places are told apart; where there are more, the events of squares just large enough are put together."},
		{Name: "significance", Title: "Significance", Kind: geo.KindFloat, Least: &nothing, Greatest: &all, Default: geo.Float(0.05),
			Description: "Further clusters are given up to this p; the most likely one always is."},
	}, permutationFields())}
}

func scanOutputs() geo.Schema {
	moment := func(name, title string) geo.Field { return geo.Field{Name: name, Title: title, Kind: geo.KindTime} }
	cluster := []geo.Field{
		process.Number("log_ratio", "Log likelihood ratio", "nat"), process.Whole("cluster", "Cluster"), moment("start", "From"), moment("end", "To before"), process.Number("days", "Days", "d"),
		process.Whole("observed", "Events"), process.Number("expected", "Expected", ""), process.Number("ratio", "Observed over expected", ""),
		process.Number("p", "p by rank among the permutations, (r + 1) / (R + 1)", ""), process.Number("p_gumbel", "p by a Gumbel law fitted to them", ""),
		{Name: "recurrence_days", Title: "Recurrence interval", Unit: "d", Kind: geo.KindFloat, Description: "How often chance makes one as strong where a scan is made each day: 1 / p, never more than one more than the permutations. Null when looking back."},
		process.Number("radius_m", "Radius: 0 for a single place", "m"), process.Whole("places", "Places"), process.Number("lon", "Longitude of the centre", "deg"), process.Number("lat", "Latitude of the centre", "deg"),
	}
	return geo.Schema{Name: "scan", Fields: []geo.Field{
		{Name: "summary", Title: "Summary", Kind: geo.KindRecord, Fields: []geo.Field{
			process.Whole("events", "Events"), process.Whole("places", "Places told apart"), process.Number("side_m", "Side of the squares, null where places are their own", "m"),
			moment("end", "End of the last day"), process.Number("days", "Days", "d"), process.Number("longest_days", "Longest cluster looked at", "d"),
			process.Number("critical", "Log likelihood ratio at which p is 0.05", "nat"), process.Whole("permutations", "Permutations"),
		}},
		{Name: "clusters", Title: "Clusters", Kind: geo.KindList, Description: "The most likely first; the others share no place with one before.",
			Items: &geo.Field{Kind: geo.KindRecord, Fields: cluster}},
		{Name: "circles", Title: "Circles", Kind: geo.KindRecord, Fields: cluster,
			Description: fmt.Sprintf("A GeoJSON FeatureCollection: the circle of each cluster as a geodesic disc; that of a single place is drawn %v m wide.", leastDrawnMetres)},
	}}
}

// leastDrawnMetres is the radius with which a single place is drawn.
const leastDrawnMetres = 1000.0

func runScan(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
	p, err := pattern.Read(ctx, w, in, true)
	if err != nil {
		return process.Result{}, err
	}
	q := &ScanQuery{
		Points: p.Points, Times: p.Times, RadiusMetres: in["radius_m"].Float(), Share: in["share"].Float(), Days: int(in["days"].Int()),
		Retrospective: in["retrospective"].Bool(), Cells: int(in["cells"].Int()), Significance: in["significance"].Float(),
		Permutations: int(in["permutations"].Int()), Seed: uint64(in["seed"].Int()),
	}
	if q.End, err = lastEnd(p, in["end"]); err != nil {
		return process.Result{}, err
	}
	f, err := Scan(ctx, q, func(done, total int) { progress(done, total, permutingTimes.With()) })
	if err != nil {
		return process.Result{}, err
	}
	r := process.Result{
		Seed: q.Seed,
		Method: "Space-time permutation scan statistic (Kulldorff et al. 2005) on cylinders of geodesic circles and whole days; " +
			"p by Monte Carlo rank and by Gumbel approximation (Abrams, Kulldorff and Kleinman 2010)",
	}
	if r.Output, err = f.values(q); err != nil {
		return process.Result{}, err
	}
	p.Into(&r)
	r.Warnings = append(r.Warnings, process.Plain(f.warnings(q)...)...)
	return r, nil
}

// lastEnd is where the last day ends: as asked, else where the asked time
// does, else after the day of the latest event.
func lastEnd(p *pattern.Pattern, asked geo.Value) (geo.Time, error) {
	if p.Len() == 0 {
		return asked.Time(), nil
	}
	latest := slices.Max(p.Times)
	switch {
	case !asked.Null() && asked.Time() <= latest:
		return 0, geo.Errorf(geo.Invalid, "end", "events began after it, the latest at %v; give a later end, or a datetime that ends there", latest)
	case !asked.Null() && asked.Time()-slices.Min(p.Times) > mostDays*geo.Day:
		return 0, geo.Errorf(geo.Invalid, "end", "it is more than %d days after the earliest event; give an earlier end", mostDays)
	case !asked.Null():
		return asked.Time(), nil
	case p.During.End.Kind == geo.At:
		return p.During.End.Time, nil
	}
	day := latest / geo.Day
	if latest < 0 && latest%geo.Day != 0 {
		day--
	}
	return (day + 1) * geo.Day, nil
}

func (f *Found) values(q *ScanQuery) (geo.Values, error) {
	rows, circles := make([]geo.Value, len(f.Clusters)), make([]geo.Value, len(f.Clusters))
	for i := range f.Clusters {
		c := &f.Clusters[i]
		v := c.values(q)
		v["cluster"] = geo.Int(int64(i + 1))
		outline, err := shape.Disc{Centre: c.Centre, RadiusMetres: max(c.RadiusMetres, leastDrawnMetres)}.Outline()
		if err != nil {
			return nil, err
		}
		rows[i], circles[i] = geo.Record(v), process.Feature(i+1, outline, v)
	}
	summary := geo.Values{
		"events": geo.Int(int64(len(q.Points))), "places": geo.Int(int64(f.Cells)), "side_m": {}, "end": geo.TimeValue(q.End),
		"days": geo.Int(int64(f.Days)), "longest_days": geo.Int(int64(f.Longest)), "critical": geo.Float(f.Critical), "permutations": geo.Int(int64(q.Permutations)),
	}
	if f.SideMetres > 0 {
		summary["side_m"] = geo.Float(math.Round(f.SideMetres))
	}
	if len(q.Points) == 0 {
		summary["end"] = geo.Value{}
	}
	return geo.Values{"summary": geo.Record(summary), "clusters": geo.List(rows...), "circles": process.FeatureCollection(circles)}, nil
}

func (c *Cluster) values(q *ScanQuery) geo.Values {
	v := geo.Values{
		"start": geo.TimeValue(c.Start), "end": geo.TimeValue(c.End), "days": geo.Int(int64((c.End - c.Start) / geo.Day)),
		"observed": geo.Int(int64(c.Observed)), "expected": geo.Float(c.Expected), "ratio": ratio(c.Observed, c.Expected),
		"log_ratio": geo.Float(c.LogRatio), "p": {}, "p_gumbel": geo.Float(c.Gumbel), "recurrence_days": {},
		"radius_m": geo.Float(math.Round(c.RadiusMetres)), "places": geo.Int(int64(c.Cells)),
		"lon": geo.Float(math.Round(c.Centre[0]*1e6) / 1e6), "lat": geo.Float(math.Round(c.Centre[1]*1e6) / 1e6),
	}
	if q.Permutations > 0 {
		v["p"] = geo.Float(c.P)
		if !q.Retrospective {
			v["recurrence_days"] = geo.Float(1 / c.P)
		}
	}
	return v
}

func (f *Found) warnings(q *ScanQuery) (out []string) {
	warn := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	switch {
	case len(q.Points) == 0:
		return nil
	case f.Cells < 2 || f.Days < 2:
		warn("All events are at one place or on one day: no place can have more than its share of a day. Select more of them.")
	case len(f.Clusters) == 0:
		warn("No circle has more events in its last days than expected.")
	case q.Permutations > 0 && f.Clusters[0].P > 0.05:
		warn("Nothing stands out: chance makes a cluster as strong as the most likely one in %.0f %% of cases.", 100*f.Clusters[0].P)
	}
	if f.SideMetres > 0 {
		warn("The events have more than %d distinct places and were put together in squares of about %.0f m.", q.Cells, f.SideMetres)
	}
	if f.Longest < q.Days {
		warn("The events span %d days, so clusters of at most %d were looked at.", f.Days, f.Longest)
	}
	if q.Permutations < 99 && len(f.Clusters) > 0 {
		warn("%d permutations are too few to tell how likely chance is; 999 are usual.", q.Permutations)
	}
	return out
}
