package alert

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"sort"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
	"bivouac/geo/process"
)

// event is a record that counts towards a threshold.
type event struct {
	key    geo.Key
	at     geo.Time
	weight float64
	place  orb.Point
	placed bool
}

func eventOf(row geo.Row, at geo.Time, weight float64) event {
	e := event{key: row.Key(), at: at, weight: weight}
	e.place, e.placed = placeOf(row)
	return e
}

// span returns the days as a span of time.
func (t *Threshold) span() geo.Time { return geo.Time(t.Days * float64(geo.Day)) }

// reach raises the Alerts of a threshold.
func (p *part) reach(ctx context.Context) error {
	t := p.rule.Threshold
	before, err := p.events(ctx, p.before)
	if err != nil {
		return err
	}
	after, err := p.events(ctx, p.after)
	if err != nil {
		return err
	}
	for _, f := range t.risen(before, after, p.written) {
		row, ok := p.after.layer.Find(f.key, p.after.reader)
		if !ok {
			continue
		}
		near, _, err := p.after.selects(ctx, row, p.now)
		if err != nil {
			return err
		}
		p.gather(row, func() Alert { return p.alertOfReached(row, near, f) })
	}
	return nil
}

func (p *part) alertOfReached(row geo.Row, near *Neighbour, f risen) Alert {
	t := p.rule.Threshold
	a := p.alertOf(row, near)
	a.Count, a.RadiusMetres = f.count, t.WithinMetres
	a.Reached = &Reached{Value: f.value, Least: t.Least, Sum: t.Sum, Days: t.Days}
	what := a.Collection
	if t.Sum != "" {
		what = t.Sum + " of " + what
	}
	a.Headline = fmt.Sprintf("%s: %v %s within %v days", a.Title, f.value, what, t.Days)
	if t.WithinMetres > 0 {
		a.Headline += fmt.Sprintf(" and %v km", t.WithinMetres/1000)
	}
	if near != nil {
		a.Headline += ", the last " + near.text()
	}
	return a
}

// events reads all that can have a say in what was written: twice the days
// about it, and three times the distance.
func (p *part) events(ctx context.Context, s *scope) ([]event, error) {
	t := p.rule.Threshold
	from, to := geo.Time(math.MaxInt64), geo.Time(math.MinInt64)
	for i := range p.written {
		from, to = min(from, p.written[i].at), max(to, p.written[i].at)
	}
	var out []event
	var numbers process.Numbers
	if t.Sum != "" && s.layer != nil {
		var err error
		if numbers, err = process.NumberFields(s.layer.Schema(), "body.threshold.sum", t.Sum); err != nil {
			return nil, nil // a state without the field adds nothing up
		}
	}
	err := s.each(ctx, from-2*t.span(), to+2*t.span(), p.now, t.about(p.written), func(row geo.Row, at geo.Time) {
		if weight := weigh(row, numbers); weight > 0 {
			out = append(out, eventOf(row, at, weight))
		}
	})
	return out, err
}

// weigh is what a record adds: 1 where records are counted. What is not stated,
// or less than nothing, adds nothing.
func weigh(row geo.Row, numbers process.Numbers) float64 {
	if numbers == nil {
		return 1
	}
	total := 0.0
	for _, i := range numbers {
		if v := row.Value(i).Float(); v > 0 {
			total += v
		}
	}
	return total
}

// about bounds the reading of events, where few records were written.
func (t *Threshold) about(written []event) geo.Predicate {
	if t.WithinMetres == 0 || len(written) > mostBoxes {
		return nil
	}
	var boxes within = []geo.Box{}
	for i := range written {
		if !written[i].placed {
			continue
		}
		target, err := measure.NewTarget(written[i].place)
		if err != nil {
			return nil
		}
		boxes = append(boxes, target.Around(3*t.WithinMetres)...)
	}
	return boxes
}

// risen is a record with which a threshold is reached anew.
type risen struct {
	key   geo.Key
	value float64
	count int
}

// risen returns the records with which the threshold is reached anew. The
// window of a record is the days up to it, and what lies within the distance;
// it reaches the threshold when its window holds as much. Of those that reach
// it, the first is new: one whose window holds no other that does, if none
// about it, in time and place, did before the change. Events beyond twice the
// days and three times the distance of what was written have no say in it.
func (t *Threshold) risen(before, after, written []event) []risen {
	old, now := t.windows(before), t.windows(after)
	touched := t.windows(written)
	var out []risen
	for i := range now.events {
		e := &now.events[i]
		if !now.reached[i] || !touched.any(e, t.span(), false, func(int) bool { return true }) {
			continue
		}
		isFirst := !now.any(e, t.span(), false, func(j int) bool { return j < i && now.reached[j] })
		if isFirst && !old.any(e, t.span(), true, func(j int) bool { return old.reached[j] }) {
			value, count := now.sum(e, t.span(), math.Inf(1))
			out = append(out, risen{e.key, value, count})
		}
	}
	return out
}

