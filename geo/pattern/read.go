package pattern

import (
	"context"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/process"
	"bivouac/geo/shape"
)

// question is a pattern that is asked for.
type question struct {
	layer     *layer.Layer
	selection geo.Selection
	timed     bool
	floor     Floor
	weight    process.Numbers // nil for none
	longest   float64         // in microseconds, 0 for any
}

// Read reads the events that the inputs of [Fields] ask for, as w's Reader may
// see them. Times are read where timed says so, and a record without one is
// left out then. The errors are ctx's, and those that name an input.
func Read(ctx context.Context, w process.World, in geo.Values, timed bool) (*Pattern, error) {
	q, err := ask(w, in, timed)
	if err != nil {
		return nil, err
	}
	p := &Pattern{Layer: q.layer, During: q.selection.During, Weight: in[WeightInput].Text(), Dropped: map[string]int{}, Precision: q.floor.Field}
	p.Area = studyArea(in, q.selection.Box)
	rows, failed := q.layer.Select(ctx, q.selection)
	var b *part
	for row := range rows {
		if b == nil || b.table != row.Table() {
			b = q.bind(row.Table())
		}
		p.add(q, b, row.Number())
	}
	return p, failed()
}

func ask(w process.World, in geo.Values, timed bool) (*question, error) {
	l, s, err := w.Selection(in)
	if err != nil {
		return nil, err
	}
	q := &question{layer: l, selection: s, timed: timed, longest: in[LongestInput].Float() * float64(geo.Day)}
	schema := l.Schema()
	if timed && !schema.Timed() {
		return nil, geo.Errorf(geo.Invalid, process.CollectionInput, "the records of %s have no time, which this analysis needs; choose a collection whose records have one", schema.Name)
	}
	if q.floor, err = ReadFloor(schema, in); err != nil {
		return nil, err
	}
	if v := in[WeightInput]; !v.Null() && v.Text() != "" {
		q.weight, err = process.NumberFields(schema, WeightInput, v.Text())
	}
	return q, err
}

// studyArea is what the events were asked to lie in: the area, or the box.
func studyArea(in geo.Values, box geo.Box) orb.Geometry {
	if v := in[process.AreaInput]; !v.Null() {
		area, _ := shape.SplitDateLine(v.Geometry())
		return area
	}
	if in[process.BoxInput].Null() {
		return nil
	}
	var out orb.MultiPolygon
	for _, b := range box.Split() {
		out = append(out, orb.Bound{Min: orb.Point{b.West, b.South}, Max: orb.Point{b.East, b.North}}.ToPolygon())
	}
	return out
}

// part is one part of the layer, its columns looked up once.
type part struct {
	table     geo.Table
	precision geo.Column
	weight    []geo.Column
}

func (q *question) bind(t geo.Table) *part {
	b := &part{table: t, precision: q.floor.Column(t)}
	if q.weight != nil {
		b.weight = q.weight.Columns(t)
	}
	return b
}

// add takes a row in, or counts why it is left out.
func (p *Pattern) add(q *question, b *part, n uint32) {
	p.Selected++
	at, reason := place(b.table, n)
	code, sure := b.precision.Number(n)
	if reason == "" {
		reason = q.floor.Refuses(code, sure)
	}
	var when geo.Interval
	if reason == "" && q.timed {
		when = b.table.Valid(n)
		reason = q.untimely(when)
	}
	weight := 1.0
	if reason == "" && q.weight != nil {
		if weight = process.Sum(b.weight, n); !(weight >= 0) {
			reason = NoWeight
		}
	}
	if reason != "" {
		p.Dropped[reason]++
		return
	}
	p.Keys, p.Points = append(p.Keys, b.table.Key(n)), append(p.Points, at)
	if q.weight != nil {
		p.Weights = append(p.Weights, weight)
	}
	if q.timed {
		p.Times = append(p.Times, when.Start.Time)
	}
	p.note(q, code, sure, when)
}

// note counts what the readers of the answer should know of an event.
func (p *Pattern) note(q *question, code float64, sure bool, when geo.Interval) {
	switch {
	case q.floor.Field == "":
	case !sure:
		p.Unsure++
	case code >= coarsest:
		p.Coarse++
	}
	if q.timed && length(when) > float64(geo.Day) {
		p.Lasting++
	}
}

func place(t geo.Table, n uint32) (orb.Point, string) {
	if at, ok := t.Point(n); ok {
		return at, ""
	}
	switch g := t.Geometry(n).(type) {
	case nil:
		return orb.Point{}, NoPlace
	case orb.MultiPoint:
		if len(g) == 1 {
			return g[0], ""
		}
	}
	return orb.Point{}, NoPoint
}

// untimely says why a record is no event in time. One that began before the
// asked time is none of it, though it stood at some moment of it.
func (q *question) untimely(when geo.Interval) string {
	asked := q.selection.During.Start
	switch {
	case when.Start.Kind != geo.At:
		return NoTime
	case asked.Kind == geo.At && when.Start.Time < asked.Time:
		return BeganEarly
	case q.longest > 0 && length(when) > q.longest:
		return TooLong
	}
	return ""
}

func length(when geo.Interval) float64 { return float64(when.Beyond()) - float64(when.Least()) }
