package export

import (
	"archive/zip"
	"compress/flate"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"bivouac/data/export/shapefile"
	"bivouac/geo"
)

// shapefiles writes a ZIP of shapefiles, one for each type of shapes, with and
// without heights, and another one where one would grow beyond 2 GB. A text
// beside them says what none of them can.
type shapefiles struct {
	to    io.Writer
	sheet Sheet
	cells *cells
	names []string
	files []*shapefilePart
	limit int64 // of the bytes of a file
	cell  []byte
	row   []byte
	ends  []int
	shape []byte

	cut, long, collections, flattened int // texts, lists and the like, and records
}

var shapefileHolds = Holds{
	Kinds:  []geo.Kind{geo.KindBool, geo.KindInt, geo.KindFloat},
	Shapes: OneAFile, Heights: true, Systems: true, Spools: true, Packed: true,
	NameBytes: shapefile.NameBytes, TextBytes: shapefile.TextBytes, Trims: true, Days: true,
}

func newShapefile(to io.Writer, s Sheet) (Writer, error) {
	return newShapefileOf(to, s, shapefile.Limit)
}

// newShapefileOf begins another file where one would grow to the limit.
func newShapefileOf(to io.Writer, s Sheet, limit int64) (*shapefiles, error) {
	f := &shapefiles{to: to, sheet: s, cells: newCells(s, &shapefileHolds), limit: limit}
	long := f.cells.names()
	f.names = shapefile.Names(append(long, free(long, "id")))
	return f, nil
}

// kindFor is the kind of file that a shape goes to. What has none goes where
// most of its collection are.
func (f *shapefiles) kindFor(g orb.Geometry, z []float64) shapefile.Kind {
	k := shapefile.KindOf(g)
	switch {
	case k != shapefile.Null && z != nil:
		return k.High()
	case k != shapefile.Null:
		return k
	}
	switch f.sheet.Schema.Geometry {
	case geo.NoGeometry:
		return shapefile.Null
	case geo.LineGeometry:
		return shapefile.PolyLine
	case geo.AreaGeometry:
		return shapefile.Polygon
	}
	return shapefile.Point
}

func (f *shapefiles) Write(r geo.Row, beside []geo.Value) error {
	f.cells.take(r, beside)
	var g orb.Geometry
	var z []float64
	if f.cells.placed {
		g, z = f.cells.place()
	}
	if slices.ContainsFunc(z, math.IsNaN) {
		z = nil
		f.flattened++
	}
	if g != nil && shapefile.KindOf(g) == shapefile.Null {
		f.collections++
	}
	f.readRow(r.Key())
	kind := f.kindFor(g, z)
	p, err := f.part(kind, vertexBytes(g))
	if err != nil {
		return err
	}
	return p.add(f, g, z)
}

// vertexBytes is more than the record of the shape takes.
func vertexBytes(g orb.Geometry) int64 {
	const record, part, vertex = 100, 4, 24
	n := int64(0)
	switch g := g.(type) {
	case orb.MultiPoint:
		n = int64(len(g))
	case orb.LineString:
		n = int64(len(g))
	case orb.MultiLineString:
		for _, l := range g {
			n += int64(len(l)) + part
		}
	case orb.Polygon:
		for _, l := range g {
			n += int64(len(l)) + part
		}
	case orb.MultiPolygon:
		for _, p := range g {
			n += vertexBytes(p)
		}
	}
	return record + vertex*n
}

// readRow puts the cells of the row end to end.
func (f *shapefiles) readRow(key geo.Key) {
	f.row, f.ends = f.row[:0], f.ends[:0]
	for i := range f.cells.fields {
		f.appendCell(f.cells.value(i), &f.cells.fields[i])
		f.ends = append(f.ends, len(f.row))
	}
	f.row = strconv.AppendInt(f.row, int64(key), 10)
	f.ends = append(f.ends, len(f.row))
}

func (f *shapefiles) appendCell(v geo.Value, field *geo.Field) {
	start := len(f.row)
	switch {
	case v.Null():
		return
	case field.Kind == geo.KindBool:
		f.row = append(f.row, "FT"[boolBit(v)])
		return
	case field.Kind == geo.KindTime && field.DateOnly:
		f.row = v.Time().Std().AppendFormat(f.row, "20060102")
		return
	case field.Kind == geo.KindFloat:
		f.row = appendNumber(f.row, v.Float())
		return
	}
	f.row = appendText(f.row, v, field)
	for i := start; i < len(f.row); i++ {
		if f.row[i] == 0 {
			f.row[i] = ' '
		}
	}
	if len(f.row)-start > shapefile.TextBytes {
		if v.Kind() != geo.KindString { // half a list is none
			f.row = f.row[:start]
			f.long++
			return
		}
		f.cut++
		f.row = f.row[:start+len(shapefile.Cut(f.row[start:], shapefile.TextBytes))]
	}
}

