package flatgeobuf

import (
	"encoding/binary"
	"io"
	"math"
)

// nodeSize is how many boxes a node of the tree holds.
const nodeSize = 16

// node is a box, with where its feature or its first child is.
type node struct {
	west, south, east, north float64
	offset                   uint64
}

func (n *node) append(b []byte) []byte {
	for _, f := range [4]float64{n.west, n.south, n.east, n.north} {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(f))
	}
	return binary.LittleEndian.AppendUint64(b, n.offset)
}

func (n *node) take(o node) {
	n.west, n.south = min(n.west, o.west), min(n.south, o.south)
	n.east, n.north = max(n.east, o.east), max(n.north, o.north)
}

// tree keeps what is above the leaves.
type tree struct {
	leaves int
	levels [][]node // the first above the leaves first; offsets are numbers in the level below
}

func (t *tree) add(n node) {
	t.put(0, t.leaves, n)
	t.leaves++
}

// put takes the i-th box of a level into the one above it.
func (t *tree) put(level, i int, n node) {
	if level == len(t.levels) {
		t.levels = append(t.levels, nil)
	}
	if i%nodeSize == 0 {
		n.offset = uint64(i)
		t.levels[level] = append(t.levels[level], n)
		return
	}
	t.levels[level][i/nodeSize].take(n)
}

// finish builds the levels above the first.
func (t *tree) finish() {
	for level := 0; len(t.levels[level]) > 1; level++ {
		for i, n := range t.levels[level] {
			t.put(level+1, i, n)
		}
	}
}

// write writes all but the leaves, the root first. A node tells its first
// child by its number in the whole tree.
func (t *tree) write(w io.Writer) error {
	t.finish()
	below := 0 // number of the first node of the level below
	var buf []byte
	for level := len(t.levels) - 1; level >= 0; level-- {
		below += len(t.levels[level])
		buf = buf[:0]
		for _, n := range t.levels[level] {
			n.offset += uint64(below)
			buf = n.append(buf)
		}
		if _, err := w.Write(buf); err != nil {
			return err
		}
	}
	return nil
}
