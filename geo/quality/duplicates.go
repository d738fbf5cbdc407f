package quality

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
)

// Nearness says what may be one event entered twice.
type Nearness struct {
	Metres    float64  // at most so far apart, the rim included
	Span      geo.Time // that begin at most so long after one another
	Agreement float64  // least share of the fields that both state in which they agree
}

// Duplicates are pairs of records that may be one event. Both have a place and
// a time, neither is marked as a duplicate, and neither stands at the centre
// of a province or more, where all events of it stand together.
type Duplicates struct {
	Pairs   []Pair // the most alike first, at most [MaxPairs]
	Total   int    // pairs
	Records int    // records in any of them
	Looked  int    // records that were compared
}

// Pair is two records that may be one event.
type Pair struct {
	A, B      geo.Key
	Metres    float64
	Apart     geo.Time
	Agree     int      // fields in which both state the same
	Compared  int      // fields that both state
	Different []string // the others of them
}

// MaxPairs is how many pairs are listed; all are counted.
const MaxPairs = 1_000

// maxCompared bounds the work: pairs near each other that are compared.
const maxCompared = 20_000_000

// Names of fields that rule what is compared.
const (
	duplicateField = "duplicate_of"
	coarsest       = 4 // the first code of place precision that stands for more than a district
)

// notCompared are fields in which two entries of one event differ, or agree
// whatever they tell of.
var notCompared = []string{"source", "confidence", "notes", "reliability", "credibility", "review_status", duplicateField, "time_precision", "place_precision"}

// event is a record that is compared.
type event struct {
	row  geo.Row
	at   orb.Point
	time geo.Time
}

func duplicates(ctx context.Context, q *Query, rows []geo.Row) (Duplicates, error) {
	events := comparable(q.Layer.Schema(), rows)
	d := Duplicates{Looked: len(events)}
	search := &pairing{query: q, events: events, fields: compared(q.Layer.Schema()), found: &d, in: make([]bool, len(events))}
	for from := 0; from < len(events); {
		next, err := search.slab(ctx, from)
		if err != nil {
			return d, err
		}
		from = next
	}
	slices.SortFunc(d.Pairs, pairOrder)
	d.Pairs = d.Pairs[:min(len(d.Pairs), MaxPairs)]
	for _, in := range search.in {
		if in {
			d.Records++
		}
	}
	return d, nil
}

// pairOrder puts the most alike first, of equal ones the nearest.
func pairOrder(a, b Pair) int {
	return cmp.Or(
		cmp.Compare(b.agreement(), a.agreement()), cmp.Compare(b.Agree, a.Agree), cmp.Compare(a.Apart, b.Apart),
		cmp.Compare(a.Metres, b.Metres), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B),
	)
}

func (p *Pair) agreement() float64 { return float64(p.Agree) / float64(max(1, p.Compared)) }

// comparable returns the records that can be told apart by place and time, in
// order of time.
func comparable(s *geo.Schema, rows []geo.Row) (out []event) {
	marked := s.Field(duplicateField)
	for _, row := range rows {
		at, ok := row.Point()
		when, timed := started(row)
		if !ok || !timed || marked >= 0 && !row.Value(marked).Null() || codeOf(row) >= coarsest {
			continue
		}
		out = append(out, event{row, at, when})
	}
	slices.SortStableFunc(out, func(a, b event) int {
		return cmp.Or(cmp.Compare(a.time, b.time), cmp.Compare(a.row.Key(), b.row.Key()))
	})
	return out
}

// codeOf returns the code of place precision, 0 where none is stated.
func codeOf(row geo.Row) float64 {
	for _, name := range mixed[:2] {
		if v := row.Named(name); !v.Null() {
			return v.Float()
		}
	}
	return 0
}

// compared returns the fields by which two entries of one event are alike.
func compared(s *geo.Schema) (out []int) {
	for i := range s.Fields {
		f := &s.Fields[i]
		fits := f.Kind == geo.KindInt || f.Kind == geo.KindString && len(f.Enum) > 0
		if fits && f.Role == geo.NoRole && !slices.Contains(notCompared, f.Name) {
			out = append(out, i)
		}
	}
	return out
}

// pairing compares events that are near each other in place and time.
type pairing struct {
	query    *Query
	events   []event
	fields   []int
	found    *Duplicates
	in       []bool // by event: in a pair
	compared int
}

// slabEvents is how many events are looked at together, at least: enough to be
// worth an index, and few enough that the same places years apart do not meet.
const slabEvents = 4_096

// slab finds the pairs whose first event is among the next ones, and returns
// where the slab behind begins.
func (p *pairing) slab(ctx context.Context, from int) (int, error) {
	to := min(from+slabEvents, len(p.events))
	last := p.events[to-1].time + p.query.Near.Span
	beyond := to
	for beyond < len(p.events) && p.events[beyond].time <= last {
		beyond++
	}
	part := p.events[from:beyond]
	points := make([]orb.Point, len(part))
	for i := range part {
		points[i] = part[i].at
	}
	cloud, err := measure.NewCloud(points, p.query.Near.Metres)
	if err != nil {
		return 0, geo.Errorf(geo.Invalid, "near_m", "%v", err)
	}
	var near []int32
	for i := range part[:to-from] {
		if i%256 == 0 && ctx.Err() != nil {
			return 0, ctx.Err()
		}
		near = cloud.Near(near[:0], i)
		for _, j := range near {
			if int(j) > i && part[j].time-part[i].time <= p.query.Near.Span {
				p.compare(from+i, from+int(j))
			}
		}
		if p.compared > maxCompared {
			return 0, geo.Errorf(geo.TooLarge, "near_m", "more than %d pairs of records are that near each other in place and time; make near_m or near_hours smaller, or select fewer records", maxCompared)
		}
	}
	return to, nil
}

// compare keeps the pair where it is alike enough.
func (p *pairing) compare(i, j int) {
	p.compared++
	a, b := &p.events[i], &p.events[j]
	pair := Pair{A: a.row.Key(), B: b.row.Key(), Apart: b.time - a.time}
	for _, f := range p.fields {
		v, w := a.row.Value(f), b.row.Value(f)
		switch {
		case v.Null() || w.Null():
		case v.Equal(w):
			pair.Agree++
			pair.Compared++
		default:
			pair.Compared++
			pair.Different = append(pair.Different, p.query.Layer.Schema().Fields[f].Name)
		}
	}
	if pair.agreement() < p.query.Near.Agreement {
		return
	}
	if pair.A > pair.B {
		pair.A, pair.B = pair.B, pair.A
	}
	pair.Metres = measure.Distance(a.at, b.at)
	p.found.Total++
	p.in[i], p.in[j] = true, true
	p.keep(pair)
}

// keep holds the best pairs, and now and then drops the rest.
func (p *pairing) keep(pair Pair) {
	p.found.Pairs = append(p.found.Pairs, pair)
	if len(p.found.Pairs) >= 4*MaxPairs {
		slices.SortFunc(p.found.Pairs, pairOrder)
		p.found.Pairs = p.found.Pairs[:MaxPairs]
	}
}

// days prints a span.
func days(t geo.Time) float64 { return float64(t) / float64(geo.Day) }

// quantile of sorted values, between its neighbours in proportion (type 7 of
// Hyndman and Fan 1996, Sample quantiles in statistical packages); NaN of none.
func quantile(sorted []float64, share float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	at := share * float64(len(sorted)-1)
	low := int(at)
	if low+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[low] + (at-float64(low))*(sorted[low+1]-sorted[low])
}
