package reach

import "math"

// Decay is how much a place counts for those who need a time to it.
type Decay string

// The decays.
const (
	Step     Decay = "step"     // all within the time alike
	Gaussian Decay = "gaussian" // exp(-t^2 / 2s^2) within the time, s a third of it
)

// Weight returns what a place at a time counts for, 0 beyond the catchment.
func (d Decay) Weight(time, catchment float64) float64 {
	switch {
	case !(time <= catchment):
		return 0
	case d == Gaussian:
		u := 3 * time / catchment
		return math.Exp(-u * u / 2)
	}
	return 1
}

// TwoStep returns how much supply there is for one unit of the demand at each
// place, by the two-step floating catchment area method (Luo and Wang 2003,
// Environment and Planning B 30; with weights Luo and Qi 2009, Health & Place
// 15). weight is what each supplier, by row, counts for at each place of
// demand. Demand times what is returned adds up to the supply that somebody
// reaches.
func TwoStep(supply, demand []float64, weight [][]float64) []float64 {
	out := make([]float64, len(demand))
	for j, row := range weight {
		claims := 0.0
		for i, w := range row {
			claims += demand[i] * w
		}
		if !(claims > 0) {
			continue
		}
		for i, w := range row {
			out[i] += supply[j] / claims * w
		}
	}
	return out
}
