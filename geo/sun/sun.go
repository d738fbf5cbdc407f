// Package sun answers how high the sun stands, and whether it is night.
package sun

import (
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// TwilightDegrees is how high the sun stands where night begins: 6 degrees
// below the horizon, the end of civil twilight, which is what aviation calls
// night (ICAO Annex 2, Definitions).
const TwilightDegrees = -6

// Night reports whether it is night at a place.
func Night(p orb.Point, t geo.Time) bool { return Degrees(p, t) < TwilightDegrees }

// Degrees is how high the middle of the sun stands over the horizon at a
// place, in degrees, without refraction and seen from the middle of the earth:
// within 0.02 degrees between 1950 and 2050, which is 5 seconds of a sunset at
// the equator.
//
// The sun's place is that of the Astronomical Almanac's low-precision formulas
// (as in Michalsky 1988, Solar Energy 40(3)).
func Degrees(p orb.Point, t geo.Time) float64 {
	days := float64(t-noon2000) / float64(geo.Day)
	longitude := 280.460 + 0.9856474*days
	anomaly := radians(357.528 + 0.9856003*days)
	ecliptic := radians(longitude + 1.915*math.Sin(anomaly) + 0.020*math.Sin(2*anomaly))
	obliquity := radians(23.439 - 0.0000004*days)
	ascension := math.Atan2(math.Cos(obliquity)*math.Sin(ecliptic), math.Cos(ecliptic))
	sinDeclination := math.Sin(obliquity) * math.Sin(ecliptic)
	// Sidereal time of Greenwich, which turns once more a year than the day.
	sidereal := radians(280.46061837 + 360.98564736629*days + p[0])
	sinLat, cosLat := math.Sincos(radians(p[1]))
	high := sinLat*sinDeclination + cosLat*math.Sqrt(1-sinDeclination*sinDeclination)*math.Cos(sidereal-ascension)
	return math.Asin(max(-1, min(1, high))) * 180 / math.Pi
}

// noon2000 is 2000-01-01T12:00:00Z, from which astronomers count days.
const noon2000 geo.Time = 946_728_000 * geo.Second

func radians(deg float64) float64 { return math.Mod(deg, 360) * math.Pi / 180 }
