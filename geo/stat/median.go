package stat

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"
)

// Median is the middle of some values.
type Median struct {
	Value float64
	Interval
	Bounded bool // there is an interval: six values or more
}

// MedianOf returns the median of sorted values and its interval between two of
// them, which holds whatever their distribution (Conover 1999, Practical
// nonparametric statistics, 3rd edition, section 3.2; Thompson 1936). It is
// false where there are none.
func MedianOf(sorted []float64) (Median, bool) {
	n := len(sorted)
	if n == 0 {
		return Median{}, false
	}
	m := Median{Value: (sorted[(n-1)/2] + sorted[n/2]) / 2}
	k := outside(n)
	if m.Bounded = k > 0; m.Bounded {
		m.Interval = Interval{sorted[k-1], sorted[n-k]}
	}
	return m, true
}

// outside returns the rank of the lower end: the most values that may be left
// out at an end, and one more, so that each end misses the median with the
// probability of a tail at most. It is 0 where even the outermost do.
func outside(n int) int {
	const tail = (1 - Confidence) / 2
	// Fewer than k of n fair coins.
	fewer := func(k int) float64 { return mathext.RegIncBeta(float64(n-k+1), float64(k), 0.5) }
	low, high := 0, n/2+1 // fewer(low) <= tail < fewer(high), of 0 none are fewer
	for high-low > 1 {
		middle := (low + high) / 2
		if fewer(middle) <= tail {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

// MannWhitney returns the probability that two samples of one distribution
// differ as much in rank, both sides, by the normal approximation with the
// corrections for ties and continuity (Mann and Whitney 1947, On a test of
// whether one of two random variables is stochastically larger than the other,
// Annals of Mathematical Statistics 18). It is 1 where a sample is empty or all
// values are equal.
func MannWhitney(a, b []float64) float64 {
	m, n := float64(len(a)), float64(len(b))
	all := slices.Concat(a, b)
	slices.Sort(all)
	tied := 0.0
	for size := range ties(all) {
		tied += size * (size*size - 1)
	}
	total := m + n
	variance := m * n / 12 * (total + 1 - tied/(total*(total-1)))
	if !(variance > 0) {
		return 1
	}
	ranks := 0.0
	for _, v := range a {
		first, _ := slices.BinarySearch(all, v)
		after, _ := slices.BinarySearch(all, math.Nextafter(v, math.Inf(1)))
		ranks += float64(first+after+1) / 2
	}
	u := ranks - m*(m+1)/2 - m*n/2
	return twoSided(max(0, math.Abs(u)-0.5) / math.Sqrt(variance))
}
