package stat

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// leastStretch is how many values in a row a level must hold for.
const leastStretch = 2

// RateChanges returns where the rate of events changes: the places in the
// series at which a new level begins. See [changes] for the method; the cost
// of a stretch is the deviance of Poisson counts. dispersion is 1 for counts,
// and for sums that one record may add several to as in [Scaled]; what the
// steps between neighbours say goes first where it is more.
func RateChanges(events, exposure []float64, dispersion float64) []int {
	e, x := sums(events), sums(exposure)
	var spread []float64
	for i := 1; i < len(events); i++ {
		n, share := events[i]+events[i-1], exposure[i]/(exposure[i]+exposure[i-1])
		if off := events[i] - n*share; n > 0 && share > 0 && share < 1 {
			spread = append(spread, off*off/(n*share*(1-share)))
		}
	}
	return changes(len(events), max(1, dispersion, typical(spread))*penalty(len(events), distuv.UnitNormal), func(from, to int) float64 {
		n, at := e[to]-e[from], x[to]-x[from]
		return -2 * logOf(n, n/at)
	})
}

// ShareChanges does so for hits of n, by the deviance of binomial counts.
func ShareChanges(hits, of []float64) []int {
	h, n := sums(hits), sums(of)
	var spread []float64
	for i := 1; i < len(hits); i++ {
		k, m, all := hits[i]+hits[i-1], of[i], of[i]+of[i-1]
		variance := k * (all - k) * m * (all - m) / (all * all * (all - 1))
		if off := hits[i] - k*m/all; variance > 0 && all > 1 {
			spread = append(spread, off*off/variance)
		}
	}
	return changes(len(hits), max(1, typical(spread))*penalty(len(hits), distuv.UnitNormal), func(from, to int) float64 {
		k, all := h[to]-h[from], n[to]-n[from]
		return -2 * (logOf(k, k/all) + logOf(all-k, (all-k)/all))
	})
}

// MeanChanges does so for the mean of values with one variance, which is taken
// from the steps between neighbours. Missing values, NaN, are in no stretch.
func MeanChanges(values []float64) []int {
	known, at := []float64(nil), []int(nil)
	for i, v := range values {
		if v == v {
			known, at = append(known, v), append(at, i)
		}
	}
	squares := make([]float64, len(known))
	var spread []float64
	for i, v := range known {
		squares[i] = v * v
		if i > 0 {
			spread = append(spread, (v-known[i-1])*(v-known[i-1])/2)
		}
	}
	n := len(known)
	if variance := typical(spread); variance > 0 && n > 2 {
		y, yy := sums(known), sums(squares)
		found := changes(n, variance*penalty(n, distuv.StudentsT{Sigma: 1, Nu: float64(n-1) / 3}), func(from, to int) float64 {
			total := y[to] - y[from]
			return yy[to] - yy[from] - total*total/float64(to-from)
		})
		for i := range found {
			found[i] = at[found[i]]
		}
		return found
	}
	return nil
}

// penalty returns what a further stretch must gain in deviance: what the
// likelihood ratio of one change passes with a probability of 5 % over all n-1
// places at most (Bonferroni), so that of series without a change one in twenty
// is said to have one, or fewer. deviate is how one place's step is distributed
// in standard deviations: the normal's, or Student's where the variance is
// found from the values themselves, a third of whose steps then count.
func penalty(n int, deviate interface{ Quantile(p float64) float64 }) float64 {
	q := deviate.Quantile(1 - (1-Confidence)/2/max(1, float64(n-1)))
	return q * q
}

// changes parts a series of n values so that the costs of its stretches, and a
// penalty for each further one, are least (Jackson et al. 2005, An algorithm for
// optimal partitioning of data on an interval, IEEE Signal Processing Letters
// 12; it takes time as n squared). cost is the deviance of values from to to-1
// about their own level.
func changes(n int, penalty float64, cost func(from, to int) float64) []int {
	if n < 2*leastStretch {
		return nil
	}
	best, last := make([]float64, n+1), make([]int, n+1)
	best[0], best[1] = -penalty, math.Inf(1)
	for to := leastStretch; to <= n; to++ {
		best[to] = math.Inf(1)
		for from := 0; from <= to-leastStretch; from++ {
			if c := best[from] + cost(from, to) + penalty; c < best[to] {
				best[to], last[to] = c, from
			}
		}
	}
	var out []int
	for to := last[n]; to > 0; to = last[to] {
		out = append(out, to)
	}
	slices.Reverse(out)
	return out
}

// typical returns what the squares of standard deviates say of their variance:
// the mean, or the median over that of chi-squared, which a few large steps do
// not move, where that is less. It is 0 of none.
func typical(squares []float64) float64 {
	n := len(squares)
	if n == 0 {
		return 0
	}
	slices.Sort(squares)
	total := 0.0
	for _, s := range squares {
		total += s
	}
	const medianOfChiSquared = 0.45493642311957
	return min(total/float64(n), (squares[(n-1)/2]+squares[n/2])/2/medianOfChiSquared)
}

// sums returns the sums of the first 0, 1, 2, ... values.
func sums(values []float64) []float64 {
	out := make([]float64, len(values)+1)
	for i, v := range values {
		out[i+1] = out[i] + v
	}
	return out
}

// logOf returns n times the logarithm of x, 0 where n is.
func logOf(n, x float64) float64 {
	if n <= 0 {
		return 0
	}
	return n * math.Log(x)
}
