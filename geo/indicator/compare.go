package indicator

import (
	"context"
	"math"

	"bivouac/geo"
	"bivouac/geo/stat"
)

// Comparison is an answer beside that of an earlier time.
type Comparison struct {
	During geo.Interval // the earlier time
	Before Answer
	Scale  float64 // what the earlier counts and sums are multiplied by, for a time as long as the asked one
	Total  Change
	Groups []Change // of all groups of either time, in the order of the asked one's
}

// Change is how a figure differs from that of the earlier time.
type Change struct {
	Group       geo.Value // of a group: its value
	Now, Before Estimate
	KnownNow    bool // else nothing is known of Now
	KnownBefore bool
	Tested      bool // else there is neither change nor test

	Value   float64 // now less before, which is scaled
	Bounds  stat.Interval
	Bounded bool

	Percent        float64 // of before; infinite or NaN where that is 0
	PercentBounds  stat.Interval
	PercentBounded bool

	P float64 // that two equal figures differ as much by chance
}

// Compare answers the query for an earlier time, and how a's figures differ
// from those. Both count what began in their time.
func Compare(ctx context.Context, q Query, a *Answer, during geo.Interval) (Comparison, error) {
	first, second := lengths(q.Select.During, during)
	c := Comparison{During: during, Scale: 1}
	if q.Measure.additive() {
		c.Scale = first / second
	}
	past := q
	past.Select.During, past.Period = during, None
	var err error
	if c.Before, err = Compute(ctx, past); err != nil {
		return c, err
	}
	w := weigher{measure: q.Measure, now: first, before: second, dispersion: pooled(a, &c.Before)}
	c.Total = w.change(&a.Total, &c.Before.Total)
	for i := range a.Groups {
		g := &a.Groups[i]
		c.Groups = append(c.Groups, w.group(g.Value, &g.Figure, groupOf(&c.Before, g.Value)))
	}
	for i := range c.Before.Groups {
		g := &c.Before.Groups[i]
		if groupOf(a, g.Value) == nil {
			c.Groups = append(c.Groups, w.group(g.Value, nil, &g.Figure))
		}
	}
	return c, nil
}

func groupOf(a *Answer, v geo.Value) *Figure {
	for i := range a.Groups {
		if g := &a.Groups[i]; g.Value.Kind() == v.Kind() && g.Value.String() == v.String() {
			return &g.Figure
		}
	}
	return nil
}

// pooled is the dispersion of the first sum over both answers; 1 where nothing
// is summed.
func pooled(a, b *Answer) float64 {
	if len(a.Dispersion) == 0 {
		return 1
	}
	first, second := a.Total.sum().Total, b.Total.sum().Total
	if first+second == 0 {
		return 1
	}
	return (a.Dispersion[0]*first + b.Dispersion[0]*second) / (first + second)
}

// weigher compares figures of two times.
type weigher struct {
	measure     Measure
	now, before float64 // lengths of the times
	dispersion  float64
}

func (w *weigher) group(v geo.Value, now, before *Figure) Change {
	if now == nil {
		now = &Figure{}
	}
	if before == nil {
		before = &Figure{}
	}
	c := w.change(now, before)
	c.Group = v
	return c
}

func (w *weigher) change(now, before *Figure) Change {
	c := Change{P: 1}
	c.Now, c.KnownNow = now.Estimate(w.measure, w.dispersion)
	c.Before, c.KnownBefore = before.Estimate(w.measure, w.dispersion)
	if !c.KnownNow || !c.KnownBefore {
		return c
	}
	switch w.measure {
	case CountMeasure:
		w.rates(&c, stat.Count{Events: c.Now.Value, Exposure: w.now}, stat.Count{Events: c.Before.Value, Exposure: w.before}, 1)
	case SumMeasure:
		w.rates(&c, stat.Count{Events: c.Now.Value, Exposure: w.now}, stat.Count{Events: c.Before.Value, Exposure: w.before}, w.dispersion)
	case RateMeasure:
		w.rates(&c, stat.Count{Events: now.sum().Total, Exposure: c.Now.Of}, stat.Count{Events: before.sum().Total, Exposure: c.Before.Of}, w.dispersion)
	case ShareMeasure:
		d, ok := stat.TwoShares(now.Hits, int(c.Now.Of), before.Hits, int(c.Before.Of))
		c.differ(d, 1, ok)
	case RatioMeasure:
		c.differ(stat.TwoEstimates(c.Now.Value, c.Now.deviation, c.Before.Value, c.Before.deviation), 1, c.Now.Bounded && c.Before.Bounded)
	case DelayMeasure:
		d := stat.Difference{Value: c.Now.Value - c.Before.Value, P: stat.MannWhitney(now.Days, before.Days)}
		if bounded := c.Now.Bounded && c.Before.Bounded; bounded {
			d.Interval = stat.Apart(c.Now.Value, c.Now.Interval, c.Before.Value, c.Before.Interval)
		}
		c.differ(d, 1, c.Now.Bounded && c.Before.Bounded)
		c.Tested, c.P = true, d.P
	}
	return c
}

// rates compares what happens so often in so much time, or in so many records.
func (w *weigher) rates(c *Change, now, before stat.Count, dispersion float64) {
	scale := 1.0
	if w.measure.additive() {
		scale = w.now / w.before
	}
	r, ok := stat.TwoRates(now, before, dispersion)
	d := stat.Difference{Value: c.Now.Value - scale*c.Before.Value, P: r.P}
	if c.Now.Bounded && c.Before.Bounded {
		d.Interval = stat.Apart(c.Now.Value, c.Now.Interval,
			scale*c.Before.Value, stat.Interval{Lower: scale * c.Before.Lower, Upper: scale * c.Before.Upper})
	}
	c.differ(d, scale, ok && c.Now.Bounded && c.Before.Bounded)
	c.PercentBounded = c.Tested && before.Events > 0
	c.PercentBounds = stat.Interval{Lower: 100 * (r.Lower - 1), Upper: 100 * (r.Upper - 1)}
}

func (c *Change) differ(d stat.Difference, scale float64, ok bool) {
	c.Value, c.Percent = d.Value, math.NaN()
	if before := scale * c.Before.Value; before > 0 {
		c.Percent = 100 * (c.Now.Value/before - 1)
	}
	c.Tested, c.Bounded, c.Bounds = ok, ok, d.Interval
	if ok {
		c.P = d.P
	}
}

// testName is the name of the test by which a measure is compared.
func testName(m Measure) string {
	switch m {
	case ShareMeasure:
		return "Fisher's exact test; Newcombe's interval of a difference of shares (1998, method 10)"
	case RatioMeasure:
		return "Wald's z test of two ratio estimators (Cochran 1977)"
	case DelayMeasure:
		return "Mann-Whitney test (1947); the interval of the difference of medians by variance recovery (Zou and Donner 2008)"
	}
	return "conditional exact test of two Poisson rates (Przyborowski and Wilenski 1940) with Clopper and Pearson's interval, scaled by the dispersion where one record adds several; the interval of the difference by variance recovery (Zou and Donner 2008)"
}
