package grid

// Counts returns how many events each cell has, given the cell of each.
func (c *Cover) Counts(of []int32) []int {
	out := make([]int, len(c.Cells))
	for _, n := range of {
		out[n]++
	}
	return out
}

// Sums returns the sum of the weights of each cell's events; nil weights are 1
// each.
func (c *Cover) Sums(of []int32, weights []float64) []float64 {
	out := make([]float64, len(c.Cells))
	for i, n := range of {
		if weights == nil {
			out[n]++
			continue
		}
		out[n] += weights[i]
	}
	return out
}
