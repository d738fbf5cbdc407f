// Package pmtilestest answers what an archive of tiles holds, for the tests of
// those that write one.
package pmtilestest

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"testing"
)

// Header is that of an archive, as it stands behind the magic and version.
type Header struct {
	RootOffset, RootLength, MetadataOffset, MetadataLength, LeafOffset, LeafLength, DataOffset, DataLength uint64
	Addressed, Entries, Contents                                                                           uint64
	Clustered, Internal, Packed, Kind, MinZoom, MaxZoom                                                    uint8
	West, South, East, North                                                                               int32
	Zoom                                                                                                   uint8
	Lon, Lat                                                                                               int32
}

// Archive is a whole archive, its tiles unpacked and by their IDs.
type Archive struct {
	Header   Header
	Metadata string
	Tiles    map[uint64]string

	all []byte
}

// Open reads a whole archive.
func Open(t testing.TB, b []byte) Archive {
	t.Helper()
	a := Archive{all: b, Tiles: map[uint64]string{}}
	if string(b[:8]) != "PMTiles\x03" {
		t.Fatalf("it begins with %q", b[:8])
	}
	if err := binary.Read(bytes.NewReader(b[8:127]), binary.LittleEndian, &a.Header); err != nil {
		t.Fatal(err)
	}
	h := &a.Header
	if h.RootOffset != 127 || h.DataOffset+h.DataLength != uint64(len(b)) || h.Clustered != 1 || h.Internal != 2 || h.Packed != 2 || h.Kind != 1 {
		t.Fatalf("%+v", h)
	}
	a.Metadata = string(a.unpack(t, h.MetadataOffset, h.MetadataLength))
	a.directory(t, h.RootOffset, h.RootLength)
	return a
}

func (a *Archive) unpack(t testing.TB, offset, length uint64) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(a.all[offset : offset+length]))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// directory reads one, and those that it points to.
func (a *Archive) directory(t testing.TB, offset, length uint64) {
	t.Helper()
	r := bytes.NewReader(a.unpack(t, offset, length))
	number := func() uint64 {
		n, err := binary.ReadUvarint(r)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	n := number()
	var columns [4][]uint64 // ids, repeats, lengths, offsets
	for c := range columns {
		for range n {
			columns[c] = append(columns[c], number())
		}
	}
	id, at := uint64(0), uint64(0)
	for i := range n {
		id += columns[0][i]
		if o := columns[3][i]; o > 0 {
			at = o - 1
		}
		repeat, size := columns[1][i], columns[2][i]
		if repeat == 0 {
			a.directory(t, a.Header.LeafOffset+at, size)
			at += size
			continue
		}
		tile := string(a.unpack(t, a.Header.DataOffset+at, size))
		for k := range repeat {
			a.Tiles[id+k] = tile
		}
		at += size
	}
}
