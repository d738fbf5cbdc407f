package indicator_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"bivouac/geo"
	"bivouac/geo/filter"
	"bivouac/geo/indicator"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/randtest"
)

// TestAgainstEachRecord compares random questions with a plain count of every
// record, in a layer with a base, a delta and dead rows.
func TestAgainstEachRecord(t *testing.T) {
	r := randtest.New(t, 1)
	l := randomLayer(t, r)
	periods := indicator.PeriodNames()
	for range 60 {
		q := indicator.Query{Layer: l, Period: indicator.Period(periods[r.IntN(len(periods))]), Sums: []string{"killed", "cost"}}
		q.GroupBy = []string{"", "category", "killed", "night"}[r.IntN(4)]
		q.Hits = filter.Equal("category", geo.String("ied"))
		if r.IntN(2) == 0 {
			from := at("2015-06-10") + geo.Time(r.IntN(900))*geo.Day
			q.Select.During = geo.Between(from, from+geo.Time(1+r.IntN(700))*geo.Day)
		}
		if r.IntN(2) == 0 {
			q.Select.Match = filter.Not(filter.Equal("killed", geo.Int(1)))
		}
		a, err := indicator.Compute(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		compare(t, q, a)
	}
}

func randomLayer(t *testing.T, r *rand.Rand) *layer.Layer {
	t.Helper()
	var features []geo.Feature
	for range 300 {
		features = append(features, randomRecord(r))
	}
	l := layertest.Build(t, schema, features...)
	var changes []geo.Change
	for k := range geo.Key(100) {
		f := randomRecord(r)
		f.Key = 251 + k
		op := geo.Add
		if int(f.Key) <= len(features) {
			op = geo.Replace
		}
		changes = append(changes, geo.Change{Op: op, Feature: f})
	}
	l, err := l.With(changes)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func randomRecord(r *rand.Rand) geo.Feature {
	when := geo.UnknownTime
	from := at("2015-01-01") + geo.Time(r.IntN(1500))*geo.Day + geo.Time(r.Int64N(int64(geo.Day)))
	switch r.IntN(8) {
	case 0:
	case 1:
		when = geo.Between(from, from+geo.Time(1+r.IntN(60))*geo.Day)
	case 2:
		when = geo.Until(from)
	default:
		when = geo.Instant(from)
	}
	var category, killed, cost any
	if r.IntN(5) > 0 {
		category = []string{"ied", "mine", "erw"}[r.IntN(3)]
	}
	if r.IntN(5) > 0 {
		killed = r.IntN(4)
	}
	if r.IntN(5) > 0 {
		cost = float64(r.IntN(8)) / 4
	}
	return record(when, category, killed, cost)
}

// plain is a figure by the plainest means.
type plain struct {
	count, hits, undecided, stated, killed int
	cost                                   float64
}

func (p *plain) add(row geo.Row) {
	p.count++
	switch c := row.Named("category"); {
	case c.Null():
		p.undecided++
	case c.Text() == "ied":
		p.hits++
	}
	if k := row.Named("killed"); !k.Null() {
		p.stated++
		p.killed += int(k.Int())
	}
	p.cost += row.Named("cost").Float()
}

func compare(t *testing.T, q indicator.Query, a indicator.Answer) {
	t.Helper()
	periods, groups := map[geo.Time]*plain{}, map[string]*plain{}
	total, selected, dropped := plain{}, 0, 0
	rows, failed := q.Layer.Select(context.Background(), q.Select)
	for row := range rows {
		selected++
		start := row.Table().Valid(row.Number()).Start
		if q.Period != indicator.None {
			if start.Kind != geo.At || start.Time < q.Select.During.Least() {
				dropped++
				continue
			}
			into(periods, calendar(q.Period, start.Time)).add(row)
		}
		total.add(row)
		if q.GroupBy != "" {
			into(groups, row.Named(q.GroupBy).String()).add(row)
		}
	}
	if err := failed(); err != nil {
		t.Fatal(err)
	}
	if a.Selected != selected || a.Selected-a.Used != dropped || a.Used != total.count {
		t.Fatalf("%+v: %d selected, %d used, want %d and %d", q, a.Selected, a.Used, selected, total.count)
	}
	same(t, "total", &a.Total, &total)
	for i := range a.Periods {
		p := &a.Periods[i]
		same(t, fmt.Sprint(p.Start), &p.Figure, into(periods, calendar(q.Period, p.Start)))
		delete(periods, calendar(q.Period, p.Start))
	}
	for i := range a.Groups {
		g := &a.Groups[i]
		same(t, g.Value.String(), &g.Figure, into(groups, g.Value.String()))
		delete(groups, g.Value.String())
	}
	if len(periods)+len(groups) > 0 {
		t.Fatalf("%+v: missing are %v and %v", q, periods, groups)
	}
}

func into[K comparable](m map[K]*plain, k K) *plain {
	if m[k] == nil {
		m[k] = &plain{}
	}
	return m[k]
}

func same(t *testing.T, what string, f *indicator.Figure, want *plain) {
	t.Helper()
	got := plain{count: f.Count, hits: f.Hits, undecided: f.Undecided}
	if f.Sums != nil {
		got.stated, got.killed, got.cost = f.Sums[0].Stated, int(f.Sums[0].Total), f.Sums[1].Total
	}
	if got != *want {
		t.Fatalf("%s: %+v, want %+v", what, got, *want)
	}
}

// calendar is the first moment of the period, by the standard library's dates.
func calendar(p indicator.Period, t geo.Time) geo.Time {
	day := t.Std().Truncate(24 * time.Hour)
	switch p {
	case indicator.Week:
		for day.Weekday() != time.Monday {
			day = day.AddDate(0, 0, -1)
		}
	case indicator.Month:
		day = time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC)
	case indicator.Quarter:
		day = time.Date(day.Year(), (day.Month()-1)/3*3+1, 1, 0, 0, 0, 0, time.UTC)
	case indicator.Year:
		day = time.Date(day.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return geo.TimeOf(day)
}
