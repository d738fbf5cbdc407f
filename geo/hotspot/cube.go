package hotspot

import (
	"context"

	"bivouac/geo"
	"bivouac/geo/stat"
)

// Cube is values of units in steps of time, all steps of a unit beside each
// other, oldest first.
type Cube struct {
	Units, Steps int
	Values       []float64
}

// At returns the values of a unit.
func (c *Cube) At(unit int) []float64 { return c.Values[unit*c.Steps : (unit+1)*c.Steps] }

// GiStar returns the z-scores of all steps of all units, in the order of
// Values. The neighbours of a step are the same step and as many before it as
// asked, of the unit and its neighbours; they are compared with all steps of
// all units.
func (c *Cube) GiStar(ctx context.Context, n *Neighbours, stepsBefore int, progress func(done, total int)) ([]float64, error) {
	m, err := momentsOf(c.Values)
	if err != nil {
		return nil, err
	}
	z := make([]float64, len(c.Values))
	const chunk = 512
	for first := 0; first < c.Units; first += chunk {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		progress(first, c.Units)
		each(min(chunk, c.Units-first), func(from, to int) {
			near := make([]float64, c.Steps)
			for i := first + from; i < first+to; i++ {
				c.sumNear(near, i, n)
				c.score(z[i*c.Steps:(i+1)*c.Steps], near, float64(1+len(n.Of(i))), stepsBefore, m)
			}
		})
	}
	return z, nil
}

// sumNear adds up a unit and its neighbours, step by step.
func (c *Cube) sumNear(near []float64, unit int, n *Neighbours) {
	copy(near, c.At(unit))
	for _, j := range n.Of(unit) {
		for t, v := range c.At(int(j)) {
			near[t] += v
		}
	}
}

func (c *Cube) score(z, near []float64, units float64, stepsBefore int, m moments) {
	for t := range near {
		first, sum := max(0, t-stepsBefore), 0.0
		for _, v := range near[first : t+1] {
			sum += v
		}
		weight := units * float64(t+1-first)
		z[t] = m.score(sum, weight, weight)
	}
}

// Emerging is what a unit's spots do.
type Emerging struct {
	Pattern  Pattern
	Trend    stat.Trend // of its scores
	Bins     []Bin
	Last     float64 // the score of the last step
	Hot      int     // steps
	Cold     int
	LastP, Q float64 // of the last step: by chance, and the rate of false discoveries
}

// Emerge classifies all units, given the scores of the cube. A step is hot or
// cold at 90 % after the correction for the false discovery rate among all
// steps of all units; without fdr by its own probability.
func (c *Cube) Emerge(z []float64, fdr bool) []Emerging {
	bins, p, q := Bins(z, fdr)
	out := make([]Emerging, c.Units)
	each(c.Units, func(from, to int) {
		for i := from; i < to; i++ {
			first, last := i*c.Steps, (i+1)*c.Steps
			e := Emerging{Trend: stat.MannKendall(z[first:last]), Bins: bins[first:last], Last: z[last-1], LastP: p[last-1], Q: q[last-1]}
			for _, b := range e.Bins {
				switch {
				case b > 0:
					e.Hot++
				case b < 0:
					e.Cold++
				}
			}
			e.Pattern = Classify(e.Bins, e.Trend)
			out[i] = e
		}
	})
	return out
}

// Limits of a cube.
const (
	MinSteps = 10
	MaxBins  = 10_000_000
)

// Inputs of the cube.
const (
	StepInput   = "step_days"
	BeforeInput = "steps_before"
)

// Steps is time cut into whole steps of one length that end with it.
type Steps struct {
	From, Step geo.Time
	Count      int
}

// StepsOf cuts the time from one moment to another into steps, aligned to its
// end: what is left at its beginning is shorter than a step and belongs to
// none. Fewer than ten steps are an error.
func StepsOf(from, to, step geo.Time) (Steps, error) {
	if step <= 0 {
		return Steps{}, geo.Errorf(geo.Invalid, StepInput, "a step must be longer than nothing")
	}
	n := int64((to - from) / step)
	if n < MinSteps {
		return Steps{}, geo.Errorf(geo.Invalid, StepInput, "%.6g days hold %d whole steps of %.6g days, and a trend needs %d; take shorter steps or a longer time",
			float64(to-from)/float64(geo.Day), max(n, 0), float64(step)/float64(geo.Day), MinSteps)
	}
	if n > MaxBins {
		return Steps{}, geo.Errorf(geo.Invalid, StepInput, "%d steps are more than the %d that are taken; take longer ones", n, MaxBins)
	}
	return Steps{to - geo.Time(n)*step, step, int(n)}, nil
}

// Of returns the step that a moment lies in, and false where it is in none.
func (s Steps) Of(t geo.Time) (int, bool) {
	if t < s.From {
		return 0, false
	}
	n := int((t - s.From) / s.Step)
	return n, n < s.Count
}

// Start returns when a step begins.
func (s Steps) Start(n int) geo.Time { return s.From + geo.Time(n)*s.Step }

// usual are lengths of steps in days that people think in.
var usual = []float64{1, 2, 7, 14, 30, 61, 91, 182, 365}

// Suggest returns the longest of the usual steps of which the time holds
// twenty or more, in days.
func Suggest(from, to geo.Time) float64 {
	days := float64(to-from) / float64(geo.Day)
	best := usual[0]
	for _, step := range usual {
		if days/step >= 20 {
			best = step
		}
	}
	return best
}
