package network

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/index"
	"bivouac/geo/measure"
)

// neighbours finds the pieces of lines near a place.
type neighbours struct {
	*courses
	pieces []uint32 // the vertex at which a piece begins, by Hilbert key of the piece; with farSide for the eastern half of one over the date line
	tree   *index.Packed
}

const farSide = 1 << 31

func newNeighbours(c *courses) (*neighbours, error) {
	type keyed struct {
		key   uint64
		piece uint32
	}
	n := &neighbours{courses: c}
	list := make([]keyed, 0, len(c.at))
	for line := range len(c.starts) - 1 {
		from, to := c.span(int32(line))
		for v := from; v+1 < to; v++ {
			for _, piece := range n.halves(v) {
				lon, lat := n.box(piece).Centre()
				list = append(list, keyed{index.Hilbert(lon, lat), piece})
			}
		}
	}
	slices.SortFunc(list, func(a, b keyed) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.piece, b.piece)) })
	n.pieces = make([]uint32, len(list))
	for i := range list {
		n.pieces[i] = list[i].piece
	}
	var err error
	n.tree, err = index.Pack(len(list), func(row int) geo.Box { return n.box(n.pieces[row]) })
	return n, err
}

// halves returns the piece, or both of its halves where it goes over the date
// line.
func (n *neighbours) halves(v uint32) []uint32 {
	if wide(n.at[v], n.at[v+1]) {
		return []uint32{v, v | farSide}
	}
	return []uint32{v}
}

func wide(a, b spot) bool {
	apart := int64(a.x) - int64(b.x)
	return max(apart, -apart) > 180*perDegree
}

// box returns what holds the geodesic of a piece, which leaves the box of its
// ends towards the pole.
func (n *neighbours) box(piece uint32) geo.Box {
	v := piece &^ farSide
	a, b := n.at[v].point(), n.at[v+1].point()
	box := geo.Box{West: min(a[0], b[0]), South: min(a[1], b[1]), East: max(a[0], b[0]), North: max(a[1], b[1])}
	if wide(n.at[v], n.at[v+1]) {
		if piece != v { // what is east of the line, by its longitude the western edge of the map
			box.West, box.East = -180, box.West
		} else {
			box.West, box.East = box.East, 180
		}
		a[0], b[0] = 0, 360-max(a[0], b[0])+min(a[0], b[0])
	}
	grow := measure.EdgeBulge(a, b) / metresPerDegree
	if box.North >= 0 {
		box.North = min(90, box.North+grow)
	}
	if box.South < 0 {
		box.South = max(-90, box.South-grow)
	}
	return box
}

const metresPerDegree = 110e3 // of latitude, at the least

// touch is the point of a line nearest to a place.
type touch struct {
	line   int32
	vertex uint32 // of the piece
	foot   orb.Point
	metres float64
}

// before orders by distance; pieces at one distance by their place in the
// table, so that answers do not hang on the tree.
func (t *touch) before(o *touch) bool {
	if t.metres != o.metres {
		return t.metres < o.metres
	}
	return t.vertex < o.vertex
}

// touch returns the nearest point of a piece, false where that is farther than
// the metres.
func (n *neighbours) touch(piece uint32, p orb.Point, within float64) (touch, bool) {
	v := piece &^ farSide
	foot, metres, ok := measure.FootWithin(p, n.at[v].point(), n.at[v+1].point(), within)
	return touch{n.lineAt(v), v, foot, metres}, ok && metres <= within
}

// within calls take with the nearest point of every line that is not farther
// from p than the metres, in the order of the lines.
func (n *neighbours) within(p orb.Point, metres float64, take func(touch)) {
	o := measure.NewOrigin(p)
	reach := func(b geo.Box) bool { return o.Lower(b, metres) <= metres }
	var found []touch
	n.tree.Visit(0, func(node index.Node) index.Verdict {
		if reach(node.Box) {
			return index.Enter
		}
		return index.Skip
	}, func(from, to uint32, _ bool) bool {
		for _, piece := range n.pieces[from:to] {
			if reach(n.box(piece)) {
				if t, ok := n.touch(piece, p, metres); ok {
					found = append(found, t)
				}
			}
		}
		return true
	})
	slices.SortFunc(found, func(a, b touch) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.metres, b.metres), cmp.Compare(a.vertex, b.vertex))
	})
	for i := range found {
		if i == 0 || found[i].line != found[i-1].line {
			take(found[i])
		}
	}
}

// nearest returns the nearest point of a line that passes, false where none
// lies within the metres.
func (n *neighbours) nearest(p orb.Point, metres float64, passes func(line int32) bool) (touch, bool) {
	o := measure.NewOrigin(p)
	best, found := touch{metres: metres}, false
	type entry struct {
		lower float64
		node  index.Node
	}
	var open []entry // a heap would be no faster: few nodes are ever open
	push := func(node index.Node) bool {
		if lower := o.Lower(node.Box, best.metres); lower <= best.metres {
			open = append(open, entry{lower, node})
		}
		return true
	}
	n.tree.Roots(push)
	for len(open) > 0 {
		at := 0
		for i := range open {
			if open[i].lower < open[at].lower {
				at = i
			}
		}
		e := open[at]
		open[at] = open[len(open)-1]
		open = open[:len(open)-1]
		if e.lower > best.metres {
			break
		}
		if !e.node.Leaf() {
			n.tree.Children(e.node, push)
			continue
		}
		for _, piece := range n.pieces[e.node.From:e.node.To] {
			if o.Lower(n.box(piece), best.metres) > best.metres || passes != nil && !passes(n.lineAt(piece&^farSide)) {
				continue
			}
			if t, ok := n.touch(piece, p, best.metres); ok && (!found || t.before(&best)) {
				best, found = t, true
			}
		}
	}
	return best, found
}
