package grid

import "math/bits"

// table finds the number of a cell: open addressing, at most half full.
type table struct {
	slots []slot
	used  int
}

// slot holds the number plus one, so that the zero slot is free.
type slot struct {
	cell   Cell
	number int32
}

func newTable(n int) *table {
	return &table{slots: make([]slot, 1<<bits.Len(uint(2*n+1)))}
}

// find returns the slot of the cell, or the free one where it belongs.
func (t *table) find(c Cell) *slot {
	h := (uint64(uint32(c.Q)) | uint64(uint32(c.R))<<32) * 0x9e3779b97f4a7c15
	mask := uint64(len(t.slots) - 1)
	for i := h >> 32 & mask; ; i = (i + 1) & mask {
		if s := &t.slots[i]; s.number == 0 || s.cell == c {
			return s
		}
	}
}

// put gives the cell the number and returns its slot.
func (t *table) put(c Cell, number int) *slot {
	if 2*t.used >= len(t.slots) {
		t.grow()
	}
	s := t.find(c)
	if s.number == 0 {
		t.used++
	}
	*s = slot{c, int32(number) + 1}
	return s
}

func (t *table) grow() {
	old := t.slots
	t.slots = make([]slot, 2*len(old))
	for _, s := range old {
		if s.number != 0 {
			*t.find(s.cell) = s
		}
	}
}
