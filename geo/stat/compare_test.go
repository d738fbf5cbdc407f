package stat_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"bivouac/geo/randtest"
	"bivouac/geo/stat"
)

func close(a, b, within float64) bool {
	return a == b || a != a && b != b || math.Abs(a-b) <= within*max(1, math.Abs(b))
}

func TestTwoRates(t *testing.T) {
	five := math.Pow(0.025, 0.2) / (1 - math.Pow(0.025, 0.2))
	for _, c := range []struct {
		desc            string
		a, b            stat.Count
		dispersion      float64
		value, lower, p float64
		upper           float64
	}{
		// By hand: all five in one of two equal stretches is 2/32.
		{"all in the first", stat.Count{Events: 5, Exposure: 1}, stat.Count{Events: 0, Exposure: 1}, 1, math.Inf(1), five, 0.0625, math.Inf(1)},
		{"all in the second", stat.Count{Events: 0, Exposure: 1}, stat.Count{Events: 5, Exposure: 1}, 1, 0, 0, 0.0625, 1 / five},
		{"as many", stat.Count{Events: 7, Exposure: 2}, stat.Count{Events: 7, Exposure: 2}, 1, 1, 0.2993097, 1, 1 / 0.2993097},
		{"nothing at all", stat.Count{Events: 0, Exposure: 1}, stat.Count{Events: 0, Exposure: 1}, 1, math.NaN(), 0, 1, math.Inf(1)},
		{"ten at a time are one", stat.Count{Events: 50, Exposure: 1}, stat.Count{Events: 0, Exposure: 1}, 10, math.Inf(1), five, 0.0625, math.Inf(1)},
	} {
		r, ok := stat.TwoRates(c.a, c.b, c.dispersion)
		if !ok || !close(r.Value, c.value, 1e-9) || !close(r.Lower, c.lower, 1e-5) || !close(r.Upper, c.upper, 1e-5) || !close(r.P, c.p, 1e-9) {
			t.Errorf("%s: %+v, want %v, %v to %v, p %v", c.desc, r, c.value, c.lower, c.upper, c.p)
		}
	}
	one := stat.Count{Events: 1, Exposure: 1}
	for _, bad := range [][2]stat.Count{{{Events: -1, Exposure: 1}, one}, {one, {Events: 1}}, {{Events: math.NaN(), Exposure: 1}, one}} {
		if r, ok := stat.TwoRates(bad[0], bad[1], 1); ok {
			t.Errorf("%v: %+v", bad, r)
		}
	}
	if r, ok := stat.TwoRates(one, one, 0); ok {
		t.Errorf("dispersion 0: %+v", r)
	}
}

// drawn returns random numbers, whose seed the test prints.
func drawn(t *testing.T) *rand.Rand {
	seed := randtest.Seed(t)
	return rand.New(rand.NewPCG(seed, 1))
}

func TestTwoRatesByScipy(t *testing.T) {
	r := drawn(t)
	var asked [][4]float64
	for range 80 {
		asked = append(asked, [4]float64{float64(r.IntN(1 << r.IntN(9))), float64(r.IntN(60)), float64(1 + r.IntN(400)), float64(1 + r.IntN(400))})
	}
	var answers []struct{ P, Lower, Upper float64 }
	scipy(t, "rates", asked, &answers)
	for i, want := range answers {
		q := asked[i]
		got, _ := stat.TwoRates(stat.Count{Events: q[0], Exposure: q[2]}, stat.Count{Events: q[1], Exposure: q[3]}, 1)
		if want.Upper < 0 {
			want.Upper = math.Inf(1)
		}
		if !close(got.P, want.P, 1e-9) || !close(got.Lower, want.Lower, 1e-8) || !close(got.Upper, want.Upper, 1e-8) {
			t.Errorf("%v: %+v, scipy says %+v", q, got, want)
		}
	}
}

