package geo

import "math"

// Box is a rectangle of longitudes and latitudes in degrees, edges included.
//
// The zero Box is everything. A Box whose West is greater than its East
// crosses the date line: it holds the longitudes from West to 180 and from
// -180 to East. Use [NewBox] for a rectangle that comes from outside, since
// the point 0 0 and the zero Box are written alike.
type Box struct{ West, South, East, North float64 }

// NewBox returns the Box of the four edges. The point 0 0, which would read
// as everything, is widened by the smallest number there is, so that it holds
// the same places and is not zero.
func NewBox(west, south, east, north float64) Box {
	b := Box{west, south, east, north}
	if b == (Box{}) {
		b.East, b.North = math.SmallestNonzeroFloat64, math.SmallestNonzeroFloat64
	}
	return b
}

// CheckBox is NewBox of edges that a person gave: an error says what is wrong
// with them.
func CheckBox(west, south, east, north float64) (Box, error) {
	b := NewBox(west, south, east, north)
	switch {
	case b.Valid():
		return b, nil
	case south > north:
		return b, Errorf(Invalid, "bbox", "the south edge %v is above the north edge %v", south, north)
	}
	return b, Errorf(Invalid, "bbox", "longitudes lie within -180..180 and latitudes within -90..90; longitude comes first")
}

// Everything reports whether b is the zero Box, which leaves nothing out.
func (b Box) Everything() bool { return b == Box{} }

// Valid reports whether every edge is finite and within -180..180 and
// -90..90, and South is not above North.
func (b Box) Valid() bool {
	return b.West >= -180 && b.West <= 180 && b.East >= -180 && b.East <= 180 &&
		b.South >= -90 && b.North <= 90 && b.South <= b.North
}

// Split returns the parts of b that do not cross the date line: b itself, or
// the part west of the line and the part east of it. Everything is the whole
// world.
func (b Box) Split() []Box {
	switch {
	case b.Everything():
		return []Box{World}
	case b.West > b.East:
		return []Box{{b.West, b.South, 180, b.North}, NewBox(-180, b.South, b.East, b.North)}
	}
	return []Box{b}
}

// World is every longitude and latitude, written out.
var World = Box{-180, -90, 180, 90}

// Meets reports whether the two boxes share at least one point. Edges count.
// Neither may cross the date line; Split those first.
func (b Box) Meets(o Box) bool {
	return b.West <= o.East && o.West <= b.East && b.South <= o.North && o.South <= b.North
}

// Holds reports whether o lies in b, edges included. Neither may cross the
// date line; Split those first.
func (b Box) Holds(o Box) bool {
	return b.West <= o.West && o.East <= b.East && b.South <= o.South && o.North <= b.North
}

// Has reports whether the point lies in b, edges included. The poles lie at
// every longitude only in boxes that reach them at that longitude.
func (b Box) Has(lon, lat float64) bool {
	return b.West <= lon && lon <= b.East && b.South <= lat && lat <= b.North
}

// Union returns the smallest Box that holds both. Neither may be zero or
// cross the date line.
func (b Box) Union(o Box) Box {
	return Box{min(b.West, o.West), min(b.South, o.South), max(b.East, o.East), max(b.North, o.North)}
}

// Centre returns the middle of a Box that does not cross the date line.
func (b Box) Centre() (lon, lat float64) {
	return b.West + (b.East-b.West)/2, b.South + (b.North-b.South)/2
}
