package indicator

import (
	"bivouac/geo"
	"bivouac/geo/process"
)

// values is the answer as the process gives it.
func (a *Answer) values(q *Query) geo.Values {
	w := &writer{query: q, dispersion: a.Dispersion}
	schema := q.Layer.Schema()
	for _, name := range q.Sums {
		fields, err := process.NumberFields(schema, sumInput, name)
		w.whole = append(w.whole, err == nil && fields.Whole(schema))
	}
	periods := make([]geo.Value, len(a.Periods))
	for i := range a.Periods {
		p := &a.Periods[i]
		v := w.figure(&p.Figure)
		v["start"], v["end"] = geo.TimeValue(p.Start), geo.TimeValue(p.End)
		periods[i] = geo.Record(v)
	}
	groups := make([]geo.Value, len(a.Groups))
	for i := range a.Groups {
		g := &a.Groups[i]
		v := w.figure(&g.Figure)
		v["value"] = g.Value
		groups[i] = geo.Record(v)
	}
	return geo.Values{"total": geo.Record(w.figure(&a.Total)), "periods": geo.List(periods...), "groups": geo.List(groups...)}
}

// writer turns figures into values. What was not asked for is not there; what
// cannot be said is null.
type writer struct {
	query      *Query
	dispersion []float64
	whole      []bool // by sum: of whole numbers
}

func (w *writer) figure(f *Figure) geo.Values {
	v := geo.Values{"count": geo.Int(int64(f.Count))}
	if w.query.Hits != nil {
		w.share(v, f)
	}
	if len(w.query.Sums) > 0 {
		w.sums(v, f)
	}
	return v
}

func (w *writer) share(v geo.Values, f *Figure) {
	s, ok := f.Share()
	v["hits"], v["decided"] = geo.Int(int64(f.Hits)), geo.Int(int64(s.Decided))
	v["share"], v["share_lower"], v["share_upper"] = geo.Value{}, geo.Value{}, geo.Value{}
	if ok {
		v["share"], v["share_lower"], v["share_upper"] = geo.Float(s.Value), geo.Float(s.Lower), geo.Float(s.Upper)
	}
}

func (w *writer) sums(v geo.Values, f *Figure) {
	sums, nulls, rates := geo.Values{}, geo.Values{}, geo.Values{}
	for i, name := range w.query.Sums {
		s := Sum{}
		if f.Sums != nil {
			s = f.Sums[i]
		}
		nulls[name] = geo.Int(int64(f.Count - s.Stated))
		switch {
		case s.Stated == 0 && f.Count > 0:
			sums[name] = geo.Value{}
		case w.whole[i]:
			sums[name] = geo.Int(int64(s.Total))
		default:
			sums[name] = geo.Float(s.Total)
		}
		rates[name] = w.rate(s, w.dispersion[i])
	}
	v["sums"], v["nulls"], v["rates"] = geo.Record(sums), geo.Record(nulls), geo.Record(rates)
}

func (w *writer) rate(s Sum, dispersion float64) geo.Value {
	v := geo.Values{"of": geo.Int(int64(s.Stated)), "per_record": {}, "lower": {}, "upper": {}}
	r, ok := s.Rate(dispersion)
	if ok {
		v["per_record"] = geo.Float(r.Value)
	}
	if ok && r.Bounded {
		v["lower"], v["upper"] = geo.Float(r.Lower), geo.Float(r.Upper)
	}
	return geo.Record(v)
}
