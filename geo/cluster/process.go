package cluster

import (
	"context"
	"fmt"

	"bivouac/geo"
	"bivouac/geo/pattern"
	"bivouac/geo/process"
)

// Process is the search for clusters as an analysis.
func Process() process.Process {
	return process.Process{
		ID:    "cluster",
		Title: "Clusters",
		Description: "Where events crowd together, in space alone or in space and time: groups of any outline in which each event has enough others near it, " +
			"and the noise between them. Distances are geodesics on WGS84. A border event counts in the cluster of the nearest core event.",
		In:  inputs(),
		Out: outputs(),
		Run: run,
	}
}

func inputs() geo.Schema {
	hair, far, one, nothing := 0.001, 1_000_000.0, 1.0, 0.0
	return geo.Schema{Name: "cluster", Fields: append(pattern.Fields("incidents", true),
		geo.Field{Name: "method", Title: "Method", Kind: geo.KindString, Enum: []string{byDBSCAN, byHDBSCAN}, Default: geo.String(byDBSCAN),
			Description: "dbscan: one density for all, by distance and neighbours. hdbscan: clusters of different density; distance is the greatest that is looked at, and neighbours is also the least size of a cluster."},
		geo.Field{Name: "eps_m", Title: "Distance", Unit: "m", Kind: geo.KindFloat, Least: &hair, Greatest: &far, Default: geo.Float(10_000),
			Description: "How near two events must lie to be neighbours, the limit included."},
		geo.Field{Name: "eps_days", Title: "Time apart", Unit: "d", Kind: geo.KindFloat, Least: &nothing,
			Description: "How near in time two events must begin to be neighbours, the limit included (ST-DBSCAN); without it, time does not count (DBSCAN)."},
		geo.Field{Name: "min_points", Title: "Neighbours", Kind: geo.KindInt, Least: &one, Default: geo.Int(5),
			Description: "How many neighbours, itself included, make an event the core of a cluster."},
	)}
}

// The methods.
const (
	byDBSCAN  = "dbscan"
	byHDBSCAN = "hdbscan"
)

// mostDrawn is how many events the layer of points holds, at most.
const mostDrawn = 50_000

func outputs() geo.Schema {
	sums := []geo.Field{
		{Name: "weight", Title: "Sum of the weights", Kind: geo.KindFloat, Description: "The events where no weight was asked."},
		{Name: "killed", Title: "Killed", Kind: geo.KindFloat, Description: "Of events that state it; null where none does."},
		{Name: "injured", Title: "Injured", Kind: geo.KindFloat, Description: "Of events that state it; null where none does."},
	}
	whole := append([]geo.Field{
		{Name: "events", Title: "Events", Unit: "events", Kind: geo.KindInt}, process.Whole("cluster", "Cluster"), process.Whole("core", "Core events"), process.Whole("border", "Border events"),
		process.Whole("places", "Distinct places"), process.Whole("coincident", "Events that share their place with another"),
		{Name: "start", Title: "First began", Kind: geo.KindTime}, {Name: "end", Title: "Last began", Kind: geo.KindTime}, process.Number("days", "From the first to the last", "d"),
		process.Number("area_km2", "Area of the hull", "km2"), process.Number("lon", "Longitude of the centre", "deg"), process.Number("lat", "Latitude of the centre", "deg"),
	}, sums...)
	return geo.Schema{Name: "cluster", Fields: []geo.Field{
		{Name: "summary", Title: "Summary", Kind: geo.KindRecord, Fields: []geo.Field{
			process.Whole("clusters", "Clusters"), process.Whole("events", "Events"), process.Whole("clustered", "Events in clusters"), process.Whole("noise", "Noise: events in none"),
			process.Whole("core", "Core events"), process.Whole("border", "Border events"),
		}},
		{Name: "clusters", Title: "Clusters", Kind: geo.KindList, Description: "The largest first. With the noise they add up to the events.",
			Items: &geo.Field{Kind: geo.KindRecord, Fields: whole}},
		{Name: "noise", Title: "Noise", Kind: geo.KindRecord, Description: "Events of no cluster.",
			Fields: append([]geo.Field{process.Whole("events", "Events")}, sums...)},
		{Name: "hulls", Title: "Hulls", Kind: geo.KindRecord, Fields: whole,
			Description: "A GeoJSON FeatureCollection: the convex hull of each cluster; a line or a point where it has no area."},
		{Name: "points", Title: "Events by cluster", Kind: geo.KindRecord, Description: fmt.Sprintf("A GeoJSON FeatureCollection: the events, %d at most.", mostDrawn),
			Fields: []geo.Field{
				{Name: "role", Title: "Role", Kind: geo.KindString, Enum: []string{"core", "border", "noise"}},
				{Name: "cluster", Title: "Cluster", Kind: geo.KindInt, Description: "As in clusters; null for noise."},
				process.Whole("key", "Key of the record"),
			}},
	}}
}

func run(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
	timed := !in["eps_days"].Null()
	search, method := methodOf(in["method"].Text(), timed)
	if search == nil {
		return process.Result{}, geo.Errorf(geo.Invalid, "eps_days", "time does not count in hdbscan: leave eps_days out, or take dbscan")
	}
	p, err := pattern.Read(ctx, w, in, timed)
	if err != nil {
		return process.Result{}, err
	}
	q := &Query{Points: p.Points, Keys: p.Keys, Times: p.Times, EpsMetres: in["eps_m"].Float(), MinPoints: int(in["min_points"].Int())}
	if timed {
		q.EpsTime = geo.Time(min(in["eps_days"].Float()*float64(geo.Day), float64(Forever)))
	}
	labels, err := search(ctx, q, func(done, total int) { progress(done, total, lookingAround.With()) })
	if err != nil {
		return process.Result{}, err
	}
	t := &teller{world: w, pattern: p, labels: labels}
	r := process.Result{Output: t.values(), Method: method}
	p.Into(&r)
	r.Warnings = append(r.Warnings, process.Plain(t.warnings(q)...)...)
	return r, nil
}

type search func(context.Context, *Query, func(done, total int)) (*Labels, error)

// methodOf returns the search of a method, nil where there is none, and its
// name.
func methodOf(method string, timed bool) (search, string) {
	switch {
	case method == byHDBSCAN && timed:
		return nil, ""
	case method == byHDBSCAN:
		return HDBSCAN, "HDBSCAN (Campello, Moulavi and Sander 2013) on geodesic distances up to the greatest one asked, clusters by the excess of mass"
	case timed:
		return DBSCAN, "ST-DBSCAN (Birant and Kut 2007) on geodesic distances and times of beginning; border events to the nearest core event"
	}
	return DBSCAN, "DBSCAN (Ester, Kriegel, Sander and Xu 1996) on geodesic distances; border events to the nearest core event"
}

func (t *teller) warnings(q *Query) (out []string) {
	warn := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	n := len(q.Points)
	switch {
	case n == 0:
	case t.labels.Clusters == 0:
		warn("No event has %d neighbours within %v m, itself included: raise eps_m or lower min_points.", q.MinPoints, q.EpsMetres)
	case 2*len(t.clusters[0].Members) > n && n > 2*q.MinPoints:
		warn("The largest cluster holds %d of %d events: a smaller eps_m, or more min_points, tells more of them apart.", len(t.clusters[0].Members), n)
	}
	if n > mostDrawn {
		warn("The layer of points holds the first %d of %d events; the clusters count them all.", mostDrawn, n)
	}
	if t.labels.Clusters > 0 {
		warn("Clusters by density know no significance: where people live and travel, events crowd by chance too. Scan and near-repeat test against it.")
	}
	return out
}