func TestTwoSharesByScipy(t *testing.T) {
	r := drawn(t)
	var asked [][4]int
	for range 80 {
		n, m := 1+r.IntN(1<<r.IntN(12)), 1+r.IntN(80)
		asked = append(asked, [4]int{r.IntN(n + 1), n, r.IntN(m + 1), m})
	}
	asked = append(asked, [4]int{700_000, 1_000_000, 699_000, 1_000_000}, [4]int{0, 5, 0, 9}, [4]int{5, 5, 9, 9})
	var answers []float64
	scipy(t, "fisher", asked, &answers)
	for i, want := range answers {
		q := asked[i]
		if got, _ := stat.TwoShares(q[0], q[1], q[2], q[3]); !close(got.P, want, 1e-7) {
			t.Errorf("%v: %v, scipy says %v", q, got.P, want)
		}
	}
}

func TestMannWhitneyByScipy(t *testing.T) {
	r := drawn(t)
	var asked [][2][]float64
	for range 40 {
		var pair [2][]float64
		for k := range pair {
			for range 3 + r.IntN(40) {
				pair[k] = append(pair[k], float64(r.IntN(12)+k*r.IntN(3)))
			}
		}
		asked = append(asked, pair)
	}
	var answers []float64
	scipy(t, "ranks", asked, &answers)
	for i, want := range answers {
		if got := stat.MannWhitney(asked[i][0], asked[i][1]); !close(got, want, 1e-9) {
			t.Errorf("%v: %v, scipy says %v", asked[i], got, want)
		}
	}
}

func TestMedianOfByScipy(t *testing.T) {
	var sizes []int
	for n := 1; n < 4000; n = n*5/4 + 1 {
		sizes = append(sizes, n)
	}
	var answers []int
	scipy(t, "median", sizes, &answers)
	for i, k := range answers {
		values := make([]float64, sizes[i])
		for j := range values {
			values[j] = float64(j + 1)
		}
		m, _ := stat.MedianOf(values)
		if m.Bounded != (k > 0) || m.Bounded && (m.Lower != float64(k) || m.Upper != float64(sizes[i]+1-k)) {
			t.Errorf("of %d: %+v, scipy says rank %d", sizes[i], m, k)
		}
	}
}

// TestTwoShares has the differences that Newcombe (1998), table II, gives by
// method 10.
func TestTwoShares(t *testing.T) {
	for _, c := range []struct {
		a, m, b, n          int
		value, lower, upper float64
	}{
		{56, 70, 48, 80, 0.2, 0.0524, 0.3339}, {9, 10, 3, 10, 0.6, 0.1705, 0.8090}, {10, 10, 0, 20, 1, 0.6791, 1},
		{5, 56, 0, 29, 0.0893, -0.0381, 0.1926}, {10, 10, 0, 10, 1, 0.6075, 1},
	} {
		d, ok := stat.TwoShares(c.a, c.m, c.b, c.n)
		if !ok || math.Abs(d.Value-c.value) > 5e-5 || math.Abs(d.Lower-c.lower) > 5.1e-5 || math.Abs(d.Upper-c.upper) > 5.1e-5 {
			t.Errorf("%d of %d against %d of %d: %+v, want %v to %v", c.a, c.m, c.b, c.n, d, c.lower, c.upper)
		}
		if back, _ := stat.TwoShares(c.b, c.n, c.a, c.m); !close(back.P, d.P, 1e-12) || !close(back.Lower, -d.Upper, 1e-12) {
			t.Errorf("%d of %d against %d of %d: %+v, the other way %+v", c.a, c.m, c.b, c.n, d, back)
		}
	}
	if d, ok := stat.TwoShares(0, 0, 1, 2); ok {
		t.Errorf("of none: %+v", d)
	}
}

func TestMedianOf(t *testing.T) {
	for _, c := range []struct {
		values       []float64
		value        float64
		bounded      bool
		lower, upper float64
	}{
		{[]float64{4}, 4, false, 0, 0},
		{[]float64{1, 2}, 1.5, false, 0, 0},
		{[]float64{1, 2, 3, 4, 5}, 3, false, 0, 0},
		{[]float64{1, 2, 3, 4, 5, 6}, 3.5, true, 1, 6},
		{[]float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 5.5, true, 2, 9},
	} {
		m, ok := stat.MedianOf(c.values)
		if !ok || m != (stat.Median{Value: c.value, Interval: stat.Interval{Lower: c.lower, Upper: c.upper}, Bounded: c.bounded}) {
			t.Errorf("%v: %+v", c.values, m)
		}
	}
	if m, ok := stat.MedianOf(nil); ok {
		t.Errorf("of none: %+v", m)
	}
	if p := stat.MannWhitney(nil, []float64{1}); p != 1 {
		t.Errorf("none against one: %v", p)
	}
	if p := stat.MannWhitney([]float64{2, 2}, []float64{2}); p != 1 {
		t.Errorf("all equal: %v", p)
	}
}

