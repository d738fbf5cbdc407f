package indicator

import (
	"context"

	"bivouac/geo"
	"bivouac/geo/filter"
	"bivouac/geo/layer"
	"bivouac/geo/pattern"
	"bivouac/geo/process"
)

// Process is the indicator as an analysis. Without zones it knows UTC alone.
func Process(zones Zones) process.Process {
	return process.Process{
		ID:    "indicator",
		Title: "Indicator",
		Description: "How many records, how much of a number, what share, at what rate and after how long, by period of the calendar and by group; " +
			"against an earlier time, with its trend, the changes of its level and its target. Named indicators are built in, and documents add others. " +
			"Each figure carries its denominator and a 95 % interval. A record counts in the period in which it began.",
		In:  inputs(),
		Out: outputs(),
		Run: zones.run,
	}
}

// asked is the question with all that an indicator adds.
type asked struct {
	in     geo.Values // as used
	named  *Definition
	docs   []geo.Doc
	query  Query
	target *Target
}

func (z Zones) run(ctx context.Context, w process.World, in geo.Values, _ process.Progress) (process.Result, error) {
	ask, err := z.resolve(w, in)
	if err != nil {
		return process.Result{}, err
	}
	q := &ask.query
	earlierTime, compares := geo.Interval{}, in[compareInput].Text() != ""
	if compares {
		if earlierTime, err = earlier(in[compareInput].Text(), q.Select.During); err != nil {
			return process.Result{}, err
		}
		q.Began = true
	}
	a, err := Compute(ctx, *q)
	if err != nil {
		return process.Result{}, err
	}
	r := process.Result{
		Method: method, Parameters: ask.in,
		Selected: a.Selected, Used: a.Used, Dropped: a.Dropped,
		Layers: []*layer.Layer{q.Layer}, Docs: ask.docs,
	}
	o := newWriter(&ask, &a)
	r.Output, r.Warnings = o.values(&a), a.warnings(q)
	if compares {
		c, err := Compare(ctx, *q, &a, earlierTime)
		if err != nil {
			return r, err
		}
		r.Output["comparison"] = o.comparison(&c)
		r.Method += "; the change by the " + testName(q.Measure)
		r.Warnings = append(r.Warnings, process.Plain(c.warnings(q)...)...)
		join(&r, &c.Before)
	}
	if ask.in[trendInput].Bool() {
		t := TrendOf(q, &a)
		if !t.TooMany {
			r.Output["trend"] = o.trend(&t)
			r.Method += trendMethod
		}
		r.Warnings = append(r.Warnings, process.Plain(t.warnings(q)...)...)
	}
	return r, nil
}

const method = "Wilson score interval (1927) of shares; Garwood's exact Poisson interval (1936) of counts, sums and rates, " +
	"scaled by the dispersion where one record adds several (Bohm and Zech 2014)"

const trendMethod = "; the trend by the Mann-Kendall test (1945, 1975) with ties and Sen's slope (1968); changes of level by optimal partitioning " +
	"(Jackson et al. 2005) with a penalty by which of series without a change one in twenty is said to have one, or fewer"

// join counts the rows of the earlier time, too.
func join(r *process.Result, before *Answer) {
	r.Selected, r.Used = r.Selected+before.Selected, r.Used+before.Used
	for reason, n := range before.Dropped {
		r.Dropped[reason] += n
	}
}

