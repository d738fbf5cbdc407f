// Package osm answers which roads, barriers and turn restrictions an
// OpenStreetMap file holds. It reads PBF and XML, in three passes over the
// file: which nodes the roads need, where those nodes are, and the roads.
//
// The PBF decoder is ours, on protowire: the libraries that were looked at
// trust the file, so that a hundred wrong bytes end the program. Every size
// that a file claims is held to the bounds of the format before memory is
// taken for it.
package osm

import (
	"bytes"
	"errors"
	"io"

	"bivouac/geo"
)

// tag is one key and value. Both share memory with the file's block, until
// the next element is read, unless they are copied.
type tag struct{ key, value string }

type tags []tag

// get returns the value of a key, "" for none.
func (t tags) get(key string) string {
	for i := range t {
		if t[i].key == key {
			return t[i].value
		}
	}
	return ""
}

// first returns the value of the first of the keys that is there.
func (t tags) first(keys ...string) string {
	for _, k := range keys {
		if v := t.get(k); v != "" {
			return v
		}
	}
	return ""
}

// spot is a place in units of 1e-7 degrees, which is how finely
// OpenStreetMap keeps them.
type spot struct{ lon, lat int32 }

type node struct {
	id   int64
	at   spot
	tags tags
}

type way struct {
	id    int64
	nodes []int64
	tags  tags
}

type memberKind uint8

const (
	nodeMember memberKind = iota
	wayMember
	relationMember
)

type member struct {
	kind memberKind
	id   int64
	role string
}

type relation struct {
	id      int64
	members []member
	tags    tags
}

// visitor is given the elements of a file in their order. A nil function
// skips what it would be given. What it is given is used again for the next.
type visitor struct {
	node     func(*node) error
	way      func(*way) error
	relation func(*relation) error
}

// Is reports whether a file that starts so is one of OpenStreetMap.
func Is(start []byte) bool { return isPBF(start) || isXML(start) }

func isPBF(start []byte) bool {
	const most = 64
	return len(start) > 16 && start[0] == 0 && start[1] == 0 && bytes.Contains(start[:min(len(start), most)], []byte(headerBlock))
}

func isXML(start []byte) bool {
	text := bytes.TrimLeft(start, "\xef\xbb\xbf \t\r\n")
	return bytes.HasPrefix(text, []byte("<osm")) || bytes.HasPrefix(text, []byte("<?xml")) && bytes.Contains(text, []byte("<osm"))
}

// startBytes is how much of a file tells which it is.
const startBytes = 4096

// read gives the elements of a file of either format to v.
func read(r io.Reader, v visitor) error {
	start := make([]byte, startBytes)
	n, err := io.ReadFull(r, start)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	start = start[:n]
	whole := io.MultiReader(bytes.NewReader(start), r)
	switch {
	case isPBF(start):
		return readPBF(whole, v)
	case isXML(start):
		return readXML(whole, v)
	}
	return geo.ErrorOf(geo.Unsupported, "", noMap)
}
