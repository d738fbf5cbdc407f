package load

import (
	"io"

	"bivouac/geo"
)

// Limits of what a compressed file may unpack to. Field data shrink to a
// tenth or a thirtieth; a file made to fill a disk or a memory shrinks to a
// thousandth.
const (
	maxRatio  = 200
	freeBytes = 64 << 20 // below this the ratio is not asked
)

// bounded reads what was unpacked, and refuses to go on where it is out of all
// proportion to what was packed.
type bounded struct {
	r      io.Reader
	packed func() int64
	n      int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	b.n += int64(n)
	if b.n > freeBytes && b.n > maxRatio*b.packed() {
		return 0, geo.ErrorOf(geo.TooLarge, "", unpacksToMuch, maxRatio)
	}
	return n, err
}

// counted counts what was read.
type counted struct {
	io.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

func (c *counted) count() int64 { return c.n }