// resolve adds to the inputs what the named indicator and the defaults say.
func (z Zones) resolve(w process.World, in geo.Values) (asked, error) {
	a := asked{in: geo.Values{}}
	for name, v := range in {
		a.in[name] = v
	}
	if id := in[indicatorInput].Text(); id != "" {
		def, doc, err := find(w, id)
		if err != nil {
			return a, err
		}
		if a.named = def; doc != nil {
			a.docs = []geo.Doc{*doc}
		}
	}
	a.fill()
	if err := a.combine(); err != nil {
		return a, err
	}
	l, s, err := w.Selection(a.in)
	if err != nil {
		return a, a.blame(err, process.CollectionInput)
	}
	if s, err = joined(l, s, a.named); err != nil {
		return a, ofDefinition(a.named.ID, err)
	}
	if a.query, err = question(l, s, a.in); err == nil {
		a.query.Zone, err = z.zone(a.in[zoneInput])
	}
	if err == nil {
		err = check(a.query)
	}
	return a, a.blame(err, sumInput, hitsInput, perInput, fromInput, toInput, groupInput, zoneInput)
}

// blame says that an error is the indicator's where the asker left the input
// to it.
func (a *asked) blame(err error, inputs ...string) error {
	e, ok := err.(*geo.Error)
	if !ok || a.named == nil {
		return err
	}
	for _, name := range inputs {
		if e.Where == name && !a.named.Inputs[name].Null() && a.in[name].String() == a.named.Inputs[name].String() {
			return ofDefinition(a.named.ID, err)
		}
	}
	return err
}

// fill takes what the question leaves open from the indicator, and then the
// defaults.
func (a *asked) fill() {
	set := func(name string, v geo.Value) {
		if a.in[name].Null() && !v.Null() {
			a.in[name] = v
		}
	}
	if a.named != nil {
		for name, v := range a.named.Inputs {
			switch name {
			case "description", "unit", process.FilterInput:
			default:
				set(name, v)
			}
		}
		set(trendInput, geo.Bool(a.in[periodInput].Text() != string(None)))
	}
	set(process.CollectionInput, geo.String(defaultCollection))
	set(periodInput, geo.String(string(defaultPeriod)))
	if a.in[compareInput].Text() != "" || a.in[trendInput].Bool() || !a.in[targetInput].Null() {
		set(measureInput, geo.String(string(CountMeasure)))
	}
}

// combine reads what inputs say together.
func (a *asked) combine() error {
	if a.in[trendInput].Bool() && a.in[periodInput].Text() == string(None) {
		return geo.Errorf(geo.Invalid, trendInput, "a trend needs periods; ask with a period other than %s", None)
	}
	var err error
	a.target, err = targetOf(a.in)
	return err
}

// targetOf reads the target; nil where there is none.
func targetOf(in geo.Values) (*Target, error) {
	v := in[targetInput]
	if v.Null() {
		return nil, nil
	}
	wish := Wish(in[wantedInput].Text())
	if wish == "" {
		return nil, geo.Errorf(geo.Invalid, wantedInput, "a target needs a direction: %s, at least so much, or %s, at most", Rise, Fall)
	}
	return &Target{v.Float(), wish}, nil
}

// joined adds the indicator's filter to a selection.
func joined(l *layer.Layer, s geo.Selection, d *Definition) (geo.Selection, error) {
	if d == nil || d.Inputs[process.FilterInput].Null() {
		return s, nil
	}
	also, err := process.Filter(l, process.FilterInput, d.Inputs[process.FilterInput].Text())
	if err == nil {
		s.Match = filter.And(s.Match, also)
	}
	return s, err
}

func question(l *layer.Layer, s geo.Selection, in geo.Values) (Query, error) {
	q := Query{
		Layer: l, Select: s, Period: Period(in[periodInput].Text()), GroupBy: in[groupInput].Text(), Measure: Measure(in[measureInput].Text()),
		Per: in[perInput].Text(), From: in[fromInput].Text(), To: in[toInput].Text(),
	}
	for _, name := range in[sumInput].List() {
		q.Sums = append(q.Sums, name.Text())
	}
	var err error
	if q.Floor, err = pattern.ReadFloor(l.Schema(), in); err != nil {
		return q, err
	}
	if v := in[hitsInput]; !v.Null() {
		q.Hits, err = process.Filter(l, hitsInput, v.Text())
	}
	return q, err
}
