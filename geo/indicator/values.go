package indicator

import (
	"math"

	"bivouac/geo"
	"bivouac/geo/process"
	"bivouac/geo/stat"
)

// writer turns figures into values. What was not asked for is not there; what
// cannot be said is null.
type writer struct {
	query      *Query
	target     *Target
	wish       Wish
	named      *Definition
	dispersion []float64
	whole      []bool // by sum: of whole numbers
}

func newWriter(ask *asked, a *Answer) *writer {
	w := &writer{query: &ask.query, target: ask.target, wish: Wish(ask.in[wantedInput].Text()), named: ask.named, dispersion: a.Dispersion}
	schema := w.query.Layer.Schema()
	for _, name := range w.query.Sums {
		fields, err := process.NumberFields(schema, sumInput, name)
		w.whole = append(w.whole, err == nil && fields.Whole(schema))
	}
	return w
}

// values is the answer as the process gives it.
func (w *writer) values(a *Answer) geo.Values {
	periods := make([]geo.Value, len(a.Periods))
	for i := range a.Periods {
		p := &a.Periods[i]
		v := w.figure(&p.Figure, true)
		v["start"], v["end"] = geo.TimeValue(p.Start), geo.TimeValue(p.End)
		periods[i] = geo.Record(v)
	}
	groups := make([]geo.Value, len(a.Groups))
	for i := range a.Groups {
		g := &a.Groups[i]
		v := w.figure(&g.Figure, w.query.Period == None)
		v["value"] = g.Value
		groups[i] = geo.Record(v)
	}
	out := geo.Values{"total": geo.Record(w.figure(&a.Total, w.query.Period == None)), "periods": geo.List(periods...), "groups": geo.List(groups...)}
	if w.named != nil {
		out["definition"] = w.named.value()
	}
	return out
}

// figure writes one figure. Counts and sums are held to a target where they are
// of one period, or where there are no periods.
func (w *writer) figure(f *Figure, single bool) geo.Values {
	v := geo.Values{"count": geo.Int(int64(f.Count)), "without_place": geo.Int(int64(f.Placeless))}
	if w.query.Hits != nil {
		w.share(v, f)
	}
	if len(w.query.Sums) > 0 {
		w.sums(v, f)
	}
	if w.query.Measure == "" {
		return v
	}
	e, ok := f.Estimate(w.query.Measure, w.main())
	estimate(v, "figure", e, ok)
	v["figure_of"] = number(e.Of, ok && !w.query.Measure.additive())
	if w.target != nil && (single || !w.query.Measure.additive()) {
		v["verdict"] = geo.Value{}
		if ok {
			v["verdict"] = geo.String(string(w.target.Judge(e)))
		}
	}
	return v
}

func (w *writer) main() float64 {
	if len(w.dispersion) == 0 {
		return 1
	}
	return w.dispersion[0]
}

// number is null where it is not known, or none.
func number(x float64, known bool) geo.Value {
	if !known || math.IsNaN(x) || math.IsInf(x, 0) {
		return geo.Value{}
	}
	return geo.Float(x)
}

func estimate(v geo.Values, name string, e Estimate, ok bool) {
	v[name], v[name+"_lower"], v[name+"_upper"] = number(e.Value, ok), number(e.Lower, ok && e.Bounded), number(e.Upper, ok && e.Bounded)
}

func (w *writer) share(v geo.Values, f *Figure) {
	s, ok := f.Share()
	v["hits"], v["decided"] = geo.Int(int64(f.Hits)), geo.Int(int64(s.Decided))
	v["share"], v["share_lower"], v["share_upper"] = number(s.Value, ok), number(s.Lower, ok), number(s.Upper, ok)
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
		rates[name] = rate(s, w.dispersion[i])
	}
	v["sums"], v["nulls"], v["rates"] = geo.Record(sums), geo.Record(nulls), geo.Record(rates)
}

func rate(s Sum, dispersion float64) geo.Value {
	r, ok := s.Rate(dispersion)
	return geo.Record(geo.Values{
		"of": geo.Int(int64(s.Stated)), "per_record": number(r.Value, ok),
		"lower": number(r.Lower, ok && r.Bounded), "upper": number(r.Upper, ok && r.Bounded),
	})
}

func (w *writer) comparison(c *Comparison) geo.Value {
	groups := make([]geo.Value, len(c.Groups))
	for i := range c.Groups {
		v := w.change(&c.Groups[i])
		v["value"] = c.Groups[i].Group
		groups[i] = geo.Record(v)
	}
	return geo.Record(geo.Values{
		"start": geo.TimeValue(c.During.Start.Time), "end": geo.TimeValue(c.During.End.Time),
		"scale":  geo.Float(c.Scale),
		"before": geo.Record(w.figure(&c.Before.Total, true)),
		"total":  geo.Record(w.change(&c.Total)), "groups": geo.List(groups...),
	})
}

func (w *writer) change(c *Change) geo.Values {
	v := geo.Values{"p": number(c.P, c.Tested)}
	estimate(v, "now", c.Now, c.KnownNow)
	estimate(v, "before", c.Before, c.KnownBefore)
	known := c.KnownNow && c.KnownBefore
	v["change"], v["change_lower"], v["change_upper"] = number(c.Value, known), number(c.Bounds.Lower, c.Bounded), number(c.Bounds.Upper, c.Bounded)
	v["percent"] = number(c.Percent, known)
	v["percent_lower"], v["percent_upper"] = number(c.PercentBounds.Lower, c.PercentBounded), number(c.PercentBounds.Upper, c.PercentBounded)
	w.heading(v, c.Value > 0, c.Tested && c.P < 1-stat.Confidence)
	return v
}

func (w *writer) trend(t *Trend) geo.Value {
	up, shown := t.Rising()
	v := geo.Values{
		"periods": geo.Int(int64(t.Known)), "left_out": geo.Int(int64(t.Left)),
		"s": geo.Float(t.S), "variance": geo.Float(t.Var), "z": geo.Float(t.Z), "p": geo.Float(t.P), "tau": geo.Float(t.Tau),
		"slope": number(t.Slope, t.Sloped), "slope_lower": number(t.Bounds.Lower, t.Sloped), "slope_upper": number(t.Bounds.Upper, t.Sloped),
	}
	w.heading(v, up, shown)
	steps := make([]geo.Value, len(t.Steps))
	for i, s := range t.Steps {
		steps[i] = geo.Record(geo.Values{"start": geo.TimeValue(s.At), "before": number(s.Before, true), "after": number(s.After, true)})
	}
	v["steps"] = geo.List(steps...)
	return geo.Record(v)
}

// The headings of a change or a trend.
const (
	NotShown = "not shown"
	Up       = "up"
	Down     = "down"
)

// headings returns all of them.
func headings() []string { return []string{NotShown, Up, Down} }

// heading says where a figure went, and whether that was wished: null where
// nothing is, or nothing is shown.
func (w *writer) heading(v geo.Values, up, shown bool) {
	v["heading"], v["as_wanted"] = geo.String(NotShown), geo.Value{}
	if !shown {
		return
	}
	v["heading"] = geo.String(Down)
	if up {
		v["heading"] = geo.String(Up)
	}
	if w.wish != "" {
		v["as_wanted"] = geo.Bool(up == (w.wish == Rise))
	}
}
