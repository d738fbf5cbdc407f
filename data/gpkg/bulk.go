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

// packTree fills the R-tree of a table with the records of l in place of what it
// held. Those with a place stand first in l, in Hilbert order, as a layer that
// was just built has them.
func (w *writer) packTree(t *table, l *layer.Layer) {
	p := packing{w: w, tree: t.treeName()}
	for _, part := range []string{"_node", "_parent", "_rowid"} {
		w.exec("DELETE FROM " + quote(p.tree+part))
	}
	_ = l.Each(func(r geo.Row) error {
		if b, ok := r.Table().Bound(r.Number()); ok {
			p.add(cellOf(int64(r.Key()), b))
		}
		return w.err
	})
	p.finish()
	p.tellLeaves(l)
}

// packing packs an R-tree from cells as they come, and keeps one leaf and the
// cells of the nodes. The leaves are the first nodes behind the root.
type packing struct {
	w      *writer
	tree   string
	leaf   []cell
	above  []cell // of the leaves
	nodes  int64  // beside the root
	leaves func(cells []cell, number int64)
}

func (p *packing) add(c cell) {
	if len(p.leaf) == treeCells {
		p.endLeaf(p.number(), 0)
	}
	p.leaf = append(p.leaf, c)
}

// number of the next node.
func (p *packing) number() int64 {
	p.nodes++
	return rootNode + p.nodes
}

func (p *packing) endLeaf(number int64, depth int) {
	p.above = append(p.above, p.write(number, depth, p.leaf))
	if p.leaves != nil {
		p.leaves(p.leaf, number)
	}
	p.leaf = p.leaf[:0]
}

// finish writes what is over the leaves.
func (p *packing) finish() {
	if len(p.above) == 0 {
		p.endLeaf(rootNode, 0)
		return
	}
	p.endLeaf(p.number(), 0)
	cells, depth := p.above, 1
	for ; len(cells) > treeCells; depth++ {
		cells = p.level(cells)
	}
	p.parent(rootNode, depth, cells)
}

// level writes the nodes over nodes, and returns them as the cells of the level
// above.
func (p *packing) level(cells []cell) []cell {
	var above []cell
	for len(cells) > 0 {
		n := min(treeCells, len(cells))
		above = append(above, p.parent(p.number(), 0, cells[:n]))
		cells = cells[n:]
	}
	return above
}

// parent writes a node and who its children are, and returns its cell.
func (p *packing) parent(number int64, depth int, cells []cell) cell {
	for _, c := range cells {
		p.w.exec("INSERT INTO "+quote(p.tree+"_parent")+" VALUES (?,?)", c.id, number)
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

// tellLeaves writes of which leaf each record of l is, in the order of the keys,
// which suits the table.
func (p *packing) tellLeaves(l *layer.Layer) {
	into := p.w.inserting(quote(p.tree + "_rowid"))
	_ = l.EachByKey(func(r geo.Row) error {
		if _, ok := r.Table().Bound(r.Number()); ok {
			leaf := int64(rootNode)
			if p.nodes > 0 {
				leaf += 1 + int64(r.Number()/treeCells)
			}
			into.row(int64(r.Key()), leaf)
		}
		return p.w.err
	})
	into.flush()
}
