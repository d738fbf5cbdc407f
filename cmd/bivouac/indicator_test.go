package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"strings"
	"testing"
)

// indicatorFigure is a figure as programs read it.
type indicatorFigure struct {
	Start, End                                 string
	Value                                      any
	Count, Hits, Decided                       int
	Share, ShareLower, ShareUpper              float64
	Figure, FigureLower, FigureUpper, FigureOf float64
	WithoutPlace                               int
	Sums                                       map[string]float64
	Nulls                                      map[string]int
	Rates                                      map[string]struct {
		PerRecord    float64 `json:"per_record"`
		Lower, Upper float64
		Of           int
	}
}

type indicatorAnswer struct {
	Result struct {
		Total           indicatorFigure
		Periods, Groups []indicatorFigure
		Comparison      struct {
			Before indicatorFigure
			Total  struct {
				Now, Before, Change, Percent, P float64
				Heading                         string
			}
		}
		Trend struct {
			Heading string
			P, S    float64
			Slope   float64
			Steps   []struct{ Start string }
		}
	}
	Envelope struct {
		Method       string
		RowsSelected int            `json:"rows_selected"`
		RowsUsed     int            `json:"rows_used"`
		RowsDropped  map[string]int `json:"rows_dropped"`
		Warnings     []string
	}
}

// askIndicator runs the analysis over HTTP, and wants its rows to add up.
func askIndicator(t *testing.T, server string, inputs map[string]any) indicatorAnswer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"inputs": inputs})
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.Post(server+"/api/processes/indicator/execution", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var text bytes.Buffer
	if _, err := text.ReadFrom(response.Body); err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %s %v", body, response.StatusCode, text.String(), err)
	}
	var a indicatorAnswer
	plain := strings.NewReplacer(`"share_lower"`, `"ShareLower"`, `"share_upper"`, `"ShareUpper"`,
		`"figure_lower"`, `"FigureLower"`, `"figure_upper"`, `"FigureUpper"`, `"figure_of"`, `"FigureOf"`, `"without_place"`, `"WithoutPlace"`).Replace(text.String())
	if err := json.Unmarshal([]byte(plain), &a); err != nil {
		t.Fatalf("%s: %v in %.300s", body, err, plain)
	}
	left := a.Envelope.RowsSelected - a.Envelope.RowsUsed
	for _, n := range a.Envelope.RowsDropped {
		left -= n
	}
	if left != 0 || a.Result.Total.Count+a.Result.Comparison.Before.Count != a.Envelope.RowsUsed {
		t.Errorf("%s: the rows do not add up: %+v", body, a.Envelope)
	}
	return a
}

const devicesInMali = "mission = 'MINUSMA' AND category = 'ied'"

// TestIndicatorFigures asks the sample world for the figures of paragraphs 80,
// 84 and 86 of the report. They are what the world was made to hold.
func TestIndicatorFigures(t *testing.T) {
	server := startServer(t)
	t.Run("paragraph 80: incidents, killed, injured, aimed at peacekeepers", func(t *testing.T) {
		a := askIndicator(t, server, map[string]any{
			"period": "year", "filter": devicesInMali, "hits": "target = 'peacekeepers'", "sum": []string{"killed", "injured"}, "groupby": "target",
		})
		f := a.Result.Total
		if f.Count != 636 || f.Hits != 235 || f.Decided != 636 || f.Sums["killed"] != 410 || f.Sums["injured"] != 1069 {
			t.Errorf("total %+v", f)
		}
		if got := fmt.Sprintf("%.2f in %.1f..%.1f", 100*f.Share, 100*f.ShareLower, 100*f.ShareUpper); got != "36.95 in 33.3..40.8" {
			t.Errorf("share aimed at peacekeepers %s", got)
		}
		if !strings.Contains(a.Envelope.Method, "Wilson") || !strings.Contains(a.Envelope.Method, "Garwood") {
			t.Errorf("method %q", a.Envelope.Method)
		}
		addUp(t, f, a.Result.Periods)
		addUp(t, f, a.Result.Groups)
		if first, last := a.Result.Periods[0], a.Result.Periods[len(a.Result.Periods)-1]; first.Start != "2013-01-01T00:00:00Z" || last.End != "2019-01-01T00:00:00Z" {
			t.Errorf("years from %s to %s", first.Start, last.End)
		}
	})
	t.Run("paragraph 80: found before they explode", func(t *testing.T) { foundShare(t, server) })
	t.Run("paragraph 80: casualties per incident halved", func(t *testing.T) { halved(t, server) })
	t.Run("paragraphs 84 and 86: peacekeepers killed by malicious acts", func(t *testing.T) { fallen(t, server) })
}

