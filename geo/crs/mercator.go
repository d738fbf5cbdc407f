package crs

import "math"

// WebMercatorLatitude is the latitude, in degrees, at which the square of the
// Web Mercator map ends, where y equals the greatest x.
const WebMercatorLatitude = 85.05112877980659

// WebMercatorEdge is the greatest x and y of the square, in its metres.
const WebMercatorEdge = math.Pi * equatorialRadius

// ToWebMercator projects to EPSG:3857: the sphere of radius 6378137 m. Its
// metres are as long as metres on the ground at the equator only. Latitudes
// beyond [WebMercatorLatitude] are clamped to it, as on every tiled map;
// longitudes are taken as they are, so that x may lie beyond the edge.
func ToWebMercator(lon, lat float64) (x, y float64) {
	lat = max(-WebMercatorLatitude, min(WebMercatorLatitude, lat))
	s, _ := sinCos(lat)
	return equatorialRadius * (lon * degree), equatorialRadius * math.Atanh(s)
}

// FromWebMercator inverts [ToWebMercator]. Any x and y have a place; those
// beyond the square give latitudes beyond its edge, or longitudes beyond 180.
func FromWebMercator(x, y float64) (lon, lat float64) {
	return x / equatorialRadius / degree, math.Atan(math.Sinh(y/equatorialRadius)) / degree
}
