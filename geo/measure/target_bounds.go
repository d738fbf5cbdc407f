package measure

import (
	"math"

	"bivouac/geo"
)

// Bounds returns true limits of distances from the target to a box: no
// geometry that lies in the box is nearer than lower, and no point of the box
// is farther than upper metres. Both are 0 for a box inside a polygon. The
// box may not cross the date line; the zero Box is the whole world.
func (t *Target) Bounds(b geo.Box) (lower, upper float64) {
	if t.single {
		return t.origin.Bounds(b)
	}
	if b.Everything() {
		b = geo.World
	}
	lon, lat := b.Centre()
	touched := false
	for i := range t.areas {
		switch t.areas[i].cover(b) {
		case inside:
			return 0, 0
		case boundary:
			touched = true
		}
	}
	centre := newEnd(lon, lat)
	_, least, most := t.tree.chord(centre.place())
	around := halfWidth(b, lat)
	upper = min(chordUpper(most+around)+slackMetres, HalfMeridianMetres)
	if touched {
		return 0, upper
	}
	return max(0, chordLower(max(0, least-around))-slackMetres), upper
}

// halfWidth returns a distance from the middle of the box, at the latitude
// lat, that none of its points exceeds.
func halfWidth(b geo.Box, lat float64) float64 {
	nearest := max(0, max(b.South, -b.North)) // to the equator
	h, w := quickSin((b.North-b.South)/4), quickSin((b.East-b.West)/4)
	cut := quickSin(90-math.Abs(lat)) * quickSin(90-nearest)
	return UpperMetresPerRadian*farAngle(h*h+cut*w*w) + slackMetres
}
