package main

import (
	"fmt"
	"math"
	"net/url"
	"testing"
	"time"
)

// The figures of the Secretary-General's 2018 report that the sample world
// reproduces, each counted from items that the running program serves, page by
// page, by name=value filters and datetime alone. indicator_test.go asks the
// process for the same figures.

// asker asks a running server for incidents.
type asker struct {
	t      *testing.T
	server string
}

func newAsker(t *testing.T) asker { return asker{t, startServer(t)} }

// query returns the items query of name and value pairs.
func query(pairs ...string) url.Values {
	q := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return q
}

// with returns q with more pairs.
func with(q url.Values, pairs ...string) url.Values {
	all := query(pairs...)
	for name, values := range q {
		all[name] = values
	}
	return all
}

func (a asker) hits(q url.Values) int {
	a.t.Helper()
	var page struct{ NumberMatched int }
	getJSON(a.t, a.server+"/api/collections/incidents/items?"+with(q, "resultType", "hits").Encode(), &page)
	return page.NumberMatched
}

// rows reads all records of a query, page by page, and holds their number to
// the one that was promised.
func (a asker) rows(q url.Values) []map[string]any {
	a.t.Helper()
	var all []map[string]any
	next := a.server + "/api/collections/incidents/items?" + with(q, "limit", "100").Encode()
	for next != "" {
		var page struct {
			Features []struct{ Properties map[string]any }
			Links    []struct{ Rel, Href string }
		}
		getJSON(a.t, next, &page)
		next = ""
		for _, f := range page.Features {
			all = append(all, f.Properties)
		}
		for _, l := range page.Links {
			if l.Rel == "next" {
				next = l.Href
			}
		}
	}
	if want := a.hits(q); len(all) != want {
		a.t.Fatalf("%v: %d rows over all pages, %d promised", q, len(all), want)
	}
	return all
}

// sum adds up number fields over all records of a query.
func (a asker) sum(q url.Values, fields ...string) (total int) {
	a.t.Helper()
	for _, row := range a.rows(q) {
		for _, name := range fields {
			n, ok := row[name].(float64)
			if !ok {
				a.t.Fatalf("%v: %s is %v", row["source_id"], name, row[name])
			}
			total += int(n)
		}
	}
	return total
}

// ieds are the devices in Mali; aimed are those meant for peacekeepers.
var (
	ieds  = query("mission", "MINUSMA", "category", "ied")
	aimed = with(ieds, "target", "peacekeepers")
)

func TestParagraph80Totals(t *testing.T) {
	a := newAsker(t)
	within := with(ieds, "datetime", "2013-07-01/2018-08-31")
	for _, tt := range []struct {
		desc      string
		got, want int
	}{
		{"incidents", a.hits(within), 636},
		{"incidents at any time", a.hits(ieds), 636},
		{"aimed at peacekeepers", a.hits(with(within, "target", "peacekeepers")), 235},
		{"killed", a.sum(within, "killed"), 410},
		{"injured", a.sum(within, "injured"), 1069},
		{"before the first day", a.hits(with(ieds, "datetime", "../2013-06-30")), 0},
		{"after the last day", a.hits(with(ieds, "datetime", "2018-09-01/..")), 0},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %d, want %d", tt.desc, tt.got, tt.want)
		}
	}
	if share := 100 * float64(a.hits(aimed)) / float64(a.hits(ieds)); math.Abs(share-36.95) > 0.005 {
		t.Errorf("%.3f %% aimed at peacekeepers, want 36.95", share)
	}
	for _, row := range a.rows(ieds) {
		if row["duplicate_of"] != nil {
			t.Errorf("%v is a duplicate of %v", row["source_id"], row["duplicate_of"])
		}
	}
}

// A day as an end of a range holds that day and nothing of the next: the
// months have each incident once, none twice.
func TestMonthsPartTheIncidents(t *testing.T) {
	a, sum := newAsker(t), 0
	for month := time.Date(2013, 7, 1, 0, 0, 0, 0, time.UTC); month.Year() < 2018 || month.Month() < 9; month = month.AddDate(0, 1, 0) {
		last := month.AddDate(0, 1, -1)
		sum += a.hits(with(ieds, "datetime", month.Format(time.DateOnly)+"/"+last.Format(time.DateOnly)))
	}
	if sum != 636 {
		t.Errorf("the months add up to %d, want 636", sum)
	}
}

