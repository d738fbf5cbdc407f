package indicator

import (
	"time"

	"bivouac/geo"
)

// Words for the time that is compared with.
const (
	beforeWord     = "before"
	yearBeforeWord = "year-before"
)

// earlier reads what the asked time is compared with. The two must have known
// ends and lie apart.
func earlier(text string, asked geo.Interval) (geo.Interval, error) {
	if asked.Start.Kind != geo.At || asked.End.Kind != geo.At {
		return geo.Interval{}, geo.Errorf(geo.Invalid, "datetime", "a comparison needs a time with both ends, such as 2018-01-01/2018-06-30")
	}
	other, err := stretch(text, asked)
	switch {
	case err != nil:
		return other, geo.Errorf(geo.Invalid, compareInput, "%v; it may also be %s or %s", err, beforeWord, yearBeforeWord)
	case other.Start.Kind != geo.At || other.End.Kind != geo.At:
		return other, geo.Errorf(geo.Invalid, compareInput, "needs both ends, such as 2017-07-01/2017-12-31")
	case other.Start.Time >= other.End.Time:
		return other, geo.Errorf(geo.Invalid, compareInput, "29 February is in no year before; say with what the time is to be compared")
	case other.Start.Time < asked.End.Time && asked.Start.Time < other.End.Time:
		return other, geo.Errorf(geo.Invalid, compareInput, "shares days with the asked time; two times that are compared must lie apart")
	}
	return other, nil
}

func stretch(text string, asked geo.Interval) (geo.Interval, error) {
	from, to := asked.Start.Time, asked.End.Time
	switch text {
	case yearBeforeWord:
		return geo.Between(yearBefore(from), yearBefore(to)), nil
	case beforeWord:
		if n := wholeMonths(asked); n > 0 {
			return geo.Between(Month.start(Month.number(from)-n), from), nil
		}
		return geo.Between(from-(to-from), from), nil
	}
	return geo.ParseInterval(text)
}

// yearBefore is the same day and hour a year before; of 29 February, the end of
// the 28th.
func yearBefore(t geo.Time) geo.Time {
	at := t.Std()
	back := at.AddDate(-1, 0, 0)
	if back.Day() != at.Day() { // it went on to 1 March
		back = time.Date(back.Year(), back.Month(), 1, 0, 0, 0, 0, time.UTC)
	}
	return geo.TimeOf(back)
}

// wholeMonths returns how many months of the calendar the time is, 0 where it
// begins or ends within one.
func wholeMonths(i geo.Interval) int64 {
	first, last := Month.number(i.Start.Time), Month.number(i.End.Time)
	if Month.start(first) != i.Start.Time || Month.start(last) != i.End.Time {
		return 0
	}
	return last - first
}

// lengths returns how long two times are: as many months each where they are
// as many months of the calendar, since that is how reports compare them; else
// in days.
func lengths(a, b geo.Interval) (first, second float64) {
	if n := wholeMonths(a); n > 0 && n == wholeMonths(b) {
		return float64(n), float64(n)
	}
	days := func(i geo.Interval) float64 { return float64(i.End.Time-i.Start.Time) / float64(geo.Day) }
	return days(a), days(b)
}
