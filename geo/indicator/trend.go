package indicator

import (
	"math"

	"bivouac/geo"
	"bivouac/geo/stat"
)

// maxTrend is the most periods that a trend is looked for in: it takes time as
// their square.
const maxTrend = 1_000

// fewPeriods is how many make the normal distribution of Mann-Kendall's S a
// fair one.
const fewPeriods = 10

// Trend is where a figure is going over the periods.
type Trend struct {
	TooMany bool // periods for a trend to be looked for; then nothing else is said

	Left  int // periods that were left out, since they are not known to be whole
	Known int // the others that have a figure
	stat.Trend
	Slope  float64 // Sen's, a period
	Bounds stat.Interval
	Sloped bool // there are two figures or more
	Steps  []Step
}

// Step is a period in which a new level began.
type Step struct {
	At            geo.Time
	Before, After float64 // the figure up to it, and from it on; of counts and sums, a period
}

// Rising reports whether the trend is upward, and whether it is shown at all:
// at the level of the intervals.
func (t *Trend) Rising() (up, shown bool) { return t.S > 0, t.P < 1-stat.Confidence }

// TrendOf looks for a trend and for changes of level. Counts and sums are taken
// of whole periods alone: a shorter one has less of them. Where the asked time
// has no start, or no end, nobody says that the first period, or the last, is
// covered as a whole.
func TrendOf(q *Query, a *Answer) Trend {
	if len(a.Periods) > maxTrend {
		return Trend{TooMany: true}
	}
	periods := a.Periods
	if q.Measure.additive() {
		periods = whole(q, periods)
	}
	t := Trend{Left: len(a.Periods) - len(periods)}
	values := make([]float64, len(periods))
	for i := range periods {
		values[i] = math.NaN()
		if e, ok := periods[i].Estimate(q.Measure, a.main()); ok {
			values[i] = e.Value
			t.Known++
		}
	}
	t.Trend = stat.MannKendall(values)
	t.Slope, t.Bounds.Lower, t.Bounds.Upper = stat.Sen(values)
	t.Sloped = t.Known > 1
	t.Steps = steps(q.Measure, a.main(), periods, values)
	return t
}

// main is the dispersion of the sum that the main figure is of.
func (a *Answer) main() float64 {
	if len(a.Dispersion) == 0 {
		return 1
	}
	return a.Dispersion[0]
}

// whole leaves out periods that the asked time cuts, or does not say to hold.
func whole(q *Query, periods []PeriodFigure) []PeriodFigure {
	is := func(p *PeriodFigure) bool {
		n := q.Period.number(p.Start)
		return p.Start == q.Period.start(n) && p.End == q.Period.start(n+1)
	}
	during := q.Select.During
	if len(periods) > 0 && (during.Start.Kind != geo.At || !is(&periods[0])) {
		periods = periods[1:]
	}
	if last := len(periods) - 1; last >= 0 && (during.End.Kind != geo.At || !is(&periods[last])) {
		periods = periods[:last]
	}
	return periods
}

// steps finds the changes of level, and the levels.
func steps(m Measure, dispersion float64, periods []PeriodFigure, values []float64) []Step {
	at := places(m, dispersion, periods, values)
	var out []Step
	for i, place := range at {
		from, to := 0, len(periods)
		if i > 0 {
			from = at[i-1]
		}
		if i+1 < len(at) {
			to = at[i+1]
		}
		out = append(out, Step{periods[place].Start, level(m, dispersion, periods[from:place]), level(m, dispersion, periods[place:to])})
	}
	return out
}

func places(m Measure, dispersion float64, periods []PeriodFigure, values []float64) []int {
	n := len(periods)
	over, of := make([]float64, n), make([]float64, n)
	for i := range periods {
		p := &periods[i]
		switch m {
		case ShareMeasure:
			over[i], of[i] = float64(p.Hits), float64(p.Count-p.Undecided)
		case RateMeasure:
			over[i], of[i] = p.sum().Total, float64(p.sum().Stated)
		case CountMeasure, SumMeasure:
			over[i], of[i] = values[i], float64(p.End-p.Start)
		}
		if over[i] < 0 {
			return nil // no count
		}
		if over[i] != over[i] { // nobody states it
			over[i], of[i] = 0, 0
		}
	}
	switch m {
	case ShareMeasure:
		return stat.ShareChanges(over, of)
	case RatioMeasure, DelayMeasure:
		return stat.MeanChanges(values)
	case CountMeasure:
		dispersion = 1
	}
	return stat.RateChanges(over, of, dispersion)
}

func level(m Measure, dispersion float64, periods []PeriodFigure) float64 {
	all := merged(periods)
	e, ok := all.Estimate(m, dispersion)
	if !ok {
		return math.NaN()
	}
	if m.additive() {
		return e.Value / float64(len(periods))
	}
	return e.Value
}
