package index

import (
	"fmt"
	"math"

	"bivouac/geo"
)

// Fanout is how many rows, or nodes, a node holds. Benchmarks at 1 M points
// put 16 ahead of 8 and 32.
const Fanout = 16

// Packed is a static R-tree over rows 0 to Len-1. It is safe for any number
// of readers.
type Packed struct {
	rows   uint32
	levels []level // the leaves first, the root's children last
}

type level struct {
	first int    // ID of the level's first node
	span  uint32 // rows under a node
	boxes []box32
}

// box32 is a node's box, rounded outward: half the memory of float64, and a
// node that holds a little more than it must is never wrong.
type box32 struct{ west, south, east, north float32 }

// Pack builds the tree over the boxes of rows 0 to n-1, which should be in
// Hilbert order: any order is right, but only a good one is fast. A box that
// is not finite, or crosses the date line, is an error.
func Pack(n int, bound func(row int) geo.Box) (*Packed, error) {
	if n < 0 || n > math.MaxUint32 {
		return nil, fmt.Errorf("index: cannot pack %d rows", n)
	}
	p := &Packed{rows: uint32(n)}
	leaves, err := packLeaves(n, bound)
	if err != nil {
		return nil, err
	}
	for span := uint32(Fanout); len(leaves) > 0; span *= Fanout {
		p.levels = append(p.levels, level{p.Nodes(), span, leaves})
		if len(leaves) <= Fanout {
			break
		}
		leaves = packParents(leaves)
	}
	return p, nil
}

func packLeaves(n int, bound func(row int) geo.Box) ([]box32, error) {
	leaves := make([]box32, 0, (n+Fanout-1)/Fanout)
	for from := 0; from < n; from += Fanout {
		b := bound(from)
		for row := from; row < min(from+Fanout, n); row++ {
			r := bound(row)
			if !finite(r) {
				return nil, fmt.Errorf("index: row %d has the box %v; boxes must be finite and not cross the date line", row, r)
			}
			b = b.Union(r)
		}
		leaves = append(leaves, box32{down(b.West), down(b.South), up(b.East), up(b.North)})
	}
	return leaves, nil
}

func packParents(children []box32) []box32 {
	parents := make([]box32, 0, (len(children)+Fanout-1)/Fanout)
	for from := 0; from < len(children); from += Fanout {
		b := children[from]
		for _, c := range children[from:min(from+Fanout, len(children))] {
			b = box32{min(b.west, c.west), min(b.south, c.south), max(b.east, c.east), max(b.north, c.north)}
		}
		parents = append(parents, b)
	}
	return parents
}

// finite refuses what searches would find by accident or never: NaN compares
// false with everything.
func finite(b geo.Box) bool {
	return b.West <= b.East && b.South <= b.North &&
		!math.IsInf(b.West, 0) && !math.IsInf(b.East, 0) && !math.IsInf(b.South, 0) && !math.IsInf(b.North, 0)
}

func down(v float64) float32 {
	f := float32(v)
	if float64(f) > v {
		return math.Nextafter32(f, float32(math.Inf(-1)))
	}
	return f
}

func up(v float64) float32 {
	f := float32(v)
	if float64(f) < v {
		return math.Nextafter32(f, float32(math.Inf(1)))
	}
	return f
}

// Len returns the number of rows.
func (p *Packed) Len() int { return int(p.rows) }

// Nodes returns how many nodes there are; their IDs are 0 to Nodes-1.
func (p *Packed) Nodes() int {
	n := 0
	for _, l := range p.levels {
		n += len(l.boxes)
	}
	return n
}

// Node is a run of rows and a box that holds them all.
type Node struct {
	ID       int // leaves first; a parent's is above its children's
	From, To uint32
	Box      geo.Box
	level    int
	index    int
}

// Leaf reports whether the node's children are rows.
func (n Node) Leaf() bool { return n.level == 0 }

// All calls f with every node, children before their parents, by ID.
func (p *Packed) All(f func(Node)) {
	for l := range p.levels {
		for i := range p.levels[l].boxes {
			f(p.node(l, i))
		}
	}
}

func (p *Packed) node(level, i int) Node {
	l := &p.levels[level]
	b := &l.boxes[i]
	from := uint32(i) * l.span
	return Node{
		ID: l.first + i, From: from, To: min(from+l.span, p.rows), level: level, index: i,
		Box: geo.Box{West: float64(b.west), South: float64(b.south), East: float64(b.east), North: float64(b.north)},
	}
}

// Children calls f with the children of a node that is no leaf, in row order,
// until f returns false. Roots does the same for the top of the tree.
func (p *Packed) Children(n Node, f func(Node) bool) bool {
	return p.each(n.level-1, n.index*Fanout, n.index*Fanout+Fanout, f)
}

// Roots calls f with the topmost nodes in row order, until f returns false.
func (p *Packed) Roots(f func(Node) bool) bool {
	if len(p.levels) == 0 {
		return true
	}
	return p.each(len(p.levels)-1, 0, Fanout, f)
}

func (p *Packed) each(level, from, to int, f func(Node) bool) bool {
	for i := from; i < min(to, len(p.levels[level].boxes)); i++ {
		if !f(p.node(level, i)) {
			return false
		}
	}
	return true
}

// Verdict is what a visitor says of a node.
type Verdict uint8

// The verdicts.
const (
	Skip  Verdict = iota // no row of it matters
	Enter                // look closer
	Whole                // every row of it matters
)

// Visit walks down the nodes in row order, from the row first on: look judges
// each node, and take gets the runs of rows that are left, with whole false
// where they came from a leaf that was entered. It ends early, and returns
// false, when take does.
func (p *Packed) Visit(first uint32, look func(Node) Verdict, take func(from, to uint32, whole bool) bool) bool {
	var visit func(Node) bool
	visit = func(n Node) bool {
		if n.To <= first {
			return true
		}
		switch v := look(n); {
		case v == Skip:
			return true
		case v == Whole || n.Leaf():
			return take(max(n.From, first), n.To, v == Whole)
		}
		return p.Children(n, visit)
	}
	return p.Roots(visit)
}
