package tile

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
)

// points gathers records by cell and group.
type points struct {
	heads   [cells * cells]uint32      // by cell: place+1 of its last slot, 0 for none
	filled  [cells * cells / 64]uint64 // a bit a cell that has a slot
	slots   []slot
	sums    []sum  // a row of them a slot
	found   intern // slots by cell and group, where there are groups
	grouper grouper
	order   []uint32
}

// slot is the records of one cell and group. The one of the least Key stands
// for all of them: an edit elsewhere does not move it.
type slot struct {
	key   geo.Key
	cell  uint32
	group uint32
	count uint32
	next  uint32 // place+1 of another slot of the cell
	row   uint32 // of the least key
	x, y  int16  // of the least key, in units
	table int16
}

func (p *points) reset() {
	p.empty()
	p.slots, p.sums = p.slots[:0], p.sums[:0]
	p.grouper.reset()
}

// empty takes the slots out of their cells.
func (p *points) empty() {
	for i := range p.slots {
		p.heads[p.slots[i].cell] = 0
	}
	clear(p.filled[:])
	p.found.reset()
}

// slotsKept is how many slots outlive a tile.
const slotsKept = cells * cells

func (p *points) release() {
	clear(p.sums)
	if cap(p.slots) > slotsKept {
		p.reset()
		p.slots, p.sums, p.order = nil, nil, nil
	}
}

// add takes in row n of a table, which lies at a place of the cell.
func (p *points) add(f *fields, frame *frame, table int, cell, n uint32, at orb.Point) {
	b := &f.tables[table]
	group := uint32(0)
	if len(b.groups) > 0 {
		group = p.grouper.of(b, table, n)
	}
	slot := p.slot(len(b.groups) > 0, len(b.sums), cell, group)
	p.slots[slot].take(1, b.Key(n), n, table, frame, at, cell)
	for i := range b.sums {
		p.sums[int(slot)*len(b.sums)+i].row(&b.sums[i], n)
	}
}

// addRun takes in a run of single points, all of one cell, for a tile that
// counts and no more.
func (p *points) addRun(f *fields, frame *frame, cell uint32, run layer.Run) {
	t := run.Table
	least, row := t.Key(run.From), run.From
	for n := run.From + 1; n < run.To; n++ {
		if k := t.Key(n); k < least {
			least, row = k, n
		}
	}
	at, _ := t.Point(row)
	p.slots[p.slot(false, 0, cell, 0)].take(run.To-run.From, least, row, f.table(t), frame, at, cell)
}

func (s *slot) take(count uint32, key geo.Key, row uint32, table int, f *frame, at orb.Point, cell uint32) {
	if s.count == 0 || key < s.key {
		s.key, s.row, s.table = key, row, int16(table)
		s.x, s.y = f.units(at, cell)
	}
	s.count += count
}

// join takes in the records of another slot.
func (s *slot) join(o *slot) {
	if s.count == 0 || o.key < s.key {
		s.key, s.row, s.table, s.x, s.y = o.key, o.row, o.table, o.x, o.y
	}
	s.count += o.count
}

// slot returns the place of the slot of a cell and group, made where there is
// none.
func (p *points) slot(grouped bool, sums int, cell, group uint32) uint32 {
	if grouped {
		if at, fresh := p.found.of(uint64(cell)<<32 | uint64(group)); !fresh {
			return at
		}
	} else if p.heads[cell] != 0 {
		return p.heads[cell] - 1
	}
	p.slots = append(p.slots, slot{cell: cell, group: group, next: p.heads[cell]})
	for range sums {
		p.sums = append(p.sums, sum{})
	}
	p.heads[cell] = uint32(len(p.slots))
	p.filled[cell/64] |= 1 << (cell % 64)
	return uint32(len(p.slots) - 1)
}

// inOrder returns the places of the slots by cell and key: an order that
// follows from what they hold.
func (p *points) inOrder() []uint32 {
	p.order = p.order[:0]
	for i, word := range &p.filled {
		for ; word != 0; word &= word - 1 {
			p.inCell(uint32(i*64 + bits.TrailingZeros64(word)))
		}
	}
	return p.order
}

func (p *points) inCell(cell uint32) {
	start := len(p.order)
	for at := p.heads[cell]; at != 0; at = p.slots[at-1].next {
		p.order = append(p.order, at-1)
	}
	if len(p.order)-start > 1 {
		slices.SortFunc(p.order[start:], func(a, b uint32) int { return cmp.Compare(p.slots[a].key, p.slots[b].key) })
	}
}

// ungroup merges the groups of each cell, which the tile then does not name.
func (p *points) ungroup(f *fields) {
	for i := range p.slots {
		p.slots[i].group = 0
	}
	for i := range f.shown {
		f.shown[i].grouping = false
	}
	p.coarsen(0, len(f.query.Sum))
}

// coarsen merges 1<<n by 1<<n cells into one each.
func (p *points) coarsen(n, sums int) {
	p.empty()
	from, fromSums := p.slots, p.sums
	p.slots, p.sums = p.slots[:0], p.sums[:0]
	for i := range from {
		s := from[i]
		cell := s.cell>>cellBits>>n<<cellBits | s.cell%cells>>n
		made := len(p.slots)
		at := int(p.slot(true, 0, cell, s.group))
		if at == made {
			// No farther on than i, so what stood there is read already.
			p.sums = append(p.sums, fromSums[i*sums:(i+1)*sums]...)
		} else {
			for j := range sums {
				p.sums[at*sums+j].join(&fromSums[i*sums+j])
			}
		}
		p.slots[at].join(&s)
	}
}
