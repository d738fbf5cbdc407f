package tile

import (
	"encoding/binary"
	"math"

	"bivouac/geo"
	"bivouac/geo/geojson"
)

// values is the dictionary of a layer, each value once, in the order of its
// first use.
type values struct {
	b       []byte // as the layer holds them
	n       uint32
	texts   map[string]uint32
	numbers [numberKinds]intern // of ranks into at
	at      [numberKinds][]uint32
	small   [256]uint32 // place+1 of the whole numbers that records are full of
	codes   [][]uint32  // by table and shown field: place+1 by the code of a string
	scratch []byte
}

// Kinds of numbers: each kind has values of its own.
const (
	wholeNumber = iota
	floatNumber
	moment
	day
	yesNo
	numberKinds
)

// Fields of a value, as protobuf writes them: the number of the field, and in
// the last three bits how its length is told, 0 for a varint.
const (
	stringValue = 1<<3 | 2
	doubleValue = 3<<3 | 1
	uintValue   = 5 << 3
	sintValue   = 6 << 3
	boolValue   = 7 << 3
)

func (v *values) reset() {
	v.b, v.n = v.b[:0], 0
	if len(v.texts) > cacheRoom {
		v.texts = nil
	}
	if v.texts == nil {
		v.texts = map[string]uint32{}
	}
	clear(v.texts)
	for i := range v.numbers {
		v.numbers[i].reset()
		v.at[i] = v.at[i][:0]
	}
	clear(v.small[:])
	clear(v.codes)
	v.codes = v.codes[:0]
}

// cell returns the place of the value of row n, which is not null. shown is
// the field's place and tables how many there are, for the memory of codes.
func (v *values) cell(c *geo.Column, n uint32, memory int, dateOnly bool) uint32 {
	switch c.Kind {
	case geo.KindString:
		return v.code(c, c.Codes[n], memory)
	case geo.KindFloat:
		return v.float(c.Floats[n])
	case geo.KindTime:
		return v.time(geo.Time(c.Ints[n]), dateOnly)
	case geo.KindBool:
		return v.bool(c.Ints[n] != 0)
	}
	return v.int(c.Ints[n])
}

// code is text for a string of a dictionary, remembered where that is short.
func (v *values) code(c *geo.Column, code uint32, memory int) uint32 {
	if len(c.Dict) > cacheRoom {
		return v.text(c.Dict[code])
	}
	for len(v.codes) <= memory {
		v.codes = append(v.codes, nil)
	}
	known := v.codes[memory]
	if known == nil {
		known = make([]uint32, len(c.Dict))
		v.codes[memory] = known
	}
	if known[code] == 0 {
		known[code] = v.text(c.Dict[code]) + 1
	}
	return known[code] - 1
}

func (v *values) text(s string) uint32 {
	at, ok := v.texts[s]
	if !ok {
		at = v.open(1 + sizeOf(uint64(len(s))) + len(s))
		v.b = append(v.b, stringValue)
		v.b = binary.AppendUvarint(v.b, uint64(len(s)))
		v.b = append(v.b, s...)
		v.texts[s] = at
	}
	return at
}

func (v *values) int(n int64) uint32 {
	if uint64(n) >= uint64(len(v.small)) {
		return v.number(wholeNumber, uint64(n))
	}
	if v.small[n] == 0 {
		v.small[n] = v.add(wholeNumber, uint64(n)) + 1
	}
	return v.small[n] - 1
}

func (v *values) float(f float64) uint32 { return v.number(floatNumber, math.Float64bits(f)) }

// time writes a time as GeoJSON does, since a tile knows none. A text that
// reads like it has a value of its own.
func (v *values) time(t geo.Time, dateOnly bool) uint32 {
	if dateOnly {
		return v.number(day, uint64(t))
	}
	return v.number(moment, uint64(t))
}

func (v *values) bool(b bool) uint32 { return v.number(yesNo, uint64(geo.TriOf(b)/geo.True)) }

// number returns the place of a value by its kind and bits.
func (v *values) number(kind int, bits uint64) uint32 {
	rank, fresh := v.numbers[kind].of(bits)
	if fresh {
		v.at[kind] = append(v.at[kind], v.add(kind, bits))
	}
	return v.at[kind][rank]
}

// add writes a value that is new.
func (v *values) add(kind int, bits uint64) uint32 {
	s := v.scratch[:0]
	switch kind {
	case wholeNumber:
		s = append(s, uintValue)
		if int64(bits) < 0 {
			s[0], bits = sintValue, zigzag(int64(bits))
		}
		s = binary.AppendUvarint(s, bits)
	case floatNumber:
		s = binary.LittleEndian.AppendUint64(append(s, doubleValue), bits)
	case yesNo:
		s = append(s, boolValue, byte(bits))
	default:
		s = geojson.AppendTime(append(s, stringValue), geo.Time(bits), kind == day)
		s[1] = byte(len(s) - 3) // the length stands for the quote before, and nothing for the one behind
		s = s[:len(s)-1]
	}
	v.scratch = s
	at := v.open(len(s))
	v.b = append(v.b, s...)
	return at
}

// open begins a value of the length and returns its place.
func (v *values) open(length int) uint32 {
	v.b = append(v.b, layerValue)
	v.b = binary.AppendUvarint(v.b, uint64(length))
	v.n++
	return v.n - 1
}

func zigzag(n int64) uint64 { return uint64(n<<1) ^ uint64(n>>63) }

// sizeOf returns how many bytes a varint takes.
func sizeOf(n uint64) int {
	size := 1
	for ; n >= 0x80; n >>= 7 {
		size++
	}
	return size
}
