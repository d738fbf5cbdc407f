package stat

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Gamma is what is known of a rate: a gamma distribution of the shape and the
// rate parameter, whose mean is Shape/Rate. Rate is in the unit of the
// exposure, as it were the exposure that has been seen, and Shape the events.
type Gamma struct{ Shape, Rate float64 }

// Jeffreys returns what is known of the rate of a Poisson count before anything was
// counted, where nothing else is known (Jeffreys 1946). Its mean has no value
// before something was seen.
func Jeffreys() Gamma { return Gamma{Shape: 0.5} }

// FitGamma returns how the rates of counts vary beyond what chance does to
// them, by the moments of the counts (Marshall 1991, Mapping disease and
// mortality rates using empirical Bayes estimators, Applied Statistics 40): the
// gamma whose mean is that of all rates, weighted by exposure, and whose
// variance is theirs less that of Poisson counts.
//
// Counts need not be whole. Only the counts of a positive exposure are looked
// at. It is false where there are fewer than two of them, where nothing was
// counted, and where the counts vary no more than chance lets them, so that no
// rate can be told from another.
func FitGamma(counts, exposures []float64) (Gamma, bool) {
	events, exposure, n := 0.0, 0.0, 0
	for i, e := range exposures {
		if e > 0 {
			events, exposure, n = events+counts[i], exposure+e, n+1
		}
	}
	if n < 2 || events == 0 {
		return Gamma{}, false
	}
	mean, spread := events/exposure, 0.0
	for i, e := range exposures {
		if e > 0 {
			off := counts[i]/e - mean
			spread += e * off * off
		}
	}
	variance := spread/exposure - mean*float64(n)/exposure
	if !(variance > 0) {
		return Gamma{}, false
	}
	return Gamma{Shape: mean * mean / variance, Rate: mean / variance}, true
}

// After returns what is known of a rate after events were counted in an
// exposure.
func (g Gamma) After(events, exposure float64) Gamma {
	return Gamma{g.Shape + events, g.Rate + exposure}
}

// Mean returns the expected rate; +Inf where nothing was seen.
func (g Gamma) Mean() float64 { return g.Shape / g.Rate }

// Interval returns the central credible interval of the rate at a confidence
// between 0 and 1. It is false where nothing was seen.
func (g Gamma) Interval(confidence float64) (Interval, bool) {
	if !(g.Shape > 0) || !(g.Rate > 0) || math.IsInf(g.Shape, 0) {
		return Interval{}, false
	}
	tail := (1 - confidence) / 2
	return Interval{
		Lower: mathext.GammaIncRegInv(g.Shape, tail) / g.Rate,
		Upper: mathext.GammaIncRegInv(g.Shape, 1-tail) / g.Rate,
	}, true
}
