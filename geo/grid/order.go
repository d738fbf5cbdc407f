package grid

import (
	"cmp"
	"slices"
)

// Compare orders cells by row, and by column within one.
func Compare(a, b Cell) int { return cmp.Or(cmp.Compare(a.R, b.R), cmp.Compare(a.Q, b.Q)) }

// nearestFirst orders steps by how far they lead, in whole numbers, so that
// equal ones are equal.
func (g *Grid) nearestFirst(steps []Cell) {
	slices.SortFunc(steps, func(a, b Cell) int {
		return cmp.Or(cmp.Compare(g.squared(a), g.squared(b)), Compare(a, b))
	})
}

// squared is the square of the distance that a step leads, in widths.
func (g *Grid) squared(c Cell) int64 {
	q, r := int64(c.Q), int64(c.R)
	if g.shape == Hexagon {
		return q*q + q*r + r*r
	}
	return q*q + r*r
}
