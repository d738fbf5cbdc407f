package spacetime

import "math"

// margins are what no permutation changes: all pairs, and those less than
// each edge of time apart.
type margins struct {
	all  int
	soon []int
}

// matrix makes the near-repeat matrix of the truth and the permutations.
func (q *Query) matrix(p *pairs, truth *counts, runs []counts, m margins) [][]Cell {
	observed := q.fields(p, truth, m)
	sum := make([]float64, len(observed))
	atLeast := make([]int, len(observed))
	for i := range runs {
		for c, n := range q.fields(p, &runs[i], m) {
			sum[c] += float64(n)
			if n >= observed[c] {
				atLeast[c]++
			}
		}
	}
	columns := len(q.Spans) + 1
	out := make([][]Cell, len(observed)/columns)
	for c, n := range observed {
		cell := Cell{Observed: n, Expected: math.NaN(), P: 1}
		if len(runs) > 0 {
			cell.Expected, cell.P = sum[c]/float64(len(runs)), share(atLeast[c], len(runs))
		}
		out[c/columns] = append(out[c/columns], cell)
	}
	return out
}

// fields completes the cells of bands with an end by those without one: a row
// adds up to the pairs of its distances, a column to those of its times.
func (q *Query) fields(p *pairs, c *counts, m margins) []int {
	columns := len(q.Spans) + 1
	out := make([]int, (p.bands+1)*columns)
	last := out[p.bands*columns:]
	before := 0
	for s := range q.Spans {
		last[s] = m.soon[s] - before
		before = m.soon[s]
	}
	last[columns-1] = m.all - before
	for band := range p.bands {
		row := out[band*columns : (band+1)*columns]
		row[columns-1] = len(p.bucket[2*band]) + len(p.bucket[2*band+1])
		for s, n := range c.cell[band*len(q.Spans) : (band+1)*len(q.Spans)] {
			row[s] = n
			row[columns-1] -= n
		}
		for s, n := range row {
			last[s] -= n
		}
	}
	return out
}
