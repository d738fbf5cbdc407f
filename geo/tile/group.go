package tile

import (
	"math"

	"bivouac/geo"
)

// grouper numbers the combinations of values that points are grouped by, alike
// for all tables. Number 0 is the one group of a tile that does not group.
type grouper struct {
	strings map[string]uint32
	values  intern
	steps   intern
	caches  [][]uint32 // by table: number+1 by the codes of the columns, nil where they are too many
}

// cacheRoom is the most combinations of codes that are looked up in an array.
const cacheRoom = 1 << 14

func (g *grouper) reset() {
	if len(g.strings) > cacheRoom {
		g.strings = nil
	}
	clear(g.strings)
	g.values.reset()
	g.steps.reset()
	clear(g.caches)
	g.caches = g.caches[:0]
}

// of returns the group of row n.
func (g *grouper) of(b *bound, table int, n uint32) uint32 {
	for len(g.caches) <= table {
		g.caches = append(g.caches, newCache(b.groups))
	}
	cache := g.caches[table]
	if cache == nil {
		return g.slow(b, n)
	}
	at := uint32(0)
	for i := range b.groups {
		c := &b.groups[i]
		at *= uint32(len(c.Dict) + 1)
		if !c.Null(n) {
			at += c.Codes[n] + 1
		}
	}
	if cache[at] == 0 {
		cache[at] = g.slow(b, n) + 1
	}
	return cache[at] - 1
}

func newCache(columns []geo.Column) []uint32 {
	room := 1
	for i := range columns {
		if columns[i].Kind != geo.KindString {
			return nil
		}
		if room *= len(columns[i].Dict) + 1; room > cacheRoom {
			return nil
		}
	}
	return make([]uint32, room)
}

func (g *grouper) slow(b *bound, n uint32) uint32 {
	group := uint32(0)
	for i := range b.groups {
		// Two steps never share a rank, so the last one tells all.
		step, _ := g.steps.of(uint64(group)<<32 | uint64(g.value(&b.groups[i], n)))
		group = step + 1
	}
	return group
}

// value returns a number of the value's content, 0 for null.
func (g *grouper) value(c *geo.Column, n uint32) uint32 {
	if c.Null(n) {
		return 0
	}
	var rank uint32
	switch c.Kind {
	case geo.KindString:
		return g.text(c.Dict[c.Codes[n]])
	case geo.KindFloat:
		rank, _ = g.values.of(math.Float64bits(c.Floats[n]))
	default:
		rank, _ = g.values.of(uint64(c.Ints[n]))
	}
	return rank + 1
}

func (g *grouper) text(s string) uint32 {
	rank, ok := g.strings[s]
	if !ok {
		if g.strings == nil {
			g.strings = map[string]uint32{}
		}
		rank = uint32(len(g.strings)) + 1
		g.strings[s] = rank
	}
	return rank
}
