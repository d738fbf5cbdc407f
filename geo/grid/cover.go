package grid

import (
	"context"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// Cover is the cells that an answer has, in order of [Compare].
type Cover struct {
	Grid   *Grid
	Cells  []Cell
	Inside []float64 // square metres of each that lie in the study area

	table *table
}

// Limit is how many cells an answer has at most.
const Limit = 1_000_000

// Cover returns the cells that meet the study area, an area of one or many
// polygons with edges that are straight in longitude and latitude. One that
// shares less than a millionth of a cell is not met. Parts that overlap count
// once in every cell that one of them fills.
//
// Its errors are ctx's, and *geo.Error on the named inputs where the area is
// none, reaches too far round the earth for one plane, or holds more cells
// than [Limit].
func (g *Grid) Cover(ctx context.Context, area orb.Geometry, areaInput, sizeInput string) (*Cover, error) {
	rings, err := g.project(area, areaInput)
	if err != nil {
		return nil, err
	}
	if total := rings.area(); total > Limit*g.Area() {
		return nil, g.tooMany(total, sizeInput)
	}
	b := &blocks{grid: g, ctx: ctx, least: 1e-6 * g.Area()}
	if err := b.divide(b.around(rings), rings); err != nil {
		return nil, err
	}
	if len(b.cells) == 0 {
		return nil, geo.Errorf(geo.Invalid, areaInput, "holds no cell: it has no area")
	}
	if len(b.cells) > Limit {
		return nil, g.tooMany(float64(len(b.cells))*g.Area(), sizeInput)
	}
	return b.cover(), nil
}

func (g *Grid) tooMany(area float64, input string) error {
	n, least := area/g.Area(), 1.05*WidthOf(g.shape, area/Limit)
	return geo.Errorf(geo.Invalid, input,
		"cells of %s m would be about %s, more than the %s that are taken; cells of %s m or wider would do, or a smaller area",
		figures(g.width), figures(n), figures(Limit), figures(roundUp(least)))
}

// TooManyToDraw is the error of an answer that would draw n of the cells, of
// which at most so many are drawn.
func (c *Cover) TooManyToDraw(n, most int) error {
	would := roundUp(c.Grid.width * math.Sqrt(float64(n)/float64(most)))
	return geo.Errorf(geo.TooLarge, WidthInput, "%d cells are more than the %d that are drawn; wider cells, of %s m, would do", n, most, figures(would))
}

// cover puts the cells into order.
func (b *blocks) cover() *Cover {
	slices.SortFunc(b.cells, func(x, y part) int { return Compare(x.cell, y.cell) })
	c := &Cover{Grid: b.grid, table: newTable(len(b.cells))}
	for i, p := range b.cells {
		c.Cells, c.Inside = append(c.Cells, p.cell), append(c.Inside, p.area)
		c.table.put(p.cell, i)
	}
	return c
}

// Occupied returns the cells that hold one of the points, whole, and the
// number of the cell of each point.
func (g *Grid) Occupied(points []orb.Point) (*Cover, []int32) {
	of := g.Locate(points)
	seen := newTable(0)
	c := &Cover{Grid: g}
	numbers := make([]int32, len(of))
	for i, cell := range of {
		s := seen.find(cell)
		if s.number == 0 {
			c.Cells = append(c.Cells, cell)
			s = seen.put(cell, len(c.Cells)-1)
		}
		numbers[i] = s.number - 1
	}
	first := c.Cells
	c.Cells = slices.SortedFunc(slices.Values(first), Compare)
	c.table = newTable(len(c.Cells))
	c.Inside = make([]float64, len(c.Cells))
	for i, cell := range c.Cells {
		c.Inside[i] = g.Area()
		c.table.put(cell, i)
	}
	for i, n := range numbers {
		sorted, _ := c.Number(first[n])
		numbers[i] = int32(sorted)
	}
	return c, numbers
}

// Only returns the cells for which keep is true, and which of them each cell of
// c is, -1 for none.
func (c *Cover) Only(keep func(cell int) bool) (*Cover, []int32) {
	out, number := &Cover{Grid: c.Grid, table: newTable(0)}, make([]int32, len(c.Cells))
	for i, cell := range c.Cells {
		number[i] = -1
		if keep(i) {
			number[i] = int32(len(out.Cells))
			out.table.put(cell, len(out.Cells))
			out.Cells, out.Inside = append(out.Cells, cell), append(out.Inside, c.Inside[i])
		}
	}
	return out, number
}

// Number returns which of the cells c is, and false where it is none of them.
func (c *Cover) Number(cell Cell) (int, bool) {
	s := c.table.find(cell)
	return int(s.number) - 1, s.number != 0
}

// Assign returns the number of the cell that each point is counted in. The
// points must lie in the study area; one on its very edge, whose own cell does
// not meet the area, is counted in the nearest cell that does.
func (c *Cover) Assign(points []orb.Point) []int32 {
	out := make([]int32, len(points))
	parallel(len(points), func(from, to int) {
		for i := from; i < to; i++ {
			x, y := c.Grid.plane.Forward(points[i])
			n, ok := c.Number(c.Grid.at(x, y))
			if !ok {
				n = c.nearest(x, y)
			}
			out[i] = int32(n)
		}
	})
	return out
}

func (c *Cover) nearest(x, y float64) int {
	best, least := 0, math.Inf(1)
	consider := func(n int) {
		mx, my := c.Grid.Middle(c.Cells[n])
		if d := math.Hypot(mx-x, my-y); d < least {
			best, least = n, d
		}
	}
	for _, beside := range c.Grid.Neighbours(nil, c.Grid.at(x, y)) {
		if n, ok := c.Number(beside); ok {
			consider(n)
		}
	}
	if math.IsInf(least, 1) {
		for n := range c.Cells {
			consider(n)
		}
	}
	return best
}