// addUp wants the parts to be all of the total.
func addUp(t *testing.T, total indicatorFigure, parts []indicatorFigure) {
	t.Helper()
	count, hits, killed, injured := 0, 0, 0.0, 0.0
	for _, p := range parts {
		count, hits, killed, injured = count+p.Count, hits+p.Hits, killed+p.Sums["killed"], injured+p.Sums["injured"]
	}
	if count != total.Count || hits != total.Hits || killed != total.Sums["killed"] || injured != total.Sums["injured"] {
		t.Errorf("%d parts add up to %d, %d, %v and %v, not to %+v", len(parts), count, hits, killed, injured, total)
	}
}

func foundShare(t *testing.T, server string) {
	a := askIndicator(t, server, map[string]any{
		"period": "year", "datetime": "2014-01-01/2017-12-31", "filter": devicesInMali + " AND target = 'peacekeepers'",
		"hits": "outcome IN ('found', 'disarmed')",
	})
	years := a.Result.Periods
	if len(years) != 4 {
		t.Fatalf("%d years", len(years))
	}
	if s := years[0].Share; s < 0.105 || s >= 0.115 {
		t.Errorf("found in 2014: %d of %d, %v", years[0].Hits, years[0].Decided, s)
	}
	if s := years[3].Share; s < 0.29 || s >= 0.30 {
		t.Errorf("found in 2017: %d of %d, %v", years[3].Hits, years[3].Decided, s)
	}
	for i, y := range years {
		if !(y.ShareLower < y.Share && y.Share < y.ShareUpper) || i > 0 && y.Share <= years[i-1].Share {
			t.Errorf("%s: %v in %v..%v does not rise", y.Start, y.Share, y.ShareLower, y.ShareUpper)
		}
	}
}

func halved(t *testing.T, server string) {
	rate := func(datetime string) float64 {
		const casualties = "peacekeepers_killed+peacekeepers_injured"
		a := askIndicator(t, server, map[string]any{
			"period": "none", "datetime": datetime, "filter": devicesInMali + " AND target = 'peacekeepers'", "sum": []string{casualties},
		})
		r := a.Result.Total.Rates[casualties]
		if r.Of != a.Result.Total.Count || !(r.Lower < r.PerRecord && r.PerRecord < r.Upper) {
			t.Errorf("%s: %+v", datetime, r)
		}
		return r.PerRecord
	}
	last, before := rate("2017-09-01/2018-08-31"), rate("2014-09-01/2015-08-31")
	if ratio := last / before; ratio < 0.45 || ratio > 0.55 {
		t.Errorf("%v casualties per incident, %v three years before", last, before)
	}
}

func fallen(t *testing.T, server string) {
	sum := func(datetime string) float64 {
		a := askIndicator(t, server, map[string]any{
			"period": "quarter", "datetime": datetime, "filter": "category <> 'accident'", "sum": []string{"peacekeepers_killed"},
		})
		return a.Result.Total.Sums["peacekeepers_killed"]
	}
	for _, c := range []struct {
		datetime string
		want     float64
	}{
		{"2016-01-01/2016-12-31", 34}, {"2017-01-01/2017-12-31", 61}, {"2018-01-01/2018-06-30", 16}, {"2018-01-01/2018-09-30", 17},
		{"2017-01-01/2017-06-30", 21}, {"2017-07-01/2017-09-30", 9}, {"2017-10-01/2017-12-31", 31}, {"2017-01-01/2017-09-30", 30}, {"2017-07-01/2017-12-31", 40},
	} {
		if got := sum(c.datetime); got != c.want {
			t.Errorf("%s: %v peacekeepers killed, want %v", c.datetime, got, c.want)
		}
	}
}

