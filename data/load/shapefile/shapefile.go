// Package shapefile answers which records a shapefile holds (ESRI, "Shapefile
// Technical Description", 1998): shapes from the .shp and attributes from the
// .dbf beside it (dBASE III to VII, FoxPro), both read from start to end, so
// that memory does not grow with the file and the index (.shx) is not needed.
package shapefile

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strconv"

	"github.com/paulmach/orb"

	"bivouac/data/load/record"
	"bivouac/geo"
)

// Files are the parts of a shapefile.
type Files struct {
	Shapes   io.ReadCloser // .shp
	Table    io.ReadCloser // .dbf; nil for none
	Encoding string        // what the .cpg says, or somebody who knows better; "" leaves it to the table
}

// Magic is how a .shp begins.
const Magic = "\x00\x00\x27\x0a"

// maxRecordBytes is the longest shape that is read: over eight million
// vertices.
const maxRecordBytes = 256 << 20

const headBytes = 100

// Reader reads a shapefile.
type Reader struct {
	files   Files
	in      *bufio.Reader
	table   *table // nil for none
	left    int64  // bytes of the .shp behind what was read, as its head says
	buf     []byte
	n       int // records read
	warned  []geo.Said
	shorter bool
}

// Open reads the heads of the files. It closes them where they are wrong.
func Open(files Files) (*Reader, error) {
	r := &Reader{files: files, in: bufio.NewReaderSize(files.Shapes, 256<<10)}
	if err := r.open(); err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

func (r *Reader) open() error {
	head := make([]byte, headBytes)
	if _, err := io.ReadFull(r.in, head); err != nil {
		return cut(err, cutInHead, ".shp")
	}
	if string(head[:4]) != Magic {
		return geo.ErrorOf(geo.Invalid, "", noShapefile)
	}
	r.left = 2*int64(binary.BigEndian.Uint32(head[24:])) - headBytes
	if r.files.Table == nil {
		r.warned = append(r.warned, noTable.With())
		return nil
	}
	var err error
	r.table, err = newTable(r.files.Table, r.files.Encoding)
	return err
}

// Close closes the files.
func (r *Reader) Close() error {
	err := r.files.Shapes.Close()
	if r.files.Table != nil {
		err = errors.Join(err, r.files.Table.Close())
	}
	return err
}

// Columns are those of the table.
func (r *Reader) Columns() []record.Column {
	if r.table == nil {
		return nil
	}
	return r.table.columns
}

// Warnings tell of a table that does not fit.
func (r *Reader) Warnings() []geo.Said {
	list := r.warned
	if r.table != nil {
		list = append(list, r.table.warnings()...)
	}
	if r.shorter {
		list = append(list, fewRows.With())
	}
	return list
}

// Next reads the next record. Rows that the table marks as deleted are left
// out with their shapes.
func (r *Reader) Next(to *record.Record) error {
	for {
		to.Reset()
		body, err := r.shape()
		if errors.Is(err, io.EOF) {
			return r.end()
		}
		if err != nil {
			return err
		}
		r.n++
		deleted := false
		if r.table != nil && !r.shorter {
			deleted, err = r.table.next(to)
			if errors.Is(err, io.EOF) {
				r.shorter, err = true, nil
			}
			if err != nil {
				return err
			}
		}
		if deleted {
			continue
		}
		g, z, err := parse(body)
		to.Geometry, to.Z = g, z
		return err
	}
}

// end says what the table holds behind the last shape.
func (r *Reader) end() error {
	if r.table == nil || r.shorter {
		return io.EOF
	}
	var spare record.Record
	more := 0
	for {
		deleted, err := r.table.next(&spare)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if !deleted {
			more++
		}
	}
	if more > 0 {
		return geo.ErrorOf(geo.Invalid, "", moreRows, more)
	}
	return io.EOF
}

// shape reads the bytes of the next shape.
func (r *Reader) shape() ([]byte, error) {
	if r.left == 0 {
		return nil, io.EOF
	}
	var head [8]byte
	if _, err := io.ReadFull(r.in, head[:]); err != nil {
		return nil, cut(err, cutAfter, r.n)
	}
	size := 2 * int64(binary.BigEndian.Uint32(head[4:]))
	if size < 4 || size > maxRecordBytes || size+8 > r.left {
		return nil, geo.ErrorOf(geo.Invalid, "", impossibleShape, r.n+1, size)
	}
	var err error
	if r.buf, err = record.Fill(r.in, r.buf, int(size)); err != nil {
		return nil, cut(err, cutIn, r.n+1)
	}
	r.left -= size + 8
	return r.buf, nil
}

// cut makes a sentence of the end of a file.
func cut(err error, s geo.Sentence, values ...any) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return geo.ErrorOf(geo.Invalid, "", s, values...)
	}
	return err
}

