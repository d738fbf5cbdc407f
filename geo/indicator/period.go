package indicator

import (
	"math"
	"time"

	"bivouac/geo"
)

// Period is a span of the calendar in UTC.
type Period string

// The periods. A week begins on Monday, as ISO 8601 has it.
const (
	None    Period = "none"
	Day     Period = "day"
	Week    Period = "week"
	Month   Period = "month"
	Quarter Period = "quarter"
	Year    Period = "year"
)

// PeriodNames returns all periods, None first.
func PeriodNames() []string {
	return []string{string(None), string(Day), string(Week), string(Month), string(Quarter), string(Year)}
}

// mondayOffset is how many days after a Monday 1 January 1970 lies.
const mondayOffset = 3

// number returns which period t lies in, counted from the one of 1970, of
// months and their multiples from year 0.
func (p Period) number(t geo.Time) int64 {
	switch p {
	case Day:
		return floorDiv(int64(t), int64(geo.Day))
	case Week:
		return floorDiv(floorDiv(int64(t), int64(geo.Day))+mondayOffset, 7)
	}
	year, month, _ := t.Std().Date()
	return floorDiv(int64(year)*12+int64(month)-1, p.months())
}

// start returns when the numbered period begins; it ends where the next one
// begins.
func (p Period) start(number int64) geo.Time {
	switch p {
	case Day:
		return geo.Time(number) * geo.Day
	case Week:
		return geo.Time(number*7-mondayOffset) * geo.Day
	}
	months := number * p.months()
	return geo.TimeOf(time.Date(int(floorDiv(months, 12)), time.Month(months-12*floorDiv(months, 12)+1), 1, 0, 0, 0, 0, time.UTC))
}

// longest returns how long the longest such period is; without periods, longer
// than anything.
func (p Period) longest() geo.Time {
	switch p {
	case None:
		return math.MaxInt64
	case Day:
		return geo.Day
	case Week:
		return 7 * geo.Day
	}
	return geo.Time(p.months()) * 31 * geo.Day
}

func (p Period) months() int64 {
	switch p {
	case Quarter:
		return 3
	case Year:
		return 12
	}
	return 1
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
