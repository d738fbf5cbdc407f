package stat

import "math"

// Pairs adds up two numbers that records state together.
type Pairs struct{ N, X, Y, XX, XY, YY float64 }

// Add takes one record in.
func (p *Pairs) Add(y, x float64) {
	p.N++
	p.X, p.Y = p.X+x, p.Y+y
	p.XX, p.XY, p.YY = p.XX+x*x, p.XY+x*y, p.YY+y*y
}

// Join takes in what others have added up.
func (p *Pairs) Join(o Pairs) {
	p.N += o.N
	p.X, p.Y = p.X+o.X, p.Y+o.Y
	p.XX, p.XY, p.YY = p.XX+o.XX, p.XY+o.XY, p.YY+o.YY
}

// Ratio returns the sum of y over that of x and its standard error, with the
// records for a sample of independent ones (Cochran 1977, Sampling techniques,
// 3rd edition, section 6.3: the ratio estimator by linearisation). The error is
// NaN of one record. It is false where x adds up to nothing above 0.
func (p *Pairs) Ratio() (value, deviation float64, ok bool) {
	if !(p.X > 0) {
		return 0, 0, false
	}
	r := p.Y / p.X
	squares := max(0, p.YY-2*r*p.XY+r*r*p.XX)
	return r, math.Sqrt(p.N/(p.N-1)*squares) / p.X, true
}

// Around returns the interval of an estimate with a normal error.
func Around(value, deviation float64) Interval {
	half := normal(Confidence) * deviation
	return Interval{value - half, value + half}
}

// TwoEstimates compares estimates with independent normal errors, by Wald's z
// test.
func TwoEstimates(a, deviationA, b, deviationB float64) Difference {
	deviation := math.Hypot(deviationA, deviationB)
	d := Difference{Value: a - b, Interval: Around(a-b, deviation), P: 1}
	if d.Value != 0 {
		d.P = twoSided(d.Value / deviation)
	}
	return d
}