// found is the share in per cent of what was aimed at peacekeepers that was
// found or disarmed, over a range of days.
func (a asker) found(days string) float64 {
	a.t.Helper()
	q := with(aimed, "datetime", days)
	return 100 * float64(a.hits(with(q, "outcome", "found"))+a.hits(with(q, "outcome", "disarmed"))) / float64(a.hits(q))
}

func TestParagraph80FoundInTime(t *testing.T) {
	a, last := newAsker(t), 0.0
	for year := 2014; year <= 2017; year++ {
		share := a.found(fmt.Sprintf("%d-01-01/%d-12-31", year, year))
		switch {
		case year == 2014 && (share < 10.5 || share >= 11.5), year == 2017 && (share < 29 || share >= 30), share <= last:
			t.Errorf("%d: %.2f %% found in time, %.2f %% the year before; want 11 in 2014, rising to nearly 30 in 2017", year, share, last)
		}
		last = share
	}
}

// struck is how many peacekeepers an incident aimed at them killed or injured.
func (a asker) struck(days string) float64 {
	a.t.Helper()
	q := with(aimed, "datetime", days)
	return float64(a.sum(q, "peacekeepers_killed", "peacekeepers_injured")) / float64(a.hits(q))
}

func TestParagraph80CasualtiesHalved(t *testing.T) {
	a := newAsker(t)
	before, after := a.struck("2014-09-01/2015-08-31"), a.struck("2017-09-01/2018-08-31")
	if ratio := after / before; ratio < 0.45 || ratio > 0.55 {
		t.Errorf("%.3f an incident, after %.3f: %.3f of it, want half", after, before, ratio)
	}
}

// malicious is how many peacekeepers all but accidents killed, in all missions.
func (a asker) malicious(days string) int {
	a.t.Helper()
	q := query("datetime", days)
	return a.sum(q, "peacekeepers_killed") - a.sum(with(q, "category", "accident"), "peacekeepers_killed")
}

func TestParagraphs84And86(t *testing.T) {
	a, killed := newAsker(t), map[string]int{}
	for _, tt := range []struct {
		days string
		want int
	}{
		{"2016-01-01/2016-12-31", 34},
		{"2017-01-01/2017-12-31", 61},
		{"2017-01-01/2017-06-30", 21},
		{"2017-07-01/2017-09-30", 9},
		{"2017-10-01/2017-12-31", 31},
		{"2018-01-01/2018-06-30", 16},
		{"2018-01-01/2018-09-30", 17},
		{"2017-01-01/2017-09-30", 30},
		{"2017-07-01/2017-12-31", 40},
	} {
		if killed[tt.days] = a.malicious(tt.days); killed[tt.days] != tt.want {
			t.Errorf("%s: %d peacekeepers killed by malicious acts, want %d", tt.days, killed[tt.days], tt.want)
		}
	}
	for _, tt := range []struct {
		now, then string
		want      float64
	}{
		{"2018-01-01/2018-09-30", "2017-01-01/2017-09-30", -43},
		{"2018-01-01/2018-06-30", "2017-07-01/2017-12-31", -60},
	} {
		if change := math.Round(100 * (float64(killed[tt.now])/float64(killed[tt.then]) - 1)); change != tt.want {
			t.Errorf("%s against %s: %+.0f %%, want %+.0f", tt.now, tt.then, change, tt.want)
		}
	}
}

func TestDuplicatesKillNobody(t *testing.T) {
	a, duplicates := newAsker(t), 0
	for _, row := range a.rows(query()) {
		if row["duplicate_of"] == nil {
			continue
		}
		duplicates++
		if row["killed"] != 0.0 || row["injured"] != 0.0 || row["mission"] == "MINUSMA" && row["category"] == "ied" {
			t.Errorf("%v: %v", row["source_id"], row)
		}
		if n := a.hits(query("source_id", row["duplicate_of"].(string))); n != 1 {
			t.Errorf("%v names %v, of which there are %d", row["source_id"], row["duplicate_of"], n)
		}
	}
	if duplicates == 0 {
		t.Error("there are no duplicates")
	}
}
