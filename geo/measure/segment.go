package measure

import "github.com/paulmach/orb"

// SegmentsMeet reports whether the straight segments share a point, ends
// included. Either may be a single place.
func SegmentsMeet(a, b, c, d orb.Point) bool {
	if max(a[0], b[0]) < min(c[0], d[0]) || max(c[0], d[0]) < min(a[0], b[0]) ||
		max(a[1], b[1]) < min(c[1], d[1]) || max(c[1], d[1]) < min(a[1], b[1]) {
		return false
	}
	return Turn(a, b, c)*Turn(a, b, d) <= 0 && Turn(c, d, a)*Turn(c, d, b) <= 0
}
