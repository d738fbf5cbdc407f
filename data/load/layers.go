package load

import (
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"bivouac/data/load/flatgeobuf"
	"bivouac/data/load/geopackage"
	"bivouac/data/load/gpx"
	"bivouac/data/load/kml"
	"bivouac/data/load/raster"
	"bivouac/data/load/record"
	"bivouac/data/load/shapefile"
	"bivouac/data/load/xmltext"
	"bivouac/geo"
	"bivouac/geo/crs"
)

// The formats whose records have types, or that lie in layers.
const (
	Shapefile  Format = "Shapefile"
	DBase      Format = "dBASE table"
	GeoPackage Format = "GeoPackage"
	KML        Format = "KML"
	GPX        Format = "GPX"
	FlatGeobuf Format = "FlatGeobuf"
	Grid       Format = "population grid"
)

// typedForm knows such a format by the first bytes of a file.
func typedForm(start []byte) (Format, bool) {
	switch {
	case strings.HasPrefix(string(start), shapefile.Magic):
		return Shapefile, true
	case shapefile.IsTable(start):
		return DBase, true
	case strings.HasPrefix(string(start), geopackage.Magic):
		return GeoPackage, true
	case strings.HasPrefix(string(start), flatgeobuf.Magic):
		return FlatGeobuf, true
	case raster.Is(start):
		return Grid, true
	}
	switch root := xmltext.Root(start); {
	case kml.Is(root):
		return KML, true
	case gpx.Is(root):
		return GPX, true
	}
	return "", false
}

// lookAtTyped finds out what the file says of itself: whether it has the
// layer that is asked for, and its coordinate system.
func (f *File) lookAtTyped(m *member, format Format) error {
	var err error
	switch format {
	case Shapefile:
		m.code, m.system, err = f.lookAtShapefile(m)
	case DBase:
		m.code, err = f.lookAtDBase(m)
	case GeoPackage:
		m.code = UTF8
		m.system, err = f.lookAtGeoPackage(m)
	case KML:
		m.code = "as the XML says"
	case GPX:
		m.code = "as the XML says"
		err = f.lookAtGPX(m)
	case FlatGeobuf:
		m.code = UTF8
		m.system, err = f.lookAtFlatGeobuf(m)
	case Grid:
		m.code = "numbers"
		m.system, err = f.lookAtGrid(m)
	}
	if err != nil {
		return m.named(err)
	}
	return nil
}

// typedRowsOf opens the member.
func (f *File) typedRowsOf(m *member, format Format) (*typedRows, error) {
	var r record.Reader
	var err error
	switch format {
	case Shapefile:
		r, err = f.openShapefile(m)
	case DBase:
		r, err = f.openDBase(m)
	case GeoPackage:
		r, err = f.openGeoPackage(m)
	case KML, GPX:
		r, err = f.openXML(m, format)
	case FlatGeobuf:
		r, err = openFlatGeobuf(m)
	case Grid:
		r = &peopleReader{people: m.people, source: m.name}
	}
	if err != nil {
		return nil, m.named(err)
	}
	return &typedRows{Reader: r, table: format == DBase}, nil
}

// systemOf is the system of the file's coordinates: what the options say, else
// what the file itself says.
func (f *File) systemOf(ofFile func() (crs.System, error)) (crs.System, error) {
	if f.options.CRS != "" {
		return crs.ParseName(f.options.CRS)
	}
	s, err := ofFile()
	var e *geo.Error
	if errors.As(err, &e) && e.Code == geo.Unsupported {
		return 0, geo.SaidBy(e).Refusal(geo.Unsupported, "")
	}
	return s, err
}

func (f *File) lookAtShapefile(m *member) (Encoding, crs.System, error) {
	s, err := f.systemOf(func() (crs.System, error) {
		text, err := m.readBeside(".prj")
		if err != nil || text == "" {
			return crs.CRS84, err
		}
		return crs.ParseWKT(text)
	})
	if err != nil {
		return "", 0, err
	}
	if text, _ := m.readBeside(".prj"); text == "" && f.options.CRS == "" {
		m.notes = append(m.notes, shapesUnplaced.With())
	}
	code, err := f.tableEncoding(m)
	if code == "" {
		code = "as the .dbf says"
	}
	return Encoding(code), s, err
}

func (f *File) tableEncoding(m *member) (string, error) {
	if f.options.Encoding != "" {
		return string(f.options.Encoding), nil
	}
	text, err := m.readBeside(".cpg")
	return strings.TrimSpace(text), err
}

