package crs

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/project"

	"bivouac/geo"
)

// micrometres are what projected metres are rounded to: far below what any
// survey knows, and coarse enough that every machine writes the same digits.
const micrometres = 1e6

// Project returns the coordinates of a place in the system, in the order of
// its axes: metres east and north rounded to the micrometre, or degrees. A
// place that the system cannot hold is an error: a pole in [WebMercator], and
// what lies more than 30 degrees of longitude from the middle of a UTM zone.
func (s System) Project(lon, lat float64) (x, y float64, err error) {
	switch {
	case s == CRS84:
		return lon, lat, nil
	case s == LatLon:
		return lat, lon, nil
	case s == WebMercator:
		x, y, err = mercator(lon, lat)
	default:
		zone, north := s.zone()
		var u UTM
		u, err = ToUTMZone(lon, lat, zone, north)
		x, y = u.Easting, u.Northing
	}
	return math.Round(x*micrometres) / micrometres, math.Round(y*micrometres) / micrometres, err
}

// mercator goes on beyond the square of [ToWebMercator], as the projection
// itself does.
func mercator(lon, lat float64) (x, y float64, err error) {
	if err := check(lon, lat); err != nil {
		return 0, 0, err
	}
	if math.Abs(lat) == 90 {
		return 0, 0, refuse("latitude", "crs: Web Mercator has no place for a pole")
	}
	return equatorialRadius * (lon * degree), equatorialRadius * math.Asinh(tangent(lat)), nil
}

// Unproject returns the place of coordinates of the system, which stand in the
// order of its axes. Degrees are taken as they are; so are metres of
// [WebMercator], whose x may lie beyond the date line. In a zone of UTM it
// goes as far as [FromUTM].
func (s System) Unproject(x, y float64) (lon, lat float64, err error) {
	switch s {
	case CRS84:
		return x, y, nil
	case LatLon:
		return y, x, nil
	case WebMercator:
		lon, lat = FromWebMercator(x, y)
		return lon, lat, nil
	}
	zone, north := s.zone()
	return FromUTM(UTM{zone, north, x, y})
}

// Holds reports whether every place in the box surely has coordinates in the
// system. Where it does not, ask [System.ProjectGeometry] of the shape itself.
// The box does not cross the date line.
func (s System) Holds(b geo.Box) bool {
	switch s {
	case CRS84, LatLon:
		return true
	case WebMercator:
		return b.South > -90 && b.North < 90
	}
	zone, _ := s.zone()
	middle := meridian(zone)
	return b.East-b.West <= 2*farthestLon && math.Abs(lonBy(middle, b.West)) <= farthestLon && math.Abs(lonBy(middle, b.East)) <= farthestLon
}

// UnprojectGeometry turns a shape of the system into one in CRS84, vertex by
// vertex. It writes into g. The error is that of the first vertex that has no
// place.
func (s System) UnprojectGeometry(g orb.Geometry) (orb.Geometry, error) {
	if s == CRS84 || g == nil {
		return g, nil
	}
	var failed error
	g = project.Geometry(g, func(p orb.Point) orb.Point {
		lon, lat, err := s.Unproject(p[0], p[1])
		if failed == nil {
			failed = err
		}
		return orb.Point{lon, lat}
	})
	return g, failed
}

// ProjectGeometry returns a new shape of the system, vertex by vertex: its
// edges are straight in the system, where those of g are straight in degrees.
// The error is that of the first vertex that the system cannot hold.
func (s System) ProjectGeometry(g orb.Geometry) (orb.Geometry, error) {
	if s == CRS84 || g == nil {
		return g, nil
	}
	var failed error
	g = project.Geometry(orb.Clone(g), func(p orb.Point) orb.Point {
		x, y, err := s.Project(p[0], p[1])
		if failed == nil {
			failed = err
		}
		return orb.Point{x, y}
	})
	return g, failed
}
