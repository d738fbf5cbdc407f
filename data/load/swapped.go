package load

import (
	"github.com/paulmach/orb"

	"bivouac/geo"
)

// swaps counts places that lie outside the areas where they are expected, and
// would lie inside with latitude and longitude the other way round.
type swaps struct{ placed, swapped int }

func (s *swaps) see(areas []orb.Bound, g orb.Geometry) {
	if len(areas) == 0 || g == nil {
		return
	}
	s.placed++
	at := g.Bound().Center()
	if !within(areas, at) && within(areas, orb.Point{at[1], at[0]}) {
		s.swapped++
	}
}

func within(areas []orb.Bound, at orb.Point) bool {
	for _, a := range areas {
		if a.Contains(at) {
			return true
		}
	}
	return false
}

// warning says that the axes look swapped, where they do for most places.
func (s *swaps) warning() []geo.Said {
	if 2*s.swapped <= s.placed {
		return nil
	}
	return []geo.Said{swappedPlaces.With(s.swapped, s.placed)}
}
