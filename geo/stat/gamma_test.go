package stat_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"bivouac/geo/stat"
)

// Births and sudden infant deaths in the counties of North Carolina from 1974
// to 1978 (Cressie and Read 1985), as PySAL's examples have them.
var (
	births = []float64{
		1091, 487, 3188, 508, 1421, 1452, 286, 420, 968, 1612, 1035, 4449, 1671, 1556, 2180, 3608, 1638, 3146, 1323, 484,
		751, 781, 1269, 1399, 11858, 16184, 4672, 1324, 3164, 7970, 4021, 671, 3657, 3609, 770, 1549, 14484, 765, 4139, 1207,
		1333, 5509, 3573, 990, 248, 1946, 4456, 1646, 3702, 4606, 5094, 5754, 7515, 3999, 2110, 521, 2692, 675, 870, 2252,
		2992, 6638, 3776, 4866, 2216, 1143, 2648, 21588, 4099, 1258, 2356, 2574, 415, 3589, 1173, 9014, 533, 797, 3025, 542,
		1027, 20366, 578, 3915, 1570, 1494, 338, 2483, 2756, 284, 5868, 2255, 11158, 7889, 2414, 1782, 1228, 3350, 5526, 2181,
	}
	deaths = []float64{
		1, 0, 5, 1, 9, 7, 0, 0, 4, 1, 2, 16, 4, 4, 4, 18, 3, 4, 1, 1, 1, 0, 1, 2, 10, 23, 13, 6, 4, 16, 8, 0, 10, 6, 0, 2, 16, 2, 4, 1,
		0, 8, 5, 5, 0, 5, 7, 2, 11, 3, 14, 5, 9, 6, 2, 0, 7, 3, 4, 5, 12, 18, 6, 10, 8, 2, 5, 44, 3, 3, 5, 5, 0, 10, 3, 11, 1, 0, 4, 1,
		2, 38, 1, 4, 15, 7, 0, 4, 4, 0, 13, 8, 29, 31, 5, 8, 4, 15, 12, 5,
	}
)

// TestFitGamma has the smoothed rates that esda's own tests print for the
// first five counties.
func TestFitGamma(t *testing.T) {
	prior, ok := stat.FitGamma(deaths, births)
	if !ok {
		t.Fatal("no prior")
	}
	for i, want := range []float64{0.0016973, 0.0017054, 0.0017731, 0.0020129, 0.0035349} {
		if got := prior.After(deaths[i], births[i]).Mean(); math.Abs(got-want) > 5e-8 {
			t.Errorf("county %d: %v, want %v", i, got, want)
		}
	}
}

func TestNothingToFit(t *testing.T) {
	for _, c := range []struct {
		desc              string
		counts, exposures []float64
	}{
		{"nothing", nil, nil},
		{"one", []float64{3}, []float64{1}},
		{"no event", []float64{0, 0, 0}, []float64{1, 2, 3}},
		{"counts that vary less than chance", []float64{5, 5, 5}, []float64{1, 1, 1}},
		{"one of them was never exposed", []float64{9, 1}, []float64{0, 1}},
	} {
		if g, ok := stat.FitGamma(c.counts, c.exposures); ok {
			t.Errorf("%s: %v", c.desc, g)
		}
	}
	if i, ok := stat.Jeffreys().Interval(stat.Confidence); ok {
		t.Errorf("before anything was counted: %v", i)
	}
}

// TestGammaIntervals are scipy's quantiles.
func TestGammaIntervals(t *testing.T) {
	questions := [][2]float64{{0.5, 1}, {0.5, 40}, {1.5, 3}, {5.31, 2627}, {0.03, 2}, {800, 0.5}, {12.25, 1e6}}
	var answers [][2]float64
	scipy(t, "gamma", questions, &answers)
	for i, q := range questions {
		got, ok := stat.Gamma{Shape: q[0], Rate: q[1]}.Interval(stat.Confidence)
		if !ok || !near(got.Lower, answers[i][0]) || !near(got.Upper, answers[i][1]) {
			t.Errorf("%v: %v, want %v", q, got, answers[i])
		}
	}
}

func near(got, want float64) bool { return math.Abs(got-want) <= 1e-7*math.Abs(want)+1e-15 }

// TestAShortRoadDoesNotLead is what the prior is for: one event in a short
// stretch is not known to be worse than twenty in a long one, though its own rate is ten
// times theirs.
func TestAShortRoadDoesNotLead(t *testing.T) {
	counts, exposures := []float64{1, 20, 2, 0, 1, 3}, []float64{0.2, 40, 60, 55, 70, 80}
	prior, ok := stat.FitGamma(counts, exposures)
	if !ok {
		t.Fatal("no prior")
	}
	short, long := prior.After(counts[0], exposures[0]), prior.After(counts[1], exposures[1])
	surely, _ := short.Interval(stat.Confidence)
	atLeast, _ := long.Interval(stat.Confidence)
	if short.Mean() > 0.2*counts[0]/exposures[0] || surely.Lower > atLeast.Lower {
		t.Errorf("the short stretch has %v, at least %v; the long one %v, at least %v", short.Mean(), surely.Lower, long.Mean(), atLeast.Lower)
	}
}

// TestIntervalsCover draws rates from a gamma and counts from them: the
// intervals of the fitted prior hold the true rate nearly as often as they say.
// What is lost is the doubt about the prior itself.
func TestIntervalsCover(t *testing.T) {
	const seed, worlds, n = 7, 200, 40
	random := rand.New(rand.NewPCG(seed, 0))
	held, asked := 0, 0
	for range worlds {
		truth, counts, exposures := make([]float64, n), make([]float64, n), make([]float64, n)
		for i := range n {
			truth[i] = distuv.Gamma{Alpha: 2, Beta: 10, Src: random}.Rand()
			exposures[i] = 1 + 99*random.Float64()
			counts[i] = distuv.Poisson{Lambda: truth[i] * exposures[i], Src: random}.Rand()
		}
		prior, ok := stat.FitGamma(counts, exposures)
		if !ok {
			continue
		}
		for i := range n {
			in, _ := prior.After(counts[i], exposures[i]).Interval(stat.Confidence)
			asked++
			if in.Lower <= truth[i] && truth[i] <= in.Upper {
				held++
			}
		}
	}
	if share := float64(held) / float64(asked); asked < worlds*n*9/10 || share < 0.93 || share > 0.97 {
		t.Errorf("seed %d: %d of %d intervals hold the rate (%.3f)", seed, held, asked, share)
	}
}

// ExampleFitGamma smooths the rates of five roads: events, and km-years.
func ExampleFitGamma() {
	events, exposure := []float64{1, 20, 2, 0, 4}, []float64{0.5, 40, 60, 55, 80}
	prior, _ := stat.FitGamma(events, exposure)
	for i := range events {
		g := prior.After(events[i], exposure[i])
		in, _ := g.Interval(stat.Confidence)
		fmt.Printf("%.2f: %.2f (%.2f to %.2f)\n", events[i]/exposure[i], g.Mean(), in.Lower, in.Upper)
	}
	// Output:
	// 2.00: 0.37 (0.02 to 1.21)
	// 0.50: 0.47 (0.29 to 0.70)
	// 0.03: 0.04 (0.01 to 0.10)
	// 0.00: 0.01 (0.00 to 0.04)
	// 0.05: 0.05 (0.02 to 0.11)
}
