// Package indicator answers how many, how much, what share and at what rate,
// by period of time and by group: the figures of a report, made of records. It
// answers, too, whether that is more than before, where it is going, since
// when, and whether it is as it was meant to be.
//
// Every figure carries what it was divided by and an interval. A record counts
// once, in the period in which it began. A record that does not state what is
// asked of it is counted as such, and stands in no sum, share or rate: an
// unknown number is no zero.
package indicator

import (
	"context"
	"time"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/pattern"
)

// Query asks for figures.
type Query struct {
	Layer   *layer.Layer
	Select  geo.Selection  // After and Limit apart
	Period  Period         // None for no periods
	Sums    []string       // number fields to sum up; "a+b" is both of a record together
	Hits    geo.Predicate  // what is counted for the share; nil for no share
	GroupBy string         // a field of texts, whole numbers or bools, or hour(f) or weekday(f) of a field f of times; "" for no groups
	Zone    *time.Location // of the hours and weekdays of GroupBy; nil for UTC

	Measure  Measure // what the main figure is; "" for none. Sums, rates and ratios are of Sums[0], shares of Hits
	Per      string  // of a ratio: the number field, or fields, whose sum it is divided by
	From, To string  // of a delay: its time fields
	Floor    pattern.Floor
	Began    bool // only what began in the asked time is counted, as it is by periods
}

func (q *Query) zone() *time.Location {
	if q.Zone == nil {
		return time.UTC
	}
	return q.Zone
}

// Answer is the figures. Those of the periods add up to the total, and so do
// those of the groups.
type Answer struct {
	Total      Figure
	Periods    []PeriodFigure // in order of time without a gap; nil without a period
	Groups     []GroupFigure  // the largest first, of equal ones in order of their values
	Dispersion []float64      // of each sum, over all; see [Figure.Rate]

	Selected, Used int
	Dropped        map[string]int // by reason, as [pattern.Pattern] names them; Used + Dropped = Selected
	Cut            bool           // the asked time begins or ends within a period
	Backward       int            // records whose delay is below 0
	Lasting        int            // records that lasted, or are known only to, more than a period
}

// PeriodFigure is the figure of one period: the part of it that was asked for.
type PeriodFigure struct {
	Start, End geo.Time // half-open
	Figure
}

// GroupFigure is the figure of the records that hold one value; null of those
// that state none.
type GroupFigure struct {
	Value geo.Value
	Figure
}

// Limits of an answer.
const (
	MaxPeriods = 5_000
	MaxGroups  = 1_000
)

// Compute answers the query in one pass over the selected records. Its errors
// are ctx's, and those that name what is wrong with the query by the name of
// the process's input.
func Compute(ctx context.Context, q Query) (Answer, error) {
	t, err := newTally(q)
	if err != nil {
		return Answer{}, err
	}
	q.Select.After, q.Select.Limit = geo.Cursor{}, 0
	rows, failed := q.Layer.Select(ctx, q.Select)
	for row := range rows {
		if err = t.add(row); err != nil {
			return Answer{}, err
		}
	}
	if err := failed(); err != nil {
		return Answer{}, err
	}
	return t.answer()
}
