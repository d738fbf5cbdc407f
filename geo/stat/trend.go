package stat

import (
	"math"
	"slices"
)

// Trend is what the Mann-Kendall test says of a series.
type Trend struct {
	S   float64 // pairs that rise less those that fall
	Var float64 // of S where there is no trend; ties make it smaller
	Z   float64 // S less 1 towards 0, in standard deviations; 0 where Var is
	P   float64 // that S lies as far from 0 by chance, both sides; 1 where Var is 0
	Tau float64 // Kendall's tau-b, -1 to 1; 0 where all values are equal
}

// MannKendall tests values in order of time for a trend that goes one way
// (Mann 1945, Nonparametric tests against trend, Econometrica 13; Kendall 1975,
// Rank correlation methods), with the variance for ties and the continuity
// correction. NaN is a value that is missing: it is in no pair. Values are
// taken to be independent of each other.
func MannKendall(values []float64) Trend {
	known := stated(values)
	t := Trend{P: 1}
	for i, a := range known {
		for _, b := range known[i+1:] {
			switch {
			case b > a:
				t.S++
			case b < a:
				t.S--
			}
		}
	}
	n, tied := float64(len(known)), 0.0
	t.Var = n * (n - 1) * (2*n + 5)
	for size := range ties(known) {
		t.Var -= size * (size - 1) * (2*size + 5)
		tied += size * (size - 1) / 2
	}
	t.Var /= 18
	if t.Var <= 0 {
		t.Var = 0
		return t
	}
	pairs := n * (n - 1) / 2
	t.Tau = t.S / math.Sqrt(pairs*(pairs-tied))
	t.Z = (t.S - sign(t.S)) / math.Sqrt(t.Var)
	t.P = twoSided(t.Z)
	return t
}

// Sen returns the median of the slopes between all pairs of values, in units a
// step, and its 95 % interval (Sen 1968, Estimates of the regression
// coefficient based on Kendall's tau, JASA 63; the ends are slopes chosen by
// the variance of Mann-Kendall's S). A missing value, NaN, is in no pair but
// keeps its place, so that the steps beside it stay one each. All three are
// NaN where fewer than two values are stated.
func Sen(values []float64) (slope, lower, upper float64) {
	var slopes []float64
	for i, a := range values {
		for j, b := range values[i+1:] {
			if d := b - a; d == d {
				slopes = append(slopes, d/float64(j+1))
			}
		}
	}
	n := len(slopes)
	if n == 0 {
		return math.NaN(), math.NaN(), math.NaN()
	}
	slices.Sort(slopes)
	half := normal(Confidence) * math.Sqrt(MannKendall(values).Var)
	first := math.RoundToEven((float64(n)-half)/2) - 1
	last := math.RoundToEven((float64(n) + half) / 2)
	return (slopes[(n-1)/2] + slopes[n/2]) / 2, slopes[int(max(first, 0))], slopes[int(min(last, float64(n-1)))]
}

// ties yields how many there are of each value.
func ties(values []float64) func(func(float64) bool) {
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	return func(yield func(float64) bool) {
		for first, i := 0, 1; i <= len(sorted); i++ {
			if i < len(sorted) && sorted[i] == sorted[first] {
				continue
			}
			if !yield(float64(i - first)) {
				return
			}
			first = i
		}
	}
}

// stated returns the values that are not missing.
func stated(values []float64) []float64 {
	return slices.DeleteFunc(slices.Clone(values), math.IsNaN)
}

func sign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

// normal returns how many standard deviations to both sides hold the share.
func normal(share float64) float64 { return math.Sqrt2 * math.Erfinv(share) }

// twoSided returns the probability that a normal deviate lies as far from 0.
func twoSided(z float64) float64 { return math.Erfc(math.Abs(z) / math.Sqrt2) }
