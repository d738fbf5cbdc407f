package shapefile

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/data/load/record"
	"bivouac/data/load/record/recordtest"
	"bivouac/geo"
)

// shapes writes a .shp of the bodies of shapes.
func shapes(bodies ...[]byte) []byte {
	var out []byte
	for i, body := range bodies {
		out = binary.BigEndian.AppendUint32(out, uint32(i+1))
		out = binary.BigEndian.AppendUint32(out, uint32(len(body)/2))
		out = append(out, body...)
	}
	head := make([]byte, headBytes)
	copy(head, Magic)
	binary.BigEndian.PutUint32(head[24:], uint32((headBytes+len(out))/2))
	return append(head, out...)
}

// body writes whole numbers and floats one behind the other.
func body(values ...any) []byte {
	var b []byte
	for _, v := range values {
		switch v := v.(type) {
		case int:
			b = binary.LittleEndian.AppendUint32(b, uint32(v))
		case float64:
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
		case []float64:
			for _, f := range v {
				b = binary.LittleEndian.AppendUint64(b, math.Float64bits(f))
			}
		}
	}
	return b
}

var (
	box    = []float64{0, 0, 0, 0}
	square = func(r float64) []float64 { return []float64{-r, -r, -r, r, r, r, r, -r, -r, -r} } // clockwise
	back   = func(r float64) []float64 { return []float64{-r, -r, r, -r, r, r, -r, r, -r, -r} }
)

func ringOf(flat []float64) orb.Ring {
	var r orb.Ring
	for i := 0; i < len(flat); i += 2 {
		r = append(r, orb.Point{flat[i], flat[i+1]})
	}
	return r
}

// rows writes a .dbf: columns as name, kind, width, decimals.
func rows(driver byte, columns [][4]any, lines ...string) []byte {
	head := make([]byte, descriptor)
	head[0], head[29] = 3, driver
	width := 1
	var described []byte
	for _, c := range columns {
		d := make([]byte, descriptor)
		copy(d[:11], c[0].(string))
		d[11], d[16], d[17] = c[1].(byte), byte(c[2].(int)), byte(c[3].(int))
		described = append(described, d...)
		width += c[2].(int)
	}
	described = append(described, headEnd)
	binary.LittleEndian.PutUint32(head[4:], uint32(len(lines)))
	binary.LittleEndian.PutUint16(head[8:], uint16(descriptor+len(described)))
	binary.LittleEndian.PutUint16(head[10:], uint16(width))
	out := append(head, described...)
	for _, line := range lines {
		out = append(out, line...)
		out = append(out, bytes.Repeat([]byte(" "), width-len(line))...)
	}
	return append(out, fileEnd)
}

func read(shp, dbf []byte, encoding string) (records []record.Record, warnings []string, err error) {
	files := Files{Shapes: io.NopCloser(bytes.NewReader(shp)), Encoding: encoding}
	if dbf != nil {
		files.Table = io.NopCloser(bytes.NewReader(dbf))
	}
	r, err := Open(files)
	if err != nil {
		return nil, nil, err
	}
	records, err = recordtest.Read(r)
	return records, geo.Texts(r.Warnings()), err
}

