package crs

import (
	"fmt"
	"math"
)

// UPS is a place in the Universal Polar Stereographic grid, in grid metres;
// the pole is at 2,000,000 2,000,000. North is up along the meridian 180 on
// the northern map and along the meridian 0 on the southern one.
type UPS struct {
	North             bool
	Easting, Northing float64
}

const (
	upsScale = 0.994
	upsPole  = 2000000
)

// upsUnit is twice the radius of the map of the opposite hemisphere's pole,
// per tangent of half the conformal colatitude.
var upsUnit = 2 * upsScale * equatorialRadius / ((1 - flattening) * math.Exp(eccentricity*math.Atanh(eccentricity)))

// String writes the hemisphere, easting and northing in whole metres,
// rounded: "N 2388398 1602911".
func (u UPS) String() string {
	return fmt.Sprintf("%s %.0f %.0f", hemisphere(u.North), u.Easting, u.Northing)
}

// ToUPS returns the place in the polar grid of its hemisphere, meant for
// latitudes below -80 and from 84 on, where UTM ends, but right everywhere in
// the hemisphere.
func ToUPS(lon, lat float64) (UPS, error) {
	if err := check(lon, lat); err != nil {
		return UPS{}, err
	}
	tau := conformal(math.Abs(tangent(lat)))
	r := upsUnit / (math.Hypot(1, tau) + tau)
	if math.Abs(lat) == 90 {
		r = 0
	}
	s, c := sinCos(lon)
	if lat >= 0 {
		c = -c
	}
	return UPS{lat >= 0, upsPole + r*s, upsPole + r*c}, nil
}

// FromUPS returns the place of a UPS coordinate. The pole itself gets the
// longitude 0.
func FromUPS(u UPS) (lon, lat float64, err error) {
	x, y := u.Easting-upsPole, u.Northing-upsPole
	r := math.Hypot(x, y)
	if !(r <= 1.3e7) {
		return 0, 0, refuse("easting", "crs: easting %v and northing %v lie beyond the equator; in UPS both run from about 0.7 to 3.3 million metres", u.Easting, u.Northing)
	}
	if u.North {
		y = -y
	}
	lat = 90
	if t := r / upsUnit; t > 0 {
		lon = math.Atan2(x, y) / degree
		lat = math.Atan(geographic((1/t-t)/2)) / degree
	}
	if !u.North {
		lat = -lat
	}
	return lon, lat, nil
}
