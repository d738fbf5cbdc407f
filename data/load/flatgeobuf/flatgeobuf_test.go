package flatgeobuf

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"bivouac/data/load/record"
	"bivouac/data/load/record/recordtest"
	"bivouac/geo"
)

// types.fgb was written by GDAL 3.6: seven shapes in zone 38 north, with a
// value of every type and an index.
func typesFile(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/types.fgb")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func read(b []byte) (records []record.Record, r *Reader, err error) {
	if r, err = Open(io.NopCloser(bytes.NewReader(b))); err != nil {
		return nil, nil, err
	}
	records, err = recordtest.Read(r)
	return records, r, err
}

func TestTypes(t *testing.T) {
	records, r, err := read(typesFile(t))
	if err != nil || len(records) != 7 {
		t.Fatal(len(records), err)
	}
	if s, known, err := r.System(); err != nil || !known || s != 32638 {
		t.Errorf("%v %v %v %q", s, known, err, r.Title)
	}
	var shapes []string
	for i := range records {
		shapes = append(shapes, records[i].Geometry.GeoJSONType())
		got := map[string]string{}
		for j, v := range records[i].Values {
			got[r.Columns()[j].Name] = fmt.Sprintf("%v %v", r.Columns()[j].Kind, v)
		}
		for name, want := range map[string]string{"bool": "boolean true", "short": "integer -300", "int": "integer -70000", "long": "integer -5000000000", "single": "number 0.5",
			"double": "number 0.1", "text": `string "كيدال"`, "json": `string "{\"a\":[1]}"`, "at": `time "2019-01-02T03:04:05Z"`, "bytes": "null null"} {
			if got[name] != want {
				t.Errorf("record %d: %s is %s, want %s", i+1, name, got[name], want)
			}
		}
	}
	for _, kind := range []string{"Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"} {
		if !strings.Contains(strings.Join(shapes, " "), kind) {
			t.Errorf("no shape is a %s: %v", kind, shapes)
		}
	}
	if w := r.Warnings(); len(w) != 1 || !strings.HasSuffix(w[0].Text, "left out: 7") {
		t.Errorf("warnings: %v", w)
	}
}

// A file that is cut off anywhere says so, and never gives fewer records in
// silence.
func TestCutOff(t *testing.T) {
	whole := typesFile(t)
	for n := range whole {
		if _, _, err := read(whole[:n]); geo.CodeOf(err) != geo.Invalid {
			t.Fatalf("the first %d of %d bytes are read, %v", n, len(whole), err)
		}
	}
}

func TestBroken(t *testing.T) {
	whole := typesFile(t)
	head := int(binary.LittleEndian.Uint32(whole[magicBytes:]))
	change := func(at int, with ...byte) []byte {
		b := bytes.Clone(whole)
		copy(b[at:], with)
		return b
	}
	features := magicBytes + 4 + head + int(indexBytes(7, 16))
	for _, c := range []struct {
		desc string
		file []byte
		want string
	}{
		{"another version", change(3, 2), "is no FlatGeobuf of version 3"},
		{"a head of four gigabytes", change(magicBytes, 0xff, 0xff, 0xff, 0xff), "its head says that it has 4294967295 bytes, which cannot be"},
		{"a head that points away", change(magicBytes+4, 0xff, 0xff, 0xff, 0x7f), "the head of the file makes no sense"},
		{"a feature of four gigabytes", change(features, 0xff, 0xff, 0xff, 0xff), "feature 1 says that it has 4294967295 bytes, which cannot be"},
		{"a feature that points away", change(features+4, 0xff, 0xff, 0xff, 0x7f), "refused: its "},
	} {
		got, _, err := read(c.file)
		if text := recordtest.Said(got, err); !strings.Contains(text, c.want) {
			t.Errorf("%s: %.200s, want %s", c.desc, text, c.want)
		}
	}
}

// TestPartsThatAreTheSame reads a collection of a given depth, whose two parts are the same
// table, so that a naive reader would see two to the power of the depth.
func TestPartsThatAreTheSame(t *testing.T) {
	b := make([]byte, 4)
	vtable := len(b)
	for _, v := range []uint16{20, 12, 0, 0, 0, 0, 0, 0, 8, 4} {
		b = binary.LittleEndian.AppendUint16(b, v)
	}
	last := -1
	for range 30 {
		table := len(b)
		b = binary.LittleEndian.AppendUint32(b, uint32(table-vtable))
		b = binary.LittleEndian.AppendUint32(b, 4+4) // to the list
		b = append(b, collection, 0, 0, 0)
		if last < 0 {
			b = binary.LittleEndian.AppendUint32(b, 0)
		} else {
			b = binary.LittleEndian.AppendUint32(b, 2)
			for range 2 {
				b = binary.LittleEndian.AppendUint32(b, uint32(int32(last-len(b))))
			}
		}
		last = table
	}
	buf := &buffer{b: b}
	p := parser{buf: buf, left: len(b)}
	p.shape(buf.table(last), 0, 0)
	if !p.odd && !buf.broken {
		t.Error("a shape that grows without end is read")
	}
}

func TestIndexBytes(t *testing.T) {
	for _, c := range []struct{ features, node, want int64 }{{0, 16, 0}, {1, 16, 80}, {16, 16, 17 * 40}, {17, 16, 20 * 40}, {100, 0, 0}} {
		if got := indexBytes(c.features, c.node); got != c.want {
			t.Errorf("%d features by %d: %d, want %d", c.features, c.node, got, c.want)
		}
	}
}

func FuzzFlatGeobuf(f *testing.F) {
	whole := typesFile(f)
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Fuzz(func(t *testing.T, b []byte) {
		_, r, err := read(b)
		if geo.CodeOf(err) == geo.Internal {
			t.Fatalf("%v is not an error for people", err)
		}
		if r != nil {
			if _, _, err := r.System(); geo.CodeOf(err) == geo.Internal {
				t.Fatalf("%v is not an error for people", err)
			}
		}
	})
}
