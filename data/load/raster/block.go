package raster

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strconv"

	"bivouac/geo"
)

// blocks unpacks the blocks one by one. Those that the file leaves out hold
// nothing.
func (t *tiff) blocks(g *Grid, l *layout, visit func(column, row, width int, values []float64) error) error {
	across := (g.Width + l.width - 1) / l.width
	down := (g.Height + l.height - 1) / l.height
	for i := range across * down {
		column, row := i%across*l.width, i/across*l.height
		if l.bytes[i] == 0 {
			continue
		}
		packed, err := t.bytes(int64(l.offsets[i]), int64(l.bytes[i]))
		if err != nil {
			return err
		}
		rows := min(l.height, g.Height-row)
		b, err := l.unpack(packed, l.width*rows*l.bits/8)
		if err != nil {
			return err
		}
		width := min(l.width, g.Width-column)
		if err := visit(column, row, width, t.values(b, l, width, rows)); err != nil {
			return err
		}
	}
	return nil
}

// unpack returns the bytes of a block, which has n of them.
func (l *layout) unpack(packed []byte, n int) (b []byte, err error) {
	switch l.compression {
	case compressionNone:
		b = packed
	case compressionLZW:
		b, err = unLZW(packed, n)
	case compressionZip, compressionZip2:
		b, err = unzip(packed, n)
	case compressionBits:
		b = unpackBits(packed, n)
	default:
		return nil, geo.ErrorOf(geo.Unsupported, "", otherPacking, strconv.Itoa(l.compression))
	}
	if err != nil || len(b) < n {
		return nil, errCutTIFF
	}
	return b[:n], nil
}

func unzip(packed []byte, n int) ([]byte, error) {
	z, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	_, err = io.CopyN(&out, z, int64(n))
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return out.Bytes(), err
}

// unpackBits undoes Apple's run lengths.
func unpackBits(packed []byte, n int) []byte {
	var out []byte
	for len(packed) > 0 && len(out) < n {
		c := int(int8(packed[0]))
		packed = packed[1:]
		switch {
		case c >= 0:
			c = min(c+1, len(packed))
			out = append(out, packed[:c]...)
			packed = packed[c:]
		case c != -128 && len(packed) > 0:
			out = append(out, bytes.Repeat(packed[:1], 1-c)...)
			packed = packed[1:]
		}
	}
	return out
}

// unLZW undoes the codes of TIFF 6.0, section 13: the first bits come first,
// and codes grow one early.
func unLZW(packed []byte, n int) ([]byte, error) {
	const clearCode, endCode, first, most = 256, 257, 258, 4096
	type word struct {
		before, length int
		last           byte
	}
	var table [most]word
	out := make([]byte, 0, min(n, 1<<20))
	next, width, previous := first, 9, -1
	bits, held := 0, 0
	add := func(code int) (start byte) {
		length := 1
		if code >= first {
			length = table[code].length
		}
		at := len(out)
		out = append(out, make([]byte, length)...)
		for i := at + length - 1; code >= first; i-- {
			out[i], code = table[code].last, table[code].before
		}
		out[at] = byte(code)
		return byte(code)
	}
	for _, c := range packed {
		bits, held = bits<<8|int(c), held+8
		if held < width {
			continue
		}
		held -= width
		code := bits >> held & (1<<width - 1)
		bits &= 1<<held - 1
		switch {
		case code == endCode || len(out) >= n:
			return out, nil
		case code == clearCode:
			next, width, previous = first, 9, -1
			continue
		case code > next || code == next && previous < 0 || code >= first && previous < 0:
			return nil, errCutTIFF
		}
		length := 1
		if previous >= first {
			length = table[previous].length
		}
		if code == next && next < most { // the word that is being made
			table[next] = word{previous, length + 1, out[len(out)-length]}
			add(code)
			next++
		} else {
			start := add(code)
			if previous >= 0 && next < most {
				table[next] = word{previous, length + 1, start}
				next++
			}
		}
		if next+1 >= 1<<width && width < 12 {
			width++
		}
		previous = code
	}
	return out, nil
}

// values turns the bytes of a block into numbers, those of columns beyond the
// grid left out.
func (t *tiff) values(b []byte, l *layout, width, rows int) []float64 {
	size := l.bits / 8
	out := make([]float64, 0, width*rows)
	for row := range rows {
		line := b[row*l.width*size : (row+1)*l.width*size]
		order := t.order
		switch l.predictor {
		case predictorNext:
			sum(line, size, order)
		case predictorFloat:
			line, order = gathered(line, size), binary.BigEndian
		}
		for i := range width {
			out = append(out, number(line[i*size:], l, order))
		}
	}
	return out
}

// sum undoes differences between neighbours.
func sum(line []byte, size int, order binary.ByteOrder) {
	for i := size; i+size <= len(line); i += size {
		switch size {
		case 1:
			line[i] += line[i-1]
		case 2:
			order.PutUint16(line[i:], order.Uint16(line[i:])+order.Uint16(line[i-2:]))
		case 4:
			order.PutUint32(line[i:], order.Uint32(line[i:])+order.Uint32(line[i-4:]))
		case 8:
			order.PutUint64(line[i:], order.Uint64(line[i:])+order.Uint64(line[i-8:]))
		}
	}
}

// gathered undoes the predictor of floats (Adobe, TIFF technical note 3):
// differences of bytes, the first bytes of all numbers first.
func gathered(line []byte, size int) []byte {
	for i := 1; i < len(line); i++ {
		line[i] += line[i-1]
	}
	n := len(line) / size
	out := make([]byte, len(line))
	for i := range n {
		for j := range size {
			out[i*size+j] = line[j*n+i]
		}
	}
	return out
}

func number(b []byte, l *layout, order binary.ByteOrder) float64 {
	switch l.format*100 + l.bits {
	case formatUnsigned*100 + 8:
		return float64(b[0])
	case formatUnsigned*100 + 16:
		return float64(order.Uint16(b))
	case formatUnsigned*100 + 32:
		return float64(order.Uint32(b))
	case formatUnsigned*100 + 64:
		return float64(order.Uint64(b))
	case formatSigned*100 + 8:
		return float64(int8(b[0]))
	case formatSigned*100 + 16:
		return float64(int16(order.Uint16(b)))
	case formatSigned*100 + 32:
		return float64(int32(order.Uint32(b)))
	case formatSigned*100 + 64:
		return float64(int64(order.Uint64(b)))
	case formatFloat*100 + 32:
		return float64(math.Float32frombits(order.Uint32(b)))
	}
	return math.Float64frombits(order.Uint64(b))
}
