package network

import (
	"cmp"
	"math"

	"github.com/paulmach/orb"
)

// spot is a place to 1e-7 degrees, 11 mm: two vertices at one spot are one
// junction. 180 degrees east is written as west, and a pole has no longitude.
type spot struct{ x, y int32 }

const perDegree = 1e7

func spotOf(p orb.Point) spot {
	x, y := math.Round(math.Remainder(p[0], 360)*perDegree), math.Round(p[1]*perDegree)
	if x >= 180*perDegree {
		x -= 360 * perDegree
	}
	if math.Abs(y) >= 90*perDegree {
		x = 0
	}
	return spot{int32(x), int32(y)}
}

func (s spot) point() orb.Point { return orb.Point{float64(s.x) / perDegree, float64(s.y) / perDegree} }

func (s spot) compare(o spot) int { return cmp.Or(cmp.Compare(s.x, o.x), cmp.Compare(s.y, o.y)) }

// courses are lines in one table of vertices.
type courses struct {
	at     []spot
	starts []uint32 // where in at each line begins, and the end of the last
}

// span returns where in at a line begins, and where the next does.
func (c *courses) span(line int32) (from, to uint32) { return c.starts[line], c.starts[line+1] }

func (c *courses) line(line int32) orb.LineString {
	from, to := c.span(line)
	out := make(orb.LineString, 0, to-from)
	for _, s := range c.at[from:to] {
		out = append(out, s.point())
	}
	return out
}

// lineAt returns the line that a vertex is of.
func (c *courses) lineAt(vertex uint32) int32 {
	lo, hi := 0, len(c.starts)-1
	for lo+1 < hi {
		if mid := (lo + hi) / 2; c.starts[mid] <= vertex {
			lo = mid
		} else {
			hi = mid
		}
	}
	return int32(lo)
}

// end closes the line whose vertices were appended last.
func (c *courses) end() { c.starts = append(c.starts, uint32(len(c.at))) }
