package layer

import (
	"hash/maphash"

	"bivouac/geo"
)

// codes finds the code of a text, its place in a dictionary. It is a table of
// the codes alone, by the hashes of their texts: a map of texts takes five times
// as much, half of what a layer of texts that are all different takes itself.
type codes struct {
	seed  maphash.Seed
	slots []uint32 // code+1, 0 for none; as many as a power of two
}

func codesOf(dict []string) *codes {
	c := &codes{seed: maphash.MakeSeed()}
	c.grow(dict)
	return c
}

// grow makes the table anew, at most three eighths full.
func (c *codes) grow(dict []string) {
	size := 16
	for 3*size < 8*len(dict) {
		size *= 2
	}
	c.slots = make([]uint32, size)
	for code, s := range dict {
		c.slots[c.slot(dict, s)] = uint32(code) + 1
	}
}

// slot returns where the text stands, or where it is to stand.
func (c *codes) slot(dict []string, s string) int {
	last := len(c.slots) - 1
	at := int(maphash.String(c.seed, s)) & last
	for c.slots[at] != 0 && dict[c.slots[at]-1] != s {
		at = (at + 1) & last
	}
	return at
}

// add adds the text to the column, of whose dictionary these are the codes.
func (c *codes) add(to *geo.Column, s string) {
	at := c.slot(to.Dict, s)
	if c.slots[at] == 0 {
		to.Dict = append(to.Dict, s)
		if c.slots[at] = uint32(len(to.Dict)); 4*len(to.Dict) > 3*len(c.slots) {
			c.grow(to.Dict)
			at = c.slot(to.Dict, s)
		}
	}
	to.Codes = append(to.Codes, c.slots[at]-1)
}
