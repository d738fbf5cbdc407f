package measure

import (
	"github.com/paulmach/orb"

	"bivouac/geo"
)

// area is a polygon with straight edges.
type area struct {
	box   geo.Box
	rings []chain
}

// newArea prepares the rings that are not empty.
func newArea(g orb.Polygon) area {
	var a area
	for _, r := range g {
		if len(r) == 0 {
			continue
		}
		c := newChain(r, true)
		box := *c.box(c.top())
		if len(a.rings) > 0 {
			box = box.Union(a.box)
		}
		a.box, a.rings = box, append(a.rings, c)
	}
	return a
}

// covers reports whether the area holds the point, as [Inside] does.
func (a *area) covers(p orb.Point) bool {
	if !a.box.Has(p[0], p[1]) {
		return false
	}
	odd := false
	for i := range a.rings {
		switch a.rings[i].side(p, a.rings[i].top()) {
		case boundary:
			return true
		case inside:
			odd = !odd
		}
	}
	return odd
}

// cover returns inside when the area holds the whole box, boundary when it
// holds a part of it, outside when it holds none.
func (a *area) cover(b geo.Box) side {
	if !a.box.Meets(b) {
		return outside
	}
	for i := range a.rings {
		if a.rings[i].meetsBox(b, a.rings[i].top()) {
			return boundary
		}
	}
	lon, lat := b.Centre()
	if a.covers([2]float64{lon, lat}) {
		return inside
	}
	return outside
}
