// Package crs answers what a place on the globe is called in another system:
// Web Mercator, UTM, UPS and MGRS, and degrees as people write them. A
// [System] is one that records are served in, by the address that names it.
//
// UTM is the Krueger series to the sixth order as Karney (2011, "Transverse
// Mercator with an accuracy of a few nanometers", J. Geodesy 85) gives it,
// right to some nanometres within 30 degrees of the central meridian. MGRS
// follows NGA.STND.0037 (2014). Longitudes and latitudes are degrees on WGS84
// (CRS84); functions take the longitude first, texts for people have the
// latitude first, as people write it.
package crs

import (
	"math"
	"strconv"

	"bivouac/geo"
)

// The WGS84 ellipsoid and what follows from it; exact until they meet a
// float64.
const (
	equatorialRadius = 6378137.0
	flattening       = 1 / 298.257223563
	eccSq            = flattening * (2 - flattening)
	third            = flattening / (2 - flattening) // third flattening n
)

const degree = math.Pi / 180

var eccentricity = math.Sqrt(eccSq)

// conformal returns the tangent of the conformal latitude for the tangent of
// the geographic one (Karney 2011, equations 7 and 9).
func conformal(tau float64) float64 {
	s := math.Sinh(eccentricity * math.Atanh(eccentricity*tau/math.Hypot(1, tau)))
	return tau*math.Hypot(1, s) - s*math.Hypot(1, tau)
}

// geographic inverts conformal by Newton's method (equations 19 to 21).
func geographic(want float64) float64 {
	tau := want / (1 - eccSq)
	if math.Abs(want) > 70 {
		tau = want * math.Exp(eccentricity*math.Atanh(eccentricity))
	}
	if math.Abs(tau) > 1e8 { // a pole, to the last digit of the latitude
		return tau
	}
	for range 6 {
		got := conformal(tau)
		by := (want - got) / math.Hypot(1, got) * (1 + (1-eccSq)*tau*tau) / ((1 - eccSq) * math.Hypot(1, tau))
		tau += by
		if !(math.Abs(by) > 1e-12*max(1, math.Abs(tau))) {
			break
		}
	}
	return tau
}

// tangent is the tangent of a latitude in degrees, exact at 0 and 45 and very
// large at the poles.
func tangent(lat float64) float64 {
	s, c := sinCos(lat)
	if c == 0 {
		return math.Copysign(1e100, lat)
	}
	return s / c
}

// sinCos is exact at multiples of 90 degrees.
func sinCos(deg float64) (sin, cos float64) {
	quadrant := math.RoundToEven(deg / 90)
	s, c := math.Sincos((deg - 90*quadrant) * degree)
	switch int64(quadrant) & 3 {
	case 0:
		return s, c
	case 1:
		return c, -s
	case 2:
		return -s, -c
	}
	return -c, s
}

// lonBy returns to-from in degrees, in [-180, 180].
func lonBy(from, to float64) float64 { return math.Remainder(to-from, 360) }

// normalLon brings a longitude into [-180, 180]; one that is there stays.
func normalLon(lon float64) float64 {
	if math.Abs(lon) <= 180 {
		return lon
	}
	return math.Remainder(lon, 360)
}

// check refuses what is no place on the globe.
func check(lon, lat float64) error {
	if math.IsNaN(lon) || math.IsInf(lon, 0) || math.Abs(lon) > 360 {
		return refuse("longitude", "crs: the longitude is %v; give degrees from -180 to 180", lon)
	}
	if !(math.Abs(lat) <= 90) {
		return refuse("latitude", "crs: the latitude is %v; give degrees from -90 to 90", lat)
	}
	return nil
}

func refuse(where, format string, args ...any) error {
	return geo.Errorf(geo.Invalid, where, format, args...)
}

// outside refuses a coordinate that a system does not have.
func outside(where string, s geo.Sentence, value float64) error {
	e := geo.ErrorOf(geo.Invalid, where, s, strconv.FormatFloat(value, 'g', -1, 64))
	e.Text = "crs: " + e.Text
	return e
}
