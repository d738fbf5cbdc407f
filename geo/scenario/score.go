package scenario

import (
	"fmt"
	"math"
	"slices"

	"bivouac/geo"
)

// Score is how options compare: each number of each factor between the worst
// option at 0 and the best at 1, a factor the mean of its numbers, the total
// the mean of the factors by their weights.
type Score struct {
	Parts   [][]float64 // by option, by factor: 0 to 1, NaN where no number of it is known to all
	Total   []float64   // by option; NaN where no factor has a weight
	Order   []int       // the options, best first; equal ones as they were given
	Weights []float64   // by factor
}

// normal puts values between the worst, 0, and the best, 1; where all are
// equal each is 1. One that is not known makes all of them unknown.
func normal(values []float64, better string) []float64 {
	out := make([]float64, len(values))
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if math.IsNaN(v) {
			low, high = math.NaN(), math.NaN()
			break
		}
		low, high = min(low, v), max(high, v)
	}
	for i, v := range values {
		switch {
		case math.IsNaN(low):
			out[i] = math.NaN()
		case high == low:
			out[i] = 1
		case better == less:
			out[i] = (high - v) / (high - low)
		default:
			out[i] = (v - low) / (high - low)
		}
	}
	return out
}

// meanKnown is the mean of what is known, NaN for nothing.
func meanKnown(values []float64) float64 {
	sum, n := 0.0, 0
	for _, v := range values {
		if !math.IsNaN(v) {
			sum, n = sum+v, n+1
		}
	}
	if n == 0 {
		return math.NaN()
	}
	return sum / float64(n)
}

// weightsOf reads the weights of the factors.
func weightsOf(in geo.Values) []float64 {
	out := make([]float64, len(Factors))
	for i, f := range Factors {
		out[i] = in[weightPrefix+string(f)].Float()
	}
	return out
}

// parts gives each option its factors, from the numbers that count.
func parts(options [][]Measure) [][]float64 {
	out := make([][]float64, len(options))
	for i := range out {
		out[i] = make([]float64, len(Factors))
	}
	for k, factor := range Factors {
		var scores [][]float64 // by number, by option
		for m := range options[0] {
			if options[0][m].Factor != factor || !options[0][m].Scored {
				continue
			}
			values := make([]float64, len(options))
			for i := range options {
				values[i] = options[i][m].Value
			}
			scores = append(scores, normal(values, options[0][m].Better))
		}
		for i := range options {
			column := make([]float64, len(scores))
			for m := range scores {
				column[m] = scores[m][i]
			}
			out[i][k] = meanKnown(column)
		}
	}
	return out
}

// NewScore weighs the parts.
func NewScore(parts [][]float64, weights []float64) *Score {
	s := &Score{Parts: parts, Weights: weights, Total: make([]float64, len(parts)), Order: make([]int, len(parts))}
	for i := range parts {
		s.Total[i], s.Order[i] = weighed(parts[i], weights), i
	}
	slices.SortStableFunc(s.Order, func(a, b int) int {
		switch x, y := s.Total[a], s.Total[b]; {
		case x > y || math.IsNaN(y) && !math.IsNaN(x):
			return -1
		case x < y || math.IsNaN(x) && !math.IsNaN(y):
			return 1
		}
		return 0
	})
	return s
}

func weighed(parts, weights []float64) float64 {
	sum, all := 0.0, 0.0
	for k, v := range parts {
		if !math.IsNaN(v) {
			sum, all = sum+weights[k]*v, all+weights[k]
		}
	}
	return sum / all
}

// Stable is between which weights of a factor, all others as they are, the
// first option stays first, and which takes its place beyond; -1 for none.
type Stable struct {
	From, To     float64 // To may be endless
	Below, Above int
}

// Stable finds how far the weight of a factor moves before the ranking changes
// at its top. A sum of weights by which all are divided orders nothing.
func (s *Score) Stable(factor int) Stable {
	out := Stable{From: 0, To: math.Inf(1), Below: -1, Above: -1}
	first := s.Order[0]
	// Of those that draw level at one weight the one that gains most leads beyond.
	steeper := func(i, than int) bool {
		return than >= 0 && math.Abs(s.Parts[i][factor]-s.Parts[first][factor]) > math.Abs(s.Parts[than][factor]-s.Parts[first][factor])
	}
	rest := func(i int) float64 {
		sum := 0.0
		for k, v := range s.Parts[i] {
			if k != factor && !math.IsNaN(v) {
				sum += s.Weights[k] * v
			}
		}
		return sum
	}
	for _, i := range s.Order[1:] {
		gain := s.Parts[i][factor] - s.Parts[first][factor]
		if math.IsNaN(gain) || gain == 0 {
			continue
		}
		// Where both sums are equal.
		at := (rest(first) - rest(i)) / gain
		switch {
		case gain > 0 && (at < out.To || at == out.To && steeper(i, out.Above)):
			out.To, out.Above = at, i
		case gain < 0 && (at > out.From || at == out.From && steeper(i, out.Below)):
			out.From, out.Below = at, i
		}
	}
	return out
}

func (s Stable) say(title string, names []string) string {
	switch {
	case s.Below < 0 && s.Above < 0:
		return fmt.Sprintf("No weight of %s changes which is first.", title)
	case s.Above < 0:
		return fmt.Sprintf("Below a weight of %.2f for %s, %s is first.", s.From, title, names[s.Below])
	case s.Below < 0:
		return fmt.Sprintf("Beyond a weight of %.2f for %s, %s is first.", s.To, title, names[s.Above])
	}
	return fmt.Sprintf("Below a weight of %.2f for %s, %s is first, and beyond %.2f %s.", s.From, title, names[s.Below], s.To, names[s.Above])
}
