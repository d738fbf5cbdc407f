package quality

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/measure"
	"bivouac/geo/stat"
)

// Closures asks how many records there are near a base before and after it
// closed.
type Closures struct {
	Bases  *layer.Layer // nil for none
	Metres float64      // near it, the rim included
	Span   geo.Time     // before, and after
}

// Closed is a base that closed, and the records about it.
type Closed struct {
	Key                             geo.Key
	Name                            string
	At                              geo.Time
	NearBefore, NearAfter           int
	ElsewhereBefore, ElsewhereAfter int     // farther from it, of its mission where it has one
	Whole                           bool    // both spans lie within the time that the records cover
	Ratio                           float64 // (NearAfter/NearBefore) / (ElsewhereAfter/ElsewhereBefore); NaN where one of them is 0
	stat.Interval
}

// closures compares what was recorded near bases that closed with what was
// recorded elsewhere at the same times.
func closures(ctx context.Context, q *Query, rows []geo.Row) ([]Closed, error) {
	if q.Closures.Bases == nil {
		return nil, nil
	}
	events := timedEvents(rows)
	if len(events) == 0 {
		return nil, nil
	}
	points := make([]orb.Point, len(events))
	first, last := events[0].time, events[0].time
	for i := range events {
		points[i] = events[i].at
		first, last = min(first, events[i].time), max(last, events[i].time)
	}
	cloud, err := measure.NewCloud(points, q.Closures.Metres)
	if err != nil {
		return nil, geo.Errorf(geo.Invalid, "closure_km", "%v", err)
	}
	bases, failed := q.Closures.Bases.Select(ctx, geo.Selection{Reader: q.Select.Reader})
	var out []Closed
	for base := range bases {
		end := base.Table().Valid(base.Number()).End
		at, ok := base.Point()
		if !ok || end.Kind != geo.At || end.Time < first || end.Time > last {
			continue
		}
		c := Closed{Key: base.Key(), Name: base.Named("name").Text(), At: end.Time}
		c.Whole = c.At-q.Closures.Span >= first && c.At+q.Closures.Span <= last
		c.count(events, cloud.NearPoint(nil, at), base.Mission(), q.Closures.Span)
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Closed) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Key, b.Key)) })
	return out, failed()
}

func timedEvents(rows []geo.Row) (out []event) {
	for _, row := range rows {
		at, ok := row.Point()
		when, timed := started(row)
		if ok && timed {
			out = append(out, event{row, at, when})
		}
	}
	return out
}

// count counts before and after, near and elsewhere, and compares.
func (c *Closed) count(events []event, near []int32, mission string, span geo.Time) {
	about := make(map[int32]bool, len(near))
	for _, i := range near {
		about[i] = true
	}
	for i := range events {
		e := &events[i]
		if e.time < c.At-span || e.time >= c.At+span {
			continue
		}
		before := e.time < c.At
		switch of := e.row.Mission(); {
		case about[int32(i)] && before:
			c.NearBefore++
		case about[int32(i)]:
			c.NearAfter++
		case mission != "" && of != "" && of != mission:
		case before:
			c.ElsewhereBefore++
		default:
			c.ElsewhereAfter++
		}
	}
	c.compare()
}

// compare sets the ratio of the ratios and its 95 % interval, by the logarithm
// (Woolf 1955, On estimating the relation between blood group and disease).
func (c *Closed) compare() {
	a, b, d, e := float64(c.NearAfter), float64(c.NearBefore), float64(c.ElsewhereAfter), float64(c.ElsewhereBefore)
	c.Ratio, c.Interval = math.NaN(), stat.Interval{Lower: math.NaN(), Upper: math.NaN()}
	if a == 0 || b == 0 || d == 0 || e == 0 {
		return
	}
	c.Ratio = a / b / (d / e)
	half := math.Sqrt2 * math.Erfinv(stat.Confidence) * math.Sqrt(1/a+1/b+1/d+1/e)
	c.Lower, c.Upper = c.Ratio*math.Exp(-half), c.Ratio*math.Exp(half)
}
