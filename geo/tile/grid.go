package tile

import (
	"math"

	"bivouac/geo/crs"
)

// Grid is how the map lies flat and is cut into tiles: one of the tile matrix
// sets that OGC 17-083r4 registers, by its name there.
type Grid uint8

// The grids. Each zoom halves the tiles of the one before.
const (
	WebMercatorQuad Grid = iota // EPSG:3857, one tile at zoom 0; the map ends at 85.0511 degrees
	WorldCRS84Quad              // degrees, west and east one tile each at zoom 0; the map reaches to the poles
)

// Grids returns all of them, the usual one first.
func Grids() []Grid { return []Grid{WebMercatorQuad, WorldCRS84Quad} }

// String returns the registered name.
func (g Grid) String() string {
	if g == WorldCRS84Quad {
		return "WorldCRS84Quad"
	}
	return "WebMercatorQuad"
}

// Size returns how many columns and rows of tiles a zoom has, from 0 to
// MaxZoom.
func (g Grid) Size(z uint32) (columns, rows uint32) {
	if g == WorldCRS84Quad {
		return 2 << z, 1 << z
	}
	return 1 << z, 1 << z
}

// Latitude returns where the map ends in the north, and with the other sign in
// the south.
func (g Grid) Latitude() float64 {
	if g == WorldCRS84Quad {
		return 90
	}
	return crs.WebMercatorLatitude
}

// latitude returns the latitude at a part of the map's height from the north.
func (g Grid) latitude(v float64) float64 {
	v = max(0, min(1, v))
	switch {
	case g == WorldCRS84Quad:
		return 90 - 180*v
	case v == 0:
		return crs.WebMercatorLatitude
	case v == 1:
		return -crs.WebMercatorLatitude
	}
	_, lat := crs.FromWebMercator(0, crs.WebMercatorEdge*(1-2*v))
	return lat
}

// height inverts latitude.
func (g Grid) height(lat float64) float64 {
	if g == WorldCRS84Quad {
		return (90 - lat) / 180
	}
	_, y := crs.ToWebMercator(0, lat)
	return 0.5 - y/(2*crs.WebMercatorEdge)
}

// bend returns by how much of the map's height an edge that is straight in
// degrees bends, at most, within the latitudes from the equator to the one
// given: this for an edge over one degree of latitude, and by the square for
// others.
func (g Grid) bend(lat float64) float64 {
	if g == WorldCRS84Quad {
		return 0
	}
	const degree = math.Pi / 180
	sin, cos := math.Sincos(min(math.Abs(lat), crs.WebMercatorLatitude) * degree)
	return sin / (cos * cos) * degree * degree / (8 * 2 * math.Pi)
}

func (g Grid) onMap(lat float64) bool { return math.Abs(lat) <= g.Latitude() }
