package pmtiles

// ID numbers the tiles of all zooms: those of a zoom stand behind those of the
// zooms above it, along a Hilbert curve. The four tiles under the nth of a
// zoom are 4n to 4n+3 of the next.
func ID(z, x, y uint32) uint64 {
	n := uint64(0)
	for s := uint32(1) << z >> 1; s > 0; s >>= 1 {
		rx, ry := x&s != 0, y&s != 0
		switch {
		case rx && !ry:
			n += 3 * uint64(s) * uint64(s)
		case rx:
			n += 2 * uint64(s) * uint64(s)
		case ry:
			n += uint64(s) * uint64(s)
		}
		x, y = turn(s, x&(s-1), y&(s-1), rx, ry)
	}
	return First(z) + n
}

// First is the number of a zoom's first tile.
func First(z uint32) uint64 { return (uint64(1)<<(2*z) - 1) / 3 }

// At returns the nth tile of a zoom along its curve.
func At(z uint32, n uint64) (x, y uint32) {
	for s := uint32(1); s < 1<<z; s <<= 1 {
		quarter := n & 3
		rx, ry := quarter >= 2, quarter == 1 || quarter == 2
		x, y = turn(s, x, y, rx, ry)
		if rx {
			x += s
		}
		if ry {
			y += s
		}
		n >>= 2
	}
	return x, y
}

// turn lays the curve of a quarter of side s as the curve of the whole lies. It
// undoes itself.
func turn(s, x, y uint32, rx, ry bool) (tx, ty uint32) {
	if ry {
		return x, y
	}
	if rx {
		x, y = s-1-x, s-1-y
	}
	return y, x
}
