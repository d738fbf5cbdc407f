package gpkg

import (
	"encoding/binary"
	"math"

	"bivouac/geo"
	"bivouac/geo/layer"
)

// An R-tree of SQLite is three plain tables: nodes as blobs, the node of each
// record, and the parent of each node. A tree of a million boxes put in one by
// one takes longer than all the rest of an import; packed bottom up from boxes
// in Hilbert order it takes a fifth, and searches better.
//
// A node is its count of cells behind two bytes that hold the depth of the
// tree in the root, then the cells: an id of eight bytes and the box as four
// float32, all big-endian (sqlite.org, rtree.c).
const (
	treeCells = 51 // the most that a node takes at any usual size of pages
	cellBytes = 8 + 4*4
	nodeBytes = 4 + treeCells*cellBytes
	rootNode  = 1
)

// cell is an entry of a node: a record in a leaf, else a node.
type cell struct {
	id  int64
	box [4]float32 // west, east, south, north, rounded outward
}

func cellOf(id int64, b geo.Box) cell {
	return cell{id, [4]float32{down(b.West), up(b.East), down(b.South), up(b.North)}}
}

func down(f float64) float32 {
	r := float32(f)
	if float64(r) > f {
		r = math.Nextafter32(r, float32(math.Inf(-1)))
	}
	return r
}

func up(f float64) float32 {
	r := float32(f)
	if float64(r) < f {
		r = math.Nextafter32(r, float32(math.Inf(1)))
	}
	return r
}

// packTree fills the empty R-tree of a table with the records of l, which
// stand in Hilbert order and whose keys follow one another from the first.
func (w *writer) packTree(t *table, l *layer.Layer, first geo.Key) {
	p := packing{w: w, tree: t.treeName(), next: rootNode + 1, first: first, leafOf: make([]int64, l.Rows())}
	cells := make([]cell, 0, l.Rows())
	_ = l.Each(func(r geo.Row) error {
		if b, ok := r.Table().Bound(r.Number()); ok {
			cells = append(cells, cellOf(int64(r.Key()), b))
		}
		return nil
	})
	depth := 0
	for ; len(cells) > treeCells; depth++ {
		cells = p.level(cells, depth == 0)
	}
	p.node(rootNode, depth, cells, depth == 0)
	p.writeLeaves(l)
}

type packing struct {
	w      *writer
	tree   string
	next   int64 // number of the next node
	first  geo.Key
	leafOf []int64 // by key from the first; 0 for a record without a place
}

// level writes the nodes over the cells, and returns them as the cells of the
// level above.
func (p *packing) level(cells []cell, leaves bool) []cell {
	var above []cell
	for len(cells) > 0 {
		n := min(treeCells, len(cells))
		above = append(above, p.node(p.next, 0, cells[:n], leaves))
		p.next++
		cells = cells[n:]
	}
	return above
}

// node writes one node and who its children are, and returns its cell.
func (p *packing) node(number int64, depth int, cells []cell, leaf bool) cell {
	for _, c := range cells {
		if leaf {
			p.leafOf[c.id-int64(p.first)] = number
		} else {
			p.w.exec("INSERT INTO "+quote(p.tree+"_parent")+" VALUES (?,?)", c.id, number)
		}
	}
	return p.write(number, depth, cells)
}

// write writes a node, and returns its cell.
func (p *packing) write(number int64, depth int, cells []cell) cell {
	blob := make([]byte, 0, nodeBytes)
	blob = binary.BigEndian.AppendUint16(blob, uint16(depth))
	blob = binary.BigEndian.AppendUint16(blob, uint16(len(cells)))
	inf := float32(math.Inf(1))
	around := cell{number, [4]float32{inf, -inf, inf, -inf}}
	for _, c := range cells {
		blob = binary.BigEndian.AppendUint64(blob, uint64(c.id))
		for _, f := range c.box {
			blob = binary.BigEndian.AppendUint32(blob, math.Float32bits(f))
		}
		around.box = [4]float32{
			min(around.box[0], c.box[0]), max(around.box[1], c.box[1]), min(around.box[2], c.box[2]), max(around.box[3], c.box[3]),
		}
	}
	p.w.exec("INSERT OR REPLACE INTO "+quote(p.tree+"_node")+" VALUES (?,?)", number, blob[:nodeBytes])
	return around
}

// writeLeaves tells the node of each record, in the order of the keys, which
// suits the table.
func (p *packing) writeLeaves(l *layer.Layer) {
	into := p.w.inserting(quote(p.tree + "_rowid"))
	_ = l.EachByKey(func(r geo.Row) error {
		if leaf := p.leafOf[r.Key()-p.first]; leaf != 0 {
			into.row(int64(r.Key()), leaf)
		}
		return p.w.err
	})
	into.flush()
}
