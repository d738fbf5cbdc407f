package footprint

import "bivouac/geo"

func (a *Answer) values() geo.Values {
	bases := make([]geo.Value, 0, len(a.Bases))
	for _, b := range a.Bases {
		bases = append(bases, geo.Record(geo.Values{
			"key": keyValue(b.Key), "name": geo.String(b.Name), "radius_m": geo.Float(b.RadiusMetres),
			"inside": geo.Int(int64(b.Inside)), "only": geo.Int(int64(b.Only)),
			"population": geo.Float(b.PopulationInside), "population_only": geo.Float(b.PopulationOnly),
		}))
	}
	var collections []geo.Value
	for _, l := range a.Layers {
		s := l.Layer.Schema()
		collections = append(collections, geo.Record(geo.Values{
			"id": geo.String(s.Name), "title": geo.String(s.Title), "selected": geo.Int(int64(l.Selected)),
			"inside": geo.Int(int64(l.Inside)), "only_one": geo.Int(int64(l.OnlyOne)),
			"none": geo.Int(int64(l.None)), "without_place": geo.Int(int64(l.Placeless)),
		}))
	}
	return geo.Values{
		"bases": geo.List(bases...), "collections": geo.List(collections...), "population": a.population(),
	}
}

func (a *Answer) population() geo.Value {
	var sum Population
	for _, l := range a.Layers {
		if p := l.Population; p != nil {
			sum.Total += p.Total
			sum.Inside += p.Inside
			sum.OnlyOne += p.OnlyOne
			sum.Unstated += p.Unstated
		}
	}
	return geo.Record(geo.Values{
		"total": geo.Float(sum.Total), "reached": geo.Float(sum.Inside), "only_one": geo.Float(sum.OnlyOne),
		"none": geo.Float(sum.None()), "unstated": geo.Int(int64(sum.Unstated)),
	})
}

// keyValue is null for a place that is not a base.
func keyValue(k geo.Key) geo.Value {
	if k == 0 {
		return geo.Value{}
	}
	return geo.Int(int64(k))
}
