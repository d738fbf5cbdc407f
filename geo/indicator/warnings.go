package indicator

import (
	"fmt"
	"strconv"

	"bivouac/geo"
)

// What limits the figures of an answer.
const (
	noRecord      geo.Sentence = "figures-no-record: No record is counted: there are no shares and no rates."
	timeCuts      geo.Sentence = "figures-time-cuts: The asked time begins or ends within a {period}: the first or the last one is shorter than the others."
	recordsLast   geo.Sentence = "figures-records-last: {n} of {of} records lasted, or are known only to, more than a {period}; each counts in the one in which it began."
	hitsUnstated  geo.Sentence = "figures-hits-unstated: {n} of {of} records do not state whether they are hits; the share is of the others."
	fieldUnstated geo.Sentence = "figures-field-unstated: {n} of {of} records do not state {field}: they are in no sum of it, and its rates are per record that does."
	fieldNegative geo.Sentence = "figures-field-negative: Some records state less than 0 for {field}: its rates have no interval."
	fieldInLumps  geo.Sentence = "figures-field-in-lumps: One record may add several to {field} at once, and these are not independent: the intervals of its rates are those of a Poisson count scaled by the dispersion {dispersion} (sum of squares over sum). They take the records to be independent of each other."
	notInRatio    geo.Sentence = "figures-not-in-ratio: {n} of {of} records do not state both {field} and {other}, and are not in the ratio."
	notInDelay    geo.Sentence = "figures-not-in-delay: {n} of {of} records do not state both {field} and {other}, and are not in the delay; what is not reported yet is among them, so the newest look faster than they will."
	delayBackward geo.Sentence = "figures-delay-backward: {n} records have their {field} before their {other}: the delay is below 0, and one of the two times wrong."
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
