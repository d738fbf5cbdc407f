package measure

import (
	"github.com/paulmach/orb"

	"bivouac/geo"
)

// Around returns boxes, none of which crosses the date line, that hold every
// point within so many metres of the target. Infinity, and a reach over a
// pole, are all longitudes.
func (t *Target) Around(metres float64) []geo.Box {
	if !t.single {
		metres += pieceMetres / 2 // no point of a piece is farther from its ends
	}
	return Widened(t.box(), metres)
}

// Widened returns boxes, none of which crosses the date line, that hold every
// point within so many metres of a box, which may not cross it either.
func Widened(b geo.Box, metres float64) []geo.Box {
	up := (metres + slackMetres) / LowerMetresPerRadian / degree
	south, north := max(-90, b.South-up), min(90, b.North+up)
	// The least circle of latitude on the way is that farthest from the
	// equator; its radius is at least a cos(latitude).
	ring := EquatorialRadiusMetres * quickSin(90-max(-south, north)) * (1 - slack)
	aside := (metres + slackMetres) / ring / degree
	if !(aside < 180) || b.East-b.West+2*aside >= 360 || b.West < -180 || b.East > 180 {
		return []geo.Box{{West: -180, South: south, East: 180, North: north}}
	}
	west, east := b.West-aside, b.East+aside
	switch {
	case west < -180:
		return []geo.Box{{West: -180, South: south, East: east, North: north}, {West: west + 360, South: south, East: 180, North: north}}
	case east > 180:
		return []geo.Box{{West: west, South: south, East: 180, North: north}, {West: -180, South: south, East: east - 360, North: north}}
	}
	return []geo.Box{{West: west, South: south, East: east, North: north}}
}

// box holds the vertices, those at which long edges were cut among them, and
// with them the areas.
func (t *Target) box() geo.Box {
	if t.single {
		lon := normalLon(t.origin.lon)
		return geo.Box{West: lon, South: t.origin.lat, East: lon, North: t.origin.lat}
	}
	b := pointBox(t.tree.vertices[0].at)
	for i := range t.tree.vertices {
		b = b.Union(pointBox(t.tree.vertices[i].at))
	}
	return b
}

func pointBox(p orb.Point) geo.Box { return geo.Box{West: p[0], South: p[1], East: p[0], North: p[1]} }
