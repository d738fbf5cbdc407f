package stat_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"bivouac/geo/stat"
)

// TestWilson has the intervals of Newcombe (1998, Two-sided confidence
// intervals for the single proportion, Statistics in Medicine 17, table I,
// method 3) and the exact ends.
func TestWilson(t *testing.T) {
	for _, c := range []struct {
		hits, n      int
		lower, upper float64
	}{
		{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718},
		{20, 20, 1 - 0.1611, 1},
	} {
		i, ok := stat.Wilson(c.hits, c.n, stat.Confidence)
		if !ok || math.Abs(i.Lower-c.lower) > 5e-5 || math.Abs(i.Upper-c.upper) > 5e-5 {
			t.Errorf("%d of %d: %v, want %v to %v", c.hits, c.n, i, c.lower, c.upper)
		}
	}
	for _, n := range []int{1, 7, 1000} {
		none, _ := stat.Wilson(0, n, stat.Confidence)
		all, _ := stat.Wilson(n, n, stat.Confidence)
		if none.Lower != 0 || all.Upper != 1 || none.Upper >= 1 || all.Lower <= 0 {
			t.Errorf("none of %d: %v, all: %v", n, none, all)
		}
	}
}

func TestNothingHasNoInterval(t *testing.T) {
	for _, c := range [][2]int{{0, 0}, {1, 0}, {-1, 5}, {6, 5}, {0, -1}} {
		if i, ok := stat.Wilson(c[0], c[1], stat.Confidence); ok {
			t.Errorf("%d of %d: %v", c[0], c[1], i)
		}
	}
	for _, events := range []float64{-1, math.NaN()} {
		if i, ok := stat.Garwood(events, stat.Confidence); ok {
			t.Errorf("%v events: %v", events, i)
		}
	}
	for _, dispersion := range []float64{0, -1, math.NaN()} {
		if i, ok := stat.Scaled(3, dispersion, stat.Confidence); ok {
			t.Errorf("dispersion %v: %v", dispersion, i)
		}
	}
	if i, ok := stat.Scaled(-3, 1, stat.Confidence); ok {
		t.Errorf("a sum of -3: %v", i)
	}
}

// TestGarwood has the exact limits as tables print them (Garwood 1936; Ulm
// 1990, American Journal of Epidemiology 131).
func TestGarwood(t *testing.T) {
	for _, c := range []struct{ events, lower, upper, within float64 }{
		{0, 0, 3.689, 5e-4}, {1, 0.0253, 5.572, 5e-4}, {2, 0.242, 7.225, 5e-4}, {3, 0.619, 8.767, 5e-4}, {5, 1.623, 11.668, 5e-4},
		{10, 4.795, 18.390, 5e-4}, {20, 12.217, 30.888, 5e-4}, {50, 37.111, 65.919, 5e-4}, {100, 81.364, 121.627, 5e-4},
	} {
		i, ok := stat.Garwood(c.events, stat.Confidence)
		if !ok || math.Abs(i.Lower-c.lower) > c.within || math.Abs(i.Upper-c.upper) > c.within {
			t.Errorf("%v events: %v, want %v to %v", c.events, i, c.lower, c.upper)
		}
	}
	// One-sided by hand: 0 events, 90 % two-sided, is -ln 0.05.
	if i, _ := stat.Garwood(0, 0.9); math.Abs(i.Upper+math.Log(0.05)) > 1e-12 {
		t.Errorf("0 events at 90 %%: %v", i)
	}
}

// TestGarwoodLeavesTheTailsItSays puts the ends back into the Poisson
// distribution: at the upper end the count or fewer has the probability of a
// tail, at the lower end the count or more.
func TestGarwoodLeavesTheTailsItSays(t *testing.T) {
	for _, events := range []int{0, 1, 4, 30, 200} {
		for _, confidence := range []float64{0.5, 0.9, 0.95, 0.999} {
			i, _ := stat.Garwood(float64(events), confidence)
			tail := (1 - confidence) / 2
			if p := atMost(events, i.Upper); math.Abs(p-tail) > 1e-9 {
				t.Errorf("%d events at %v: upper %v leaves %v, want %v", events, confidence, i.Upper, p, tail)
			}
			if p := 1 - atMost(events-1, i.Lower); events > 0 && math.Abs(p-tail) > 1e-9 {
				t.Errorf("%d events at %v: lower %v leaves %v, want %v", events, confidence, i.Lower, p, tail)
			}
		}
	}
}

// atMost is the probability of k events or fewer where mean are expected.
func atMost(k int, mean float64) float64 {
	sum := 0.0
	for i := range k + 1 {
		lg, _ := math.Lgamma(float64(i + 1))
		sum += math.Exp(float64(i)*math.Log(mean) - mean - lg)
	}
	return sum
}

// TestScaledCovers draws compound Poisson sums, whose single records add 0 to
// 6 at once, and wants the true mean to lie in the interval about as often as
// it says, where Garwood's own would miss it far too often.
func TestScaledCovers(t *testing.T) {
	r := drawn(t)
	const runs, records = 4000, 120
	adds := []float64{0, 0, 0, 0, 1, 1, 2, 6}
	mean := 10.0 / 8 * records
	scaled, plain := 0, 0
	for range runs {
		sum, squares := 0.0, 0.0
		for range poisson(r, records) {
			x := adds[r.IntN(len(adds))]
			sum, squares = sum+x, squares+x*x
		}
		if i, _ := stat.Scaled(sum, squares/sum, stat.Confidence); i.Lower <= mean && mean <= i.Upper {
			scaled++
		}
		if i, _ := stat.Garwood(sum, stat.Confidence); i.Lower <= mean && mean <= i.Upper {
			plain++
		}
	}
	// 0.92 and 0.98 are more than eight standard errors from 0.95.
	if share := float64(scaled) / runs; share < 0.92 || share > 0.98 {
		t.Errorf("the scaled interval covers the mean in %.3f of the runs", share)
	}
	if share := float64(plain) / runs; share > 0.8 {
		t.Errorf("Garwood's own interval covers the mean in %.3f of the runs: the draw is no test of the scaled one", share)
	}
}

func poisson(r *rand.Rand, mean float64) int {
	n := 0
	for left := mean; ; n++ {
		if left -= r.ExpFloat64(); left < 0 {
			return n
		}
	}
}

func TestScaledByOneIsGarwood(t *testing.T) {
	for _, events := range []float64{0, 1, 17} {
		g, _ := stat.Garwood(events, stat.Confidence)
		if s, ok := stat.Scaled(events, 1, stat.Confidence); !ok || s != g {
			t.Errorf("%v events: %v, want %v", events, s, g)
		}
	}
}

// 235 of 636 attacks were aimed at peacekeepers.
func ExampleWilson() {
	i, _ := stat.Wilson(235, 636, stat.Confidence)
	fmt.Printf("%.1f %% (%.1f to %.1f)\n", 100*235.0/636, 100*i.Lower, 100*i.Upper)
	// Output: 36.9 % (33.3 to 40.8)
}

// Nothing happened in a month: that is no proof that nothing will.
func ExampleGarwood() {
	i, _ := stat.Garwood(0, stat.Confidence)
	fmt.Printf("0 (0 to %.3f)\n", i.Upper)
	// Output: 0 (0 to 3.689)
}
