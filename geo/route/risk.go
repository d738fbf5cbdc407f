package route

import "math"

// riskUnit is how many billionths there are in one.
const riskUnit = 1e9

// mostRisk is the greatest risk of an arc: sums of a billion arcs still fit.
const mostRisk = math.MaxUint64 >> 32

// RiskOf returns a risk as arcs bear it, to the nearest billionth. What is no
// number, or below 0, is none.
func RiskOf(x float64) uint64 {
	if !(x > 0) {
		return 0
	}
	return uint64(math.Min(math.Round(x*riskUnit), mostRisk))
}

// Additive returns the risk that adds up along a way where each part is passed
// unharmed with probability 1-p: -ln(1-p).
func Additive(p float64) float64 { return -math.Log1p(-p) }

// Probability returns how probable it is that something happens on a way of
// the additive risk: 1-exp(-x), which is 1 minus the product of all 1-p.
func Probability(x float64) float64 { return -math.Expm1(-x) }
