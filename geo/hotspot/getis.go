// Package hotspot answers where events concentrate more than chance would have
// it, and where that begins, lasts or ends.
//
// Its statistics look at values of units, which are cells of a study area or
// places, and at which units are neighbours (neighbours.go): Getis-Ord Gi*
// (getis.go) finds high values among high ones, local Moran's I (local.go)
// tells them from outliers, global statistics (global.go) say whether there is
// any clustering at all. Emerging hot spots (cube.go, classify.go) are Gi* in
// steps of time.
package hotspot

import (
	"math"

	"bivouac/geo"
	"bivouac/geo/stat"
)

// UnitInput is the input that says what units are; errors of too few units,
// and of values that do not vary, name it.
const UnitInput = "unit"

// GiStar returns the z-score of each unit: how many standard deviations the
// sum over it and its neighbours lies above what it would be if the values
// were dealt out at random (Ord and Getis 1995, Local spatial autocorrelation
// statistics, Geographical Analysis 27). It is NaN for a unit whose neighbours
// are all others. Values that are all equal, of which there is no such score,
// are an error.
func GiStar(values []float64, n *Neighbours) ([]float64, error) {
	m, err := momentsOf(values)
	if err != nil {
		return nil, err
	}
	z := make([]float64, len(values))
	each(len(values), func(from, to int) {
		for i := from; i < to; i++ {
			sum, weight, squares := values[i], 1.0, 1.0
			weights := n.weightsOf(i)
			for k, j := range n.Of(i) {
				w := 1.0
				if weights != nil {
					w = weights[k]
				}
				sum, weight, squares = sum+w*values[j], weight+w, squares+w*w
			}
			z[i] = m.score(sum, weight, squares)
		}
	})
	return z, nil
}

// moments are those of all values.
type moments struct{ n, mean, deviation float64 }

// momentsOf refuses values of which there is no variance.
func momentsOf(values []float64) (moments, error) {
	m := moments{n: float64(len(values))}
	if len(values) < 3 {
		return m, geo.Errorf(geo.Invalid, UnitInput, "%d units are too few for a comparison; take smaller cells, or a larger area", len(values))
	}
	for _, v := range values {
		m.mean += v / m.n
	}
	squares, least, most := 0.0, values[0], values[0]
	for _, v := range values {
		squares += (v - m.mean) * (v - m.mean)
		least, most = min(least, v), max(most, v)
	}
	if least == most {
		return m, geo.Errorf(geo.Invalid, UnitInput, "all %d units have the same value, %v: without variance no place is hotter than another; take other cells, a larger area that holds places without events, or a weight", len(values), least)
	}
	m.deviation = math.Sqrt(squares / m.n)
	return m, nil
}

// score is the z of a weighted sum, given the sum of its weights and that of
// their squares.
func (m moments) score(sum, weight, squares float64) float64 {
	variance := (m.n*squares - weight*weight) / (m.n - 1)
	if !(variance > 1e-12*squares) {
		return math.NaN()
	}
	return (sum - m.mean*weight) / (m.deviation * math.Sqrt(variance))
}

// Bin is a level of confidence, positive for a hot spot and negative for a
// cold one: 3, 2 and 1 for 99, 95 and 90 %, 0 for none.
type Bin int8

// levels are the greatest probabilities of the bins 3, 2 and 1.
var levels = [3]float64{0.01, 0.05, 0.10}

// binOf returns the bin of a score with a probability, of chance or of false
// discovery.
func binOf(z, p float64) Bin {
	bin := Bin(0)
	for i, level := range levels {
		if p <= level {
			bin = Bin(3 - i)
			break
		}
	}
	if z < 0 {
		return -bin
	}
	return bin
}

// Bins returns the bin of each score: by its own two-sided probability, or
// where fdr is set by the rate of false discoveries among all of them.
func Bins(z []float64, fdr bool) (bins []Bin, p, q []float64) {
	p = make([]float64, len(z))
	for i := range z {
		p[i] = stat.TwoSided(z[i])
	}
	q = stat.FalseDiscovery(p)
	bins = make([]Bin, len(z))
	for i := range z {
		by := p[i]
		if fdr {
			by = q[i]
		}
		bins[i] = binOf(z[i], by)
	}
	return bins, p, q
}
