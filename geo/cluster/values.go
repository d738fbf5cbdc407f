package cluster

import (
	"math"

	"bivouac/geo"
	"bivouac/geo/pattern"
	"bivouac/geo/process"
)

// teller turns labels into what the process gives.
type teller struct {
	world    process.World
	pattern  *pattern.Pattern
	labels   *Labels
	clusters []Summary
	noise    Summary
}

func (t *teller) values() geo.Values {
	t.clusters, t.noise = t.labels.Summaries(t.pattern.Points)
	rows, hulls := make([]geo.Value, len(t.clusters)), make([]geo.Value, len(t.clusters))
	core, clustered := 0, 0
	for i := range t.clusters {
		s := &t.clusters[i]
		v := t.cluster(i, s)
		rows[i], hulls[i] = geo.Record(v), process.Feature(i+1, s.Hull, v)
		core, clustered = core+s.Core, clustered+len(s.Members)
	}
	left := t.sums(t.noise.Members)
	noise := left.values()
	noise["events"] = geo.Int(int64(len(t.noise.Members)))
	return geo.Values{
		"summary": geo.Record(geo.Values{
			"clusters": geo.Int(int64(len(rows))), "events": geo.Int(int64(t.pattern.Len())), "clustered": geo.Int(int64(clustered)),
			"noise": geo.Int(int64(len(t.noise.Members))), "core": geo.Int(int64(core)), "border": geo.Int(int64(clustered - core)),
		}),
		"clusters": geo.List(rows...), "noise": geo.Record(noise),
		"hulls": process.FeatureCollection(hulls), "points": t.points(),
	}
}

func (t *teller) cluster(i int, s *Summary) geo.Values {
	sums := t.sums(s.Members)
	v := sums.values()
	for name, n := range map[string]int{
		"cluster": i + 1, "events": len(s.Members), "core": s.Core, "border": len(s.Members) - s.Core, "places": s.Places, "coincident": s.Coincident,
	} {
		v[name] = geo.Int(int64(n))
	}
	v["area_km2"] = geo.Float(math.Round(s.AreaSquareMetres/10) / 1e5)
	v["lon"], v["lat"] = geo.Float(math.Round(s.Centre[0]*1e6)/1e6), geo.Float(math.Round(s.Centre[1]*1e6)/1e6)
	v["start"], v["end"], v["days"] = geo.Value{}, geo.Value{}, geo.Value{}
	if sums.timed {
		v["start"], v["end"] = geo.TimeValue(sums.first), geo.TimeValue(sums.last)
		v["days"] = geo.Float(float64(sums.last-sums.first) / float64(geo.Day))
	}
	return v
}

// casualties are the fields that are summed up where records have them.
var casualties = [...]string{"killed", "injured"}

// sums are what some events add up to.
type sums struct {
	weight      float64
	casualties  [len(casualties)]float64
	stated      [len(casualties)]bool
	timed       bool
	first, last geo.Time // of beginning
}

func (t *teller) sums(members []int32) (s sums) {
	schema := t.pattern.Layer.Schema()
	var field [len(casualties)]int
	for i, name := range casualties {
		field[i] = schema.Field(name)
	}
	for _, m := range members {
		s.weight += t.pattern.WeightOf(int(m))
		row, ok := t.pattern.Layer.Find(t.pattern.Keys[m], t.world.Reader)
		if !ok {
			continue
		}
		for i, at := range field {
			if at < 0 {
				continue
			}
			column := row.Table().Column(at)
			if n, ok := column.Number(row.Number()); ok {
				s.casualties[i], s.stated[i] = s.casualties[i]+n, true
			}
		}
		s.time(row.Table().Valid(row.Number()).Start)
	}
	return s
}

func (s *sums) time(began geo.End) {
	if began.Kind != geo.At {
		return
	}
	if !s.timed {
		s.first, s.last, s.timed = began.Time, began.Time, true
	}
	s.first, s.last = min(s.first, began.Time), max(s.last, began.Time)
}

func (s *sums) values() geo.Values {
	v := geo.Values{"weight": geo.Float(s.weight)}
	for i, name := range casualties {
		v[name] = geo.Value{}
		if s.stated[i] {
			v[name] = geo.Float(s.casualties[i])
		}
	}
	return v
}

func (t *teller) points() geo.Value {
	n := min(t.pattern.Len(), mostDrawn)
	features := make([]geo.Value, n)
	for i := range features {
		role, cluster := "noise", geo.Value{}
		if label := t.labels.Label[i]; label != Noise {
			role, cluster = "border", geo.Int(int64(label+1))
		}
		if t.labels.Core[i] {
			role = "core"
		}
		key := geo.Int(int64(t.pattern.Keys[i]))
		features[i] = process.Feature(int(t.pattern.Keys[i]), t.pattern.Points[i], geo.Values{"role": geo.String(role), "cluster": cluster, "key": key})
	}
	return process.FeatureCollection(features)
}
