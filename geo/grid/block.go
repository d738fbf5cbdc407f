package grid

import (
	"context"
	"math"
)

// blocks divides the cells about an area again and again in halves, and clips
// the area to each half, until a half is empty, full or a single cell: the
// work is with the cells on the edge of the area, not with those inside.
type blocks struct {
	grid  *Grid
	ctx   context.Context
	least float64 // less of a cell than this is nothing
	cells []part
}

// part is what of a cell lies in the area.
type part struct {
	cell Cell
	area float64
}

// block is a range of columns and rows, both half-open. A column of hexagons
// goes up in a zigzag, half a width to the east in odd rows.
type block struct{ west, south, east, north int32 }

// around is the block that holds all cells that the rings meet.
func (b *blocks) around(r rings) block {
	box := r.bound()
	w, rise := b.grid.width, b.grid.rise()
	return block{
		int32(math.Floor(box.west/w)) - 1, int32(math.Floor(box.south/rise)) - 1,
		int32(math.Ceil(box.east/w)) + 2, int32(math.Ceil(box.north/rise)) + 2,
	}
}

// box is what holds all cells of the block, and nothing more where they are
// squares.
func (b *blocks) box(k block) box {
	w, rise := b.grid.width, b.grid.rise()
	if b.grid.shape == Square {
		return box{float64(k.west) * w, float64(k.south) * w, float64(k.east) * w, float64(k.north) * w}
	}
	reach := rise * 2 / 3 // from the middle to a corner
	return box{
		(float64(k.west) - 0.5) * w, float64(k.south)*rise - reach,
		float64(k.east) * w, float64(k.north-1)*rise + reach,
	}
}

// cellAt names the cell of a column and row.
func (b *blocks) cellAt(column, row int32) Cell {
	if b.grid.shape == Square {
		return Cell{column, row}
	}
	return Cell{column - row>>1, row}
}

// divide takes the cells of the block that the rings, which were clipped to
// what is about it, meet. It ends early when there are more than the limit.
func (b *blocks) divide(k block, r rings) error {
	if err := b.ctx.Err(); err != nil {
		return err
	}
	if len(b.cells) > Limit {
		return nil
	}
	box := b.box(k)
	r = r.clip(box)
	area := r.area()
	width, height := k.east-k.west, k.north-k.south
	switch {
	case area < b.least:
		return nil
	case area > box.area()-b.least:
		b.fill(k)
		return nil
	case width == 1 && height == 1:
		b.single(b.cellAt(k.west, k.south), r)
		return nil
	}
	first, second := k, k
	if width >= height {
		first.east = k.west + width/2
		second.west = first.east
	} else {
		first.north = k.south + height/2
		second.south = first.north
	}
	if err := b.divide(first, r); err != nil {
		return err
	}
	return b.divide(second, r)
}

func (b *blocks) fill(k block) {
	for row := k.south; row < k.north; row++ {
		for column := k.west; column < k.east; column++ {
			b.cells = append(b.cells, part{b.cellAt(column, row), b.grid.Area()})
		}
	}
}

func (b *blocks) single(c Cell, r rings) {
	if b.grid.shape == Hexagon {
		r = r.clipTo(b.grid.outline(c))
	}
	if area := min(r.area(), b.grid.Area()); area >= b.least {
		b.cells = append(b.cells, part{c, area})
	}
}

// outline is the corners of the cell in the plane, counter-clockwise.
func (g *Grid) outline(c Cell) []spot {
	var out []spot
	for _, k := range g.corners(c) {
		x, y := g.position(k)
		out = append(out, spot{x, y})
	}
	return out
}