// windows are events in the order of time, which can be asked what is about
// one of them.
type windows struct {
	within  float64
	events  []event
	cells   map[cell][]int // in order of time; nil where the distance does not count
	sums    []float64      // of the weights of all before
	reached []bool
}

// cell is a cube about a place on the ball of radius 1 that normals point to.
type cell [3]int32

func (t *Threshold) windows(events []event) *windows {
	w := &windows{within: t.WithinMetres, events: slices.Clone(events)}
	if w.within > 0 {
		w.events = slices.DeleteFunc(w.events, func(e event) bool { return !e.placed })
	}
	slices.SortFunc(w.events, func(a, b event) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.key, b.key)) })
	w.index()
	w.reached = make([]bool, len(w.events))
	for i := range w.events {
		value, _ := w.sum(&w.events[i], t.span(), t.Least)
		w.reached[i] = value >= t.Least
	}
	return w
}

func (w *windows) index() {
	w.sums = make([]float64, len(w.events)+1)
	if w.within > 0 {
		w.cells = map[cell][]int{}
	}
	for i := range w.events {
		w.sums[i+1] = w.sums[i] + w.events[i].weight
		if w.within > 0 {
			c := w.cellOf(w.events[i].place)
			w.cells[c] = append(w.cells[c], i)
		}
	}
}

// cellOf returns the cube of a place. Whatever is no farther than the distance
// stands in it or beside it, since no geodesic is shorter than the angle between
// the normals times the least radius of curvature.
func (w *windows) cellOf(p orb.Point) cell {
	size := w.within / measure.LowerMetresPerRadian * (1 + 1e-9)
	lon, lat := p[0]*math.Pi/180, p[1]*math.Pi/180
	return cell{
		int32(math.Floor(math.Cos(lat) * math.Cos(lon) / size)), int32(math.Floor(math.Cos(lat) * math.Sin(lon) / size)), int32(math.Floor(math.Sin(lat) / size)),
	}
}

// stretch is the events of the window of e: the days up to it, and where later
// is said the days behind it too.
func (w *windows) stretch(n int, at func(int) geo.Time, e *event, span geo.Time, later bool) (from, to int) {
	last := e.at
	if later {
		last = e.at + span - 1
	}
	from = sort.Search(n, func(i int) bool { return at(i) > e.at-span })
	to = sort.Search(n, func(i int) bool { return at(i) > last })
	return from, to
}

// sum adds the window of e up, until it has enough.
func (w *windows) sum(e *event, span geo.Time, enough float64) (value float64, count int) {
	if w.within == 0 {
		from, to := w.stretch(len(w.events), func(i int) geo.Time { return w.events[i].at }, e, span, false)
		return w.sums[to] - w.sums[from], to - from
	}
	w.each(e, span, false, func(i int) bool {
		value += w.events[i].weight
		count++
		return value < enough
	})
	return value, count
}

// any reports whether the question is true of an event in the window of e.
func (w *windows) any(e *event, span geo.Time, later bool, is func(int) bool) bool {
	found := false
	w.each(e, span, later, func(i int) bool {
		found = is(i)
		return !found
	})
	return found
}

// each calls f with the events in the window of e, until it returns false.
func (w *windows) each(e *event, span geo.Time, later bool, f func(int) bool) {
	if w.within == 0 {
		from, to := w.stretch(len(w.events), func(i int) geo.Time { return w.events[i].at }, e, span, later)
		for i := from; i < to && f(i); i++ {
			continue
		}
		return
	}
	c := w.cellOf(e.place)
	for n := range int32(27) {
		list := w.cells[cell{c[0] + n%3 - 1, c[1] + n/3%3 - 1, c[2] + n/9 - 1}]
		from, to := w.stretch(len(list), func(i int) geo.Time { return w.events[list[i]].at }, e, span, later)
		for _, i := range list[from:to] {
			if measure.Distance(e.place, w.events[i].place) <= w.within && !f(i) {
				return
			}
		}
	}
}
