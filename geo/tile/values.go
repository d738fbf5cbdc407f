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
	codes   [][]uint32 // by table and shown field: place+1 by the code of a string
	scratch []byte
}

// Kinds of numbers: each kind has values of its own.
const (
	wholeNumber = iota
	floatNumber
	moment
	day
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
	return v.number(wholeNumber, uint64(n), func() uint32 {
		tag, bits := byte(uintValue), uint64(n)
		if n < 0 {
			tag, bits = sintValue, zigzag(n)
		}
		at := v.open(1 + sizeOf(bits))
		v.b = append(v.b, tag)
		v.b = binary.AppendUvarint(v.b, bits)
		return at
	})
}

func (v *values) float(f float64) uint32 {
	bits := math.Float64bits(f)
	return v.number(floatNumber, bits, func() uint32 {
		at := v.open(9)
		v.b = append(v.b, doubleValue)
		v.b = binary.LittleEndian.AppendUint64(v.b, bits)
		return at
	})
}

// time writes a time as GeoJSON does, since a tile knows none.
func (v *values) time(t geo.Time, dateOnly bool) uint32 {
	kind := moment
	if dateOnly {
		kind = day
	}
	return v.number(kind, uint64(t), func() uint32 {
		v.scratch = geojson.AppendTime(v.scratch[:0], t, dateOnly)
		return v.text(string(v.scratch[1 : len(v.scratch)-1]))
	})
}

func (v *values) bool(b bool) uint32 {
	// Two numbers that no float has stand for the two.
	bits := uint64(0xfff1) << 48
	if b {
		bits++
	}
	return v.number(floatNumber, bits, func() uint32 {
		at := v.open(2)
		v.b = append(v.b, boolValue, byte(bits&1))
		return at
	})
}

// number returns the place of a value that write adds where it is new.
func (v *values) number(kind int, bits uint64, write func() uint32) uint32 {
	rank, fresh := v.numbers[kind].of(bits)
	if fresh {
		v.at[kind] = append(v.at[kind], write())
	}
	return v.at[kind][rank]
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
