package tile

import (
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// pixel is the least that a shape is drawn as, in units: a pixel of a tile
// drawn 512 wide.
const pixel = Extent / 512

// snapUnits is the grid that vertices are moved to, half a pixel.
const snapUnits = 4

// xy is a place in units from the tile's north-west.
type xy struct{ x, y float64 }

// path turns lines and rings in degrees into places on the grid.
//
// Where a vertex goes follows from the vertex alone, so that shapes that share
// vertices share them on the grid, and nothing opens between them. The grid is
// that of the whole map, the same in all tiles of a zoom. Edges, straight in
// degrees, are bent on a Mercator map; they are halved until they are straight there
// too, which follows from their ends alone.
type path struct {
	area  geo.Box // where edges are seen
	lies  Grid
	units float64 // round the world
	high  float64 // units from the north end of the map to the south one
	west  float64 // of the tile
	north float64
	grid  float64
	bend  float64 // of an edge in the area: at most this, by its degrees of latitude squared
	at    []xy
}

// set makes the path one for the tile, with cells of the grid of so many
// units.
func (p *path) set(f *frame, grid float64) {
	p.area, p.grid, p.lies = f.area, grid, f.Grid
	p.units, p.high = f.across*cellSize, f.down*cellSize
	p.west, p.north = float64(f.X)*Extent, float64(f.Y)*Extent
	p.bend = p.high * f.Grid.bend(max(math.Abs(f.area.South), math.Abs(f.area.North)))
}

// project returns a place in units, not on the grid.
func (p *path) project(q orb.Point) xy {
	return xy{(q[0]+180)/360*p.units - p.west, p.lies.height(q[1])*p.high - p.north}
}

func (p *path) snap(q xy) xy {
	return xy{math.Floor(q.x/p.grid+0.5) * p.grid, math.Floor(q.y/p.grid+0.5) * p.grid}
}

// trace walks along the points. What it returns lasts until the next call.
func (p *path) trace(points []orb.Point) []xy {
	p.at = p.at[:0]
	if len(points) == 0 {
		return p.at
	}
	last := points[0]
	from := p.project(last)
	p.push(from)
	for _, next := range points[1:] {
		to := p.project(next)
		p.bendTo(last, next, from, to, 0)
		p.push(to)
		last, from = next, to
	}
	return p.at
}

func (p *path) push(q xy) {
	q = p.snap(q)
	if n := len(p.at); n == 0 || p.at[n-1] != q {
		p.at = append(p.at, q)
	}
}

// mostHalvings is how often an edge is halved: what is left of one round the
// world is shorter than a unit at MaxZoom.
const mostHalvings = 36

// bendTo adds what lies between the ends of an edge.
func (p *path) bendTo(a, b orb.Point, from, to xy, depth int) {
	if p.bend == 0 || depth == mostHalvings || a[1] == b[1] || a[0] == b[0] || !p.seen(a, b) || p.straight(a, b) {
		return
	}
	mid := orb.Point{(a[0] + b[0]) / 2, (a[1] + b[1]) / 2}
	at := p.project(mid)
	// An edge over the equator bends one way and back, its middle stays.
	if math.Abs(at.y-(from.y+to.y)/2) <= 1 && math.Abs(a[1]-b[1]) < 5 {
		return
	}
	p.bendTo(a, mid, from, at, depth+1)
	p.push(at)
	p.bendTo(mid, b, at, to, depth+1)
}

// seen reports whether the box of an edge meets the area.
func (p *path) seen(a, b orb.Point) bool {
	return min(a[0], b[0]) <= p.area.East && max(a[0], b[0]) >= p.area.West &&
		min(a[1], b[1]) <= p.area.North && max(a[1], b[1]) >= p.area.South
}

// straight reports whether an edge surely bends by less than a unit.
func (p *path) straight(a, b orb.Point) bool {
	high := b[1] - a[1]
	return high*high*p.bend < 1 && min(a[1], b[1]) >= p.area.South && max(a[1], b[1]) <= p.area.North
}
