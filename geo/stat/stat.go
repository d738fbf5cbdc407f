// Package stat answers how sure a figure is: intervals around shares and
// rates made of few cases.
//
// Every function takes what was counted and the confidence that the interval
// is to have, and states whose method it is. Where nothing was counted there
// is no interval.
package stat

// Confidence is the level of every interval that states no other.
const Confidence = 0.95

// Interval is a stretch of values, both ends included.
type Interval struct{ Lower, Upper float64 }
