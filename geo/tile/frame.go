package tile

import (
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// frame is where a tile lies. Columns of cells follow from the longitude by
// powers of two, rows from the latitudes of their edges, so that a place has
// one cell at every zoom, and that of a lower zoom holds that of a higher one.
type frame struct {
	Address
	area    geo.Box // the tile in degrees, a breath wider
	across  float64 // cells round the world
	down    float64 // cells from the north end of the map to the south one
	first   float64 // column of the tile's west edge
	edges   [cells + 1]float64
	guess   [guesses]uint8 // by latitude: a row not south of the right one
	inGuess float64        // guesses a degree
}

// guesses is how finely the table of rows divides the tile's latitudes: on
// average less than a step is left to go.
const guesses = 1024

// breath widens the tile's box in degrees, so that rounding costs no point. It
// is far less than a unit at MaxZoom.
const breath = 1e-9

// set makes the frame that of a tile, with an area that holds its buffer too
// where that is wanted.
func (f *frame) set(a Address, buffered bool) {
	f.Address = a
	columns, rows := a.Grid.Size(a.Z)
	f.across, f.down = float64(columns)*cells, float64(rows)*cells
	f.first = float64(a.X) * cells
	north := float64(a.Y) * cells
	for i := range f.edges {
		f.edges[i] = a.Grid.latitude((north + float64(i)) / f.down)
	}
	if a.Y == rows-1 {
		// The last edge of the map belongs to its last row.
		f.edges[cells] = math.Nextafter(-a.Grid.Latitude(), math.Inf(-1))
	}
	f.setGuesses()
	beside := 0.0
	if buffered {
		beside = buffer / cellSize
	}
	f.area = geo.NewBox(
		max(-180, (f.first-beside)/f.across*360-180-breath), max(-90, a.Grid.latitude((north+cells+beside)/f.down)-breath),
		min(180, (f.first+cells+beside)/f.across*360-180+breath), min(90, a.Grid.latitude((north-beside)/f.down)+breath))
}

// setGuesses writes for each stretch of latitude the last row that begins
// north of it.
func (f *frame) setGuesses() {
	f.inGuess = (guesses - 1) / (f.edges[0] - f.edges[cells])
	row := 0
	for i := range f.guess {
		for row < cells-1 && f.stretch(f.edges[row+1]) < i {
			row++
		}
		f.guess[i] = uint8(row)
	}
}

func (f *frame) stretch(lat float64) int { return int((f.edges[0] - lat) * f.inGuess) }

// cell returns the cell of a place, counted in rows from the north-west; false
// where it lies in another tile or beyond the map.
func (f *frame) cell(p orb.Point) (uint32, bool) {
	column := f.column(p[0])
	if column < 0 || column >= cells || p[1] > f.edges[0] || p[1] <= f.edges[cells] {
		return 0, false
	}
	row := int(f.guess[f.stretch(p[1])])
	for p[1] <= f.edges[row+1] {
		row++
	}
	return uint32(row<<cellBits | column), true
}

// column counts cells from the tile's west edge, which may be left of it.
func (f *frame) column(lon float64) int {
	return int(math.Floor(min((lon+180)/360*f.across, f.across-1)) - f.first)
}

// oneCell reports whether a box lies in one cell of the tile.
func (f *frame) oneCell(b geo.Box) bool {
	first, ok := f.cell(orb.Point{b.West, b.North})
	if !ok {
		return false
	}
	last, ok := f.cell(orb.Point{b.East, b.South})
	return ok && first == last
}

// units returns where in the tile a place of the cell is: never beside the
// cell, so that a point is drawn where it is counted. Within a cell the map is
// taken as straight, which is at most a quarter of a unit wrong at zoom 0, and
// less with every zoom.
func (f *frame) units(p orb.Point, cell uint32) (x, y int16) {
	column, row := cell%cells, cell/cells
	u := (p[0]+180)/360*f.across - f.first
	north, south := f.edges[row], f.edges[row+1]
	return within(u-float64(column), column), within((north-p[1])/(north-south), row)
}

// within turns a part of a cell into units.
func within(part float64, cell uint32) int16 {
	return int16(cell)*cellSize + max(0, min(int16(part*cellSize), cellSize-1))
}
