package hotspot

import (
	"math"

	"bivouac/geo/stat"
)

// Global is one figure for the whole area, and how unlikely it is where values
// are dealt out at random.
type Global struct {
	Value    float64
	Expected float64
	Variance float64
	Z        float64
	P        float64 // two-sided
}

func global(value, expected, variance float64) Global {
	g := Global{Value: value, Expected: expected, Variance: variance}
	g.Z = (value - expected) / math.Sqrt(variance)
	g.P = stat.TwoSided(g.Z)
	return g
}

// sums of a weights matrix that variances are made of (Cliff and Ord 1981,
// Spatial processes).
type sums struct{ s0, s1, s2 float64 }

func (n *Neighbours) sums() sums {
	var s sums
	row, column := make([]float64, n.Len()), make([]float64, n.Len())
	for i := range n.Len() {
		for k, j := range n.Of(i) {
			w := n.weight(i, k)
			back := n.between(int(j), i)
			s.s0 += w
			row[i], column[j] = row[i]+w, column[j]+w
			// Each pair is met from both sides where both are neighbours.
			if back == 0 {
				s.s1 += w * w
			} else {
				s.s1 += (w + back) * (w + back) / 2
			}
		}
	}
	for i := range row {
		s.s2 += (row[i] + column[i]) * (row[i] + column[i])
	}
	return s
}

func (n *Neighbours) weight(i, k int) float64 {
	if n.weights == nil {
		return 1
	}
	return n.weights[int(n.start[i])+k]
}

// between returns the weight of j among the neighbours of i, 0 where it is
// none.
func (n *Neighbours) between(i, j int) float64 {
	of := n.Of(i)
	low, high := 0, len(of)
	for low < high {
		middle := (low + high) / 2
		if int(of[middle]) < j {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low < len(of) && int(of[low]) == j {
		return n.weight(i, low)
	}
	return 0
}

// Moran returns Moran's I (Moran 1950, Notes on continuous stochastic
// phenomena, Biometrika 37): above Expected where like is near like. Its
// variance is that of values drawn from a normal distribution, and of those
// that are there dealt out at random (Cliff and Ord 1981). Values that do not
// vary, and units without any neighbour, are an error.
func Moran(values []float64, n *Neighbours) (normal, randomised Global, err error) {
	m, err := momentsOf(values)
	if err != nil {
		return Global{}, Global{}, err
	}
	s := n.sums()
	if s.s0 == 0 {
		return Global{}, Global{}, errApart()
	}
	cross, m2, m4 := 0.0, 0.0, 0.0
	for i, v := range values {
		d := v - m.mean
		m2 += d * d
		m4 += d * d * d * d
		lag := 0.0
		for k, j := range n.Of(i) {
			lag += n.weight(i, k) * (values[j] - m.mean)
		}
		cross += d * lag
	}
	value, expected := m.n/s.s0*cross/m2, -1/(m.n-1)
	n2, s02 := m.n*m.n, s.s0*s.s0
	byNormal := (n2*s.s1-m.n*s.s2+3*s02)/(s02*(n2-1)) - expected*expected
	kurtosis := m.n * m4 / (m2 * m2)
	byRandom := (m.n*((n2-3*m.n+3)*s.s1-m.n*s.s2+3*s02)-kurtosis*((n2-m.n)*s.s1-2*m.n*s.s2+6*s02))/
		((m.n-1)*(m.n-2)*(m.n-3)*s02) - expected*expected
	return global(value, expected, byNormal), global(value, expected, byRandom), nil
}

// GeneralG returns the general G of Getis and Ord (1992, The analysis of
// spatial association by use of distance statistics, Geographical Analysis
// 24): above Expected where high values are near each other, below it where
// low ones are. Values may not be below 0. Weights should be 1 each.
func GeneralG(values []float64, n *Neighbours) (Global, error) {
	m, err := momentsOf(values)
	if err != nil {
		return Global{}, err
	}
	s := n.sums()
	if s.s0 == 0 {
		return Global{}, errApart()
	}
	cross, y1, y2, y3, y4 := 0.0, 0.0, 0.0, 0.0, 0.0
	for i, v := range values {
		y1, y2, y3, y4 = y1+v, y2+v*v, y3+v*v*v, y4+v*v*v*v
		for k, j := range n.Of(i) {
			cross += n.weight(i, k) * v * values[j]
		}
	}
	pairs := y1*y1 - y2
	n1, n2, s02 := m.n, m.n*m.n, s.s0*s.s0
	b0 := (n2-3*n1+3)*s.s1 - n1*s.s2 + 3*s02
	b1 := -((n2-n1)*s.s1 - 2*n1*s.s2 + 6*s02)
	b2 := -(2*n1*s.s1 - (n1+3)*s.s2 + 6*s02)
	b3 := 4*(n1-1)*s.s1 - 2*(n1+1)*s.s2 + 8*s02
	b4 := s.s1 - s.s2 + s02
	square := (b0*y2*y2 + b1*y4 + b2*y1*y1*y2 + b3*y1*y3 + b4*y1*y1*y1*y1) /
		(pairs * pairs * n1 * (n1 - 1) * (n1 - 2) * (n1 - 3))
	expected := s.s0 / (n1 * (n1 - 1))
	return global(cross/pairs, expected, square-expected*expected), nil
}
