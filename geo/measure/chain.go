package measure

import (
	"github.com/paulmach/orb"

	"bivouac/geo"
)

// chain is a line or a closed ring with straight edges in longitude and
// latitude, under a tree of boxes. Runs of eight edges have a box, and so have
// runs of four boxes, up to one.
type chain struct {
	points []orb.Point
	levels [][]geo.Box
}

const (
	edgesPerBox = 8
	boxesPerBox = 4
)

// newChain prepares at least one point. A ring is closed.
func newChain(points []orb.Point, ring bool) chain {
	if ring && points[0] != points[len(points)-1] {
		points = append(points[:len(points):len(points)], points[0])
	}
	c := chain{points: points}
	var level []geo.Box
	for from := 0; from == 0 || from < len(points)-1; from += edgesPerBox {
		level = append(level, boxOf(points[from:min(from+edgesPerBox+1, len(points))]))
	}
	c.levels = append(c.levels, level)
	for len(level) > 1 {
		var up []geo.Box
		for from := 0; from < len(level); from += boxesPerBox {
			b := level[from]
			for _, o := range level[from+1 : min(from+boxesPerBox, len(level))] {
				b = b.Union(o)
			}
			up = append(up, b)
		}
		c.levels = append(c.levels, up)
		level = up
	}
	return c
}

func boxOf(points []orb.Point) geo.Box {
	b := geo.Box{West: points[0][0], South: points[0][1], East: points[0][0], North: points[0][1]}
	for _, p := range points[1:] {
		b.West, b.East = min(b.West, p[0]), max(b.East, p[0])
		b.South, b.North = min(b.South, p[1]), max(b.North, p[1])
	}
	return b
}

// node names a run of edges: box i of a level.
type node struct{ level, i int }

func (c *chain) top() node           { return node{len(c.levels) - 1, 0} }
func (c *chain) box(n node) *geo.Box { return &c.levels[n.level][n.i] }

// edges returns the run as its points, one more than its edges.
func (c *chain) edges(n node) []orb.Point {
	from, per := n.i, edgesPerBox
	for range n.level {
		per *= boxesPerBox
	}
	from *= per
	return c.points[from:min(from+per+1, len(c.points))]
}

// below returns the level under the node and the range of its boxes there.
func (c *chain) below(n node) (level, from, to int) {
	from = n.i * boxesPerBox
	return n.level - 1, from, min(from+boxesPerBox, len(c.levels[n.level-1]))
}

// side is [ringSide], skipping what the ray cannot cross. A run wholly to the
// east is crossed an odd number of times just when its ends lie on either
// side of the ray.
func (c *chain) side(p orb.Point, n node) side {
	b := c.box(n)
	if p[1] < b.South || p[1] > b.North || p[0] > b.East {
		return outside
	}
	if p[0] < b.West {
		e := c.edges(n)
		if (e[0][1] > p[1]) != (e[len(e)-1][1] > p[1]) {
			return inside
		}
		return outside
	}
	odd := false
	if n.level == 0 {
		e := c.edges(n)
		if len(e) == 1 { // the box holds it
			return boundary
		}
		for i := 1; i < len(e); i++ {
			switch edgeSide(p, e[i-1], e[i]) {
			case boundary:
				return boundary
			case inside:
				odd = !odd
			}
		}
	} else {
		level, from, to := c.below(n)
		for i := from; i < to; i++ {
			switch c.side(p, node{level, i}) {
			case boundary:
				return boundary
			case inside:
				odd = !odd
			}
		}
	}
	if odd {
		return inside
	}
	return outside
}

// meetsBox reports whether an edge shares a point with the box.
func (c *chain) meetsBox(b geo.Box, n node) bool {
	if !c.box(n).Meets(b) {
		return false
	}
	if n.level == 0 {
		e := c.edges(n)
		for i := 1; i < len(e); i++ {
			if segmentMeetsBox(e[i-1], e[i], b) {
				return true
			}
		}
		return len(e) == 1
	}
	level, from, to := c.below(n)
	for i := from; i < to; i++ {
		if c.meetsBox(b, node{level, i}) {
			return true
		}
	}
	return false
}

func segmentMeetsBox(p, q orb.Point, b geo.Box) bool {
	if max(p[0], q[0]) < b.West || min(p[0], q[0]) > b.East || max(p[1], q[1]) < b.South || min(p[1], q[1]) > b.North {
		return false
	}
	first := Turn(p, q, orb.Point{b.West, b.South})
	return first == 0 ||
		first != Turn(p, q, orb.Point{b.East, b.South}) ||
		first != Turn(p, q, orb.Point{b.West, b.North}) ||
		first != Turn(p, q, orb.Point{b.East, b.North})
}

// meets reports whether an edge of c shares a point with an edge of o. Edges
// wider than half a turn are passed over: as geodesics they go the other way
// round.
func (c *chain) meets(n node, o *chain, m node) bool {
	if !c.box(n).Meets(*o.box(m)) {
		return false
	}
	if n.level == 0 && m.level == 0 {
		return runsMeet(c.edges(n), o.edges(m))
	}
	if n.level < m.level {
		level, from, to := o.below(m)
		for i := from; i < to; i++ {
			if c.meets(n, o, node{level, i}) {
				return true
			}
		}
		return false
	}
	level, from, to := c.below(n)
	for i := from; i < to; i++ {
		if c.meets(node{level, i}, o, m) {
			return true
		}
	}
	return false
}

func runsMeet(e, f []orb.Point) bool {
	for i := 0; i == 0 || i < len(e)-1; i++ {
		a, b := e[i], e[min(i+1, len(e)-1)]
		if b[0]-a[0] > 180 || a[0]-b[0] > 180 {
			continue
		}
		for j := 0; j == 0 || j < len(f)-1; j++ {
			c, d := f[j], f[min(j+1, len(f)-1)]
			if d[0]-c[0] <= 180 && c[0]-d[0] <= 180 && SegmentsMeet(a, b, c, d) {
				return true
			}
		}
	}
	return false
}
