package network

import (
	"github.com/paulmach/orb"

	"bivouac/geo/measure"
)

// Place is a point on the roads.
type Place struct {
	Segment      int32
	Fraction     float64   // of the segment's length, along its line
	Point        orb.Point // on the road
	AccessMetres float64   // from what was asked to Point
}

// inside reports whether the place lies between the ends of its segment.
func (p *Place) inside() bool { return p.Fraction > 0 && p.Fraction < 1 }

// Snap returns the place on a road that is nearest to p, exactly, among the
// segments that are open (nil is all); false where none lies within the
// metres.
func (g *Graph) Snap(p orb.Point, within float64, open func(s int32) bool) (Place, bool) {
	t, ok := g.near.nearest(p, within, open)
	if !ok {
		return Place{}, false
	}
	return g.placeOf(t), true
}

// Within calls take with the nearest place of every segment that is not
// farther from p than the metres, in the order of the segments.
func (g *Graph) Within(p orb.Point, metres float64, take func(Place)) {
	g.near.within(p, metres, func(t touch) { take(g.placeOf(t)) })
}

func (g *Graph) placeOf(t touch) Place {
	from, to := g.span(t.line)
	behind := 0.0
	for v := from; v < t.vertex; v++ {
		behind += measure.Distance(g.at[v].point(), g.at[v+1].point())
	}
	behind += measure.Distance(g.at[t.vertex].point(), t.foot)
	fraction := min(1, behind/g.metres[t.line])
	switch { // an end is an end, whatever rounding says
	case t.foot == g.at[from].point() && t.vertex == from:
		fraction = 0
	case t.foot == g.at[to-1].point() && t.vertex+2 == to:
		fraction = 1
	}
	return Place{Segment: t.line, Fraction: fraction, Point: t.foot, AccessMetres: t.metres}
}

// PlaceAt returns the place of a node: an end of one of its segments. False
// for a node that only turn arcs meet.
func (g *Graph) PlaceAt(node int32) (Place, bool) {
	for arc, to := g.Leaving(node); arc < to; arc++ {
		if s, forward, ok := g.Segment(arc); ok {
			p := Place{Segment: s, Point: g.Point(node)}
			if !forward {
				p.Fraction = 1
			}
			return p, true
		}
	}
	return Place{}, false
}

// nodeAt returns the node at one end of a segment; of a junction that was
// taken apart, one of them.
func (g *Graph) nodeAt(s int32, last bool) int32 {
	if last {
		return g.heads[g.arcs[s][0]]
	}
	return g.tails[g.arcs[s][0]]
}

// junction returns the node of a place at an end of its segment, the first of
// them where it was taken apart; false for a place between.
func (g *Graph) junction(p Place) (int32, bool) {
	if p.inside() {
		return 0, false
	}
	return g.junctionAt(p.Segment, p.Fraction == 1), true
}

// ends returns the nodes of a junction at one end of a segment: those from
// which one leaves, or at which one arrives.
func (g *Graph) ends(s int32, last, leaving bool) []int32 {
	node := g.nodeAt(s, last)
	j, ok := g.ports[node]
	if !ok {
		return []int32{node}
	}
	var out []int32
	for i, port := range g.apart[j] {
		if (i%2 == 1) == leaving {
			out = append(out, port)
		}
	}
	return out
}
