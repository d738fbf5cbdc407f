package filter

import (
	"math"
	"strings"

	"bivouac/geo"
)

// tick is an end of a stay in time: a moment, or the moments of a day, which
// are all one to a comparison. It may be unknown.
type tick struct {
	first, last geo.Time
	known       bool
}

// before asks whether a comes before b.
func (a tick) before(b tick) geo.Tri {
	if !a.known || !b.known {
		return geo.Maybe
	}
	return geo.TriOf(a.last < b.first)
}

// with asks whether neither comes before the other.
func (a tick) with(b tick) geo.Tri { return a.before(b).Or(b.before(a)).Not() }

var (
	beginning = tick{math.MinInt64, math.MinInt64, true}
	forever   = tick{math.MaxInt64, math.MaxInt64, true}
)

// stay is a stretch of time, both ends included. An instant has one end twice.
type stay struct{ start, end tick }

// allen are the relations of two stays (Allen 1983, as OGC 21-065r2 names
// them).
var allen = map[string]func(a, b stay) geo.Tri{
	"t_after":    func(a, b stay) geo.Tri { return b.end.before(a.start) },
	"t_before":   func(a, b stay) geo.Tri { return a.end.before(b.start) },
	"t_contains": contains,
	"t_during":   func(a, b stay) geo.Tri { return contains(b, a) },
	"t_disjoint": disjoint,
	"t_intersects": func(a, b stay) geo.Tri {
		return disjoint(a, b).Not()
	},
	"t_equals":       func(a, b stay) geo.Tri { return a.start.with(b.start).And(a.end.with(b.end)) },
	"t_finishedBy":   func(a, b stay) geo.Tri { return a.start.before(b.start).And(a.end.with(b.end)) },
	"t_finishes":     func(a, b stay) geo.Tri { return b.start.before(a.start).And(a.end.with(b.end)) },
	"t_startedBy":    func(a, b stay) geo.Tri { return a.start.with(b.start).And(b.end.before(a.end)) },
	"t_starts":       func(a, b stay) geo.Tri { return a.start.with(b.start).And(a.end.before(b.end)) },
	"t_meets":        func(a, b stay) geo.Tri { return a.end.with(b.start) },
	"t_metBy":        func(a, b stay) geo.Tri { return a.start.with(b.end) },
	"t_overlaps":     overlaps,
	"t_overlappedBy": func(a, b stay) geo.Tri { return overlaps(b, a) },
}

func contains(a, b stay) geo.Tri { return a.start.before(b.start).And(b.end.before(a.end)) }

func disjoint(a, b stay) geo.Tri { return a.end.before(b.start).Or(b.end.before(a.start)) }

func overlaps(a, b stay) geo.Tri {
	return a.start.before(b.start).And(b.start.before(a.end)).And(a.end.before(b.end))
}

// period is what has a stay in time, of each record.
type period struct {
	text string
	bind func(geo.Table) (func(uint32) stay, error)
}

// timed is a relation of two periods.
type timed struct {
	name string
	a, b period
}

func (x timed) Bound() []geo.Box { return nil }
func (x timed) String() string {
	return strings.ToUpper(x.name) + "(" + x.a.text + ", " + x.b.text + ")"
}

func (x timed) Bind(t geo.Table) (func(uint32) geo.Tri, error) {
	a, err := x.a.bind(t)
	if err != nil {
		return nil, err
	}
	b, err := x.b.bind(t)
	if err != nil {
		return nil, err
	}
	says := allen[x.name]
	return func(n uint32) geo.Tri { return says(a(n), b(n)) }, nil
}

func (c *compiler) temporal(e *Expr) (geo.Predicate, error) {
	a, err := c.period(e.args[0])
	if err != nil {
		return nil, err
	}
	b, err := c.period(e.args[1])
	if err != nil {
		return nil, err
	}
	return timed{e.name, a, b}, nil
}

