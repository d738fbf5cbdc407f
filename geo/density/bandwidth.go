package density

import (
	"cmp"
	"math"
	"slices"
)

// Spread is what the rule of thumb for a bandwidth is made of, in the units of
// the coordinates.
type Spread struct {
	X, Y            float64 // the mean centre
	Events          float64 // the sum of the weights
	StandardMetres  float64 // the standard distance
	MedianMetres    float64 // the median distance from the mean centre
	BandwidthMetres float64 // of the quartic kernel; 0 where all stand at one place
}

// Reference returns the bandwidth by the rule that ArcGIS uses unless told
// otherwise, Silverman's for two dimensions made robust against outliers:
// 0.9 min(SD, sqrt(1/ln 2) Dm) n^-0.2, with the standard distance SD, the
// median distance Dm from the mean centre, both weighted, and the sum of the
// weights n (Silverman 1986, Density estimation for statistics and data
// analysis; the documentation of ArcGIS's Kernel Density). Where half of the
// weight stands at the centre itself, SD alone counts. Nil weights are 1 each.
func Reference(x, y, weights []float64) Spread {
	var s Spread
	weight := func(i int) float64 {
		if weights == nil {
			return 1
		}
		return weights[i]
	}
	for i := range x {
		w := weight(i)
		s.Events, s.X, s.Y = s.Events+w, s.X+w*x[i], s.Y+w*y[i]
	}
	if s.Events == 0 {
		return s
	}
	s.X, s.Y = s.X/s.Events, s.Y/s.Events
	away := make([]distant, len(x))
	squares := 0.0
	for i := range x {
		d := math.Hypot(x[i]-s.X, y[i]-s.Y)
		away[i] = distant{d, weight(i)}
		squares += weight(i) * d * d
	}
	s.StandardMetres, s.MedianMetres = math.Sqrt(squares/s.Events), median(away, s.Events)
	least := s.StandardMetres
	if s.MedianMetres > 0 {
		least = min(least, math.Sqrt(1/math.Ln2)*s.MedianMetres)
	}
	s.BandwidthMetres = 0.9 * least * math.Pow(s.Events, -0.2)
	return s
}

type distant struct{ metres, weight float64 }

// median is the distance on both sides of which half of the weight lies; where
// it lies between two, their mean.
func median(away []distant, total float64) float64 {
	slices.SortFunc(away, func(a, b distant) int { return cmp.Compare(a.metres, b.metres) })
	sum := 0.0
	for i, a := range away {
		sum += a.weight
		switch {
		case sum > total/2:
			return a.metres
		case sum == total/2 && i+1 < len(away):
			return (a.metres + away[i+1].metres) / 2
		}
	}
	return away[len(away)-1].metres
}
