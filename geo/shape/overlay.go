package shape

import (
	"fmt"
	"math"

	"bivouac/geo"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"
)

// Difference returns the places of a that are not in b, and nil where there
// are none. Both must be valid areas, cut at the date line; edges are straight
// in longitude and latitude.
//
// It is simplefeatures' set operation of two shapes behind a guard: the areas
// of a, b, their union and their intersection must add up to a part in a
// million, |a| + |b| = |a or b| + |a and b| and |a| = |a and b| + |a less b|,
// else the answer is an error and never a wrong shape. The error is a
// *geo.Error where a shape is not valid.
func Difference(a, b orb.Geometry) (orb.MultiPolygon, error) {
	_, less, err := cut(a, b)
	return less, err
}

// Intersection returns the places of a that are in b too, and nil where there
// are none; it is as [Difference] is.
func Intersection(a, b orb.Geometry) (orb.MultiPolygon, error) {
	and, _, err := cut(a, b)
	return and, err
}

// cut returns what of a lies in b, and what does not.
func cut(a, b orb.Geometry) (and, less orb.MultiPolygon, err error) {
	for _, g := range []orb.Geometry{a, b} {
		if bad := Validate(g); bad != nil {
			return nil, nil, geo.Errorf(geo.Invalid, "geometry", "shape: %s; correct the shape to cut it", bad)
		}
	}
	x, y := toSimple(a), toSimple(b)
	var made [3]geom.Geometry
	for i, op := range []func(a, b geom.Geometry) (geom.Geometry, error){geom.Union, geom.Intersection, geom.Difference} {
		if made[i], err = overlay(op, x, y); err != nil {
			return nil, nil, err
		}
	}
	if both := made[1].Area(); !addUp(x.Area()+y.Area(), made[0].Area()+both) || !addUp(x.Area(), both+made[2].Area()) {
		return nil, nil, fmt.Errorf("shape: the areas of two shapes and of what they share do not add up")
	}
	return areasOf(made[1]), areasOf(made[2]), nil
}

// guardTolerance is the part in which areas must add up.
const guardTolerance = 1e-6

func addUp(a, b float64) bool { return math.Abs(a-b) <= guardTolerance*math.Max(a, b) }

// overlay runs one set operation; its panics become errors, as in relateSimple.
func overlay(op func(a, b geom.Geometry) (geom.Geometry, error), a, b geom.Geometry) (out geom.Geometry, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("shape: laying one shape over another failed: %v", r)
		}
	}()
	return op(a, b)
}

// areasOf returns the polygons of a result, wound as RFC 7946 has it.
func areasOf(g geom.Geometry) (out orb.MultiPolygon) {
	for _, part := range g.Dump() {
		if p, ok := part.AsPolygon(); ok && !p.IsEmpty() {
			out = append(out, fromSimple(p))
		}
	}
	orient(out)
	return out
}

func fromSimple(p geom.Polygon) orb.Polygon {
	out := orb.Polygon{simpleRing(p.ExteriorRing())}
	for i := range p.NumInteriorRings() {
		out = append(out, simpleRing(p.InteriorRingN(i)))
	}
	return out
}

func simpleRing(l geom.LineString) orb.Ring {
	seq := l.Coordinates()
	out := make(orb.Ring, seq.Length())
	for i := range out {
		xy := seq.GetXY(i)
		out[i] = orb.Point{xy.X, xy.Y}
	}
	return out
}
