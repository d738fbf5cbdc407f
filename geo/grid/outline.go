package grid

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo/shape"
)

// Outline returns the area of hexagons together, nil for none: outer rings
// counter-clockwise, holes clockwise, cut at the date line as [Grid.Shape] is.
// Cells that are given twice count once. It is for hexagons, of which no two
// meet in a corner alone, so that each ring is plain.
func (g *Grid) Outline(cells []Cell) orb.Geometry {
	next := g.rim(cells)
	var outer, holes [][]corner
	for _, from := range sortedCorners(next) {
		var ring []corner
		for at, ok := from, true; ok; {
			to, on := next[at]
			if !on {
				break
			}
			ring = append(ring, at)
			delete(next, at)
			at, ok = to, to != from
		}
		switch {
		case len(ring) == 0:
		case g.turns(ring) > 0:
			outer = append(outer, ring)
		default:
			holes = append(holes, ring)
		}
	}
	polygons := make(orb.MultiPolygon, len(outer))
	for i := range outer {
		polygons[i] = orb.Polygon{g.closed(outer[i])}
	}
	for _, h := range holes {
		if i := g.holder(outer, h); i >= 0 {
			polygons[i] = append(polygons[i], g.closed(h))
		}
	}
	if len(polygons) == 0 {
		return nil
	}
	cut, _ := shape.SplitDateLine(polygons)
	return cut
}

// rim is the sides that only one of the cells has, from corner to corner.
func (g *Grid) rim(cells []Cell) map[corner]corner {
	sides, seen := map[[2]corner]bool{}, map[Cell]bool{}
	for _, c := range cells {
		if seen[c] {
			continue
		}
		seen[c] = true
		corners := g.corners(c)
		for i, from := range corners {
			to := corners[(i+1)%len(corners)]
			if back := [2]corner{to, from}; sides[back] {
				delete(sides, back)
			} else {
				sides[[2]corner{from, to}] = true
			}
		}
	}
	next := make(map[corner]corner, len(sides))
	for s := range sides {
		next[s[0]] = s[1]
	}
	return next
}

func sortedCorners(next map[corner]corner) []corner {
	out := make([]corner, 0, len(next))
	for c := range next {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b corner) int {
		if a.y != b.y {
			return int(a.y - b.y)
		}
		return int(a.x - b.x)
	})
	return out
}

// turns is twice the area of a ring in the plane, less than 0 for one that goes
// round clockwise.
func (g *Grid) turns(ring []corner) (twice float64) {
	for i, a := range ring {
		ax, ay := g.position(a)
		bx, by := g.position(ring[(i+1)%len(ring)])
		twice += ax*by - bx*ay
	}
	return twice
}

func (g *Grid) closed(ring []corner) orb.Ring {
	out := make(orb.Ring, 0, len(ring)+1)
	for i, from := range ring {
		out = g.side(out, from, ring[(i+1)%len(ring)])
	}
	return append(out, out[0])
}

// holder is the smallest of the outer rings that a hole lies in.
func (g *Grid) holder(outer [][]corner, hole []corner) int {
	best, least := -1, math.Inf(1)
	x, y := g.position(hole[0])
	for i, ring := range outer {
		inside := false
		for k, a := range ring {
			ax, ay := g.position(a)
			bx, by := g.position(ring[(k+1)%len(ring)])
			if (ay > y) != (by > y) && x < ax+(y-ay)/(by-ay)*(bx-ax) {
				inside = !inside
			}
		}
		if area := g.turns(ring); inside && area < least {
			best, least = i, area
		}
	}
	return best
}
