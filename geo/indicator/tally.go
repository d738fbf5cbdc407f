package indicator

import (
	"math"

	"bivouac/geo"
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

	selected int
	noTime   int
	before   int
}

func newTally(q Query) (*tally, error) {
	if err := check(q); err != nil {
		return nil, err
	}
	n := len(q.Sums)
	t := &tally{query: q, numbers: make([]float64, n), squares: make([]float64, n), below: make([]bool, n)}
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
	var of *Figure
	if t.query.Period != None {
		start := t.part.table.Valid(n).Start
		asked := t.query.Select.During.Start
		switch {
		case start.Kind != geo.At:
			t.noTime++
			return nil
		case asked.Kind == geo.At && start.Time < asked.Time:
			t.before++
			return nil
		}
		if of, err = t.periods.at(start.Time); err != nil {
			return err
		}
	}
	t.count(n, of)
	return t.group(n)
}

// count adds the row to the total and to the figure of its period, if any.
func (t *tally) count(n uint32, of *Figure) {
	t.read(n)
	hit := geo.False
	if t.part.hits != nil {
		hit = t.part.hits(n)
	}
	t.part.hit = hit
	t.total.add(hit, t.numbers)
	if of != nil {
		of.add(hit, t.numbers)
	}
}

// read takes the numbers of the row.
func (t *tally) read(n uint32) {
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
		of.add(t.part.hit, t.numbers)
	}
	return err
}

func (f *Figure) add(hit geo.Tri, numbers []float64) {
	f.Count++
	switch hit {
	case geo.True:
		f.Hits++
	case geo.Maybe:
		f.Undecided++
	}
	if len(numbers) == 0 {
		return
	}
	if f.Sums == nil {
		f.Sums = make([]Sum, len(numbers))
	}
	for i, v := range numbers {
		if v == v {
			f.Sums[i].Total += v
			f.Sums[i].Stated++
		}
	}
}

func (t *tally) answer() (Answer, error) {
	a := Answer{
		Total: t.total, Groups: t.groups.figures(), Dispersion: t.dispersion(),
		Selected: t.selected, Used: t.total.Count, Dropped: map[string]int{}, Cut: t.periods.cut,
	}
	for reason, n := range map[string]int{NoTime: t.noTime, Before: t.before} {
		if n > 0 {
			a.Dropped[reason] = n
		}
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
