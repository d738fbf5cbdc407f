package index

import "math"

// Unplaced is the Hilbert key of a row without a place. It is above every
// other key, so that such rows come last.
const Unplaced = math.MaxUint64

// Hilbert returns the place of a longitude and latitude on a Hilbert curve
// over the whole world, 32 bits an axis. It depends on nothing else, so that
// the order of rows by it outlives every index. Values beyond the world count
// as its edge; the last cell of the curve shares the key before Unplaced.
func Hilbert(lon, lat float64) uint64 {
	x, y := cell(lon, 180), cell(lat, 90)
	return min(curve(x, y), Unplaced-1)
}

func cell(degrees, half float64) uint32 {
	f := (degrees + half) / (2 * half) * (1 << 32)
	return uint32(max(0, min(f, math.MaxUint32)))
}

// curve maps a cell to its distance along the curve, a bit of both axes a
// step from the coarsest down, turning the quadrants as it goes (Hilbert
// 1891).
func curve(x, y uint32) uint64 {
	var d uint64
	for s := 31; s >= 0; s-- {
		rx, ry := x>>s&1, y>>s&1
		d = d<<2 | uint64(3*rx^ry)
		if ry == 0 {
			if rx == 1 {
				x, y = ^x, ^y
			}
			x, y = y, x
		}
	}
	return d
}
