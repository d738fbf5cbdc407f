package indicator

import (
	"math"

	"bivouac/geo"
	"bivouac/geo/pattern"
	"bivouac/geo/process"
)

// tally adds records up.
type tally struct {
	query   Query
	part    *part
	numbers []float64 // of the row at hand, by sum; NaN where it states none
	squares []float64 // sums of squares, for the dispersion
	below   []bool    // a record states less than nothing
	total   Figure
	periods window
	groups  groups

	per      float64  // of the row at hand: what its first number is divided by
	days     float64  // and its delay; NaN where it states none
	placed   bool     // it has a place
	backward int      // delays below 0
	longest  geo.Time // that a record may last and still be of one period
	lasting  int      // records that last longer

	selected int
	dropped  map[string]int
}

func newTally(q Query) (*tally, error) {
	if err := check(q); err != nil {
		return nil, err
	}
	n := len(q.Sums)
	t := &tally{query: q, numbers: make([]float64, n), squares: make([]float64, n), below: make([]bool, n), dropped: map[string]int{}, longest: q.Period.longest()}
	t.periods.period = q.Period
	return t, t.periods.span(q.Select.During)
}

func (t *tally) add(row geo.Row) (err error) {
	if t.part == nil || t.part.table != row.Table() {
		if t.part, err = bind(row.Table(), &t.query); err != nil {
			return err
		}
	}
	t.selected++
	n := row.Number()
	t.placed = hasPlace(t.part.table, n)
	start := geo.End{}
	reason := t.misplaced(n)
	if reason == "" && (t.query.Period != None || t.query.Began) {
		when := t.part.table.Valid(n)
		start = when.Start
		if reason = t.untimely(start); reason == "" && when.End.Kind == geo.At && when.End.Time-start.Time > t.longest {
			t.lasting++
		}
	}
	if reason != "" {
		t.dropped[reason]++
		return nil
	}
	var of *Figure
	if t.query.Period != None {
		if of, err = t.periods.at(start.Time); err != nil {
			return err
		}
	}
	t.count(n, of)
	return t.group(n)
}

// misplaced says why the place of a row is not known well enough, "" where it
// is.
func (t *tally) misplaced(n uint32) string {
	if !t.query.Floor.Asked() {
		return ""
	}
	if !t.placed {
		return pattern.NoPlace
	}
	code, stated := t.part.place.Number(n)
	return t.query.Floor.Refuses(code, stated)
}

func (t *tally) untimely(start geo.End) string {
	asked := t.query.Select.During.Start
	switch {
	case start.Kind != geo.At:
		return pattern.NoTime
	case asked.Kind == geo.At && start.Time < asked.Time:
		return pattern.BeganEarly
	}
	return ""
}

func hasPlace(t geo.Table, n uint32) bool {
	_, single := t.Point(n)
	return single || t.Geometry(n) != nil
}

// count adds the row to the total and to the figure of its period, if any.
func (t *tally) count(n uint32, of *Figure) {
	t.read(n)
	hit := geo.False
	if t.part.hits != nil {
		hit = t.part.hits(n)
	}
	t.part.hit = hit
	t.total.add(t)
	if of != nil {
		of.add(t)
	}
}

// read takes the numbers of the row.
func (t *tally) read(n uint32) {
	if t.part.per != nil {
		t.per = process.Sum(t.part.per, n)
	}
	if from, to := t.part.from, t.part.to; from != nil {
		t.days = math.NaN()
		if !from.Null(n) && !to.Null(n) {
			t.days = delay(geo.Time(from.Ints[n]), geo.Time(to.Ints[n]))
		}
		if t.days < 0 {
			t.backward++
		}
	}
	for i, columns := range t.part.sums {
		v := process.Sum(columns, n)
		t.numbers[i] = v
		if v == v {
			t.squares[i] += v * v
			t.below[i] = t.below[i] || v < 0
		}
	}
}

func (t *tally) group(n uint32) error {
	if t.part.group == nil {
		return nil
	}
	of, err := t.groups.at(t.part, n)
	if err == nil {
		of.add(t)
	}
	return err
}

// add takes in the row at hand.
func (f *Figure) add(t *tally) {
	f.Count++
	switch t.part.hit {
	case geo.True:
		f.Hits++
	case geo.Maybe:
		f.Undecided++
	}
	if !t.placed {
		f.Placeless++
	}
	if t.part.from != nil && t.days == t.days {
		f.Days = append(f.Days, t.days)
	}
	if len(t.numbers) == 0 {
		return
	}
	if t.part.per != nil {
		if y, x := t.numbers[0], t.per; y == y && x == x {
			f.Pairs.Add(y, x)
		}
	}
	if f.Sums == nil {
		f.Sums = make([]Sum, len(t.numbers))
	}
	for i, v := range t.numbers {
		if v == v {
			f.Sums[i].Total += v
			f.Sums[i].Stated++
		}
	}
}

func (t *tally) answer() (Answer, error) {
	a := Answer{
		Total: t.total, Groups: t.groups.figures(), Dispersion: t.dispersion(),
		Selected: t.selected, Used: t.total.Count, Dropped: t.dropped, Cut: t.periods.cut, Backward: t.backward, Lasting: t.lasting,
	}
	a.Periods = t.periods.figures(t.query.Select.During)
	return a, nil
}

// dispersion returns the sum of squares over the sum for each field: at least
// 1 for whole numbers, NaN where some are below 0.
func (t *tally) dispersion() []float64 {
	out := make([]float64, len(t.squares))
	for i := range out {
		switch {
		case t.below[i]:
			out[i] = math.NaN()
		case t.squares[i] == 0:
			out[i] = 1
		default:
			out[i] = t.squares[i] / t.total.Sums[i].Total
		}
	}
	return out
}
