package crs

import (
	"fmt"
	"math"
)

// UTM is a place in a zone of the Universal Transverse Mercator grid, in grid
// metres: the easting is 500,000 on the central meridian, the northing counts
// from the equator and, on the southern half, from 10,000,000 there.
type UTM struct {
	Zone              int
	North             bool
	Easting, Northing float64
}

const (
	utmScale      = 0.9996
	falseEasting  = 500000
	falseNorthing = 10000000
	utmSouth      = -80.0 // included
	utmNorth      = 84.0  // excluded
	farthestLon   = 30.0  // from the central meridian, for forced zones
)

// String writes zone and hemisphere, easting and northing in whole metres,
// rounded: "38N 440995 3686410". The letter is N or S for the hemisphere, not
// the latitude band of MGRS.
func (u UTM) String() string {
	return fmt.Sprintf("%d%s %.0f %.0f", u.Zone, hemisphere(u.North), u.Easting, u.Northing)
}

func hemisphere(north bool) string {
	if north {
		return "N"
	}
	return "S"
}

// UTMZone returns the zone of a place and whether it lies on the northern
// half, which holds the equator. South-western Norway and Svalbard have their
// wider zones; the longitude 180 is that of -180, in zone 1. Beyond 80 south
// and from 84 north on, where the grid is not used, it is the zone that would
// be.
func UTMZone(lon, lat float64) (zone int, north bool) {
	west := math.Floor(lonBy(0, lon))
	if west >= 180 {
		west = -180
	}
	zone = int(west+180)/6 + 1
	switch {
	case lat >= 56 && lat < 64 && zone == 31 && west >= 3:
		zone = 32
	case lat >= 72 && lat < utmNorth && west >= 0 && west < 42:
		zone = 2*(int(west+183)/12) + 1
	}
	return zone, lat >= 0
}

// ToUTM returns the place in its own zone. Latitudes below -80 and from 84 on
// are an error: the grid ends there and [ToUPS] takes over.
func ToUTM(lon, lat float64) (UTM, error) {
	if err := check(lon, lat); err != nil {
		return UTM{}, err
	}
	if lat < utmSouth || lat >= utmNorth {
		return UTM{}, refuse("latitude", "crs: UTM reaches from 80 south to 84 north and the latitude is %v; use UPS or MGRS there", lat)
	}
	zone, north := UTMZone(lon, lat)
	return ToUTMZone(lon, lat, zone, north)
}

// ToUTMZone returns the place in a given zone and hemisphere, for maps that
// keep one zone beyond its edge. The place must lie within 30 degrees of the
// zone's central meridian.
func ToUTMZone(lon, lat float64, zone int, north bool) (UTM, error) {
	if err := check(lon, lat); err != nil {
		return UTM{}, err
	}
	if err := checkZone(zone); err != nil {
		return UTM{}, err
	}
	by := lonBy(meridian(zone), lon)
	if math.Abs(by) > farthestLon && math.Abs(lat) != 90 {
		return UTM{}, refuse("zone", "crs: the longitude %v is %.0f degrees from the middle of zone %d; give a zone within %.0f degrees", lon, math.Abs(by), zone, farthestLon)
	}
	e, n := transverse(by, lat)
	u := UTM{zone, north, utmScale*e + falseEasting, utmScale * n}
	if !north {
		u.Northing += falseNorthing
	}
	return u, nil
}

func checkZone(zone int) error {
	if zone < 1 || zone > 60 {
		return refuse("zone", "crs: there is no UTM zone %d; give 1 to 60", zone)
	}
	return nil
}

// meridian is the middle of a zone.
func meridian(zone int) float64 { return float64(6*zone - 183) }

// FromUTM returns the place of a UTM coordinate. Eastings and northings may
// lie beyond the zone's edge as far as [ToUTMZone] goes.
func FromUTM(u UTM) (lon, lat float64, err error) {
	if err := checkZone(u.Zone); err != nil {
		return 0, 0, err
	}
	if !(math.Abs(u.Easting-falseEasting) <= 3.5e6) {
		return 0, 0, outside("easting", eastingOut, u.Easting)
	}
	north := u.Northing
	if !u.North {
		north -= falseNorthing
	}
	if !(math.Abs(north) <= 1e7) {
		return 0, 0, outside("northing", northingOut, u.Northing)
	}
	by, lat := untransverse((u.Easting-falseEasting)/utmScale, north/utmScale)
	return normalLon(meridian(u.Zone) + by), lat, nil
}