func boolBit(v geo.Value) int {
	if v.Bool() {
		return 1
	}
	return 0
}

// appendNumber adds the shortest text that reads back as the same number, in
// at most the 24 characters of such columns.
func appendNumber(b []byte, x float64) []byte {
	start := len(b)
	if b = strconv.AppendFloat(b, x, 'f', -1, 64); len(b)-start > 24 {
		b = strconv.AppendFloat(b[:start], x, 'e', -1, 64)
	}
	return b
}

// part returns the file for a record of so many bytes of shape, whose cells
// are read.
func (f *shapefiles) part(k shapefile.Kind, bytes int64) (*shapefilePart, error) {
	for _, p := range slices.Backward(f.files) {
		if p.kind != k {
			continue
		}
		if p.takes(f, bytes) {
			return p, nil
		}
		break // it is full; the next one begins
	}
	p := &shapefilePart{kind: k}
	f.files = append(f.files, p)
	for i, name := range f.names {
		p.table = append(p.table, shapefile.Column{Name: name})
		p.table[i].Type, p.table[i].Whole, p.table[i].Width = f.columnOf(i)
	}
	var err error
	for _, s := range []**spool{&p.shapes, &p.index, &p.rows} {
		if *s, err = newSpool(); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (f *shapefiles) columnOf(i int) (kind byte, whole bool, width int) {
	if i == len(f.cells.fields) {
		return 'N', true, 1
	}
	switch field := &f.cells.fields[i]; {
	case field.Kind == geo.KindBool:
		return 'L', false, 1
	case field.Kind == geo.KindInt:
		return 'N', true, 1
	case field.Kind == geo.KindFloat:
		return 'N', false, 3
	case field.Kind == geo.KindTime && field.DateOnly:
		return 'D', false, 8
	}
	return 'C', false, 1
}

func (f *shapefiles) Close() error {
	defer f.Discard()
	if len(f.files) == 0 { // an empty file has columns, too
		if _, err := f.part(f.kindFor(nil, nil), 0); err != nil {
			return err
		}
	}
	z := zip.NewWriter(f.to)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for i, name := range f.fileNames() {
		if err := f.files[i].write(z, name, f.sheet); err != nil {
			return err
		}
	}
	if err := f.writeNote(z); err != nil {
		return err
	}
	return z.Close()
}

// fileNames are the names of the files: that of the collection where there is
// one.
func (f *shapefiles) fileNames() []string {
	base := f.sheet.Schema.Name
	if len(f.files) == 1 {
		return []string{base}
	}
	var names []string
	for _, p := range f.files {
		name := base + "_" + p.kind.Words()
		for n := 2; slices.Contains(names, name); n++ {
			name = base + "_" + p.kind.Words() + "_" + strconv.Itoa(n)
		}
		names = append(names, name)
	}
	return names
}

// entry begins a file of the archive.
func entry(z *zip.Writer, name string, at geo.Time) (io.Writer, error) {
	h := &zip.FileHeader{Name: name, Method: zip.Deflate}
	if at != 0 {
		h.Modified = at.Std().Truncate(time.Second)
	}
	return z.CreateHeader(h)
}

// writeNote writes what the shapefiles cannot say of themselves.
func (f *shapefiles) writeNote(z *zip.Writer) error {
	w, err := entry(z, "README.txt", f.sheet.At)
	if err != nil {
		return err
	}
	lines := append([]string{titleOf(f.sheet)}, about(f.sheet, &shapefileHolds)...)
	_, err = io.WriteString(w, strings.Join(append(lines, f.Lost()...), "\r\n")+"\r\n")
	return err
}

// Discard removes the temporary files.
func (f *shapefiles) Discard() {
	for _, p := range f.files {
		p.shapes.remove()
		p.index.remove()
		p.rows.remove()
	}
}

// Lost says which names were cut, how many texts, and what shapes could not be
// written.
func (f *shapefiles) Lost() (out []string) {
	for i, name := range f.cells.names() {
		if name != f.names[i] {
			out = append(out, fmt.Sprintf("the column %s is named %s", name, f.names[i]))
		}
	}
	for _, c := range []struct {
		n    int
		what string
	}{{f.cut, "texts were cut off"}, {f.long, "lists and records were left out, since they are longer than a text may be"}, {f.collections, "records have no shape, since theirs is a collection"}, {f.flattened, "records have no heights, since those of some vertices are not known"}} {
		if c.n > 0 {
			out = append(out, fmt.Sprintf("%d %s", c.n, c.what))
		}
	}
	return out
}
