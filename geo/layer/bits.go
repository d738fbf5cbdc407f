package layer

import (
	mathbits "math/bits"
	"slices"
)

// leafRows is how many rows one leaf of marks covers.
const leafRows = 1 << 12

type leaf [leafRows / 64]uint64

// bits marks rows. Versions share its leaves: with copies only those that it
// changes. A leaf that marks nothing may be nil; the zero value marks nothing.
type bits struct {
	leaves []*leaf
	all    int // how many rows are marked
}

// has reports whether row n is marked.
func (b bits) has(n uint32) bool {
	i := int(n / leafRows)
	return i < len(b.leaves) && b.leaves[i] != nil && b.leaves[i][n%leafRows/64]&(1<<(n%64)) != 0
}

// with returns b with the rows marked as well.
func (b bits) with(rows []uint32) bits {
	if len(rows) == 0 {
		return b
	}
	leaves, all := slices.Clone(b.leaves), b.all
	own := map[int]bool{}
	for _, n := range rows {
		i := int(n / leafRows)
		for len(leaves) <= i {
			leaves = append(leaves, nil)
		}
		if !own[i] {
			own[i] = true
			fresh := leaf{}
			if leaves[i] != nil {
				fresh = *leaves[i]
			}
			leaves[i] = &fresh
		}
		word, mark := &leaves[i][n%leafRows/64], uint64(1)<<(n%64)
		if *word&mark == 0 {
			*word |= mark
			all++
		}
	}
	return bits{leaves, all}
}

// count returns how many of the rows from..to-1 are marked.
func (b bits) count(from, to uint32) int {
	if from == 0 && int(to) >= len(b.leaves)*leafRows || b.all == 0 {
		return b.all
	}
	return b.countBut(bits{}, from, to)
}

// countBut returns how many of the rows from..to-1 are marked in b and not in
// o.
func (b bits) countBut(o bits, from, to uint32) int {
	total := 0
	for from < to {
		i := int(from / leafRows)
		if i >= len(b.leaves) {
			break
		}
		end := min(to, uint32(i+1)*leafRows)
		if b.leaves[i] != nil {
			total += b.leaves[i].count(from%leafRows, end-uint32(i)*leafRows, o.leaf(i))
		}
		from = end
	}
	return total
}

// leaf returns the marks of a leaf, nil for none.
func (b bits) leaf(i int) *leaf {
	if i < len(b.leaves) {
		return b.leaves[i]
	}
	return nil
}

// count counts the rows from..to-1 that are marked and, where but is one, not
// marked in but.
func (l *leaf) count(from, to uint32, but *leaf) int {
	total := 0
	for from < to {
		end := min(to, (from/64+1)*64)
		word := l[from/64]
		if but != nil {
			word &^= but[from/64]
		}
		word >>= from % 64
		if width := end - from; width < 64 {
			word &= 1<<width - 1
		}
		total += mathbits.OnesCount64(word)
		from = end
	}
	return total
}
