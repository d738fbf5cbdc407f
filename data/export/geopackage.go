package export

import (
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/data/gpkg"
	"bivouac/geo"
)

// geoPackage writes a table of features with an R-tree (OGC 12-128r17). What
// the file says of classification, sources and limits is the table's
// description.
type geoPackage struct {
	w     io.Writer
	dir   string
	path  string
	sheet *gpkg.Sheet
	cells *cells
}

var geopackageHolds = Holds{
	Kinds: []geo.Kind{geo.KindBool, geo.KindInt, geo.KindFloat, geo.KindTime},
	Grain: geo.Second / 1000, Null: true, Heights: true, Extra: true, Systems: true, Spools: true,
}

func newGeoPackage(w io.Writer, s Sheet) (Writer, error) {
	dir, err := os.MkdirTemp("", "bivouac-export-*")
	if err != nil {
		return nil, noRoom(err)
	}
	g := &geoPackage{w: w, dir: dir, path: filepath.Join(dir, "export.gpkg"), cells: newCells(s, &geopackageHolds)}
	g.sheet, err = gpkg.CreateSheet(g.path, gpkg.SheetAbout{
		Name: s.Schema.Name, Title: titleOf(s), Description: strings.Join(about(s, &geopackageHolds), "\n"),
		Geometry: s.Schema.Geometry, Fields: g.cells.fields, Changed: s.At,
		System: gpkg.System{ID: s.System.EPSG(), Name: s.System.Name(), Definition: s.System.WKT()},
	})
	if err != nil {
		g.Discard()
		return nil, err
	}
	return g, nil
}

func (g *geoPackage) Write(r geo.Row, beside []geo.Value) error {
	g.cells.take(r, beside)
	var shape orb.Geometry
	var z []float64
	if g.cells.placed {
		shape, z = g.cells.place()
	}
	return g.sheet.Add(r.Key(), shape, z, g.value)
}

// value is a value that a column takes; one without a type there is text.
func (g *geoPackage) value(i int) geo.Value {
	v, f := g.cells.value(i), &g.cells.fields[i]
	if v.Null() || v.Kind() == geo.KindString || geopackageHolds.own(f.Kind) {
		return v
	}
	return geo.String(string(appendText(nil, v, f)))
}

func (g *geoPackage) Close() error {
	defer g.Discard()
	if err := g.sheet.Close(); err != nil {
		return err
	}
	return copyFile(g.w, g.path)
}

// copyFile writes a temporary file to w.
func copyFile(w io.Writer, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return noRoom(err)
	}
	defer f.Close()
	_, err = io.CopyBuffer(plain{w}, plainReader{f}, make([]byte, spoolBuffer))
	return err
}

// Discard removes the temporary file.
func (g *geoPackage) Discard() {
	if g.sheet != nil {
		g.sheet.Discard()
	}
	if g.dir != "" {
		_ = os.RemoveAll(g.dir)
		g.dir = ""
	}
}

// Lost returns nothing: what is not held is known beforehand.
func (g *geoPackage) Lost() []string { return nil }
