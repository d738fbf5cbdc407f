package threat_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"bivouac/geo/threat"
)

func plain(counts ...float64) []threat.Tally {
	out := make([]threat.Tally, len(counts))
	for i, n := range counts {
		out[i] = threat.Tally{Incidents: int(n), Sum: n, Squares: n}
	}
	return out
}

// TestAShortSectionDoesNotLead ranks a kilometre with one incident behind a
// road with twenty.
func TestAShortSectionDoesNotLead(t *testing.T) {
	rates, basis := threat.Rates(plain(1, 20, 2, 0, 1, 3), []float64{0.2, 40, 60, 55, 70, 80})
	if basis.Prior != threat.Varied || rates[0].Raw < rates[1].Raw {
		t.Fatalf("%v, %v", basis, rates)
	}
	if order := threat.Rank(rates); order[0] != 1 {
		t.Errorf("section %d leads: %v", order[0], rates)
	}
	for i, r := range rates {
		if !(r.Lower <= r.Mean && r.Mean <= r.Upper) || r.Own < 0 || r.Own > 1 {
			t.Errorf("section %d: %v", i, r)
		}
		if want := r.Own*r.Raw + (1-r.Own)*basis.Mean; math.Abs(r.Mean-want) > 1e-12 {
			t.Errorf("section %d: %v is not %v of its own and the rest of the mean, %v", i, r.Mean, r.Own, want)
		}
	}
}

func TestRatesWithoutPrior(t *testing.T) {
	for _, c := range []struct {
		desc     string
		tallies  []threat.Tally
		exposure []float64
	}{
		{"one section", plain(3), []float64{6}},
		{"no incident", plain(0, 0), []float64{1, 2}},
	} {
		rates, basis := threat.Rates(c.tallies, c.exposure)
		for i, r := range rates {
			if basis.Prior != threat.Alone || r.Mean != r.Raw || !(r.Upper > r.Mean) || r.Own != 1 {
				t.Errorf("%s: %v, section %d %v", c.desc, basis, i, r)
			}
		}
	}
	// The interval of Jeffreys's prior for no event: chi-squared with one degree of freedom, halved.
	rates, _ := threat.Rates(plain(0), []float64{1})
	if want := 5.02388618731489 / 2; math.Abs(rates[0].Upper-want) > 1e-9 {
		t.Errorf("upper end for nothing seen: %v, want %v", rates[0].Upper, want)
	}
}

// TestNoMoreThanChance gives all sections the mean of all: one incident in a
// short one is nothing to go by.
func TestNoMoreThanChance(t *testing.T) {
	rates, basis := threat.Rates(plain(1, 5, 5, 5), []float64{3, 10, 10, 10})
	for i, r := range rates {
		if basis.Prior != threat.Alike || math.Abs(r.Mean-16.0/33) > 1e-12 || r.Own != 0 || !(r.Lower < r.Mean && r.Mean < r.Upper) {
			t.Errorf("%v, section %d %v", basis, i, r)
		}
	}
	if order := threat.Rank(rates); order[0] != 0 || order[3] != 3 {
		t.Errorf("equals are out of order: %v", order)
	}
}

func TestNothingDrivenHasNoRate(t *testing.T) {
	rates, basis := threat.Rates(plain(9, 4, 1), []float64{0, 10, 20})
	if !math.IsNaN(rates[0].Mean) || !math.IsNaN(rates[0].Lower) || math.Abs(basis.Mean-5.0/30) > 1e-15 {
		t.Errorf("%v, mean %v", rates[0], basis.Mean)
	}
	if order := threat.Rank(rates); order[2] != 0 {
		t.Errorf("what is not known stands at %v", order)
	}
}

// TestRelativeHasMeanOne weighs by length.
func TestRelativeHasMeanOne(t *testing.T) {
	metres := []float64{1000, 5000, 200, 40}
	rates, _ := threat.Rates(plain(1, 20, 2, 0), []float64{3, 15, 0.6, 0})
	mean, length := 0.0, 0.0
	for i, r := range threat.Relative(rates, metres) {
		if !math.IsNaN(r.Mean) {
			mean, length = mean+r.Mean*metres[i], length+metres[i]
		}
	}
	if math.Abs(mean/length-1) > 1e-12 {
		t.Errorf("mean %v", mean/length)
	}
}

func TestDecay(t *testing.T) {
	for _, c := range []struct{ age, days, halfLife, weight, counted float64 }{
		{0, 100, 0, 1, 100}, {50, 100, 0, 1, 100}, {0, 100, 50, 1, 37.5 / math.Ln2}, {50, 100, 50, 0.5, 37.5 / math.Ln2},
		{100, 100, 50, 0.25, 37.5 / math.Ln2},
	} {
		weight, counted := threat.Decay(c.age, c.days, c.halfLife)
		if math.Abs(weight-c.weight) > 1e-12 || math.Abs(counted-c.counted) > 1e-9 {
			t.Errorf("%v days old, half-life %v of %v: %v and %v, want %v and %v", c.age, c.halfLife, c.days, weight, counted, c.weight, c.counted)
		}
	}
}

// TestDecayKeepsASteadyRate weighs incidents of a steady rate by their age:
// the rate of what they count for by the days that count stays what it was.
func TestDecayKeepsASteadyRate(t *testing.T) {
	const seed, days, rate = 11, 2000.0, 2.0
	random := rand.New(rand.NewPCG(seed, 0))
	sum, counted := 0.0, 0.0
	for range int(days * rate) {
		w, c := threat.Decay(days*random.Float64(), days, 300)
		sum, counted = sum+w, c
	}
	if got := sum / counted; math.Abs(got-rate) > 0.2 {
		t.Errorf("seed %d: %v a day, want %v", seed, got, rate)
	}
}

// TestNoRoadStandsOutByChance counts incidents that fall anywhere alike: in 200
// random worlds the share of sections whose interval leaves out the true rate
// is no more than it says, and a prior, where one is fitted, is narrow.
func TestNoRoadStandsOutByChance(t *testing.T) {
	const seed, worlds, n, rate = 5, 200, 30, 0.2
	random := rand.New(rand.NewPCG(seed, 0))
	out := 0
	for range worlds {
		tallies, exposure := make([]threat.Tally, n), make([]float64, n)
		for i := range n {
			exposure[i] = 1 + 50*random.Float64()
			k := distuv.Poisson{Lambda: rate * exposure[i], Src: random}.Rand()
			tallies[i] = threat.Tally{Incidents: int(k), Sum: k, Squares: k}
		}
		rates, _ := threat.Rates(tallies, exposure)
		for _, r := range rates {
			if r.Lower > rate {
				out++
			}
		}
	}
	// 2.5 % of 6,000 are 150; the upper end of the binomial 99.9 % band is 191.
	if out > 191 {
		t.Errorf("seed %d: %d of %d intervals lie above the true rate", seed, out, worlds*n)
	}
}

func TestCount(t *testing.T) {
	tallies := threat.Count(2, []threat.Incident{
		{Recency: 1, Precision: 0.5, Weight: 1, Harm: 3}, {Recency: 0.5, Precision: 0.5, Weight: 2, Harm: math.NaN()},
	}, []int32{1, 1})
	got := tallies[1]
	want := threat.Tally{Incidents: 2, Sum: 1, Squares: 0.5, Recency: 0.75, Precision: 0.5, Weight: 1.5, Harm: 3, Harmed: 1}
	if got != want || tallies[0].Incidents != 0 || !math.IsNaN(tallies[0].Recency) {
		t.Errorf("%v, want %v", got, want)
	}
}
