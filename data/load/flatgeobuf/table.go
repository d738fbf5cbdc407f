package flatgeobuf

import (
	"encoding/binary"
	"math"
)

// table is a table of a FlatBuffer. It believes nothing: what points beyond
// the bytes is as good as absent, and notes it.
type table struct {
	buf    *buffer
	at     int // of the table
	fields int // of its list of fields, 0 where that is broken
	size   int // of the list
}

// buffer is the bytes, and whether something pointed beyond them.
type buffer struct {
	b      []byte
	broken bool
}

func root(b []byte) (table, *buffer) {
	buf := &buffer{b: b}
	return buf.table(int(buf.uint32(0))), buf
}

// has reports whether n bytes stand at the place.
func (b *buffer) has(at, n int) bool {
	if at < 0 || n < 0 || at > len(b.b)-n {
		b.broken = true
		return false
	}
	return true
}

func (b *buffer) uint32(at int) uint32 {
	if !b.has(at, 4) {
		return 0
	}
	return binary.LittleEndian.Uint32(b.b[at:])
}

func (b *buffer) uint16(at int) uint16 {
	if !b.has(at, 2) {
		return 0
	}
	return binary.LittleEndian.Uint16(b.b[at:])
}

func (b *buffer) float(at int) float64 {
	if !b.has(at, 8) {
		return math.NaN()
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(b.b[at:]))
}

func (b *buffer) table(at int) table {
	fields := at - int(int32(b.uint32(at)))
	size := int(b.uint16(fields))
	if b.broken || size < 4 || !b.has(fields, size) {
		b.broken = true
		return table{buf: b}
	}
	return table{b, at, fields, size}
}

// field is where a field stands; 0 where it is absent.
func (t table) field(n int) int {
	at := 4 + 2*n
	if t.fields == 0 || at+2 > t.size {
		return 0
	}
	by := int(t.buf.uint16(t.fields + at))
	if by == 0 {
		return 0
	}
	return t.at + by
}

func (t table) byte(n int, otherwise byte) byte {
	at := t.field(n)
	if at == 0 || !t.buf.has(at, 1) {
		return otherwise
	}
	return t.buf.b[at]
}

func (t table) uint16(n int, otherwise uint16) uint16 {
	if at := t.field(n); at != 0 {
		return t.buf.uint16(at)
	}
	return otherwise
}

func (t table) int32(n int) int {
	if at := t.field(n); at != 0 {
		return int(int32(t.buf.uint32(at)))
	}
	return 0
}

func (t table) uint64(n int) uint64 {
	at := t.field(n)
	if at == 0 || !t.buf.has(at, 8) {
		return 0
	}
	return binary.LittleEndian.Uint64(t.buf.b[at:])
}

// follow goes where a field points.
func (t table) follow(n int) int {
	at := t.field(n)
	if at == 0 {
		return 0
	}
	return at + int(t.buf.uint32(at))
}

// vector returns the place of a list and its length in items of a size.
func (t table) vector(n, size int) (at, length int) {
	at = t.follow(n)
	if at == 0 {
		return 0, 0
	}
	length = int(t.buf.uint32(at))
	if length > len(t.buf.b)/size || !t.buf.has(at+4, length*size) {
		t.buf.broken = true
		return 0, 0
	}
	return at + 4, length
}

func (t table) bytes(n int) []byte {
	at, length := t.vector(n, 1)
	return t.buf.b[at : at+length]
}

func (t table) floats(n int) []float64 {
	at, length := t.vector(n, 8)
	if length == 0 {
		return nil
	}
	out := make([]float64, length)
	for i := range out {
		out[i] = t.buf.float(at + 8*i)
	}
	return out
}

func (t table) uint32s(n int) []int {
	at, length := t.vector(n, 4)
	out := make([]int, length)
	for i := range out {
		out[i] = int(t.buf.uint32(at + 4*i))
	}
	return out
}

func (t table) table(n int) (table, bool) {
	at := t.follow(n)
	if at == 0 {
		return table{buf: t.buf}, false
	}
	return t.buf.table(at), true
}

// tables returns the tables of a list.
func (t table) tables(n int) []table {
	at, length := t.vector(n, 4)
	out := make([]table, length)
	for i := range out {
		place := at + 4*i
		out[i] = t.buf.table(place + int(t.buf.uint32(place)))
	}
	return out
}