// noData is the greatest number that stands for no measure and no height.
const noData = -1e38

// Types of shapes; those with heights are 10 more, those with measures 20.
const (
	nullShape  = 0
	point      = 1
	polyLine   = 3
	polygon    = 5
	multiPoint = 8
	multiPatch = 31
)

func parse(b []byte) (orb.Geometry, []float64, error) {
	kind := int(binary.LittleEndian.Uint32(b))
	if kind == multiPatch {
		return nil, nil, record.Refuse(multipatch)
	}
	p := &parser{b: b[4:], high: kind/10 == 1}
	g, err := p.shape(kind, kind%10)
	if err == nil && p.short {
		err = record.Refuse(shortShape)
	}
	if err != nil {
		return nil, nil, err
	}
	return g, p.z, nil
}

// parser reads numbers, and notes where there are too few.
type parser struct {
	b     []byte
	high  bool
	short bool
	z     []float64
}

func (p *parser) shape(kind, plain int) (orb.Geometry, error) {
	if kind > 28 || kind < 0 || kind == nullShape {
		plain = kind
	}
	switch plain {
	case nullShape:
		return nil, nil
	case point:
		at := p.points(1)
		if p.short || math.IsNaN(at[0][0]) || at[0][0] <= noData {
			return nil, nil
		}
		p.heights(1, false)
		return at[0], nil
	case multiPoint:
		return p.multiPoint(), nil
	case polyLine, polygon:
		return p.parts(plain)
	}
	return nil, record.Refuse(unknownType, strconv.Itoa(kind))
}

func (p *parser) uint32() int {
	if len(p.b) < 4 {
		p.short = true
		return 0
	}
	n := binary.LittleEndian.Uint32(p.b)
	p.b = p.b[4:]
	return int(n)
}

func (p *parser) float() float64 {
	f := math.Float64frombits(binary.LittleEndian.Uint64(p.b))
	p.b = p.b[8:]
	return f
}

// points reads n points; none where there are fewer.
func (p *parser) points(n int) []orb.Point {
	if n > len(p.b)/16 {
		p.short = true
		return nil
	}
	points := make([]orb.Point, n)
	for i := range points {
		points[i] = orb.Point{p.float(), p.float()}
	}
	return points
}

// heights reads the heights that stand behind the points, after their range
// where there is one.
func (p *parser) heights(n int, ranged bool) {
	if !p.high || p.short {
		return
	}
	if ranged {
		p.skip(16)
	}
	if p.short || n > len(p.b)/8 {
		p.short = true
		return
	}
	p.z = make([]float64, n)
	for i := range p.z {
		if p.z[i] = p.float(); p.z[i] <= noData {
			p.z[i] = math.NaN()
		}
	}
}

func (p *parser) skip(n int) {
	if len(p.b) < n {
		p.short = true
		return
	}
	p.b = p.b[n:]
}

const boxBytes = 32

func (p *parser) multiPoint() orb.Geometry {
	p.skip(boxBytes)
	n := p.uint32()
	points := p.points(n)
	p.heights(n, true)
	switch len(points) {
	case 0:
		return nil
	case 1:
		return points[0]
	}
	return orb.MultiPoint(points)
}

func (p *parser) parts(plain int) (orb.Geometry, error) {
	p.skip(boxBytes)
	parts, n := p.uint32(), p.uint32()
	if parts > len(p.b)/4 {
		p.short = true
	}
	if p.short {
		return nil, nil
	}
	starts := make([]int, parts+1)
	for i := range parts {
		starts[i] = p.uint32()
	}
	starts[parts] = n
	points := p.points(n)
	p.heights(n, true)
	if p.short || n == 0 || parts == 0 {
		return nil, nil
	}
	lines := make([]part, parts)
	for i := range lines {
		from, to := starts[i], starts[i+1]
		if from > to || to > n {
			return nil, record.Refuse(endsEarly, i+1)
		}
		lines[i].points = points[from:to:to]
		if p.z != nil {
			lines[i].z = p.z[from:to:to]
		}
	}
	if plain == polygon {
		return p.polygons(lines)
	}
	return lineOf(lines), nil
}

// part is one line or ring with its heights.
type part struct {
	points []orb.Point
	z      []float64
}

func lineOf(parts []part) orb.Geometry {
	if len(parts) == 1 {
		return orb.LineString(parts[0].points)
	}
	lines := make(orb.MultiLineString, len(parts))
	for i := range parts {
		lines[i] = parts[i].points
	}
	return lines
}
