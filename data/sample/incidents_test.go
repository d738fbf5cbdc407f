package sample

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
)

func (f *feature) number(name string) int {
	n, _ := f.Properties[name].(float64)
	return int(n)
}

func (f *feature) moment(t *testing.T, name string) time.Time {
	t.Helper()
	m, err := time.Parse(time.RFC3339, f.text(name))
	if err != nil {
		t.Fatalf("%s: %s: %v", f.text("source_id"), name, err)
	}
	return m
}

func (f *feature) isIED() bool { return f.text("mission") == "MINUSMA" && f.text("category") == "ied" }

func TestIncidentsAreWhole(t *testing.T) {
	for _, i := range features(t, "incidents") {
		id := i.text("source_id")
		for _, name := range []string{"mission", "time", "time_precision", "reported", "category", "target", "reliability", "review_status", "notes"} {
			if i.text(name) == "" {
				t.Errorf("%s: no %s", id, name)
			}
		}
		if i.isIED() && (i.text("device") == "" || i.text("outcome") == "") {
			t.Errorf("%s: no device or outcome", id)
		}
		if i.text("confidence") != "synthetic" {
			t.Errorf("%s does not say that it is synthetic", id)
		}
		at, reported := i.moment(t, "time"), i.moment(t, "reported")
		if !reported.After(at) {
			t.Errorf("%s was reported at %v, before it happened", id, reported)
		}
		if i.text("time_end") != "" {
			if end := i.moment(t, "time_end"); !end.After(at) || end.YearDay() != at.YearDay() || !reported.After(end) {
				t.Errorf("%s: from %v to %v, reported %v", id, at, end, reported)
			}
		}
		if n := i.number("credibility"); n < 1 || n > 6 {
			t.Errorf("%s: credibility %d", id, n)
		}
	}
}

func TestTollsAddUp(t *testing.T) {
	for _, i := range features(t, "incidents") {
		id := i.text("source_id")
		for _, what := range []string{"killed", "injured"} {
			all, peacekeepers, civilians := i.number(what), i.number("peacekeepers_"+what), i.number("civilians_"+what)
			if peacekeepers < 0 || civilians < 0 || peacekeepers+civilians > all {
				t.Errorf("%s: %d %s, of them %d peacekeepers and %d civilians", id, all, what, peacekeepers, civilians)
			}
			if peacekeepers > 0 && i.text("target") != "peacekeepers" {
				t.Errorf("%s is aimed at %s: %d peacekeepers %s", id, i.text("target"), peacekeepers, what)
			}
			harmless := slices.Contains([]string{"found", "disarmed", "hoax"}, i.text("outcome")) || i.text("duplicate_of") != ""
			if harmless && all != 0 {
				t.Errorf("%s: %s, second report of %q: %d %s", id, i.text("outcome"), i.text("duplicate_of"), all, what)
			}
		}
	}
}

func TestDuplicatesNameTheFirstReport(t *testing.T) {
	all, found := byID(t, "incidents"), 0
	for id, i := range all {
		of := i.text("duplicate_of")
		if of == "" {
			continue
		}
		found++
		first, ok := all[of]
		switch {
		case !ok || first.text("duplicate_of") != "":
			t.Errorf("%s is a second report of %q, which is no first one", id, of)
		case i.isIED():
			t.Errorf("%s is among the incidents that the report counts", id)
		case i.text("mission") != first.text("mission") || i.text("category") != first.text("category"):
			t.Errorf("%s and %s are not of one kind", id, of)
		}
	}
	if found < 20 {
		t.Errorf("only %d duplicates", found)
	}
}

func TestPlacesAreAsPreciseAsTheySay(t *testing.T) {
	lost, precisions := 0, map[int]int{}
	for _, i := range features(t, "incidents") {
		p := i.number("place_precision")
		if (i.Geometry.Type == "") != (p == 0) {
			t.Errorf("%s: place %q of precision %d", i.text("source_id"), i.Geometry.Type, p)
		}
		if p > 5 && i.text("route") != "" {
			t.Errorf("%s: on road %s and no better known than the country", i.text("source_id"), i.text("route"))
		}
		if i.isIED() {
			precisions[p]++
		}
		if p == 0 {
			lost++
		}
	}
	if lost != 9 || precisions[0] != 9 {
		t.Errorf("%d incidents without a place, %d of them devices in Mali", lost, precisions[0])
	}
	for p := 1; p <= 6; p++ {
		if precisions[p] == 0 {
			t.Errorf("no device in Mali has place precision %d", p)
		}
	}
}

