package raster

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bivouac/geo"
	"bivouac/geo/crs"
)

func open(b []byte) (*Grid, error) {
	return Open(bytes.NewReader(b), int64(len(b)), func() (string, error) { return "", nil })
}

// tally adds up a grid.
func tally(g *Grid) (n int, sum, x, y float64, err error) {
	err = g.Each(func(px, py, v float64) error {
		n++
		sum += v
		x += v * px
		y += v * py
		return nil
	})
	return n, sum, x, y, err
}

func TestAgainstGDAL(t *testing.T) {
	const python = "/usr/bin/python3"
	if exec.Command(python, "-c", "from osgeo import gdal; import numpy").Run() != nil {
		if os.Getenv("BIVOUAC_REQUIRE_CLIENTS") == "1" {
			t.Fatal("python3-gdal and python3-numpy are required: .ci/install does it")
		}
		t.Skip("python3-gdal and python3-numpy are not here, so nothing says what the grids hold")
	}
	folder := t.TempDir()
	out, err := exec.Command(python, "testdata/grids.py", folder).Output()
	if err != nil {
		t.Fatal(err)
	}
	var grids []struct {
		File      string
		EPSG, N   int
		Sum, X, Y float64
	}
	if err := json.Unmarshal(out, &grids); err != nil || len(grids) < 80 {
		t.Fatal(len(grids), err)
	}
	for _, want := range grids {
		b, err := os.ReadFile(filepath.Join(folder, want.File))
		if err != nil {
			t.Fatal(err)
		}
		g, err := open(b)
		if err != nil {
			t.Errorf("%s: %v", want.File, err)
			continue
		}
		n, sum, x, y, err := tally(g)
		near := func(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Abs(b) }
		if err != nil || n != want.N || !near(sum, want.Sum) || !near(x, want.X) || !near(y, want.Y) {
			t.Errorf("%s: %d pixels, sum %v, %v, %v, %v; in GDAL %+v", want.File, n, sum, x, y, err, want)
		}
		system := crs.System(want.EPSG)
		if want.EPSG == 4326 {
			system = crs.CRS84
		}
		if s, err := g.System(); err != nil || s != system {
			t.Errorf("%s: %v, %v", want.File, s, err)
		}
	}
}

// small is a GeoTIFF of one strip of 2 by 2 bytes.
func small() []byte {
	order := binary.LittleEndian
	b := []byte("II*\x00\x08\x00\x00\x00")
	type tag struct{ tag, kind, count, value int }
	tags := []tag{{tagWidth, 4, 1, 2}, {tagHeight, 4, 1, 2}, {tagBits, 3, 1, 8}, {tagCompression, 3, 1, 1}, {tagStripOffsets, 4, 1, 0}, {tagRowsPerStrip, 4, 1, 2}, {tagStripBytes, 4, 1, 4}, {tagScale, 12, 3, 0}, {tagTie, 12, 6, 0}}
	end := 8 + 2 + 12*len(tags) + 4
	b = order.AppendUint16(b, uint16(len(tags)))
	for _, x := range tags {
		switch x.tag {
		case tagStripOffsets:
			x.value = end
		case tagScale:
			x.value = end + 4
		case tagTie:
			x.value = end + 28
		}
		b = order.AppendUint16(b, uint16(x.tag))
		b = order.AppendUint16(b, uint16(x.kind))
		b = order.AppendUint32(b, uint32(x.count))
		b = order.AppendUint32(b, uint32(x.value))
	}
	b = append(b, 0, 0, 0, 0, 1, 2, 3, 4)
	for _, v := range []float64{0.5, 0.5, 0, 0, 0, 0, 10, 20, 0} {
		b = order.AppendUint64(b, math.Float64bits(v))
	}
	return b
}

func TestBroken(t *testing.T) {
	whole := small()
	g, err := open(whole)
	if err != nil {
		t.Fatal(err)
	}
	if n, sum, x, y, err := tally(g); err != nil || n != 4 || sum != 10 || x != 10.25*4+10.75*6 || y != 19.75*3+19.25*7 {
		t.Errorf("%d %v %v %v %v", n, sum, x, y, err)
	}
	with := func(entry int, value uint32) []byte {
		b := bytes.Clone(whole)
		binary.LittleEndian.PutUint32(b[8+2+12*entry+8:], value)
		return b
	}
	const head = "ncols 2\nnrows 2\nxllcorner 10\nyllcorner 19\ncellsize 0.5\nNODATA_value -9\n"
	for _, c := range []struct {
		desc string
		file []byte
		want string
	}{
		{"ten gigabytes in a strip", with(0, 1<<31), "a block of the GeoTIFF says that it has 2147483648 by 2 pixels, which is too much"},
		{"more rows than bytes", with(1, 1<<20), "cut off or damaged"},
		{"packed by another method", with(3, 7), "is packed by method 7, which is not read"},
		{"bits that are no number", with(2, 12), "numbers of 12 bits"},
		{"a strip beyond the end", with(4, 1<<30), "cut off or damaged"},
		{"a strip of nothing but claims", with(6, 1<<30), "cut off or damaged"},
		{"cut off", whole[:60], "cut off or damaged"},
		{"a text cut off", []byte(head + "1 2\n3"), "the grid is cut off in row 2 of 2"},
		{"a text without values", []byte("ncols 2\nnrows 2\n"), "the grid is cut off in its head"},
		{"a decimal comma", []byte(head + "1,5 2\n3 4"), `row 1, column 1: "1,5" is not a number`},
		{"a head that lies", []byte(strings.Replace(head, "2", "9999999999", 1) + "1"), "too many to be read"},
		{"no size", []byte(strings.Replace(head, "0.5", "0", 1) + "1"), "does not say where it lies"},
	} {
		g, err := open(c.file)
		if err == nil {
			_, _, _, _, err = tally(g)
		}
		if err == nil || geo.CodeOf(err) == geo.Internal || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.desc, err, c.want)
		}
	}
	g, err = open([]byte(head + "1 -9\n3 4"))
	if err != nil {
		t.Fatal(err)
	}
	if n, sum, x, y, err := tally(g); err != nil || n != 3 || sum != 8 || x != 10.25*4+10.75*4 || y != 19.75+19.25*7 {
		t.Errorf("%d %v %v %v %v", n, sum, x, y, err)
	}
}

func FuzzGeoTIFF(f *testing.F) {
	f.Add(small())
	for _, method := range []uint32{compressionLZW, compressionZip, compressionBits} {
		b := small()
		binary.LittleEndian.PutUint32(b[8+2+12*3+8:], method)
		f.Add(b)
	}
	f.Add([]byte("ncols 2\nnrows 2\nxllcorner 10\nyllcorner 19\ncellsize 0.5\n1 2 3 4"))
	f.Fuzz(func(t *testing.T, b []byte) {
		g, err := open(b)
		if err == nil && g.Width*g.Height < 1<<20 {
			_, _, _, _, err = tally(g)
		}
		if geo.CodeOf(err) == geo.Internal {
			t.Fatalf("%v is not an error for people", err)
		}
	})
}

func FuzzLZW(f *testing.F) {
	f.Add([]byte{0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01})
	f.Fuzz(func(t *testing.T, b []byte) {
		out, err := unLZW(b, 1<<16)
		if err == nil && len(out) > 1<<16+4096 {
			t.Fatalf("%d bytes", len(out))
		}
	})
}
