package grid

import (
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo/shape"
)

// corner is a corner of a cell on a lattice that all cells share, so that
// neighbours have the same corners to the last bit: for hexagons in halves of
// the width and thirds of the rise, for squares in widths.
type corner struct{ x, y int64 }

// bend is how far a side may leave the one that is straight in the plane, as a
// part of the width, before it gets a point more.
const bend = 0.002

// deepest is how often a side is halved at most.
const deepest = 6

// Shape returns the outline of the cell for the map, cut where it crosses the
// date line: a polygon, or a multipolygon of its parts. Sides that would leave
// the cell's by more than a five-hundredth of its width get more points;
// those of neighbours have the same.
func (g *Grid) Shape(c Cell) orb.Geometry {
	corners := g.corners(c)
	ring := make(orb.Ring, 0, len(corners)+1)
	for i, from := range corners {
		ring = g.side(ring, from, corners[(i+1)%len(corners)])
	}
	ring = append(ring, ring[0])
	cut, _ := shape.SplitDateLine(orb.Polygon{ring})
	return cut
}

// corners go round counter-clockwise.
func (g *Grid) corners(c Cell) []corner {
	q, r := int64(c.Q), int64(c.R)
	if g.shape == Square {
		return []corner{{q, r}, {q + 1, r}, {q + 1, r + 1}, {q, r + 1}}
	}
	x, y := 2*q+r, 3*r
	return []corner{{x + 1, y - 1}, {x + 1, y + 1}, {x, y + 2}, {x - 1, y + 1}, {x - 1, y - 1}, {x, y - 2}}
}

func (g *Grid) position(c corner) (x, y float64) {
	if g.shape == Square {
		return float64(c.x) * g.width, float64(c.y) * g.width
	}
	return float64(c.x) * (g.width / 2), float64(c.y) * (g.rise() / 3)
}

// side appends the points from a to b, without b. They are found from the
// same end for both cells that share the side.
func (g *Grid) side(ring orb.Ring, a, b corner) orb.Ring {
	turned := b.y < a.y || b.y == a.y && b.x < a.x
	if turned {
		a, b = b, a
	}
	ax, ay := g.position(a)
	bx, by := g.position(b)
	ends := [2]orb.Point{g.plane.Inverse(ax, ay), g.plane.Inverse(bx, by)}
	between := g.halve(nil, [4]float64{ax, ay, bx, by}, ends, deepest)
	if !turned {
		return append(append(ring, ends[0]), between...)
	}
	ring = append(ring, ends[1])
	for i := len(between) - 1; i >= 0; i-- {
		ring = append(ring, between[i])
	}
	return ring
}

// halve appends points between the two ends of a line in the plane, as many as
// it needs to be straight on the map.
func (g *Grid) halve(dst []orb.Point, line [4]float64, ends [2]orb.Point, depth int) []orb.Point {
	mx, my := (line[0]+line[2])/2, (line[1]+line[3])/2
	x, y := g.plane.Forward(midway(ends[0], ends[1]))
	if depth == 0 || math.Hypot(x-mx, y-my) <= bend*g.width {
		return dst
	}
	middle := g.plane.Inverse(mx, my)
	dst = g.halve(dst, [4]float64{line[0], line[1], mx, my}, [2]orb.Point{ends[0], middle}, depth-1)
	dst = append(dst, middle)
	return g.halve(dst, [4]float64{mx, my, line[2], line[3]}, [2]orb.Point{middle, ends[1]}, depth-1)
}

// midway is the middle of the straight line on the map, the short way round.
func midway(a, b orb.Point) orb.Point {
	return orb.Point{a[0] + math.Remainder(b[0]-a[0], 360)/2, (a[1] + b[1]) / 2}
}
