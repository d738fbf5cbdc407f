// Package raster answers which values a grid of numbers holds, and where:
// GeoTIFF (OGC 19-008r4; strips and tiles of one band, plain or packed by LZW,
// Deflate or PackBits) and the ASCII grid of ESRI. Grids are read block by
// block, so that memory does not grow with them.
package raster

import (
	"io"

	"bivouac/geo"
	"bivouac/geo/crs"
)

// Grid is an opened grid.
type Grid struct {
	Width, Height int
	System        func() (crs.System, error) // of the coordinates; CRS84 where the file does not say
	Placed        bool                       // the file says its system

	noData    float64
	hasNoData bool
	// x = origin[0] + column*step[0], y likewise, of the middle of a pixel
	origin, step [2]float64
	blocks       func(visit func(column, row, width int, values []float64) error) error
}

// mostPixels bounds the time that a grid takes: the world at 3 seconds of arc
// has less than that many on land.
const mostPixels = 1 << 33

// Each calls visit with the middle of each pixel that has a value, in the
// system of the grid.
func (g *Grid) Each(visit func(x, y, value float64) error) error {
	return g.blocks(func(column, row, width int, values []float64) error {
		for i, v := range values {
			if v != v || g.hasNoData && v == g.noData {
				continue
			}
			x := g.origin[0] + float64(column+i%width)*g.step[0]
			y := g.origin[1] + float64(row+i/width)*g.step[1]
			if err := visit(x, y, v); err != nil {
				return err
			}
		}
		return nil
	})
}

func (g *Grid) check() error {
	switch {
	case g.Width < 1 || g.Height < 1:
		return geo.ErrorOf(geo.Invalid, "", noPixels)
	case int64(g.Width) > mostPixels/int64(g.Height):
		return geo.ErrorOf(geo.TooLarge, "", largeGrid, g.Width, g.Height)
	case !(g.step[0] > 0) || !(g.step[1] < 0):
		return geo.ErrorOf(geo.Unsupported, "", turnedGrid)
	}
	return nil
}

// Is reports whether a file begins as a grid does.
func Is(start []byte) bool { return isTIFF(start) || isASCII(start) }

// Open opens a grid. System is called for the text of a .prj beside an ASCII
// grid; "" for none.
func Open(in io.ReaderAt, size int64, prj func() (string, error)) (*Grid, error) {
	start := make([]byte, 16)
	n, err := in.ReadAt(start, 0)
	if err != nil && n == 0 {
		return nil, geo.ErrorOf(geo.Invalid, "", empty)
	}
	if isTIFF(start[:n]) {
		return openTIFF(in, size)
	}
	return openASCII(io.NewSectionReader(in, 0, size), prj)
}
