package shape

import (
	"math"

	"bivouac/geo"
	"bivouac/geo/measure"

	"github.com/paulmach/orb"
)

// edge is one edge of a prepared shape, its lower end first. part numbers the
// polygon that it bounds, from 1; the edges of lines, and points as edges
// without length, have 0.
type edge struct {
	low, high orb.Point
	part      int32
}

// collector gathers the edges of a shape, in order of part.
type collector struct {
	edges []edge
	seeds []orb.Point
	part  int32
}

func (c *collector) add(atom orb.Geometry) {
	switch g := atom.(type) {
	case orb.Point:
		c.addPath([]orb.Point{g, g}, 0)
	case orb.LineString:
		c.addPath(g, 0)
	case orb.Polygon:
		c.part++
		for _, r := range g {
			if len(r) > 0 {
				c.addPath(r, c.part)
				c.addEdge(r[len(r)-1], r[0], c.part)
			}
		}
	}
}

func (c *collector) addPath(path []orb.Point, part int32) {
	c.seeds = append(c.seeds, path[0])
	before := len(c.edges)
	for i := 1; i < len(path); i++ {
		c.addEdge(path[i-1], path[i], part)
	}
	if len(c.edges) == before {
		c.edges = append(c.edges, edge{path[0], path[0], part})
	}
}

func (c *collector) addEdge(a, b orb.Point, part int32) {
	if a[1] > b[1] {
		a, b = b, a
	}
	if a != b {
		c.edges = append(c.edges, edge{a, b, part})
	}
}

// bands holds edges by bands of latitude: an edge stands in every band that it
// reaches into. A question about one latitude reads one band.
type bands struct {
	south, perDegree float64
	last             int
	starts           []int32 // of band i: edges[starts[i]:starts[i+1]], in order of part
	edges            []edge
}

// copiesAllowed bounds how many times over the bands may hold the edges. Tall
// edges stand in many bands; where they abound the bands are fewer.
const copiesAllowed = 6

// newBands sorts edges, which are in order of part, into about as many bands
// as there are edges.
func newBands(edges []edge, box geo.Box) bands {
	b := bands{south: box.South}
	for n := min(len(edges), 1<<16); ; n /= 2 {
		b.last, b.perDegree = n-1, float64(n)/(box.North-box.South)
		if n <= 1 || math.IsInf(b.perDegree, 0) {
			b.last, b.perDegree = 0, 0
		}
		if b.last == 0 || b.copies(edges) <= copiesAllowed*len(edges) {
			b.fill(edges)
			return b
		}
	}
}

// band returns the band of a latitude. It never falls as y grows, rounding
// included, so an edge stands in the band of every latitude that it has.
func (b *bands) band(y float64) int {
	return min(b.last, max(0, int((y-b.south)*b.perDegree)))
}

func (b *bands) copies(edges []edge) (n int) {
	for _, e := range edges {
		n += 1 + b.band(e.high[1]) - b.band(e.low[1])
	}
	return n
}

func (b *bands) fill(edges []edge) {
	b.starts = make([]int32, b.last+2)
	for _, e := range edges {
		for i := b.band(e.low[1]); i <= b.band(e.high[1]); i++ {
			b.starts[i+1]++
		}
	}
	for i := range b.last + 1 {
		b.starts[i+1] += b.starts[i]
	}
	b.edges = make([]edge, b.starts[b.last+1])
	next := append([]int32(nil), b.starts...)
	for _, e := range edges {
		for i := b.band(e.low[1]); i <= b.band(e.high[1]); i++ {
			b.edges[next[i]] = e
			next[i]++
		}
	}
}

// has counts, for each polygon, the edges that a ray to the east crosses. An
// edge owns its lower end and not its upper one, so that a ray through a
// vertex counts it once, or twice at a tip.
func (b *bands) has(p orb.Point) bool {
	i := b.band(p[1])
	list := b.edges[b.starts[i]:b.starts[i+1]]
	odd, part := false, int32(0)
	for k := range list {
		e := &list[k]
		if e.part != part {
			if odd {
				return true
			}
			part = e.part
		}
		if p[1] < e.low[1] || p[1] > e.high[1] || p[0] > e.low[0] && p[0] > e.high[0] {
			continue
		}
		side := 1
		if p[0] >= e.low[0] || p[0] >= e.high[0] {
			side = measure.Turn(e.low, e.high, p)
			if side == 0 && spans(e.low[0], e.high[0], p[0]) {
				return true
			}
		}
		if side > 0 && p[1] < e.high[1] && part > 0 {
			odd = !odd
		}
	}
	return odd
}

// meetsBox reports whether an edge meets the box.
func (b *bands) meetsBox(box geo.Box) bool {
	for _, e := range b.between(box.South, box.North) {
		if meetsBox(e.low, e.high, box) {
			return true
		}
	}
	return false
}

// meetsEdge reports whether an edge meets the one from p to q.
func (b *bands) meetsEdge(p, q orb.Point) bool {
	for _, e := range b.between(min(p[1], q[1]), max(p[1], q[1])) {
		if measure.SegmentsMeet(e.low, e.high, p, q) {
			return true
		}
	}
	return false
}

// between returns the edges of all bands from one latitude to another, tall
// ones more than once.
func (b *bands) between(south, north float64) []edge {
	return b.edges[b.starts[b.band(south)]:b.starts[b.band(north)+1]]
}
