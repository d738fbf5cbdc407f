package shape

import (
	"math"

	"bivouac/geo"

	"github.com/paulmach/orb"
)

// Bound returns the smallest Box that holds every position of g. It reports
// false, with the zero Box, where g is empty or a coordinate is not finite.
//
// The Box never crosses the date line: the two halves of a shape that was cut
// there have a Box from -180 to 180.
func Bound(g orb.Geometry) (geo.Box, bool) {
	b := geo.Box{West: math.Inf(1), South: math.Inf(1), East: math.Inf(-1), North: math.Inf(-1)}
	sound := positions(g, func(p orb.Point) bool {
		b = b.Union(geo.Box{West: p[0], South: p[1], East: p[0], North: p[1]})
		return finite(p)
	})
	if !sound || b.West > b.East {
		return geo.Box{}, false
	}
	return geo.NewBox(b.West, b.South, b.East, b.North), true
}

func finite(p orb.Point) bool {
	return !math.IsNaN(p[0]-p[0]) && !math.IsNaN(p[1]-p[1])
}
