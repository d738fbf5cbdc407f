package spacetime

import "math"

// likelihood answers how much likelier a count in a cylinder is if the
// cylinder is a cluster: Kulldorff's log likelihood ratio
//
//	c ln(c/mu) + (C-c) ln((C-c)/(C-mu))   where c > mu, else 0
//
// with C events in all, c of them in the cylinder, and mu expected there: the
// events in its circle times those in its days, over C. Both factors are whole
// numbers, so their logarithms come from a table.
type likelihood struct {
	all  float64
	logs []float64 // of 0 to C
}

func newLikelihood(n int) *likelihood {
	l := &likelihood{all: float64(n), logs: make([]float64, n+1)}
	for i := range l.logs {
		l.logs[i] = math.Log(float64(i))
	}
	return l
}

// ratio returns the log likelihood ratio of count events where circle are in
// the circle and days in its days; it may return anything below least where
// the ratio is not above it.
func (l *likelihood) ratio(count, circle, days int, least float64) float64 {
	c, mu := float64(count), float64(circle)*float64(days)/l.all
	over := c - mu
	// ln x <= x-1 twice: the ratio is at most over^2 C / (mu (C-mu)). The room
	// is for rounding: what is left out is surely no more than least.
	if !(over > 0) || over*over*l.all*(1+1e-9) <= least*mu*(l.all-mu) {
		return 0
	}
	inside := c * (l.logs[count] + l.logs[len(l.logs)-1] - l.logs[circle] - l.logs[days])
	rest := over / (l.all - mu)
	if inside-(l.all-c)*rest*(1-1e-9)+1e-9 <= least {
		return 0
	}
	if count == len(l.logs)-1 {
		return inside
	}
	return inside + (l.all-c)*math.Log1p(-rest)
}
