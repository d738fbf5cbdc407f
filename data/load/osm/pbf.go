package osm

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"google.golang.org/protobuf/encoding/protowire"

	"bivouac/geo"
)

// Of the format: https://wiki.openstreetmap.org/wiki/PBF_Format
const (
	headerBlock = "OSMHeader"
	dataBlock   = "OSMData"

	mostHeader = 64 << 10
	mostBlob   = 32 << 20
)

// understood are the features without which a file says that it cannot be
// read.
var understood = map[string]bool{"OsmSchema-V0.6": true, "DenseNodes": true}

// blobReader reads the blocks of a PBF file.
type blobReader struct {
	in     io.Reader
	header []byte
	packed []byte
	plain  bytes.Buffer
	zlib   io.ReadCloser
	number int
}

func readPBF(r io.Reader, v visitor) error {
	b := &blobReader{in: r}
	d := &decoder{visit: v}
	for {
		kind, err := b.next()
		if errors.Is(err, io.EOF) {
			return b.end()
		}
		if err == nil {
			err = d.block(kind, b.plain.Bytes())
		}
		if err != nil {
			return b.named(err)
		}
	}
}

// end says whether a file may end here.
func (b *blobReader) end() error {
	if b.number < 2 {
		return geo.ErrorOf(geo.Invalid, "", headerAlone)
	}
	return nil
}

// named says in which block something is wrong.
func (b *blobReader) named(err error) error {
	var known *geo.Error
	if errors.As(err, &known) || errors.Is(err, errStop) {
		return err
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return geo.ErrorOf(geo.Invalid, "", cutInBlock, b.number)
	}
	return geo.ErrorOf(geo.Invalid, "", damagedBlock, b.number, err)
}

// next reads the next block into plain. The end of the file between two
// blocks is io.EOF.
func (b *blobReader) next() (kind string, err error) {
	var size [4]byte
	if _, err := io.ReadFull(b.in, size[:]); err != nil {
		return "", err
	}
	b.number++
	n := binary.BigEndian.Uint32(size[:])
	if n > mostHeader {
		return "", fmt.Errorf("a header of %d bytes", n)
	}
	if b.header, err = fill(b.in, b.header, int(n)); err != nil {
		return "", err
	}
	var length uint64
	err = fields(b.header, func(f field) error {
		switch f.number {
		case 1:
			kind = string(f.bytes)
		case 3:
			length = f.varint
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	if length > mostBlob {
		return "", fmt.Errorf("a block of %d bytes", length)
	}
	if b.packed, err = fill(b.in, b.packed, int(length)); err != nil {
		return "", err
	}
	return kind, b.unpack()
}

// fill reads n bytes into the buffer, which grows as they come and not as
// they are claimed.
func fill(r io.Reader, buffer []byte, n int) ([]byte, error) {
	if cap(buffer) >= n {
		buffer = buffer[:n]
		_, err := io.ReadFull(r, buffer)
		return buffer, unexpected(err)
	}
	grown := bytes.NewBuffer(buffer[:0])
	got, err := io.CopyN(grown, r, int64(n))
	if err == nil && got < int64(n) {
		err = io.ErrUnexpectedEOF
	}
	return grown.Bytes(), unexpected(err)
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// unpack inflates a blob.
func (b *blobReader) unpack() error {
	b.plain.Reset()
	done := false
	err := fields(b.packed, func(f field) error {
		switch f.number {
		case 1:
			done = true
			_, err := b.plain.Write(f.bytes)
			return err
		case 3:
			done = true
			return b.inflate(f.bytes)
		case 4, 5, 6, 7:
			return geo.ErrorOf(geo.Unsupported, "", otherPacking)
		}
		return nil
	})
	if err == nil && !done {
		return errors.New("a block without data")
	}
	return err
}

func (b *blobReader) inflate(packed []byte) error {
	var err error
	if b.zlib == nil {
		b.zlib, err = zlib.NewReader(bytes.NewReader(packed))
	} else {
		err = b.zlib.(zlib.Resetter).Reset(bytes.NewReader(packed), nil)
	}
	if err != nil {
		return damaged(err)
	}
	n, err := b.plain.ReadFrom(io.LimitReader(b.zlib, mostBlob+1))
	if err == nil && n > mostBlob {
		return fmt.Errorf("more than %d bytes unpacked", mostBlob)
	}
	return damaged(err)
}

// damaged keeps an end within packed bytes from reading as the file's end.
func damaged(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("packed bytes end too soon")
	}
	return err
}

// field is one field of a protocol buffer.
type field struct {
	number protowire.Number
	varint uint64
	bytes  []byte
}

// fields gives the fields of a message, varints and bytes; others are skipped.
func fields(b []byte, visit func(field) error) error {
	for len(b) > 0 {
		number, kind, n := protowire.ConsumeTag(b)
		if n < 0 {
			return protowire.ParseError(n)
		}
		b = b[n:]
		f := field{number: number}
		switch kind {
		case protowire.VarintType:
			f.varint, n = protowire.ConsumeVarint(b)
		case protowire.BytesType:
			f.bytes, n = protowire.ConsumeBytes(b)
		default:
			n = protowire.ConsumeFieldValue(number, kind, b)
		}
		if n < 0 {
			return protowire.ParseError(n)
		}
		b = b[n:]
		if kind == protowire.VarintType || kind == protowire.BytesType {
			if err := visit(f); err != nil {
				return err
			}
		}
	}
	return nil
}
