package stat

import (
	"cmp"
	"slices"
)

// TwoSided returns the probability that a normal deviate lies as far from 0 as
// z, to either side.
func TwoSided(z float64) float64 { return twoSided(z) }

// FalseDiscovery returns for each p-value the least rate of false discoveries
// at which it is one (Benjamini and Hochberg 1995, Controlling the false
// discovery rate, JRSS B 57): those of 0.05 or less are what their procedure
// calls significant at 5 %. It is never below the p-value itself. NaN is no
// test: it stays NaN and is not counted.
func FalseDiscovery(p []float64) []float64 {
	out := slices.Clone(p)
	order := make([]int, 0, len(p))
	for i, v := range p {
		if v == v {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(p[j], p[i]) })
	least := 1.0
	for k, i := range order {
		rank := len(order) - k // of p in rising order
		least = min(least, p[i]*float64(len(order))/float64(rank))
		out[i] = least
	}
	return out
}