// TestRatio wants the interval of a ratio of sums to hold the true one about as
// often as it says, and the cases by hand.
func TestRatio(t *testing.T) {
	p := stat.Pairs{}
	for _, yx := range [][2]float64{{2, 1}, {4, 2}, {6, 3}} {
		p.Add(yx[0], yx[1])
	}
	if r, deviation, ok := p.Ratio(); !ok || r != 2 || deviation != 0 {
		t.Errorf("in proportion: %v, %v", r, deviation)
	}
	p.Add(5, 1) // residuals about 17/7
	if r, deviation, _ := p.Ratio(); !close(r, 17.0/7, 1e-12) || !close(deviation, math.Sqrt(4.0/3*(9+36+81+324)/49)/7, 1e-12) {
		t.Errorf("not in proportion: %v, %v", r, deviation)
	}
	if _, _, ok := new(stat.Pairs).Ratio(); ok {
		t.Error("a ratio of nothing")
	}
	r := drawn(t)
	held, equal := 0, 0
	const runs = 2000
	draw := func() (float64, float64) {
		var p stat.Pairs
		for range 150 {
			x := float64(poisson(r, 4))
			p.Add(0.5*x+r.NormFloat64(), x)
		}
		value, deviation, _ := p.Ratio()
		return value, deviation
	}
	for range runs {
		a, da := draw()
		b, db := draw()
		if i := stat.Around(a, da); i.Lower <= 0.5 && 0.5 <= i.Upper {
			held++
		}
		if stat.TwoEstimates(a, da, b, db).P >= 0.05 {
			equal++
		}
	}
	for what, n := range map[string]int{"the interval holds the ratio": held, "two equal ratios are not told apart": equal} {
		if share := float64(n) / runs; share < 0.92 || share > 0.975 {
			t.Errorf("%s in %.3f of the runs", what, share)
		}
	}
}

// TestTwoRatesByChance wants equal rates to be told apart no more often than
// the level says.
func TestTwoRatesByChance(t *testing.T) {
	r := drawn(t)
	const runs = 2000
	apart, outside := 0, 0
	for range runs {
		a, b := float64(poisson(r, 12)), float64(poisson(r, 24))
		c, _ := stat.TwoRates(stat.Count{Events: a, Exposure: 1}, stat.Count{Events: b, Exposure: 2}, 1)
		if c.P < 0.05 {
			apart++
		}
		if c.Lower > 1 || c.Upper < 1 {
			outside++
		}
	}
	// At most 100 are expected; 3.29 standard deviations of 9.7 above.
	if apart > 133 || apart != outside {
		t.Errorf("of %d equal pairs %d are told apart, and the interval of %d does not hold 1", runs, apart, outside)
	}
}

// January to September 2018 against 2017: 17 peacekeepers killed, and 30.
func ExampleTwoRates() {
	r, _ := stat.TwoRates(stat.Count{Events: 17, Exposure: 273}, stat.Count{Events: 30, Exposure: 273}, 1)
	fmt.Printf("%+.0f %% (%+.0f to %+.0f), p %.2f\n", 100*(r.Value-1), 100*(r.Lower-1), 100*(r.Upper-1), r.P)
	// Output: -43 % (-71 to +6), p 0.08
}

// Found before they exploded: 7 of 63 in 2014, 18 of 61 in 2017.
func ExampleTwoShares() {
	d, _ := stat.TwoShares(18, 61, 7, 63)
	fmt.Printf("%+.0f points (%+.0f to %+.0f), p %.3f\n", 100*d.Value, 100*d.Lower, 100*d.Upper, d.P)
	// Output: +18 points (+4 to +32), p 0.014
}

func ExampleMedianOf() {
	days := []float64{1, 1, 2, 2, 3, 5, 9, 30}
	slices.Sort(days)
	m, _ := stat.MedianOf(days)
	fmt.Printf("%v days (%v to %v)\n", m.Value, m.Lower, m.Upper)
	// Output: 2.5 days (1 to 30)
}
