// Package flatgeobuf answers which records a FlatGeobuf file holds (version 3,
// Björn Harrtell's specification): read from start to end, whether the file
// has an index or not. The decoder of FlatBuffers is ours, since the usual one
// trusts the file: a hundred wrong bytes end the program.
package flatgeobuf

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"

	"bivouac/data/load/record"
	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/geojson"
)

// Magic is how a file of version 3 begins.
const Magic = "fgb\x03fgb"

const (
	magicBytes     = 8
	mostHeadBytes  = 64 << 20
	mostBytes      = 256 << 20 // of one feature
	mostFeatures   = 1 << 40
	indexNodeBytes = 40
	mostColumns    = 1 << 16 // their numbers have 16 bits
)

// Types of columns.
const (
	typeByte = iota
	typeUByte
	typeBool
	typeShort
	typeUShort
	typeInt
	typeUInt
	typeLong
	typeULong
	typeFloat
	typeDouble
	typeString
	typeJSON
	typeDateTime
	typeBinary
)

var kinds = [...]geo.Kind{
	typeByte: geo.KindInt, typeUByte: geo.KindInt, typeBool: geo.KindBool, typeShort: geo.KindInt, typeUShort: geo.KindInt, typeInt: geo.KindInt,
	typeUInt: geo.KindInt, typeLong: geo.KindInt, typeULong: geo.KindInt, typeFloat: geo.KindFloat, typeDouble: geo.KindFloat,
	typeString: geo.KindString, typeJSON: geo.KindNull, typeDateTime: geo.KindTime, typeBinary: geo.KindNull,
}

// Reader reads a file.
type Reader struct {
	file    io.Closer
	in      *bufio.Reader
	buf     []byte
	Title   string // of the layer, "" for none
	columns record.Columns
	types   []byte // of the columns of the file
	places  []int  // of them among the columns
	shape   byte   // the type of all shapes, 0 where each says its own
	count   uint64 // of the features, 0 where that is not known
	n       uint64 // read
	system  func() (crs.System, error)
	known   bool // the file names its system
	binary  int
}

// Open reads the head of the file. It closes the file where that is wrong.
func Open(file io.ReadCloser) (*Reader, error) {
	r := &Reader{file: file, in: bufio.NewReaderSize(file, 256<<10)}
	if err := r.head(); err != nil {
		file.Close()
		return nil, err
	}
	return r, nil
}

// Close closes the file.
func (r *Reader) Close() error { return r.file.Close() }

// Columns are those of the head, and those that features bring themselves.
func (r *Reader) Columns() []record.Column { return r.columns.List }

// Warnings tell of values that are not read.
func (r *Reader) Warnings() []geo.Said {
	if r.binary > 0 {
		return []geo.Said{binaryValues.With(r.binary)}
	}
	return nil
}

// System returns the system of the coordinates, CRS84 where the file names
// none, and whether it names one.
func (r *Reader) System() (s crs.System, known bool, err error) {
	s, err = r.system()
	return s, r.known, err
}

// cut makes a sentence of the end of the file.
func cut(err error, s geo.Sentence, values ...any) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return geo.ErrorOf(geo.Invalid, "", s, values...)
	}
	return err
}

func (r *Reader) head() error {
	var err error
	if r.buf, err = record.Fill(r.in, r.buf, magicBytes); err != nil {
		return cut(err, cutInHead)
	}
	if !strings.HasPrefix(string(r.buf), Magic) {
		return geo.ErrorOf(geo.Invalid, "", otherVersion)
	}
	size, err := r.size()
	if err == nil && size > mostHeadBytes {
		err = geo.ErrorOf(geo.TooLarge, "", impossibleHead, size)
	}
	if err == nil {
		r.buf, err = record.Fill(r.in, r.buf, size)
	}
	if err != nil {
		return cut(err, cutInHead)
	}
	h, buf := root(r.buf)
	r.shape, r.count = h.byte(2, 0), h.uint64(8)
	r.Title = clean(h.bytes(11))
	columns := h.tables(7)
	for _, c := range columns[:min(len(columns), mostColumns)] {
		r.column(c)
	}
	r.place(h)
	node := int64(h.uint16(9, 16))
	if buf.broken || node == 1 || len(columns) > mostColumns || r.count > mostFeatures {
		return geo.ErrorOf(geo.Invalid, "", badHead)
	}
	_, err = io.CopyN(io.Discard, r.in, indexBytes(int64(r.count), node))
	return cut(err, cutInIndex)
}

func (r *Reader) size() (int, error) {
	var b [4]byte
	_, err := io.ReadFull(r.in, b[:])
	return int(binary.LittleEndian.Uint32(b[:])), err
}

// indexBytes is the length of the index: a tree packed from its root to its
// leaves.
func indexBytes(features, node int64) int64 {
	if node == 0 || features == 0 {
		return 0
	}
	nodes := features
	for n := features; ; {
		n = (n + node - 1) / node
		nodes += n
		if n <= 1 {
			return nodes * indexNodeBytes
		}
	}
}

// column adds a column of the head, or of a feature.
func (r *Reader) column(c table) {
	name := clean(c.bytes(0))
	kind := c.byte(1, 0)
	k := geo.KindNull
	if int(kind) < len(kinds) {
		k = kinds[kind]
	}
	r.types = append(r.types, kind)
	r.places = append(r.places, r.columns.Of(name, name, k))
}

