package crs

import (
	"fmt"
	"math"
)

// FormatDD writes a place in decimal degrees, latitude first, as
// "33.3152° N, 44.3661° E", with so many digits (0 to 12) after the point,
// rounded. Four digits are 11 m.
func FormatDD(lon, lat float64, digits int) string {
	digits = max(0, min(12, digits))
	return fmt.Sprintf("%.*f° %s, %.*f° %s", digits, math.Abs(lat), side(lat, "N", "S"), digits, math.Abs(lon), side(lon, "E", "W"))
}

// FormatDMS writes a place in degrees, minutes and seconds, latitude first,
// as "33°18′54.7″ N 44°21′58.0″ E", with so many digits (0 to 9) of the
// seconds after the point, rounded. One digit is 3 m.
func FormatDMS(lon, lat float64, digits int) string {
	return sexagesimal(lat, digits, side(lat, "N", "S")) + " " + sexagesimal(lon, digits, side(lon, "E", "W"))
}

func side(v float64, plus, minus string) string {
	if v < 0 {
		return minus
	}
	return plus
}

// sexagesimal rounds once, to whole parts of a second, so that 59.99 seconds
// carry into the minutes.
func sexagesimal(v float64, digits int, side string) string {
	digits = max(0, min(9, digits))
	if math.IsNaN(v) || math.Abs(v) > 1e5 {
		return fmt.Sprint(v)
	}
	per := int64(math.Pow10(digits))
	parts := int64(math.Round(math.Abs(v) * 3600 * float64(per)))
	degrees, minutes, seconds := parts/(3600*per), parts/(60*per)%60, parts%(60*per)
	if digits == 0 {
		return fmt.Sprintf("%d°%02d′%02d″ %s", degrees, minutes, seconds, side)
	}
	return fmt.Sprintf("%d°%02d′%02d.%0*d″ %s", degrees, minutes, seconds/per, digits, seconds%per, side)
}
