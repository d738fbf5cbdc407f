package indicator

import (
	"fmt"
	"strconv"

	"bivouac/geo"
)

// warnings say what limits the figures.
func (a *Answer) warnings(q *Query) []geo.Said {
	if a.Used == 0 {
		return []geo.Said{noRecord.With()}
	}
	var out []geo.Said
	if a.Cut {
		out = append(out, timeCuts.With(string(q.Period)))
	}
	if a.Lasting > 0 {
		out = append(out, recordsLast.With(a.Lasting, a.Used, string(q.Period)))
	}
	if n := a.Total.Undecided; n > 0 {
		out = append(out, hitsUnstated.With(n, a.Total.Count))
	}
	for i, name := range q.Sums {
		if n := a.Total.Count - a.Total.Sums[i].Stated; n > 0 {
			out = append(out, fieldUnstated.With(n, a.Total.Count, name))
		}
		switch d := a.Dispersion[i]; {
		case d != d:
			out = append(out, fieldNegative.With(name))
		case d > 1:
			out = append(out, fieldInLumps.With(name, threeFigures(d)))
		}
	}
	return append(out, a.warningsOfMeasure(q)...)
}

// threeFigures of a number are enough to tell how far it is from another.
func threeFigures(x float64) float64 {
	out, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 3, 64), 64)
	return out
}

func (a *Answer) warningsOfMeasure(q *Query) (out []geo.Said) {
	switch q.Measure {
	case RatioMeasure:
		if n := a.Total.Count - int(a.Total.Pairs.N); n > 0 {
			out = append(out, notInRatio.With(n, a.Total.Count, q.Sums[0], q.Per))
		}
	case DelayMeasure:
		if n := a.Total.Count - len(a.Total.Days); n > 0 {
			out = append(out, notInDelay.With(n, a.Total.Count, q.From, q.To))
		}
		if a.Backward > 0 {
			out = append(out, delayBackward.With(a.Backward, q.To, q.From))
		}
	}
	return out
}

func (c *Comparison) warnings(q *Query) []string {
	var out []string
	warn := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if c.Before.Used == 0 {
		warn("No record is counted in the time that is compared with.")
	}
	if c.Scale != 1 {
		warn("The two times are not equally long: earlier figures are multiplied by %.4g before they are compared.", c.Scale)
	}
	if q.Measure.additive() {
		warn("That there are more or fewer may also be because more or fewer were seen: reporting changes with bases, patrols and access.")
	}
	if n := len(c.Groups); n > 1 {
		warn("%d groups are compared: about one in twenty that did not change has a p below 0.05 all the same.", n)
	}
	return out
}

func (t *Trend) warnings(q *Query) []string {
	var out []string
	warn := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if t.TooMany {
		warn("There are more than %d periods, and no trend is looked for; take a longer period.", maxTrend)
		return out
	}
	if t.Left > 0 {
		warn("The trend leaves out %d of the first and last periods, which are not known to be covered whole; set the time to whole periods to have them in.", t.Left)
	}
	if t.Known < 4 {
		warn("%d periods have a figure: too few for a trend to be shown at all.", t.Known)
	} else if t.Known < fewPeriods {
		warn("%d periods have a figure: of fewer than %d, the p of the trend is rough.", t.Known, fewPeriods)
	}
	if len(t.Steps) > 0 && (q.Measure == SumMeasure || q.Measure == RateMeasure) {
		warn("A single record that adds very many may look like a change of level; look at the largest ones beside it.")
	}
	warn("The trend takes periods to be independent and without seasons; a run of bad months, or a rainy season, may look like one.")
	return out
}