func TestShapes(t *testing.T) {
	none := math.Inf(-1)
	for _, c := range []struct {
		desc string
		body []byte
		want orb.Geometry
		z    []float64
	}{
		{"no shape", body(0), nil, nil},
		{"a point", body(1, 1.5, 2.5), orb.Point{1.5, 2.5}, nil},
		{"a point with height and measure", body(11, 1.0, 2.0, 30.0, 4.0), orb.Point{1, 2}, []float64{30}},
		{"a point with a measure", body(21, 1.0, 2.0, 4.0), orb.Point{1, 2}, nil},
		{"points", body(8, box, 2, 1.0, 2.0, 3.0, 4.0), orb.MultiPoint{{1, 2}, {3, 4}}, nil},
		{"points with heights, measures left out", body(18, box, 2, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 5.0, 6.0), orb.MultiPoint{{1, 2}, {3, 4}}, []float64{5, 6}},
		{"a line", body(3, box, 1, 2, 0, 1.0, 2.0, 3.0, 4.0), orb.LineString{{1, 2}, {3, 4}}, nil},
		{"lines with measures", body(23, box, 2, 4, 0, 2, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0), orb.MultiLineString{{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}}, nil},
		{"a polygon with a hole", body(5, box, 2, 10, 0, 5, square(2), back(1)), orb.Polygon{ringOf(square(2)), ringOf(back(1))}, nil},
		{"the hole comes first", body(5, box, 2, 10, 0, 5, back(1), square(2)), orb.Polygon{ringOf(square(2)), ringOf(back(1))}, nil},
		{"both turn the same way", body(5, box, 2, 10, 0, 5, square(2), square(1)), orb.Polygon{ringOf(square(2)), ringOf(square(1))}, nil},
		{"an island in a lake", body(5, box, 3, 15, 0, 5, 10, square(3), back(2), square(1)), orb.MultiPolygon{{ringOf(square(3)), ringOf(back(2))}, {ringOf(square(1))}}, nil},
		{"heights follow their rings", body(15, box, 3, 15, 0, 5, 10, square(3), square(1), back(2), 0.0, 9.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0, 2.0, 3.0, 3.0, 3.0, 3.0, 3.0),
			orb.MultiPolygon{{ringOf(square(3)), ringOf(back(2))}, {ringOf(square(1))}}, []float64{1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2}},
		{"an empty polygon", body(5, box, 0, 0), nil, nil},
		{"a point nowhere", body(1, -1e39, none), nil, nil},
	} {
		got, _, err := read(shapes(c.body), nil, "")
		if err != nil || len(got) != 1 || got[0].ID != "" || !reflect.DeepEqual(got[0].Geometry, c.want) || !reflect.DeepEqual(got[0].Z, c.z) {
			t.Errorf("%s: %+v, %v", c.desc, got, err)
		}
	}
}

func TestBrokenShapes(t *testing.T) {
	whole := shapes(body(1, 1.0, 2.0), body(1, 3.0, 4.0))
	claims := func(n uint32) []byte {
		b := bytes.Clone(whole)
		binary.BigEndian.PutUint32(b[headBytes+4:], n)
		return b
	}
	for _, c := range []struct {
		desc string
		shp  []byte
		want string
	}{
		{"no head", whole[:50], "the .shp is cut off in its head"},
		{"another file", bytes.Repeat([]byte("x"), 200), "is no shapefile"},
		{"cut off between shapes", whole[:len(whole)-28], "the .shp is cut off after shape 1"},
		{"cut off in a shape", whole[:len(whole)-3], "the .shp is cut off in shape 2"},
		{"a shape of ten gigabytes", claims(math.MaxUint32), "shape 1 of the .shp says that it has 8589934590 bytes, which cannot be"},
		{"a shape of nothing", claims(0), "shape 1 of the .shp says that it has 0 bytes, which cannot be"},
		{"more parts than bytes", shapes(body(5, box, 1<<30, 4, 0)), "refused: the shape is shorter than it says"},
		{"more points than bytes", shapes(body(3, box, 1, 1<<30, 0)), "refused: the shape is shorter than it says"},
		{"parts that go backwards", shapes(body(3, box, 2, 2, 2, 1, 1.0, 2.0, 3.0, 4.0)), "refused: its part 1 begins behind its end"},
		{"a body in space", shapes(body(31, box)), "refused: is a multipatch"},
		{"an unknown type", shapes(body(77, box)), "refused: is of the unknown shape type 77"},
	} {
		got, _, err := read(c.shp, nil, "")
		text := ""
		if err != nil {
			text = err.Error()
			if geo.CodeOf(err) != geo.Invalid {
				t.Errorf("%s: %v is not an error for people", c.desc, err)
			}
		}
		for _, x := range got {
			text += x.ID
		}
		if !strings.Contains(text, c.want) {
			t.Errorf("%s: %s, want %s", c.desc, text, c.want)
		}
	}
}

