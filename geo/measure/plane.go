package measure

import (
	"math"

	"github.com/paulmach/orb"
)

// PlaneArea returns the square metres of the geometry's polygons with edges
// that are straight in longitude and latitude, as they are drawn on the map:
// [Area] is that of geodesic edges, which long edges leave by kilometres.
// Holes are taken off, parts added up, whichever way they are wound; shapes
// that cross the date line must be cut there. Other types have none.
func PlaneArea(g orb.Geometry) (total float64) {
	switch g := g.(type) {
	case orb.Polygon:
		for i, r := range g {
			if area := math.Abs(planeRing(r)); i == 0 {
				total = area
			} else {
				total -= area
			}
		}
	case orb.MultiPolygon:
		for _, p := range g {
			total += PlaneArea(p)
		}
	}
	return total
}

func planeRing(r orb.Ring) float64 {
	if len(r) == 0 {
		return 0
	}
	var sum compensated
	from := r[len(r)-1]
	for _, p := range r {
		sum.add(underStraight(from, p, p[0]-from[0]))
		from = p
	}
	return sum.value()
}

// Straight goes from a to b on the line that is straight in longitude and
// latitude, the short way round; see [Enclosure.Leg].
func (e *Enclosure) Straight(a, b orb.Point) {
	by, _ := lonDiff(a[0], b[0])
	e.sum.add(-underStraight(a, b, by))
	e.turns += crossing(a[0], b[0])
}

// straightStep is the longest line, in degrees, that one rule of three nodes
// is used on.
const straightStep = 2.0

// underStraight is the area between the straight line and the equator, by the
// Gauss-Legendre rule of three nodes.
func underStraight(a, b orb.Point, lonBy float64) float64 {
	n := max(1, math.Ceil(max(math.Abs(lonBy), math.Abs(b[1]-a[1]))/straightStep))
	if lonBy == 0 {
		return 0
	}
	if a[1] == b[1] {
		return ToEquator(a[1]) * lonBy * degree
	}
	sum, step := 0.0, (b[1]-a[1])/n
	for i := range int(n) {
		mid := a[1] + (float64(i)+0.5)*step
		off := nodeAt * step / 2
		sum += midWeight*ToEquator(mid) + nodeWeight*(ToEquator(mid-off)+ToEquator(mid+off))
	}
	return sum / n * lonBy * degree
}
