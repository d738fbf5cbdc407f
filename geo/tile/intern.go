package tile

import "math/bits"

// intern numbers 64-bit keys in the order in which they come, from 0 on: a
// hash table of open addressing that keeps its memory from tile to tile.
type intern struct {
	keys  []uint64
	ranks []uint32 // rank+1 of the key beside it, 0 for a free place
	n     uint32
}

// internRoom is the least room, and internKept the most that outlives a tile:
// clearing it costs every later one.
const (
	internRoom = 1 << 6
	internKept = 1 << 17
)

func (t *intern) reset() {
	t.n = 0
	if len(t.ranks) > internKept {
		*t = intern{}
	}
	clear(t.ranks)
}

// of returns the rank of the key, and whether it is new.
func (t *intern) of(key uint64) (rank uint32, fresh bool) {
	if 2*int(t.n) >= len(t.ranks) {
		t.grow()
	}
	i := t.place(key)
	if t.ranks[i] != 0 {
		return t.ranks[i] - 1, false
	}
	t.keys[i] = key
	t.n++
	t.ranks[i] = t.n
	return t.n - 1, true
}

// place finds the key, or where it may stand. The multiplier is 2^64 over the
// golden ratio (Knuth, volume 3, 6.4).
func (t *intern) place(key uint64) uint64 {
	mask := uint64(len(t.ranks) - 1)
	i := (key * 0x9e3779b97f4a7c15) >> (64 - bits.Len64(mask))
	for t.ranks[i] != 0 && t.keys[i] != key {
		i = (i + 1) & mask
	}
	return i
}

func (t *intern) grow() {
	old := *t
	size := max(internRoom, 2*len(old.ranks))
	t.keys, t.ranks = make([]uint64, size), make([]uint32, size)
	for i, rank := range old.ranks {
		if rank != 0 {
			at := t.place(old.keys[i])
			t.keys[at], t.ranks[at] = old.keys[i], rank
		}
	}
}