func TestTable(t *testing.T) {
	columns := [][4]any{{"NAME", byte('C'), 10, 0}, {"n", byte('N'), 5, 0}, {"f", byte('F'), 8, 3}, {"d", byte('D'), 8, 0}, {"l", byte('L'), 1, 0}, {"memo", byte('M'), 10, 0}, {"name", byte('C'), 2, 0}}
	dbf := rows(0, columns,
		" Gao           7  -1.50020190102T          a", "*gone", " M\xe9naka", " Gao xx \xd8\xa7\xd8*****     1,500000000?", " x", " y")
	null := body(0)
	got, warnings, err := read(shapes(null, null, null, null, null, null), dbf, "")
	if err != nil || len(got) != 5 {
		t.Fatal(got, err)
	}
	want := [][]geo.Value{
		{geo.String("Gao"), geo.Int(7), geo.Float(-1.5), geo.String("2019-01-02"), geo.Bool(true), geo.String("a")},
		{geo.String("Ménaka"), {}, {}, {}, {}, {}},
		{geo.String("Gao xx ا"), {}, geo.String("1,5"), {}, {}, {}},
	}
	for i := range want {
		for j := range want[i] {
			if !got[i].Values[j].Equal(want[i][j]) {
				t.Errorf("row %d, column %d: %v, want %v", i+1, j+1, got[i].Values[j], want[i][j])
			}
		}
	}
	for _, part := range []string{`memo ('M')`, "so unknown: 1", "texts are not UTF-8 (1); they were read as Windows-1252"} {
		if !strings.Contains(strings.Join(warnings, "\n"), part) {
			t.Errorf("no warning says %q: %q", part, warnings)
		}
	}
}

func TestEncodings(t *testing.T) {
	columns := [][4]any{{"n", byte('C'), 11, 0}}
	for _, c := range []struct {
		desc, encoding string
		driver         byte
		bytes, want    string
	}{
		{"UTF-8 by .cpg", "UTF-8\r\n", 0, "Тимб", "Тимб"},
		{"UTF-8 cut by the width", "utf8", 0x57, "كيدال\xd8", "كيدال"},
		{"Arabic by .cpg", "ANSI 1256", 0, "\xdf\xed\xcf\xc7\xe1", "كيدال"},
		{"Cyrillic by the table", "", 0xc9, "\xc3\xe0\xee", "Гао"},
		{"DOS by the table", "", 0x02, "M\x82naka", "Ménaka"},
		{"Chinese by .cpg", "GBK", 0, "\xd6\xd0", "中"},
		{"Latin-1", "ISO-8859-1", 0xc9, "M\xe9naka", "Ménaka"},
		{"number of ISO", "88591", 0, "M\xe9naka", "Ménaka"},
		{"nothing said, UTF-8", "", 0x57, "टिं", "टिं"},
	} {
		got, _, err := read(shapes(body(0)), rows(c.driver, columns, " "+c.bytes), c.encoding)
		if err != nil || len(got) != 1 || got[0].Values[0].Text() != c.want {
			t.Errorf("%s: %v, %v, want %s", c.desc, got, err, c.want)
		}
	}
	if _, _, err := read(shapes(body(0)), rows(0, columns, " a"), "KLINGON"); geo.CodeOf(err) != geo.Unsupported || !strings.Contains(err.Error(), "KLINGON") {
		t.Errorf("an unknown encoding: %v", err)
	}
}