// What names a road lies on that road, as far as the place is known.
func TestIncidentsLieOnTheirRoads(t *testing.T) {
	lines, on := map[string]orb.MultiLineString{}, 0
	all := courses(t)
	for _, r := range features(t, "routes") {
		label := r.text("ref")
		if label == "" {
			label = r.text("name")
		}
		lines[label] = append(lines[label], all[r.text("source_id")])
	}
	for _, i := range features(t, "incidents") {
		label := i.text("route")
		if label == "" {
			continue
		}
		metres, err := measure.Between(i.point(t), lines[label])
		if err != nil || metres > 1500 {
			t.Errorf("%s is %.0f m from %s, %v", i.text("source_id"), metres, label, err)
		}
		on++
	}
	if on < 500 {
		t.Errorf("only %d incidents name a road", on)
	}
}

// The sample is there to show near-repeat patterns: pairs within 5 km and 30
// days are far more than where the same times are dealt out anew over the same
// places (Knox, 1964).
func TestIncidentsRepeatNearby(t *testing.T) {
	var places []orb.Point
	var times []time.Time
	for _, i := range features(t, "incidents") {
		if i.isIED() && i.number("place_precision") == 1 {
			places, times = append(places, i.point(t)), append(times, i.moment(t, "time"))
		}
	}
	var near [][2]int
	for a := range places {
		for b := range a {
			if measure.Distance(places[a], places[b]) < 5000 {
				near = append(near, [2]int{a, b})
			}
		}
	}
	pairs := func() (n int) {
		for _, p := range near {
			if times[p[0]].Sub(times[p[1]]).Abs() < 30*24*time.Hour {
				n++
			}
		}
		return n
	}
	got := pairs()
	const deals = 50
	chance, expected := rand.New(rand.NewPCG(1, 2)), 0
	for range deals {
		chance.Shuffle(len(times), func(a, b int) { times[a], times[b] = times[b], times[a] })
		expected += pairs()
	}
	if got*deals < 2*expected {
		t.Errorf("%d pairs near in space and time, %.1f by chance", got, float64(expected)/deals)
	}
}

func TestIncidentsLieInTheirMissionsArea(t *testing.T) {
	areas := outlines(t)
	for _, collection := range []string{"incidents", "reports"} {
		for _, i := range features(t, collection) {
			if i.Geometry.Type == "" || i.text("duplicate_of") != "" {
				continue
			}
			area, p := areas[i.text("mission")], i.point(t)
			if metres, err := measure.Between(p, area); err != nil || metres > 8000 {
				t.Errorf("%s at %v lies %.0f m outside the area of %s, %v", i.text("source_id"), p, metres, i.text("mission"), err)
			}
		}
	}
}

// Found devices were on the rise, month on month they varied, and the trouble
// moved from the north to the centre.
func TestTroubleMovesToTheCentre(t *testing.T) {
	bySector := map[string]map[bool]int{}
	months := map[string]int{}
	for _, i := range features(t, "incidents") {
		if !i.isIED() {
			continue
		}
		late := i.moment(t, "time").Year() >= 2017
		if bySector[i.text("sector")] == nil {
			bySector[i.text("sector")] = map[bool]int{}
		}
		bySector[i.text("sector")][late]++
		months[i.text("time")[:7]]++
	}
	share := func(sector string, late bool) float64 {
		all := 0
		for _, n := range bySector {
			all += n[late]
		}
		return float64(bySector[sector][late]) / float64(all)
	}
	if share("Sector Centre", true) < 1.5*share("Sector Centre", false) || share("Sector North", true) > 0.8*share("Sector North", false) {
		t.Errorf("by sector, early and late: %v", bySector)
	}
	mean, spread := 0.0, 0.0
	for _, n := range months {
		mean += float64(n) / float64(len(months))
	}
	for _, n := range months {
		spread += math.Pow(float64(n)-mean, 2) / float64(len(months))
	}
	if spread < 1.5*mean {
		t.Errorf("months vary by %.1f around %.1f, no more than by chance", spread, mean)
	}
}
