package shape

import (
	"math"

	"bivouac/geo/measure"

	"github.com/paulmach/orb"
)

// Validate returns why g is not valid, and nil where it is (OGC 06-103r4,
// section 6.1): coordinates finite and within -180..180 and -90..90; a line
// has two different positions; a ring is closed, has four positions, encloses
// an area and meets itself nowhere; the rings of a polygon or of several never
// cross nor share an edge; holes lie in their shell and in no other hole, and
// leave its interior in one piece; shells do not overlap. Rings may touch in
// single places, and turn either way round. A line may cross itself, the parts of a
// collection may overlap, and positions may repeat.
//
// A polygon that crosses the date line and is not cut yet is judged as
// [SplitDateLine] reads it, so Validate can come first.
//
// Nil and whole shapes without a position are valid; a part without one is
// not. Crossings and touches are found exactly, by one sweep from west to east
// in O(n log n); of several faults one is
// told.
func Validate(g orb.Geometry) *Invalid {
	if bad := validPositions(g); bad != nil {
		return bad
	}
	return validate(g, nil)
}

// validPositions looks at the coordinates alone.
func validPositions(g orb.Geometry) (bad *Invalid) {
	positions(g, func(p orb.Point) bool {
		bad = validPosition(p)
		return bad == nil
	})
	if bad != nil && bad.Reason == OutOfRange && swappable(g) {
		return name(nil).invalid(Swapped, bad.At, swappedAxes)
	}
	return bad
}

func validPosition(p orb.Point) *Invalid {
	var where name
	switch {
	case !finite(p):
		return where.invalid(NotFinite, p, notFinite)
	case math.Abs(p[1]) > 90:
		return where.invalid(OutOfRange, p, latitudeOut, degrees(p[1]))
	case math.Abs(p[0]) > 180 && math.Abs(p[0]) <= 360:
		return where.invalid(OutOfRange, p, longitudeRound, degrees(p[0]), degrees(p[0]-math.Copysign(360, p[0])))
	case math.Abs(p[0]) > 180:
		return where.invalid(OutOfRange, p, longitudeOut, degrees(p[0]))
	}
	return nil
}

// swappable reports whether some latitude is out of range and none would be
// with the coordinates the other way round.
func swappable(g orb.Geometry) bool {
	over := false
	return positions(g, func(p orb.Point) bool {
		over = over || math.Abs(p[1]) > 90
		return math.Abs(p[0]) <= 90 && math.Abs(p[1]) <= 180
	}) && over
}

func validate(g orb.Geometry, in name) *Invalid {
	switch g := plain(g).(type) {
	case orb.LineString:
		if len(g) > 0 {
			return validLine(g, in)
		}
	case orb.MultiLineString:
		for i, line := range g {
			if bad := validLine(line, in.part(i)); bad != nil {
				return bad
			}
		}
	case orb.Polygon:
		if len(g) > 0 {
			return validPolygons(orb.MultiPolygon{g}, func(int) name { return in })
		}
	case orb.MultiPolygon:
		return validPolygons(g, in.part)
	case orb.Collection:
		return validParts(g, in)
	}
	return nil
}

func validParts(g orb.Collection, in name) *Invalid {
	for i, part := range g {
		if Empty(part) {
			return in.part(i).empty()
		}
		if bad := validate(part, in.part(i)); bad != nil {
			return bad
		}
	}
	return nil
}

func validLine(line orb.LineString, in name) *Invalid {
	if len(line) == 0 {
		return in.empty()
	}
	for _, p := range line {
		if p != line[0] {
			return nil
		}
	}
	if len(line) == 1 {
		return in.invalid(TooFew, line[0], onePosition)
	}
	return in.invalid(TooFew, line[0], samePosition)
}

// validPolygons looks at each ring, then at all of them together.
func validPolygons(list orb.MultiPolygon, part func(int) name) *Invalid {
	for i, p := range list {
		if len(p) == 0 {
			return part(i).empty()
		}
	}
	rings := ringsOf(list, part)
	for _, r := range rings {
		if bad := validRing(r.path, r.name); bad != nil {
			return bad
		}
	}
	for _, p := range list {
		if _, crosses := unrollRings(p); crosses {
			return validOverDateLine(list, rings)
		}
	}
	return validTogether(rings)
}

func ringsOf(list orb.MultiPolygon, part func(int) name) (rings []ring) {
	for i, p := range list {
		for j, r := range p {
			in := part(i)
			if len(p) > 1 {
				in = in.ring(j)
			}
			rings = append(rings, ring{name: in, shell: len(rings) - j, path: r})
		}
	}
	return rings
}

// validTogether looks at closed rings in the plane.
func validTogether(rings []ring) *Invalid {
	for _, r := range rings {
		if flat(r.path) {
			return r.name.invalid(ZeroArea, r.path[0], noArea)
		}
	}
	s := newSweep(rings)
	if bad := s.run(); bad != nil {
		return bad
	}
	if bad := s.nesting(); bad != nil {
		return bad
	}
	return s.connected()
}

// validOverDateLine looks at each ring on the unrolled plane, and at all of
// them as SplitDateLine cuts them.
func validOverDateLine(list orb.MultiPolygon, rings []ring) *Invalid {
	for _, r := range rings {
		u := unrollRing(r.path)
		if winding(u) == 0 && flat(plane(u)) {
			return r.name.invalid(ZeroArea, r.path[0], noArea)
		}
		if bad := newSweep([]ring{{path: plane(u)}}).run(); bad != nil {
			at := orb.Point{math.Remainder(bad.At[0], 360), bad.At[1]}
			return r.name.invalid(SelfCrossing, at, crossesItself)
		}
	}
	parts, cut := splitPolygons(nil, list)
	if !cut {
		return rings[0].name.invalid(ZeroArea, rings[0].path[0], noArea)
	}
	cutAt := func(int) name { return name{{in: onceCut}} }
	return validTogether(ringsOf(parts.(orb.MultiPolygon), cutAt))
}

func validRing(r orb.Ring, in name) *Invalid {
	switch {
	case len(r) == 0:
		return in.empty()
	case len(r) < 4:
		return in.invalid(TooFew, r[0], fewPositions, len(r))
	case r[0] != r[len(r)-1]:
		return in.invalid(NotClosed, r[len(r)-1], notClosed, degrees(r[0][0]), degrees(r[0][1]))
	}
	return nil
}

// flat reports whether all positions lie on one line.
func flat(r orb.Ring) bool {
	far := r[0]
	for _, p := range r {
		if far == r[0] {
			far = p
		}
		if measure.Turn(r[0], far, p) != 0 {
			return false
		}
	}
	return true
}