func TestTablesThatDoNotFit(t *testing.T) {
	columns := [][4]any{{"n", byte('N'), 3, 0}}
	two := shapes(body(0), body(0))
	full := rows(0, columns, "   1", "   2")
	for _, c := range []struct {
		desc string
		dbf  []byte
		want string
	}{
		{"no table", nil, "there is no .dbf beside the .shp"},
		{"fewer rows", rows(0, columns, "   1"), "the .dbf has fewer rows than the .shp has shapes"},
		{"more rows", rows(0, columns, "   1", "   2", "   3"), "the .dbf has 1 rows more than the .shp has shapes"},
		{"cut off in a row", full[:len(full)-3], "the .dbf is cut off in row 2"},
		{"cut off after a row", full[:len(full)-5], "the .dbf ends after row 1, though it says that 1 more follow"},
		{"no head", full[:20], "the .dbf is cut off in its head"},
		{"columns wider than rows", func() []byte { b := bytes.Clone(full); b[descriptor+16] = 200; return b }(), "the columns of the .dbf are wider than its rows"},
		{"a head of nothing", make([]byte, 40), "the head of the .dbf makes no sense"},
	} {
		_, warnings, err := read(two, c.dbf, "")
		text := strings.Join(warnings, "\n")
		if err != nil {
			text += err.Error()
		}
		if !strings.Contains(text, c.want) {
			t.Errorf("%s: %s, want %s", c.desc, text, c.want)
		}
	}
}

func TestTypesOfOtherPrograms(t *testing.T) {
	columns := [][4]any{{"i", byte('I'), 4, 0}, {"o", byte('O'), 8, 0}, {"at", byte('@'), 8, 0}, {"auto", byte('+'), 4, 0}}
	line := []byte(" ")
	line = binary.LittleEndian.AppendUint32(line, 0xfffffffe)
	line = binary.BigEndian.AppendUint64(line, math.Float64bits(2.5)|1<<63)
	line = binary.BigEndian.AppendUint32(line, 2440588+1)
	line = binary.BigEndian.AppendUint32(line, 3_723_000)
	line = binary.BigEndian.AppendUint32(line, 7|1<<31)
	got, _, err := read(shapes(body(0)), rows(0, columns, string(line)), "")
	if err != nil || len(got) != 1 {
		t.Fatal(got, err)
	}
	for i, want := range []geo.Value{geo.Int(-2), geo.Float(2.5), geo.String("1970-01-02T01:02:03.000"), geo.Int(7)} {
		if !got[0].Values[i].Equal(want) {
			t.Errorf("column %d: %v, want %v", i+1, got[0].Values[i], want)
		}
	}
}

// A shape of very many rings is sorted, or refused, in bounded time.
func TestManyRings(t *testing.T) {
	const n = 30_000
	starts, flat := make([]byte, 0, 4*n), make([]byte, 0, 64*n)
	for i := range n {
		starts = append(starts, body(4*i)...)
		r := 1 + float64(i)
		flat = append(flat, body([]float64{-r, -r, 0, r, r, -r, -r, -r})...)
	}
	shape := append(append(body(5, box, n, 4*n), starts...), flat...)
	got, _, err := read(shapes(shape), nil, "")
	if err != nil || len(got) != 1 || !strings.Contains(got[0].ID, "has 30000 rings, too many to find out") {
		t.Errorf("%d, %v", len(got), err)
	}
}

func FuzzShapefile(f *testing.F) {
	columns := [][4]any{{"n", byte('C'), 4, 0}, {"v", byte('N'), 5, 2}, {"d", byte('D'), 8, 0}, {"i", byte('I'), 4, 0}}
	table := rows(0x57, columns, " abc   1.220190102\x01\x00\x00\x00", "*")
	for _, b := range [][]byte{body(1, 1.0, 2.0), body(11, 1.0, 2.0, 3.0, 4.0), body(8, box, 1, 1.0, 2.0), body(3, box, 1, 2, 0, 1.0, 2.0, 3.0, 4.0),
		body(5, box, 2, 10, 0, 5, square(2), back(1)), body(15, box, 1, 5, 0, square(2), 0.0, 1.0, square(1))} {
		f.Add(shapes(b, body(0)), table, "UTF-8")
		f.Add(shapes(b), table[:60], "1256")
	}
	f.Fuzz(func(t *testing.T, shp, dbf []byte, encoding string) {
		records, _, err := read(shp, dbf, encoding)
		if geo.CodeOf(err) == geo.Internal {
			t.Fatalf("%v is not an error for people", err)
		}
		for i := range records {
			if n := recordtest.Vertices(records[i].Geometry); records[i].Z != nil && len(records[i].Z) != n {
				t.Fatalf("%d heights for %d vertices", len(records[i].Z), n)
			}
		}
	})
}
