package stat

import "math"

// Wilson returns the score interval of a share: hits of n, at a confidence
// between 0 and 1 (Wilson 1927, Probable inference, the law of succession, and
// statistical inference, JASA 22). It lies within 0 and 1, begins at 0 where
// nothing hit and ends at 1 where all did. It is false where n is 0 or hits
// are not among n.
func Wilson(hits, n int, confidence float64) (Interval, bool) {
	if n <= 0 || hits < 0 || hits > n {
		return Interval{}, false
	}
	z := normal(confidence)
	size, share := float64(n), float64(hits)/float64(n)
	weight := 1 + z*z/size
	middle := (share + z*z/(2*size)) / weight
	half := z / weight * math.Sqrt(share*(1-share)/size+z*z/(4*size*size))
	i := Interval{middle - half, middle + half}
	// Exact ends, which rounding would miss.
	if hits == 0 {
		i.Lower = 0
	}
	if hits == n {
		i.Upper = 1
	}
	return i, true
}
