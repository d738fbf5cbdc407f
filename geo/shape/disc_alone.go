package shape

import (
	"math"

	"github.com/paulmach/orb"
)

// Outline draws the disc alone, as [Cover.Outline] does, rounded by
// [Millimetres].
func (d Disc) Outline() (orb.MultiPolygon, error) {
	c, err := NewCover([]Disc{d})
	if err != nil {
		return nil, err
	}
	drawn, err := c.Outline(1)
	return Millimetres(drawn), err
}

// Millimetres returns areas for an answer, rounded to eight decimals of a
// degree: more of them would only make it longer.
func Millimetres(areas orb.MultiPolygon) orb.MultiPolygon {
	areas = areas.Clone()
	for _, area := range areas {
		for _, ring := range area {
			for i := range ring {
				ring[i] = orb.Point{math.Round(ring[i][0]*1e8) / 1e8, math.Round(ring[i][1]*1e8) / 1e8}
			}
		}
	}
	return areas
}