// period compiles an instant or an interval.
func (c *compiler) period(e *Expr) (period, error) {
	if e.form == anInterval {
		return c.interval(e)
	}
	s, err := c.scalar(e)
	if err != nil {
		return period{}, err
	}
	if s.gives() == geo.KindInterval {
		return period{s.String(), func(t geo.Table) (func(uint32) stay, error) { return stayOf(s, t) }}, nil
	}
	end, err := c.end(e, beginning)
	if err != nil {
		return period{}, err
	}
	return period{end.text, func(t geo.Table) (func(uint32) stay, error) {
		at, err := end.bind(t)
		if err != nil {
			return nil, err
		}
		return func(n uint32) stay { x := at(n); return stay{x, x} }, nil
	}}, nil
}

func (c *compiler) interval(e *Expr) (period, error) {
	start, err := c.end(e.args[0], beginning)
	if err != nil {
		return period{}, err
	}
	end, err := c.end(e.args[1], forever)
	if err != nil {
		return period{}, err
	}
	if late := allen["t_after"]; start.fixed && end.fixed && late(stay{start.at, start.at}, stay{end.at, end.at}) == geo.True {
		return period{}, c.wrong(e, "the interval ends before it starts")
	}
	return period{e.String(), func(t geo.Table) (func(uint32) stay, error) {
		a, err := start.bind(t)
		if err != nil {
			return nil, err
		}
		b, err := end.bind(t)
		if err != nil {
			return nil, err
		}
		return func(n uint32) stay { return stay{a(n), b(n)} }, nil
	}}, nil
}

// ending is an end of a period: one that is fixed, or of each record.
type ending struct {
	text  string
	fixed bool
	at    tick
	of    scalar
	days  bool // it holds days
}

func (x ending) bind(t geo.Table) (func(uint32) tick, error) {
	if x.fixed {
		return func(uint32) tick { return x.at }, nil
	}
	of, err := x.of.bind(t)
	if err != nil {
		return nil, err
	}
	return func(n uint32) tick {
		v := of(n)
		return tickOf(v.Time(), x.days, !v.Null())
	}, nil
}

func tickOf(t geo.Time, day, known bool) tick {
	if day {
		return tick{t, t + geo.Day - 1, known}
	}
	return tick{t, t, known}
}

// end compiles a moment, a property of times, or the end that there is not.
func (c *compiler) end(e *Expr, open tick) (ending, error) {
	if e.isOpen() {
		return ending{fixed: true, at: open}, nil
	}
	s, err := c.scalar(e)
	if err != nil {
		return ending{}, err
	}
	if l, ok := s.(constant); ok && s.gives() == geo.KindString {
		if at, ok := parseMoment(l.literal.value.Text()); ok {
			s = constant{at}
		}
	}
	if s.gives() != geo.KindTime {
		return ending{}, c.wrong(e, "%s is %s and no time; write a property of times, DATE('2018-08-31'), TIMESTAMP('2018-08-31T12:00:00Z') or INTERVAL of two", s, words(s.gives()))
	}
	switch s := s.(type) {
	case constant:
		return ending{text: s.String(), fixed: true, at: tickOf(s.literal.value.Time(), s.literal.day, true)}, nil
	case stored:
		return ending{text: s.String(), of: s, days: s.days}, nil
	}
	return ending{text: s.String(), of: s}, nil
}

// stayOf is the stay of a property of intervals, whose ends are not their own.
func stayOf(s scalar, t geo.Table) (func(uint32) stay, error) {
	of, err := s.bind(t)
	if err != nil {
		return nil, err
	}
	return func(n uint32) stay {
		v := of(n)
		if v.Null() {
			return stay{}
		}
		i := v.Interval()
		return stay{tickOfEnd(i.Start, 0, beginning), tickOfEnd(i.End, -1, forever)}
	}, nil
}

func tickOfEnd(e geo.End, shift geo.Time, open tick) tick {
	switch e.Kind {
	case geo.At:
		return tickOf(e.Time+shift, false, true)
	case geo.Unknown:
		return tick{}
	}
	return open
}
