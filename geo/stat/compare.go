package stat

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Count is how many events there were, in how much of whatever they could
// happen in: days, records, kilometres.
type Count struct{ Events, Exposure float64 }

// Ratio is how many times the rate of one count is that of another.
type Ratio struct {
	Value float64 // +Inf, or NaN of nothing by nothing, where the other has no event
	Interval
	P float64 // that two equal rates differ as much by chance, both sides
}

// TwoRates compares the rates of two Poisson counts by the exact conditional
// test (Przyborowski and Wilenski 1940, Homogeneity of results in testing
// samples from Poisson series, Biometrika 31): of all events of both, those of
// the first are binomial. The interval is that of Clopper and Pearson (1934),
// made a ratio; P is twice the smaller tail, so that it agrees with the
// interval.
//
// dispersion is 1 for counts. For sums of what records add several of at once
// it is as in [Scaled], of both together. It is false where an exposure, or the
// dispersion, is not positive, or a number of events negative.
func TwoRates(first, second Count, dispersion float64) (Ratio, bool) {
	if !(first.Exposure > 0 && second.Exposure > 0 && dispersion > 0 && first.Events >= 0 && second.Events >= 0) {
		return Ratio{}, false
	}
	a, b := first.Events/dispersion, second.Events/dispersion
	lower, upper, tail := 0.0, 1.0, (1-Confidence)/2
	atLeast, atMost := 1.0, 1.0 // probabilities of so many events in the first
	equal := first.Exposure / (first.Exposure + second.Exposure)
	if a > 0 {
		lower = mathext.InvRegIncBeta(a, b+1, tail)
		atLeast = mathext.RegIncBeta(a, b+1, equal)
	}
	if b > 0 {
		upper = mathext.InvRegIncBeta(a+1, b, 1-tail)
		atMost = 1 - mathext.RegIncBeta(a+1, b, equal)
	}
	times := func(share float64) float64 { return share / (1 - share) * second.Exposure / first.Exposure }
	return Ratio{
		Value:    first.Events / second.Events * second.Exposure / first.Exposure,
		Interval: Interval{times(lower), times(upper)},
		P:        min(1, 2*min(atLeast, atMost)),
	}, true
}

// Difference is by how much one figure is above another.
type Difference struct {
	Value float64
	Interval
	P float64 // that two equal figures differ as much by chance, both sides
}

// TwoShares compares hits of n in two groups: the interval is Newcombe's, of
// two Wilson intervals (1998, Interval estimation for the difference between
// independent proportions, Statistics in Medicine 17, method 10), P that of
// Fisher's exact test, which adds up all tables that are no likelier. It is
// false where Wilson's interval is.
func TwoShares(hits, n, otherHits, otherN int) (Difference, bool) {
	first, ok := Wilson(hits, n, Confidence)
	second, okToo := Wilson(otherHits, otherN, Confidence)
	if !ok || !okToo {
		return Difference{}, false
	}
	a, b := float64(hits)/float64(n), float64(otherHits)/float64(otherN)
	return Difference{a - b, Apart(a, first, b, second), fisher(hits, n, otherHits, otherN)}, true
}

// Apart returns the interval of a less b, made of the interval of each (Zou and
// Donner 2008, Construction of confidence limits about effect measures,
// Statistics in Medicine 27: the method of variance estimates recovery).
func Apart(a float64, ofA Interval, b float64, ofB Interval) Interval {
	return Interval{
		a - b - math.Hypot(a-ofA.Lower, ofB.Upper-b),
		a - b + math.Hypot(ofA.Upper-a, b-ofB.Lower),
	}
}

// fisher walks both ways from the likeliest table, by the ratio of neighbours.
func fisher(hits, n, otherHits, otherN int) float64 {
	k, m, all := float64(hits+otherHits), float64(n), float64(n+otherN)
	least, most := max(0, k-float64(otherN)), min(k, m)
	mode := math.Floor((k + 1) * (m + 1) / (all + 2))
	mode = min(max(mode, least), most)
	up := func(x float64) float64 { return (k - x) * (m - x) / ((x + 1) * (all - k - m + x + 1)) }
	// Weights of tables relative to the likeliest one.
	walk := func(visit func(x, weight float64)) {
		visit(mode, 1)
		for x, w := mode, 1.0; x < most && w > 0; x++ {
			w *= up(x)
			visit(x+1, w)
		}
		for x, w := mode, 1.0; x > least && w > 0; x-- {
			w /= up(x - 1)
			visit(x-1, w)
		}
	}
	observed, total, far := 0.0, 0.0, 0.0
	walk(func(x, w float64) {
		total += w
		if x == float64(hits) {
			observed = w
		}
	})
	const same = 1 + 1e-7 // tables as likely, but for rounding
	walk(func(_, w float64) {
		if w <= observed*same {
			far += w
		}
	})
	return min(1, far/total)
}
