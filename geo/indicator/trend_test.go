package indicator_test

import (
	"fmt"
	"strings"
	"testing"

	"bivouac/geo"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/process"
	"bivouac/geo/randtest"
	"bivouac/geo/stat"
)

// series is a world with so many incidents in the middle of each month from
// January 2014 on.
func series(t *testing.T, counts ...int) process.World {
	var all []geo.Feature
	for i, n := range counts {
		for k := range n {
			all = append(all, report(t, fmt.Sprintf("%d-%02d-15", 2014+i/12, 1+i%12), float64(i), fmt.Sprintf(`{"category":"ied","killed":%d,"injured":1,"outcome":%q}`, k%2, []string{"found", "detonated"}[k%2])))
		}
	}
	return world(layertest.Build(t, reports, all...))
}

// TestTrend has the series of EPA QA/G-9S (methods, 2.4) as counts by month.
func TestTrend(t *testing.T) {
	w := series(t, 10, 10, 10, 5, 10, 20, 18, 17, 15, 24, 15)
	r, err := execute(w, `{"trend":true,"datetime":"2014-01-01/2014-11-30","wanted":"fall"}`)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"trend/periods": "11", "trend/left_out": "0", "trend/s": "22", "trend/slope": "1", "trend/heading": `"not shown"`, "trend/as_wanted": "null",
	} {
		if got := pick(r, path).String(); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
	if z, p := pick(r, "trend/z").Float(), pick(r, "trend/p").Float(); z < 1.6845 || z > 1.6855 || p < 0.09195 || p > 0.09205 {
		t.Errorf("z %v, p %v", z, p)
	}
}

// TestTrendTakesWholePeriods leaves out those that nobody says are covered,
// from counts and not from shares.
func TestTrendTakesWholePeriods(t *testing.T) {
	w := series(t, 1, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 2)
	for _, c := range []struct {
		desc, inputs string
		known, left  int64
	}{
		{"no time asked", `{"trend":true}`, 10, 2},
		{"whole months", `{"trend":true,"datetime":"2014-01-01/2014-12-31"}`, 12, 0},
		{"an open end", `{"trend":true,"datetime":"2014-01-01/.."}`, 11, 1},
		{"within months", `{"trend":true,"datetime":"2014-01-05/2014-12-20"}`, 10, 2},
		{"a share", `{"trend":true,"measure":"share","hits":"outcome = 'found'"}`, 12, 0},
		{"of one", `{"trend":true,"datetime":"2014-03-05/2014-03-20"}`, 0, 1},
		{"of none", `{"trend":true,"filter":"killed > 99"}`, 0, 0},
	} {
		r, err := execute(w, c.inputs)
		if err != nil || pick(r, "trend/periods").Int() != c.known || pick(r, "trend/left_out").Int() != c.left {
			t.Errorf("%s: %v, %v", c.desc, r.Output["trend"], err)
		}
		if c.left > 0 && !strings.Contains(strings.Join(geo.Texts(r.Warnings), " "), fmt.Sprintf("leaves out %d of", c.left)) {
			t.Errorf("%s: %q", c.desc, r.Warnings)
		}
	}
}

// TestSteps finds a planted change of level, with the levels beside it.
func TestSteps(t *testing.T) {
	counts := make([]int, 36)
	for i := range counts {
		counts[i] = 3 + i%2
		if i >= 20 {
			counts[i] = 14 + i%3
		}
	}
	w := series(t, counts...)
	r, err := execute(w, `{"trend":true,"datetime":"2014-01-01/2016-12-31"}`)
	steps := pick(r, "trend/steps").List()
	if err != nil || len(steps) != 1 || pick(r, "trend/steps/0/start").Time() != at("2015-09-01") || pick(r, "trend/steps/0/before").Float() != 3.5 || pick(r, "trend/steps/0/after").Float() != 15.0625 {
		t.Errorf("%v, %v", steps, err)
	}
	if pick(r, "trend/heading").Text() != "up" {
		t.Errorf("%v", r.Output["trend"])
	}
	r, err = execute(w, `{"trend":true,"measure":"delay","from":"time","to":"reported","datetime":"2014-01-01/2016-12-31","period":"quarter"}`)
	if err != nil || pick(r, "trend/heading").Text() != "up" || pick(r, "trend/periods").Int() != 12 {
		t.Errorf("%v, %v", r.Output["trend"], err)
	}
}

// TestTooManyPeriods gives the figures and no trend.
func TestTooManyPeriods(t *testing.T) {
	r, err := execute(series(t, 1), `{"trend":true,"period":"day","datetime":"2014-01-01/2017-12-31"}`)
	if err != nil || !pick(r, "trend/p").Null() || !strings.Contains(strings.Join(geo.Texts(r.Warnings), " "), "more than 1000 periods") {
		t.Errorf("%v, %v, %q", r.Output["trend"], err, r.Warnings)
	}
}

// TestPatternsByChance draws incidents without a trend 200 times, and wants no
// more trends, steps and changes than the level says: 10, and at most 21 with
// the binomial's 99.9 % band.
func TestPatternsByChance(t *testing.T) {
	rng := randtest.New(t, 1)
	const runs, most = 200, 21
	said := map[string]int{}
	for range runs {
		var all []geo.Feature
		for range 150 + rng.IntN(100) {
			f := report(t, "2014-01-01", 1, `{"category":"ied","killed":0}`)
			f.Valid = geo.Instant(at("2014-01-01") + geo.Time(rng.Int64N(int64(4*365*geo.Day))))
			all = append(all, f)
		}
		r, err := execute(world(layertest.Build(t, reports, all...)), `{"trend":true,"datetime":"2014-01-01/2017-12-30","compare":"2013-01-01/2013-12-31"}`)
		if err != nil {
			t.Fatal(err)
		}
		if pick(r, "trend/heading").Text() != "not shown" {
			said["trend"]++
		}
		if len(pick(r, "trend/steps").List()) > 0 {
			said["step"]++
		}
		r, err = execute(world(layertest.Build(t, reports, all...)), `{"period":"none","datetime":"2016-01-01/2017-12-30","compare":"2014-01-01/2015-12-31"}`)
		if err != nil {
			t.Fatal(err)
		}
		if pick(r, "comparison/total/p").Float() < 1-stat.Confidence {
			said["change"]++
		}
	}
	t.Logf("of %d: %v", runs, said)
	for what, n := range said {
		if n > most {
			t.Errorf("a %s is said %d times in %d", what, n, runs)
		}
	}
}
