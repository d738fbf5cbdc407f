// Package grid answers which cell of equal area a place lies in.
//
// Cells are hexagons or squares in an equal-area plane about the study area
// (plane.go), so that each is as large as every other on the ground and counts
// in them compare. The plane's centre is a whole degree, so that two runs on
// like data have the same cells. A cell is a pair of whole numbers: whether
// two places share one is decided by those alone.
package grid

import (
	"math"
	"runtime"
	"sync"

	"github.com/paulmach/orb"
)

// Shape is the form of all cells of a grid.
type Shape string

// The shapes.
const (
	Hexagon Shape = "hexagon" // two corners point north and south
	Square  Shape = "square"
)

// Cell names one cell of a grid: of squares, the column and the row, of
// hexagons the axial coordinates, Q to the east and R to the north-east. The
// cell 0, 0 has its middle, of a square its south-west corner, at the plane's
// centre.
type Cell struct{ Q, R int32 }

// Grid is all cells of one shape and size about a centre.
type Grid struct {
	plane *Plane
	shape Shape
	width float64 // of a square its side, of a hexagon from flat to flat
}

// hexagonArea is the area of a hexagon that measures 1 from flat to flat.
var hexagonArea = math.Sqrt(3) / 2

// New returns the grid of cells that measure so many metres from side to side:
// of hexagons from flat to flat, which is how far the middles of neighbours
// are apart. The width must be positive.
func New(plane *Plane, shape Shape, widthMetres float64) *Grid {
	return &Grid{plane, shape, widthMetres}
}

// WidthOf returns the width of a cell of so many square metres.
func WidthOf(shape Shape, area float64) float64 {
	if shape == Hexagon {
		return math.Sqrt(area / hexagonArea)
	}
	return math.Sqrt(area)
}

// Plane returns the plane that the cells lie in.
func (g *Grid) Plane() *Plane { return g.plane }

// Width returns metres from side to side of a cell.
func (g *Grid) Width() float64 { return g.width }

// Area returns the square metres of every cell.
func (g *Grid) Area() float64 {
	if g.shape == Hexagon {
		return hexagonArea * g.width * g.width
	}
	return g.width * g.width
}

// rise is how far rows are apart.
func (g *Grid) rise() float64 {
	if g.shape == Hexagon {
		return g.width * hexagonArea
	}
	return g.width
}

// Cell returns the cell that holds the place. A place on a side belongs to one
// of its two cells, always the same.
func (g *Grid) Cell(at orb.Point) Cell {
	x, y := g.plane.Forward(at)
	return g.at(x, y)
}

func (g *Grid) at(x, y float64) Cell {
	if g.shape == Square {
		return Cell{int32(math.Floor(x / g.width)), int32(math.Floor(y / g.width))}
	}
	r := y / g.rise()
	q := x/g.width - r/2
	return roundAxial(q, r)
}

// roundAxial rounds three coordinates that add up to 0 and mends the one that
// rounding moved most.
func roundAxial(q, r float64) Cell {
	s := -q - r
	nq, nr, ns := math.Round(q), math.Round(r), math.Round(s)
	dq, dr, ds := math.Abs(nq-q), math.Abs(nr-r), math.Abs(ns-s)
	switch {
	case dq > dr && dq > ds:
		nq = -nr - ns
	case dr > ds:
		nr = -nq - ns
	}
	return Cell{int32(nq), int32(nr)}
}

// Middle returns the middle of the cell in the plane.
func (g *Grid) Middle(c Cell) (x, y float64) {
	if g.shape == Square {
		return (float64(c.Q) + 0.5) * g.width, (float64(c.R) + 0.5) * g.width
	}
	return (float64(c.Q) + float64(c.R)/2) * g.width, float64(c.R) * g.rise()
}

// Centre returns the middle of the cell on the ground.
func (g *Grid) Centre(c Cell) orb.Point { return g.plane.Inverse(g.Middle(c)) }

// Neighbours appends the cells that share a side with c: six of a hexagon,
// four of a square.
func (g *Grid) Neighbours(dst []Cell, c Cell) []Cell {
	dst = append(dst, Cell{c.Q + 1, c.R}, Cell{c.Q, c.R + 1}, Cell{c.Q - 1, c.R}, Cell{c.Q, c.R - 1})
	if g.shape == Hexagon {
		dst = append(dst, Cell{c.Q - 1, c.R + 1}, Cell{c.Q + 1, c.R - 1})
	}
	return dst
}

// Within returns the steps from a cell to all others whose middles lie within
// so many metres in the plane, the rim included, nearest first and of equal
// ones in order of R and Q. They are the same for every cell.
func (g *Grid) Within(metres float64) []Cell {
	var out []Cell
	// A thousandth of a millimetre a cell: middles at just the radius are in.
	reach := metres*(1+1e-9) + 1e-9*g.width
	rows := int32(reach / g.rise())
	columns := int32(reach/g.width) + rows/2 + 2
	origin := Cell{}
	x0, y0 := g.Middle(origin)
	for r := -rows; r <= rows; r++ {
		for q := -columns; q <= columns; q++ {
			x, y := g.Middle(Cell{q, r})
			if c := (Cell{q, r}); c != origin && math.Hypot(x-x0, y-y0) <= reach {
				out = append(out, c)
			}
		}
	}
	g.nearestFirst(out)
	return out
}

// Locate returns the cell of each point, on all processors.
func (g *Grid) Locate(points []orb.Point) []Cell {
	out := make([]Cell, len(points))
	parallel(len(points), func(from, to int) {
		for i := from; i < to; i++ {
			out[i] = g.Cell(points[i])
		}
	})
	return out
}

// leastShare is how many points are worth a goroutine of their own.
const leastShare = 4096

func parallel(n int, do func(from, to int)) {
	parts := min(runtime.GOMAXPROCS(0), n/leastShare+1)
	var wait sync.WaitGroup
	for i := range parts {
		wait.Go(func() { do(i*n/parts, (i+1)*n/parts) })
	}
	wait.Wait()
}