func clean(b []byte) string { return strings.ToValidUTF8(string(b), "\ufffd") }

// place finds the system that the head names.
func (r *Reader) place(h table) {
	c, ok := h.table(10)
	org, code, name, text := clean(c.bytes(0)), c.int32(1), clean(c.bytes(2)), clean(c.bytes(4))
	r.known = ok && (code != 0 || text != "" || name != "")
	r.system = func() (crs.System, error) {
		switch {
		case !r.known:
			return crs.CRS84, nil
		case code != 0 && (org == "" || strings.EqualFold(org, "EPSG")):
			return crs.OfEPSG(code)
		case text != "":
			return crs.ParseWKT(text)
		}
		return crs.ParseName(name)
	}
}

// Next reads the next feature.
func (r *Reader) Next(to *record.Record) error {
	to.Reset()
	size, err := r.size()
	if errors.Is(err, io.EOF) {
		if r.count > 0 && r.n < r.count {
			return geo.ErrorOf(geo.Invalid, "", cutAfter, int64(r.n), int64(r.count))
		}
		return io.EOF
	}
	r.n++
	if err == nil && size > mostBytes {
		return geo.ErrorOf(geo.TooLarge, "", impossibleFeature, int64(r.n), size)
	}
	if err == nil {
		r.buf, err = record.Fill(r.in, r.buf, size)
	}
	if err != nil {
		return cut(err, cutIn, int64(r.n))
	}
	return r.feature(to)
}

func (r *Reader) feature(to *record.Record) error {
	f, buf := root(r.buf)
	types, places := r.types, r.places
	if own := f.tables(2); len(own) > 0 && len(own) <= mostColumns {
		r.types, r.places = nil, nil
		for _, c := range own {
			r.column(c)
		}
		types, places, r.types, r.places = r.types, r.places, types, places
	}
	fits := r.properties(f.bytes(1), types, places, to)
	p := parser{buf: buf, left: len(buf.b)}
	if g, ok := f.table(0); ok {
		to.Geometry = p.shape(g, r.shape, 0)
	}
	if p.high {
		to.Z = p.z
	}
	switch {
	case p.unknown != 0:
		return record.Refuse(unknownType, strconv.Itoa(int(p.unknown)))
	case buf.broken || p.odd || !fits:
		to.Geometry, to.Z = nil, nil
		return record.Refuse(damaged)
	}
	return nil
}

// properties reads the values, each behind the number of its column; false
// where they make no sense.
func (r *Reader) properties(b []byte, types []byte, places []int, to *record.Record) bool {
	for len(b) > 0 {
		if len(b) < 2 {
			return false
		}
		column := int(binary.LittleEndian.Uint16(b))
		if b = b[2:]; column >= len(types) {
			return false
		}
		v, n := r.value(types[column], b)
		if n < 0 {
			return false
		}
		to.Set(places[column], v)
		b = b[n:]
	}
	return true
}

var widths = [...]int{typeByte: 1, typeUByte: 1, typeBool: 1, typeShort: 2, typeUShort: 2, typeInt: 4, typeUInt: 4, typeLong: 8, typeULong: 8, typeFloat: 4, typeDouble: 8}

// value reads one value and returns its length, -1 where it is broken.
func (r *Reader) value(kind byte, b []byte) (geo.Value, int) {
	if int(kind) >= len(widths) {
		return r.longValue(kind, b)
	}
	n := widths[kind]
	if len(b) < n {
		return geo.Value{}, -1
	}
	order := binary.LittleEndian
	switch kind {
	case typeByte:
		return geo.Int(int64(int8(b[0]))), n
	case typeUByte:
		return geo.Int(int64(b[0])), n
	case typeBool:
		return geo.Bool(b[0] != 0), n
	case typeShort:
		return geo.Int(int64(int16(order.Uint16(b)))), n
	case typeUShort:
		return geo.Int(int64(order.Uint16(b))), n
	case typeInt:
		return geo.Int(int64(int32(order.Uint32(b)))), n
	case typeUInt:
		return geo.Int(int64(order.Uint32(b))), n
	case typeLong:
		return geo.Int(int64(order.Uint64(b))), n
	case typeULong:
		if u := order.Uint64(b); u > math.MaxInt64 {
			return geo.Float(float64(u)), n
		}
		return geo.Int(int64(order.Uint64(b))), n
	case typeFloat:
		return geo.Float(float64(math.Float32frombits(order.Uint32(b)))), n
	}
	return geo.Float(math.Float64frombits(order.Uint64(b))), n
}

// longValue reads what says its length itself.
func (r *Reader) longValue(kind byte, b []byte) (geo.Value, int) {
	if len(b) < 4 {
		return geo.Value{}, -1
	}
	n := int(binary.LittleEndian.Uint32(b))
	if n > len(b)-4 {
		return geo.Value{}, -1
	}
	text := b[4 : 4+n]
	switch kind {
	case typeString, typeDateTime:
		return geo.String(clean(text)), 4 + n
	case typeJSON:
		if v, err := geojson.ParseValue(text); err == nil {
			return v, 4 + n
		}
		return geo.String(clean(text)), 4 + n
	case typeBinary:
		r.binary++
		return geo.Value{}, 4 + n
	}
	return geo.Value{}, -1
}