// askNamed runs a named indicator with more inputs, by name and value.
func askNamed(t *testing.T, server, indicator string, more ...string) indicatorAnswer {
	t.Helper()
	inputs := map[string]any{"indicator": indicator, "period": "none"}
	for i := 0; i < len(more); i += 2 {
		inputs[more[i]] = more[i+1]
	}
	return askIndicator(t, server, inputs)
}

func TestNamedTotals(t *testing.T) {
	server := startServer(t)
	for id, want := range map[string]string{"incidents": "636", "share-aimed-at-peacekeepers": "0.3695", "killed": "410", "injured": "1069"} {
		f := askNamed(t, server, id, "filter", devicesInMali, "datetime", "2013-07-01/2018-08-31").Result.Total
		if got := fmt.Sprintf("%.4g", f.Figure); got != want || !(f.FigureLower < f.Figure && f.Figure < f.FigureUpper) || f.WithoutPlace == 0 {
			t.Errorf("%s: %+v, want %s", id, f, want)
		}
	}
}

// TestNamedIndicators asks for the figures of paragraphs 79, 80, 84 and 86 by
// the names that are built in.
func TestNamedIndicators(t *testing.T) {
	server := startServer(t)
	ask := func(indicator string, more ...string) indicatorAnswer { return askNamed(t, server, indicator, more...) }
	const aimedAtUs = devicesInMali + " AND target = 'peacekeepers'"
	t.Run("paragraph 80: casualties per incident halved, and how sure that is", func(t *testing.T) {
		c := ask("peacekeeper-casualties-per-incident", "filter", devicesInMali, "datetime", "2017-09-01/2018-08-31", "compare", "2014-09-01/2015-08-31").Result.Comparison.Total
		if c.Percent < -55 || c.Percent > -45 || c.P <= 0 || c.P >= 1 {
			t.Errorf("%+v, want half", c)
		}
	})
	t.Run("paragraph 80: found before they explode", func(t *testing.T) {
		a := ask("share-found", "filter", aimedAtUs, "period", "year", "datetime", "2014-01-01/2017-12-31")
		years := a.Result.Periods
		if len(years) != 4 || fmt.Sprintf("%.2f %.3f", years[0].Figure, years[3].Figure) != "0.11 0.295" || a.Result.Trend.S != 6 {
			t.Errorf("%+v, %+v", years, a.Result.Trend)
		}
		c := ask("share-found", "filter", aimedAtUs, "datetime", "2017-01-01/2017-12-31", "compare", "2014-01-01/2014-12-31").Result.Comparison.Total
		if c.Heading != "up" || c.P >= 0.05 {
			t.Errorf("2017 against 2014: %+v, want a rise that is shown", c)
		}
	})
	t.Run("paragraphs 84 and 86: peacekeepers killed by malicious acts", func(t *testing.T) {
		for _, c := range []struct {
			datetime, compare    string
			now, before, percent float64
		}{
			{"2017-01-01/2017-12-31", "2016-01-01/2016-12-31", 61, 34, 79},
			{"2018-01-01/2018-09-30", "year-before", 17, 30, -43},
			{"2018-01-01/2018-06-30", "before", 16, 40, -60},
		} {
			got := ask("peacekeepers-killed", "datetime", c.datetime, "compare", c.compare).Result.Comparison.Total
			if got.Now != c.now || got.Before != c.before || math.Round(got.Percent) != c.percent {
				t.Errorf("%s against %s: %+v, want %v, %v and %+v %%", c.datetime, c.compare, got, c.now, c.before, c.percent)
			}
		}
	})
}
