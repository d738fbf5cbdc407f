// Package pmtiles writes vector tiles as one archive that is read by ranges:
// PMTiles version 3, clustered, all in gzip.
//
// The directories stand before the tiles and are known after them, so the tiles
// wait in a file of the caller's; memory holds one entry a tile.
package pmtiles

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"math"

	"bivouac/geo"
)

// Sizes that the specification sets.
const (
	headerBytes = 127
	rootBytes   = 16<<10 - headerBytes // header and root come with the first 16 KiB
)

// About is what an archive says of itself.
type About struct {
	Metadata         []byte // a JSON object with vector_layers
	MinZoom, MaxZoom uint8
	Bounds           geo.Box
}

// entry is a run of tiles with the same bytes, or a leaf directory: a run of 0.
type entry struct {
	id             uint64
	offset         uint64
	length, repeat uint32
}

// Writer gathers tiles. They must come in the order of their IDs.
type Writer struct {
	tiles   io.Writer
	entries []entry
	last    []byte
	packed  bytes.Buffer
	gzip    *gzip.Writer
	size    uint64
	count   uint64
}

// NewWriter gathers tiles in a file that WriteTo will read.
func NewWriter(tiles io.Writer) *Writer { return &Writer{tiles: tiles, gzip: gzip.NewWriter(nil)} }

// Add adds a tile that is not packed yet; one without a byte is left out, as
// readers take a tile that is not there. An ID that does not follow the last is
// an error.
func (w *Writer) Add(id uint64, tile []byte) error {
	if len(tile) == 0 {
		return nil
	}
	if n := len(w.entries); n > 0 {
		last := &w.entries[n-1]
		next := last.id + uint64(last.repeat)
		if id < next {
			return geo.Errorf(geo.Internal, "", "pmtiles: tile %d comes after tile %d", id, next-1)
		}
		if id == next && bytes.Equal(tile, w.last) {
			last.repeat++
			w.count++
			return nil
		}
	}
	w.packed.Reset()
	if err := pack(w.gzip, &w.packed, tile); err != nil {
		return err
	}
	if _, err := w.tiles.Write(w.packed.Bytes()); err != nil {
		return err
	}
	w.entries = append(w.entries, entry{id, w.size, uint32(w.packed.Len()), 1})
	w.size += uint64(w.packed.Len())
	w.count++
	w.last = append(w.last[:0], tile...)
	return nil
}

func pack(z *gzip.Writer, to *bytes.Buffer, plain []byte) error {
	z.Reset(to)
	if _, err := z.Write(plain); err != nil {
		return err
	}
	return z.Close()
}

// WriteTo writes the archive; tiles are read from the beginning of the file
// that they were gathered in.
func (w *Writer) WriteTo(out io.Writer, tiles io.Reader, a About) error {
	root, leaves, err := w.directories()
	if err != nil {
		return err
	}
	var metadata bytes.Buffer
	if err := pack(w.gzip, &metadata, a.Metadata); err != nil {
		return err
	}
	sections := [...]uint64{uint64(len(root)), uint64(metadata.Len()), uint64(len(leaves)), w.size}
	for _, part := range [][]byte{w.header(sections, a), root, metadata.Bytes(), leaves} {
		if _, err := out.Write(part); err != nil {
			return err
		}
	}
	_, err = io.CopyN(out, tiles, int64(w.size))
	return err
}

func (w *Writer) header(sections [4]uint64, a About) []byte {
	h := append(make([]byte, 0, headerBytes), "PMTiles\x03"...)
	at := uint64(headerBytes)
	for _, length := range sections {
		h = binary.LittleEndian.AppendUint64(h, at)
		h = binary.LittleEndian.AppendUint64(h, length)
		at += length
	}
	contents := uint64(len(w.entries))
	for _, n := range [...]uint64{w.count, contents, contents} {
		h = binary.LittleEndian.AppendUint64(h, n)
	}
	const clustered, packed, mvt = 1, 2, 1
	h = append(h, clustered, packed, packed, mvt, a.MinZoom, a.MaxZoom)
	b := a.Bounds
	h = appendPlace(h, b.West, b.South)
	h = appendPlace(h, b.East, b.North)
	h = append(h, a.MinZoom)
	return appendPlace(h, (b.West+b.East)/2, (b.South+b.North)/2)
}

// appendPlace writes degrees in ten millionths.
func appendPlace(h []byte, lon, lat float64) []byte {
	h = binary.LittleEndian.AppendUint32(h, uint32(int32(math.Round(lon*1e7))))
	return binary.LittleEndian.AppendUint32(h, uint32(int32(math.Round(lat*1e7))))
}

// directories writes the root and, where that would be too large, the leaves
// that it points to.
func (w *Writer) directories() (root, leaves []byte, err error) {
	if root, err = w.directory(w.entries); err != nil || len(root) <= rootBytes {
		return root, nil, err
	}
	for size := 4096; ; size *= 2 {
		var tops []entry
		leaves = leaves[:0]
		for from := 0; from < len(w.entries); from += size {
			leaf, err := w.directory(w.entries[from:min(from+size, len(w.entries))])
			if err != nil {
				return nil, nil, err
			}
			tops = append(tops, entry{w.entries[from].id, uint64(len(leaves)), uint32(len(leaf)), 0})
			leaves = append(leaves, leaf...)
		}
		if root, err = w.directory(tops); err != nil || len(root) <= rootBytes {
			return root, leaves, err
		}
	}
}

// directory writes entries column by column.
func (w *Writer) directory(entries []entry) ([]byte, error) {
	b := binary.AppendUvarint(nil, uint64(len(entries)))
	last := uint64(0)
	for i := range entries {
		b = binary.AppendUvarint(b, entries[i].id-last)
		last = entries[i].id
	}
	for i := range entries {
		b = binary.AppendUvarint(b, uint64(entries[i].repeat))
	}
	for i := range entries {
		b = binary.AppendUvarint(b, uint64(entries[i].length))
	}
	next := uint64(0)
	for i := range entries {
		e := &entries[i]
		if i > 0 && e.offset == next {
			b = append(b, 0) // right behind the one before
		} else {
			b = binary.AppendUvarint(b, e.offset+1)
		}
		next = e.offset + uint64(e.length)
	}
	var packed bytes.Buffer
	err := pack(w.gzip, &packed, b)
	return packed.Bytes(), err
}
