package measure

import (
	"github.com/paulmach/orb"

	"bivouac/geo"
)

// Target is a geometry of any type, prepared for distances from it. It never
// changes and may be shared.
//
// Edges are geodesics, cut into pieces under a tree of balls; a distance is
// found by branch and bound on straight chords through the ellipsoid and
// decided by the geodesic to the foot on the nearest piece, to 0.1 mm at
// worst, and exactly (as [Distance]) where the foot is a vertex. What lies in
// a polygon, as [Inside] says, is at no distance.
//
// Since polygons are filled with straight edges but measured to geodesic
// ones, a point between the two at a long edge is either inside, at distance
// 0, or outside and nearer to or farther from the geodesic than from the
// straight line that a map shows. The two are L^2 tan(latitude)/8R apart: 2.5 m
// for an edge of 15 km at 30 degrees, 14 km for one of 1,000 km at 35. Where
// that matters, add vertices before.
//
// Lines may cross the date line; polygons may not (split them first). An edge
// wider than half a turn is the geodesic the short way round.
type Target struct {
	origin Origin // of a single point
	single bool
	tree   tree
	areas  []area
	loose  []chain // the lines and points, for crossings
}

// NewTarget prepares the geometry. One that is nil or empty, or has a
// coordinate that is not finite or a latitude beyond a pole, is an error.
func NewTarget(g orb.Geometry) (*Target, error) {
	if p, ok := g.(orb.Point); ok {
		if err := check([]orb.Point{p}); err != nil {
			return nil, err
		}
		return &Target{single: true, origin: NewOrigin(p)}, nil
	}
	var b builder
	if err := b.add(g); err != nil {
		return nil, err
	}
	if len(b.pieces) == 0 {
		return nil, geo.Errorf(geo.Invalid, "geometry", "measure: the geometry is empty, so nothing has a distance from it; give at least one point")
	}
	if len(b.pieces) == 1 && b.pieces[0].a == b.pieces[0].b && len(b.areas) == 0 {
		return &Target{single: true, origin: NewOrigin(b.vertices[0].at)}, nil
	}
	return &Target{areas: b.areas, loose: b.loose, tree: newTree(b.vertices, b.pieces)}, nil
}

// Distance returns the metres from the nearest point of the target to p: 0 in
// a polygon, NaN when p is no place on the globe.
func (t *Target) Distance(p orb.Point) float64 {
	if t.single {
		return t.origin.Distance(p)
	}
	_, metres := t.Nearest(p)
	return metres
}

// Nearest returns the point of the target nearest to p, which is p itself in
// a polygon, and the metres to it, which are [Distance] of the two.
func (t *Target) Nearest(p orb.Point) (orb.Point, float64) {
	if t.single {
		return t.origin.Point(), t.origin.Distance(p)
	}
	if t.Covers(p) {
		return p, 0
	}
	q := newSought(p)
	return t.tree.nearest(&q)
}

// DistanceBearing returns the metres from the nearest point of the target to
// p and the direction in which the geodesic leaves that point towards p, in
// degrees clockwise from north, in [0, 360); 0 and 0 in a polygon.
func (t *Target) DistanceBearing(p orb.Point) (metres, bearing float64) {
	if t.single {
		return t.origin.DistanceBearing(p)
	}
	foot, _ := t.Nearest(p)
	metres, bearing, _ = Inverse(foot, p)
	return metres, bearing
}

// Covers reports whether p lies in an area of the target, as [Inside] does.
func (t *Target) Covers(p orb.Point) bool {
	for i := range t.areas {
		if t.areas[i].covers(p) {
			return true
		}
	}
	return false
}

// Within reports whether Distance(p) is at most the radius. It is decided by
// chords, and by the geodesic only near the rim.
func (t *Target) Within(p orb.Point, radiusMetres float64) bool {
	if t.single {
		return t.origin.Distance(p) <= radiusMetres
	}
	if !(radiusMetres >= 0) || !onGlobe(p) {
		return false
	}
	if t.Covers(p) {
		return true
	}
	q := newSought(p)
	return t.tree.within(&q, radiusMetres)
}
