package stat_test

import (
	"fmt"
	"math"
	"testing"

	"bivouac/geo/stat"
)

var missing = math.NaN()

// TestMannKendall has the example of EPA QA/G-9S (2006), page 109, one with
// ties on both sides of a rise, and what is no series.
func TestMannKendall(t *testing.T) {
	for _, c := range []struct {
		desc         string
		values       []float64
		s, v, z, p   float64
		within, tauB float64
	}{
		{"EPA QA/G-9S", []float64{10, 10, 10, 5, 10, 20, 18, 17, 15, 24, 15}, 22, 155.3333, 1.685, 0.0920, 5e-4, 22 / math.Sqrt(55*48)},
		{"ties", []float64{3, 5, 4, 7, 8, 8, 9, 12, 10, 13}, 40, 124, 3.502303, 4.6125e-4, 5e-7, 40 / math.Sqrt(45*44)},
		{"its reverse", []float64{13, 10, 12, 9, 8, 8, 7, 4, 5, 3}, -40, 124, -3.502303, 4.6125e-4, 5e-7, -40 / math.Sqrt(45*44)},
		{"with gaps", []float64{missing, 3, 5, missing, 4, 7, 8, 8, 9, 12, 10, 13, missing}, 40, 124, 3.502303, 4.6125e-4, 5e-7, 40 / math.Sqrt(45*44)},
		{"no rise and no fall", []float64{1, 3, 2, 2}, 1, 7.666667, 0, 1, 5e-7, 1 / math.Sqrt(30)},
		{"all equal", []float64{4, 4, 4, 4}, 0, 0, 0, 1, 0, 0},
		{"one", []float64{4}, 0, 0, 0, 1, 0, 0},
		{"all missing", []float64{missing, missing}, 0, 0, 0, 1, 0, 0},
		{"none", nil, 0, 0, 0, 1, 0, 0},
	} {
		got := stat.MannKendall(c.values)
		if got.S != c.s || math.Abs(got.Var-c.v) > 1e-4 || math.Abs(got.Z-c.z) > c.within || math.Abs(got.P-c.p) > c.within || math.Abs(got.Tau-c.tauB) > 1e-12 {
			t.Errorf("%s: %+v, want S %v, Var %v, Z %v, P %v, tau %v", c.desc, got, c.s, c.v, c.z, c.p, c.tauB)
		}
	}
}

func TestSen(t *testing.T) {
	for _, c := range []struct {
		desc                string
		values              []float64
		slope, lower, upper float64
	}{
		{"EPA QA/G-9S", []float64{10, 10, 10, 5, 10, 20, 18, 17, 15, 24, 15}, 1, 0, 2},
		{"a straight line", []float64{1, 3, 5, 7}, 2, 2, 2},
		{"a line with gaps keeps its slope", []float64{1, missing, 5, missing, missing, 11}, 2, 2, 2},
		{"two", []float64{5, 2}, -3, -3, -3},
		{"one", []float64{5}, missing, missing, missing},
		{"one and a gap", []float64{5, missing}, missing, missing, missing},
	} {
		slope, lower, upper := stat.Sen(c.values)
		for _, pair := range [][2]float64{{slope, c.slope}, {lower, c.lower}, {upper, c.upper}} {
			if same := pair[0] != pair[0] && pair[1] != pair[1] || math.Abs(pair[0]-pair[1]) < 1e-6; !same {
				t.Errorf("%s: %v, %v to %v, want %v, %v to %v", c.desc, slope, lower, upper, c.slope, c.lower, c.upper)
				break
			}
		}
	}
}

// TestTrendByScipy compares random series, with ties and gaps, with scipy's
// kendalltau and theilslopes.
func TestTrendByScipy(t *testing.T) {
	r := drawn(t)
	var series [][]float64
	var questions [][]any
	for range 60 {
		values, asked := []float64{}, []any{}
		for i := range 6 + r.IntN(60) {
			v := float64(r.IntN(8)) + 0.05*float64(i)*float64(r.IntN(3))
			if i > 3 && r.IntN(6) == 0 {
				values, asked = append(values, missing), append(asked, nil)
				continue
			}
			values, asked = append(values, v), append(asked, v)
		}
		series, questions = append(series, values), append(questions, asked)
	}
	var answers []struct{ Tau, Slope, Lower, Upper float64 }
	scipy(t, "trend", questions, &answers)
	for i, want := range answers {
		slope, lower, upper := stat.Sen(series[i])
		got := [4]float64{stat.MannKendall(series[i]).Tau, slope, lower, upper}
		for k, w := range [4]float64{want.Tau, want.Slope, want.Lower, want.Upper} {
			if math.Abs(got[k]-w) > 1e-9 {
				t.Errorf("%v: %v, scipy says %+v", series[i], got, want)
				break
			}
		}
	}
}

// TestTrendByChance wants a series without a trend to be called one about as
// often as the level says: inside the 99.9 % band of the binomial.
func TestTrendByChance(t *testing.T) {
	r := drawn(t)
	const runs = 2000
	called := 0
	for range runs {
		values := make([]float64, 36)
		for i := range values {
			values[i] = float64(poisson(r, 6))
		}
		if stat.MannKendall(values).P < 0.05 {
			called++
		}
	}
	// 100 are expected; 3.29 standard deviations of 9.7 to each side.
	if called < 68 || called > 133 {
		t.Errorf("%d of %d series without a trend are said to have one", called, runs)
	}
}

// Found before they exploded, by year from 2014 on, in per cent.
func ExampleMannKendall() {
	t := stat.MannKendall([]float64{11, 14, 22, 30})
	fmt.Printf("S %v, p %.3f\n", t.S, t.P)
	// Output: S 6, p 0.089
}

func ExampleSen() {
	slope, lower, upper := stat.Sen([]float64{11, 14, 22, 30})
	fmt.Printf("%.1f points a year (%.1f to %.1f)\n", slope, lower, upper)
	// Output: 7.2 points a year (3.0 to 8.0)
}