func (f *File) openShapefile(m *member) (record.Reader, error) {
	code, err := f.tableEncoding(m)
	if err != nil {
		return nil, err
	}
	shapes, err := m.raw()
	if err != nil {
		return nil, err
	}
	table, err := m.besides(".dbf")
	if err != nil {
		shapes.Close()
		return nil, err
	}
	return shapefile.Open(shapefile.Files{Shapes: shapes, Table: table, Encoding: code})
}

// lookAtDBase finds the encoding of a table that stands alone. One that belongs
// to shapes is refused: without them its records would have no place.
func (f *File) lookAtDBase(m *member) (Encoding, error) {
	for _, ending := range []string{".shp", ".shx", ".prj", ".sbn", ".qix", ".qpj"} {
		part, err := m.besides(ending)
		if err != nil {
			return "", err
		}
		if part == nil {
			continue
		}
		part.Close()
		shapes := m.stem() + ".shp"
		if ending == ".shp" {
			return "", geo.ErrorOf(geo.Invalid, "", tableOfShapes, shapes)
		}
		return "", geo.ErrorOf(geo.Invalid, "", shapesMissing, shapes, ending)
	}
	code, err := f.tableEncoding(m)
	if code == "" {
		code = "as the .dbf says"
	}
	m.notes = append(m.notes, tableAlone.With())
	return Encoding(code), err
}

func (f *File) openDBase(m *member) (record.Reader, error) {
	code, err := f.tableEncoding(m)
	if err != nil {
		return nil, err
	}
	table, err := m.raw()
	if err != nil {
		return nil, err
	}
	return shapefile.OpenTable(table, code)
}

func openFlatGeobuf(m *member) (*flatgeobuf.Reader, error) {
	raw, err := m.raw()
	if err != nil {
		return nil, err
	}
	return flatgeobuf.Open(raw)
}

func (f *File) lookAtFlatGeobuf(m *member) (crs.System, error) {
	r, err := openFlatGeobuf(m)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	f.title = r.Title
	return f.systemOf(func() (crs.System, error) {
		s, known, err := r.System()
		if !known {
			m.notes = append(m.notes, fileUnplaced.With())
		}
		return s, err
	})
}

// besides opens the file of the other ending that lies beside the member, nil
// for none.
func (m *member) besides(ending string) (io.ReadCloser, error) {
	if m.beside == nil {
		return nil, nil
	}
	return m.beside(ending)
}

// readBeside reads a short text that lies beside the member, "" for none.
func (m *member) readBeside(ending string) (string, error) {
	const longest = 64 << 10
	in, err := m.besides(ending)
	if err != nil || in == nil {
		return "", err
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, longest))
	return string(text), err
}

// CRS returns the name of the system in which the file's coordinates are.
func (f *File) CRS() string { return f.members[0].system.String() }

// layers are the names of those that the member holds.
func (m *member) layers(format Format) ([]string, error) {
	switch format {
	case GeoPackage:
		return m.tables()
	case GPX:
		return m.kindsOfGPX()
	}
	return []string{m.stem()}, nil
}

// stem is the member's name without folders and ending.
func (m *member) stem() string {
	base := path.Base(m.name)
	return strings.TrimSuffix(base, path.Ext(base))
}

// start returns the first bytes.
func (m *member) start() ([]byte, error) {
	raw, err := m.raw()
	if err != nil {
		return nil, m.named(err)
	}
	defer raw.Close()
	start := make([]byte, 4096)
	n, _ := io.ReadFull(raw, start) // what is wrong is said where all of it is read
	return start[:n], nil
}

// chosen keeps the members of an archive that have the layer that is asked for.
func (f *File) chosen(members []member) ([]member, error) {
	if f.options.Layer == "" || len(members) < 2 {
		return members, nil
	}
	var chosen []member
	var all []string
	for i := range members {
		names, err := members[i].layerNames()
		if err != nil {
			return nil, err
		}
		if slices.Contains(names, f.options.Layer) {
			chosen = append(chosen, members[i])
		}
		all = append(all, names...)
	}
	if len(chosen) == 0 {
		return nil, noLayer(f.options.Layer, all)
	}
	return chosen, nil
}

// layerNames are those of the layers that the member has. What has none, such as
// a table, is one of its own name.
func (m *member) layerNames() ([]string, error) {
	start, err := m.start()
	if err != nil {
		return nil, err
	}
	format, ok := typedForm(start)
	if !ok {
		return []string{m.stem()}, nil
	}
	names, err := m.layers(format)
	if err != nil {
		return nil, m.named(err)
	}
	return names, nil
}

func noLayer(name string, names []string) error {
	return geo.ErrorOf(geo.Invalid, "layer", noSuchLayer, quoted(name, mostShown), listed(names))
}
