package indicator

import "bivouac/geo"

// window is the figures of the periods from the first to the last, without a
// gap. It grows to both sides as records come, which stand in no order of time.
type window struct {
	period      Period
	cells       []Figure
	base        int64 // number of the period that cells[0] is of
	first, last int64 // numbers of the periods that are shown
	some        bool  // there are such
	cut         bool
}

// span shows the periods of the asked time: those that its known ends lie in,
// and all between.
func (w *window) span(during geo.Interval) error {
	if w.period == None {
		return nil
	}
	if start := during.Start; start.Kind == geo.At {
		if _, err := w.at(start.Time); err != nil {
			return err
		}
		w.cut = !w.boundary(start.Time)
	}
	if end := during.End; end.Kind == geo.At {
		if _, err := w.at(end.Time - geo.Microsecond); err != nil {
			return err
		}
		w.cut = w.cut || !w.boundary(end.Time)
	}
	return nil
}

// boundary reports whether a period begins at t.
func (w *window) boundary(t geo.Time) bool { return w.period.start(w.period.number(t)) == t }

// at returns the figure of the period that t lies in.
func (w *window) at(t geo.Time) (*Figure, error) {
	n := w.period.number(t)
	if !w.some {
		w.base, w.first, w.last, w.some = n, n, n, true
		w.cells = make([]Figure, 1)
	}
	if n < w.first || n > w.last {
		w.first, w.last = min(n, w.first), max(n, w.last)
		if w.last-w.first >= MaxPeriods {
			return nil, geo.Errorf(geo.TooLarge, "period", "from %s to %s there are more than %d periods of a %s; take a longer period, or a shorter datetime",
				day(w.period.start(w.first)), day(w.period.start(w.last)), MaxPeriods, w.period)
		}
		w.grow()
	}
	return &w.cells[n-w.base], nil
}

// grow makes room for the periods shown, and as much again on the side that
// was short.
func (w *window) grow() {
	if w.first < w.base {
		more := max(w.base-w.first, int64(len(w.cells)))
		w.cells = append(make([]Figure, more, more+int64(len(w.cells))), w.cells...)
		w.base -= more
	}
	if short := w.last - w.base + 1 - int64(len(w.cells)); short > 0 {
		w.cells = append(w.cells, make([]Figure, short)...)
	}
}

// figures returns those of the periods shown, the first and the last cut to
// the asked time.
func (w *window) figures(during geo.Interval) []PeriodFigure {
	if !w.some {
		return nil
	}
	out := make([]PeriodFigure, 0, w.last-w.first+1)
	for n := w.first; n <= w.last; n++ {
		out = append(out, PeriodFigure{
			Start:  max(w.period.start(n), during.Least()),
			End:    min(w.period.start(n+1), during.Beyond()),
			Figure: w.cells[n-w.base],
		})
	}
	return out
}

func day(t geo.Time) string { return t.String()[:len("2018-08-31")] }
