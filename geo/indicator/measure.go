package indicator

import (
	"math"
	"slices"

	"bivouac/geo"
	"bivouac/geo/stat"
)

// Measure is how the main figure is made of records.
type Measure string

// The measures.
const (
	CountMeasure Measure = "count" // records
	SumMeasure   Measure = "sum"   // the sum of a number field
	ShareMeasure Measure = "share" // hits among the records of which it is known
	RateMeasure  Measure = "rate"  // the sum per record that states it
	RatioMeasure Measure = "ratio" // the sum per sum of another number field
	DelayMeasure Measure = "delay" // the median of the days from one time field to another
)

// MeasureNames returns all measures.
func MeasureNames() []string {
	return []string{string(CountMeasure), string(SumMeasure), string(ShareMeasure), string(RateMeasure), string(RatioMeasure), string(DelayMeasure)}
}

// additive reports whether a longer time gives more of it.
func (m Measure) additive() bool { return m == CountMeasure || m == SumMeasure }

// Estimate is the main figure of some records.
type Estimate struct {
	Value float64
	stat.Interval
	Bounded bool    // there is an interval
	Of      float64 // what it was divided by, or how many records it is the median of; 0 of counts and sums

	deviation float64 // of a ratio: its standard error
}

// Estimate returns the figure by the measure; it is false where nothing is
// known of it. Sums[0] is what sums, rates and ratios are of. dispersion is as
// in [Sum.Rate].
func (f *Figure) Estimate(m Measure, dispersion float64) (Estimate, bool) {
	switch m {
	case CountMeasure:
		i, _ := stat.Garwood(float64(f.Count), stat.Confidence)
		return Estimate{Value: float64(f.Count), Interval: i, Bounded: true}, true
	case SumMeasure:
		s := f.sum()
		e := Estimate{Value: s.Total}
		e.Interval, e.Bounded = stat.Scaled(s.Total, dispersion, stat.Confidence)
		return e, s.Stated > 0 || f.Count == 0
	case ShareMeasure:
		s, ok := f.Share()
		return Estimate{Value: s.Value, Interval: s.Interval, Bounded: ok, Of: float64(s.Decided)}, ok
	case RateMeasure:
		s := f.sum()
		r, ok := s.Rate(dispersion)
		return Estimate{Value: r.Value, Interval: r.Interval, Bounded: r.Bounded, Of: float64(s.Stated)}, ok
	case RatioMeasure:
		r, deviation, ok := f.Pairs.Ratio()
		e := Estimate{Value: r, Interval: stat.Around(r, deviation), Bounded: !math.IsNaN(deviation), Of: f.Pairs.X, deviation: deviation}
		return e, ok
	}
	slices.Sort(f.Days)
	d, ok := stat.MedianOf(f.Days)
	return Estimate{Value: d.Value, Interval: d.Interval, Bounded: d.Bounded, Of: float64(len(f.Days))}, ok
}

// sum returns the first sum, that of nothing where there is none.
func (f *Figure) sum() Sum {
	if f.Sums == nil {
		return Sum{}
	}
	return f.Sums[0]
}

// merged returns the figure of the records of all.
func merged(all []PeriodFigure) Figure {
	var out Figure
	for i := range all {
		f := &all[i].Figure
		out.Count, out.Hits, out.Undecided, out.Placeless = out.Count+f.Count, out.Hits+f.Hits, out.Undecided+f.Undecided, out.Placeless+f.Placeless
		if f.Sums != nil && out.Sums == nil {
			out.Sums = make([]Sum, len(f.Sums))
		}
		for k, s := range f.Sums {
			out.Sums[k].Total, out.Sums[k].Stated = out.Sums[k].Total+s.Total, out.Sums[k].Stated+s.Stated
		}
		out.Pairs.Join(f.Pairs)
		out.Days = append(out.Days, f.Days...)
	}
	return out
}

// Verdict is what a figure says of a target.
type Verdict string

// The verdicts.
const (
	Met    Verdict = "met"
	Missed Verdict = "missed"
	Open   Verdict = "not decided" // the interval holds values of both sides
)

// Wish is where a figure should go.
type Wish string

// The wishes.
const (
	Rise Wish = "rise"
	Fall Wish = "fall"
)

// Target is a value that a figure is to reach: at least it where it should
// rise, at most it where it should fall.
type Target struct {
	Value float64
	Wish  Wish
}

// Judge says whether the figure meets the target. Where it has no interval it
// is not decided.
func (t Target) Judge(e Estimate) Verdict {
	low, high := e.Lower, e.Upper
	if t.Wish == Fall {
		low, high = -high, -low
	}
	value := t.Value
	if t.Wish == Fall {
		value = -value
	}
	switch {
	case !e.Bounded:
		return Open
	case low >= value:
		return Met
	case high < value:
		return Missed
	}
	return Open
}

// delay is the days between two times.
func delay(from, to geo.Time) float64 { return float64(to-from) / float64(geo.Day) }
