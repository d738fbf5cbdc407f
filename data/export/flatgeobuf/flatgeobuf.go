// Package flatgeobuf answers how records stand in a FlatGeobuf file, which a
// browser or a GIS searches by parts over HTTP: a head, a packed R-tree of 16
// boxes a node, and the features, each a flatbuffer behind its length
// (flatgeobuf.org, version 3).
//
// The tree and the features stand behind a head that tells their number, so
// both are written to temporary files first; of the tree only what is above
// the leaves is kept in memory, 2.7 bytes a feature. Features come in the order
// of a Hilbert curve, which makes the tree a good one; any order makes a right
// one.
package flatgeobuf

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"

	flatbuffers "github.com/google/flatbuffers/go"
	"github.com/paulmach/orb"
)

// ColumnType is the type of a column.
type ColumnType byte

// The types that are written.
const (
	Bool     ColumnType = 2
	Long     ColumnType = 7
	Double   ColumnType = 10
	String   ColumnType = 11
	JSON     ColumnType = 12
	DateTime ColumnType = 13 // ISO 8601
)

// Column is one property of the features.
type Column struct {
	Name, Title, Description string
	Type                     ColumnType
}

// Head is what a file says of itself.
type Head struct {
	Name, Title, Description string
	Metadata                 string // JSON
	Columns                  []Column
	EPSG                     int
	System, WKT              string // its name and its well-known text
	Heights                  bool   // every vertex has one, NaN where it is unknown
	NoIndex                  bool   // for features in another order than by where they are
}

var magic = [8]byte{'f', 'g', 'b', 3, 'f', 'g', 'b', 1}

// Writer writes one file. It serves one goroutine.
type Writer struct {
	head     Head
	features io.Writer
	leaves   io.Writer
	b        *flatbuffers.Builder
	nodes    tree
	props    []byte
	item     []byte
	offset   uint64
	n        uint64
	kind     byte // type of all shapes so far
	mixed    bool
	bound    orb.Bound
	placed   bool
}

// NewWriter writes features and leaves of the tree to two temporary files,
// which are read again by Finish.
func NewWriter(head Head, features, leaves io.Writer) *Writer {
	return &Writer{head: head, features: features, leaves: leaves, b: flatbuffers.NewBuilder(1024)}
}

// Properties begins the values of the next feature. Nulls are left out.
func (w *Writer) Properties() { w.props = w.props[:0] }

func (w *Writer) column(i int) { w.props = binary.LittleEndian.AppendUint16(w.props, uint16(i)) }

// PutBool sets column i of the next feature.
func (w *Writer) PutBool(i int, v bool) {
	w.column(i)
	if v {
		w.props = append(w.props, 1)
	} else {
		w.props = append(w.props, 0)
	}
}

// PutLong sets column i of the next feature.
func (w *Writer) PutLong(i int, v int64) {
	w.column(i)
	w.props = binary.LittleEndian.AppendUint64(w.props, uint64(v))
}

// PutDouble sets column i of the next feature.
func (w *Writer) PutDouble(i int, v float64) {
	w.column(i)
	w.props = binary.LittleEndian.AppendUint64(w.props, math.Float64bits(v))
}

// PutText sets column i of the next feature to what add appends.
func (w *Writer) PutText(i int, add func(b []byte) []byte) {
	w.column(i)
	start := len(w.props)
	w.props = add(append(w.props, 0, 0, 0, 0))
	binary.LittleEndian.PutUint32(w.props[start:], uint32(len(w.props)-start-4))
}

// PutString sets column i of the next feature.
func (w *Writer) PutString(i int, s string) {
	w.column(i)
	w.props = binary.LittleEndian.AppendUint32(w.props, uint32(len(s)))
	w.props = append(w.props, s...)
}

// PutPoint ends a feature that is a point, in a file without heights.
func (w *Writer) PutPoint(p orb.Point) error {
	w.b.Reset()
	w.see(pointType, orb.Bound{Min: p, Max: p})
	xy := w.coordinates(p)
	return w.finish(w.shape(pointType, 0, xy, 0))
}

// Put ends a feature of any shape, nil for none, with its heights or nil.
func (w *Writer) Put(g orb.Geometry, z []float64) error {
	w.b.Reset()
	if g == nil {
		// A box that holds nothing, and adds nothing to those above it.
		inf := math.Inf(1)
		w.note(orb.Bound{Min: orb.Point{inf, inf}, Max: orb.Point{-inf, -inf}})
		return w.finish(0)
	}
	kind, err := typeOf(g)
	if err != nil {
		return err
	}
	w.see(kind, g.Bound())
	s := shaper{w: w, z: z}
	return w.finish(s.shape(g))
}

func (w *Writer) see(kind byte, b orb.Bound) {
	switch w.kind {
	case 0:
		w.kind = kind
	case kind:
	default:
		w.mixed = true
	}
	if !w.placed {
		w.bound, w.placed = b, true
	}
	w.bound = w.bound.Union(b)
	w.note(b)
}

// note takes the box of the next feature into the tree.
func (w *Writer) note(b orb.Bound) {
	n := node{b.Min[0], b.Min[1], b.Max[0], b.Max[1], w.offset}
	w.item = n.append(w.item[:0])
	w.nodes.add(n)
}

// finish writes the feature, whose shape stands in the builder.
func (w *Writer) finish(shape flatbuffers.UOffsetT) error {
	b := w.b
	var props flatbuffers.UOffsetT
	if len(w.props) > 0 {
		props = b.CreateByteVector(w.props)
	}
	b.StartObject(3)
	b.PrependUOffsetTSlot(0, shape, 0)
	b.PrependUOffsetTSlot(1, props, 0)
	b.FinishSizePrefixed(b.EndObject())
	out := b.FinishedBytes()
	if _, err := w.features.Write(out); err != nil {
		return err
	}
	w.offset += uint64(len(out))
	w.n++
	if w.head.NoIndex {
		return nil
	}
	_, err := w.leaves.Write(w.item)
	return err
}

// Finish writes the file to out, from the temporary files' start.
func (w *Writer) Finish(out io.Writer, features, leaves io.Reader) error {
	if _, err := out.Write(magic[:]); err != nil {
		return err
	}
	if _, err := out.Write(w.header()); err != nil {
		return err
	}
	if w.indexed() {
		if err := w.nodes.write(out); err != nil {
			return err
		}
		if err := copyAll(out, leaves); err != nil {
			return err
		}
	}
	return copyAll(out, features)
}

func copyAll(out io.Writer, in io.Reader) error {
	buf := make([]byte, 256<<10)
	for {
		n, err := in.Read(buf)
		if n > 0 {
			if _, failed := out.Write(buf[:n]); failed != nil {
				return failed
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (w *Writer) indexed() bool { return !w.head.NoIndex && w.n > 0 }

// Types of shapes, as well-known binary numbers them.
const (
	pointType = iota + 1
	lineType
	polygonType
	pointsType
	linesType
	polygonsType
	collectionType
)

func typeOf(g orb.Geometry) (byte, error) {
	switch g.(type) {
	case orb.Point:
		return pointType, nil
	case orb.LineString:
		return lineType, nil
	case orb.Polygon, orb.Ring, orb.Bound:
		return polygonType, nil
	case orb.MultiPoint:
		return pointsType, nil
	case orb.MultiLineString:
		return linesType, nil
	case orb.MultiPolygon:
		return polygonsType, nil
	case orb.Collection:
		return collectionType, nil
	}
	return 0, fmt.Errorf("flatgeobuf: a shape of the type %T cannot be written", g)
}
