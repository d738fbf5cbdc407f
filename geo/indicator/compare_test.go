package indicator_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"bivouac/geo"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/stat"
)

// TestStretches reads what is compared with, and how long it is.
func TestStretches(t *testing.T) {
	w := halves(t)
	for _, c := range []struct{ datetime, compare, start, end, scale string }{
		{"2018-01-01/2018-06-30", "before", "2017-07-01", "2018-01-01", "1"},
		{"2018-01-01/2018-06-30", "year-before", "2017-01-01", "2017-07-01", "1"},
		{"2018-01-10/2018-01-19", "before", "2017-12-31", "2018-01-10", "1"},
		{"2016-02-29", "year-before", "2015-03-01", "2015-03-01", ""},
		{"2016-02-20/2016-02-29", "year-before", "2015-02-20", "2015-03-01", "1.111"},
		{"2016-02-01/2016-02-29", "year-before", "2015-02-01", "2015-03-01", "1"},
		{"2018-01-01/2018-12-31", "2017-07-01/2017-12-31", "2017-07-01", "2018-01-01", "1.984"},
		{"2018-01-01/2018-01-31", "2019-01-01/2019-01-31", "2019-01-01", "2019-02-01", "1"},
	} {
		r, err := execute(w, fmt.Sprintf(`{"datetime":%q,"compare":%q,"period":"none"}`, c.datetime, c.compare))
		if c.scale == "" { // a day that the other year does not have
			if geo.CodeOf(err) != geo.Invalid {
				t.Errorf("%s against %s: %v", c.datetime, c.compare, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s against %s: %v", c.datetime, c.compare, err)
			continue
		}
		got := fmt.Sprintf("%.10s %.10s %.4g", pick(r, "comparison/start").Time(), pick(r, "comparison/end").Time(), pick(r, "comparison/scale").Float())
		if got != c.start+" "+c.end+" "+c.scale {
			t.Errorf("%s against %s: %s", c.datetime, c.compare, got)
		}
	}
}

// TestCompare compares the halves of 2018 by every measure, against the tests
// of stat on numbers counted by hand.
func TestCompare(t *testing.T) {
	w := halves(t)
	rates := func(a, ea, b, eb, d float64) stat.Ratio {
		r, _ := stat.TwoRates(stat.Count{Events: a, Exposure: ea}, stat.Count{Events: b, Exposure: eb}, d)
		return r
	}
	shares, _ := stat.TwoShares(4, 8, 2, 4)
	counts, sums, perRecord := rates(8, 6, 4, 6, 1), rates(9, 6, 3, 6, 20.0/12), rates(9, 8, 3, 4, 20.0/12)
	for _, c := range []struct {
		desc, inputs           string
		now, before, change, p float64
		percent, lower, upper  float64
	}{
		{"counts", `"measure":"count"`, 8, 4, 4, counts.P, 100, 100 * (counts.Lower - 1), 100 * (counts.Upper - 1)},
		{"sums", `"measure":"sum","sum":["killed"]`, 9, 3, 6, sums.P, 200, 100 * (sums.Lower - 1), 100 * (sums.Upper - 1)},
		{"rates", `"measure":"rate","sum":["killed"]`, 9.0 / 8, 0.75, 0.375, perRecord.P, 50, 100 * (perRecord.Lower - 1), 100 * (perRecord.Upper - 1)},
		{"shares", `"measure":"share","hits":"outcome = 'found'"`, 0.5, 0.5, 0, shares.P, 0, math.NaN(), math.NaN()},
		{"delays", `"measure":"delay","from":"time","to":"reported"`, 7.5, 1.5, 6, stat.MannWhitney([]float64{4, 5, 6, 7, 8, 9, 10, 11}, []float64{0, 1, 2, 3}), 400, math.NaN(), math.NaN()},
	} {
		r, err := execute(w, `{"period":"none","filter":"category = 'ied' AND duplicate_of IS NULL","datetime":"2018-07-01/2018-12-31","compare":"before",`+c.inputs+`}`)
		if err != nil {
			t.Errorf("%s: %v", c.desc, err)
			continue
		}
		for name, want := range map[string]float64{"now": c.now, "before": c.before, "change": c.change, "p": c.p, "percent": c.percent, "percent_lower": c.lower, "percent_upper": c.upper} {
			got := pick(r, "comparison/total/"+name)
			if known := want == want; got.Null() == known || known && !near(got.Float(), want) {
				t.Errorf("%s: %s is %v, want %v", c.desc, name, got, want)
			}
		}
		if r.Selected != 12 || r.Used != 12 || !strings.Contains(r.Method, "the change by the") {
			t.Errorf("%s: %d of %d rows of both times, %s", c.desc, r.Used, r.Selected, r.Method)
		}
	}
}

// TestCompareGroups has the groups of either time, which add up.
func TestCompareGroups(t *testing.T) {
	w := halves(t)
	r, err := execute(w, `{"period":"none","groupby":"category","datetime":"2018-07-01/2018-12-31","compare":"before","wanted":"fall"}`)
	if err != nil {
		t.Fatal(err)
	}
	got, now, before := "", 0.0, 0.0
	for _, g := range pick(r, "comparison/groups").List() {
		v := g.Record()
		got += fmt.Sprintf("%v %v-%v ", v["value"], v["now"], v["before"])
		now, before = now+v["now"].Float(), before+v["before"].Float()
	}
	if got != `"ied" 8-5 "accident" 0-1 ` || now != pick(r, "comparison/total/now").Float() || before != pick(r, "comparison/total/before").Float() {
		t.Errorf("%s of %v", got, pick(r, "comparison/total"))
	}
	if w := strings.Join(geo.Texts(r.Warnings), " "); !strings.Contains(w, "2 groups are compared") || !strings.Contains(w, "more or fewer were seen") {
		t.Errorf("%q", r.Warnings)
	}
	r, err = execute(w, `{"period":"none","measure":"rate","sum":["killed"],"datetime":"2018-07-01/2018-12-31","compare":"2011-01-01/2011-12-31"}`)
	if err != nil || !pick(r, "comparison/total/change").Null() || !pick(r, "comparison/total/p").Null() || pick(r, "comparison/total/heading").Text() != "not shown" {
		t.Errorf("against nothing: %v, %v", r.Output["comparison"], err)
	}
}

// TestClearChange says which way, and whether it was wished.
func TestClearChange(t *testing.T) {
	var all []geo.Feature
	for i := range 60 {
		all = append(all, report(t, []string{"2018-03-01", "2018-09-01"}[min(i/10, 1)], 1, `{"category":"ied","killed":0,"injured":0}`))
	}
	w := world(layertest.Build(t, reports, all...))
	for wish, wanted := range map[string]string{`,"wanted":"fall"`: "false", `,"wanted":"rise"`: "true", "": "null"} {
		r, err := execute(w, `{"period":"none","datetime":"2018-07-01/2018-12-31","compare":"before"`+wish+`}`)
		if err != nil || pick(r, "comparison/total/heading").Text() != "up" || pick(r, "comparison/total/as_wanted").String() != wanted {
			t.Errorf("%s: %v, %v", wish, pick(r, "comparison/total"), err)
		}
	}
}

// TestTargets judges by the interval: of 60 in a month it is 45.8 to 77.2.
func TestTargets(t *testing.T) {
	var all []geo.Feature
	for range 60 {
		all = append(all, report(t, "2018-03-01", 1, `{"category":"ied"}`))
	}
	w := world(layertest.Build(t, reports, all...))
	for _, c := range []struct {
		target       float64
		wanted, want string
	}{
		{45, "rise", "met"}, {50, "rise", "not decided"}, {70, "rise", "not decided"}, {78, "rise", "missed"},
		{45, "fall", "missed"}, {50, "fall", "not decided"}, {78, "fall", "met"},
	} {
		r, err := execute(w, fmt.Sprintf(`{"period":"none","target":%v,"wanted":%q}`, c.target, c.wanted))
		if err != nil || pick(r, "total/verdict").Text() != c.want {
			t.Errorf("%v, %s: %v, %v", c.target, c.wanted, pick(r, "total"), err)
		}
	}
}

// TestRatio divides sums by sums, of records that state both.
func TestRatio(t *testing.T) {
	w := world(layertest.Build(t, reports,
		report(t, "2018-01-01", 1, `{"killed":1,"injured":2}`), report(t, "2018-01-02", 1, `{"killed":3,"injured":2}`),
		report(t, "2018-01-03", 1, `{"killed":5}`), report(t, "2018-01-04", 1, `{"injured":5}`)))
	r, err := execute(w, `{"period":"none","measure":"ratio","sum":["killed"],"per":"injured"}`)
	if err != nil || pick(r, "total/figure").Float() != 1 || pick(r, "total/figure_of").Float() != 4 || pick(r, "total/sums/killed").Int() != 9 {
		t.Errorf("%v, %v", r.Output["total"], err)
	}
	// Residuals 1 and -1: 2 * 2 under the root, over 4.
	if half := pick(r, "total/figure_upper").Float() - 1; math.Abs(half-1.959964*math.Sqrt(4)/4) > 1e-6 {
		t.Errorf("half the interval is %v", half)
	}
	if w := strings.Join(geo.Texts(r.Warnings), " "); !strings.Contains(w, "2 of 4 records do not state both killed and injured") {
		t.Errorf("%q", r.Warnings)
	}
}

// TestBackwardDelays counts reports that came before what they tell of.
func TestBackwardDelays(t *testing.T) {
	w := world(layertest.Build(t, reports, report(t, "2018-01-01", -2, `{}`), report(t, "2018-01-02", 4, `{}`), report(t, "2018-01-02", 4, `{"reported":null}`)))
	r, err := execute(w, `{"indicator":"reporting-delay","period":"none"}`)
	if err != nil || pick(r, "total/figure").Float() != 1 || !pick(r, "total/figure_lower").Null() || pick(r, "total/figure_of").Float() != 2 {
		t.Errorf("%v, %v", r.Output["total"], err)
	}
	if w := strings.Join(geo.Texts(r.Warnings), " "); !strings.Contains(w, "1 records have their reported before their time") || !strings.Contains(w, "1 of 3 records do not state both") {
		t.Errorf("%q", r.Warnings)
	}
}

// TestLastingRecords says how many are longer than the periods that they count
// in.
func TestLastingRecords(t *testing.T) {
	long := report(t, "2018-01-20", 1, `{}`)
	long.Valid = geo.Between(at("2018-01-20"), at("2018-03-20"))
	w := world(layertest.Build(t, reports, long, report(t, "2018-01-02", 4, `{}`)))
	for period, want := range map[string]bool{"week": true, "month": true, "quarter": false, "none": false} {
		r, err := execute(w, fmt.Sprintf(`{"period":%q}`, period))
		if got := strings.Contains(strings.Join(geo.Texts(r.Warnings), " "), "1 of 2 records lasted, or are known only to, more than a "+period); err != nil || got != want {
			t.Errorf("%s: %q, %v", period, r.Warnings, err)
		}
	}
}
