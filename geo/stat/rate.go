package stat

import "gonum.org/v1/gonum/mathext"

// Garwood returns the exact interval of the mean of a Poisson count, given the
// count, at a confidence between 0 and 1 (Garwood 1936, Fiducial limits for
// the Poisson distribution, Biometrika 28). Divide by the exposure for a rate.
//
// Events need not be whole: a sum of unequal weights has as many effective
// events as its square divided by the sum of the squared weights; see
// [Scaled]. It is false for a negative number.
func Garwood(events, confidence float64) (Interval, bool) {
	if !(events >= 0) {
		return Interval{}, false
	}
	tail := (1 - confidence) / 2
	i := Interval{Upper: mathext.GammaIncRegInv(events+1, 1-tail)}
	if events > 0 {
		i.Lower = mathext.GammaIncRegInv(events, tail)
	}
	return i, true
}

// Scaled returns the interval of a sum over records that each add several at
// once, as the casualties of an attack do. dispersion is the sum of the
// squares of what records add divided by their sum: what one independent event
// adds, as it were. The sum divided by it has the mean and the variance of a
// Poisson count where the records are independent (Bohm and Zech 2014,
// Statistics of weighted Poisson events and its applications, Nuclear
// Instruments and Methods A 748), so that Garwood's interval is taken of that
// and scaled back. With a dispersion of 1, where no record adds more than
// one, it is Garwood's own. It is false where the sum is negative or the
// dispersion not positive.
func Scaled(sum, dispersion, confidence float64) (Interval, bool) {
	if !(dispersion > 0) {
		return Interval{}, false
	}
	i, ok := Garwood(sum/dispersion, confidence)
	return Interval{i.Lower * dispersion, i.Upper * dispersion}, ok
}
