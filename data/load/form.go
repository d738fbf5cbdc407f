package load

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"

	"bivouac/data/load/osm"
	"bivouac/geo"
	"bivouac/geo/crs"
)

// Format is what a file is.
type Format string

// The formats.
const (
	JSON    Format = "GeoJSON"
	Records Format = "JSON records" // flat: no row is a GeoJSON feature
	CSV     Format = "CSV"
	OSM     Format = "OpenStreetMap"
)

// form is a format with what is needed to read it.
type form struct {
	format    Format
	separator byte // CSV
	tags      int  // CSV: row of HXL hashtags, 0 for none
	above     int  // CSV: rows above the header
}

// rows opens the member and reads its rows.
func (f *File) rowsOf(m *member) (rows, io.Closer, error) {
	switch f.form.format {
	case OSM:
		rs, err := newMapRows(m, f.options.Collection)
		return rs, rs, err
	case JSON, Records, CSV:
	default:
		rs, err := f.typedRowsOf(m, f.form.format)
		return rs, rs, err
	}
	in, err := m.open()
	if err != nil {
		return nil, nil, err
	}
	if f.form.format == CSV {
		return newTableRows(in, f.form), in, nil
	}
	return newFeatureRows(in), in, nil
}

// look finds encoding and format of every member, and holds them to be alike.
func (f *File) look() error {
	var err error
	if f.members, err = f.chosen(f.members); err != nil {
		return err
	}
	known := f.members[:0]
	for i := range f.members {
		m := f.members[i]
		form, err := f.lookAt(&m)
		if err != nil {
			return err
		}
		if len(known) > 0 && form != f.form {
			return geo.ErrorOf(geo.Invalid, m.name, otherFormat, known[0].name)
		}
		f.form = form
		known = append(known, m)
	}
	f.members = known
	return nil
}

const sampleBytes = 64 << 10

// lookAt finds out about one member.
func (f *File) lookAt(m *member) (form, error) {
	start, err := m.start()
	if err != nil {
		return form{}, err
	}
	if osm.Is(start) {
		m.code = UTF8
		return form{format: OSM}, nil
	}
	if format, ok := typedForm(start); ok {
		return form{format: format}, f.lookAtTyped(m, format)
	}
	if err := f.lookAtText(m); err != nil {
		return form{}, m.named(err)
	}
	in, err := m.open()
	if err != nil {
		return form{}, err
	}
	defer in.Close()
	sample := make([]byte, sampleBytes)
	n, err := io.ReadFull(in, sample)
	if err != nil && !errors.Is(err, io.EOF) && (n == 0 || !errors.Is(err, io.ErrUnexpectedEOF)) {
		return form{}, m.named(err)
	}
	fm, err := formOf(sample[:n], f.options.Separator)
	if err != nil {
		return form{}, m.named(err)
	}
	m.system, err = f.systemOf(func() (crs.System, error) {
		if fm.format == JSON {
			return systemOfText(sample[:n])
		}
		return crs.CRS84, nil
	})
	if err != nil {
		return form{}, m.named(err)
	}
	if fm.format == CSV && f.options.CellKM != 0 {
		if err := f.lookAtTable(m, fm); err != nil {
			return form{}, m.named(err)
		}
		m.system = crs.CRS84 // of the cells
		return form{format: Grid}, nil
	}
	return fm, nil
}

// lookAtText finds the encoding of a member that is text.
func (f *File) lookAtText(m *member) error {
	raw, err := m.raw()
	if err != nil {
		return err
	}
	defer raw.Close()
	if m.code = f.options.Encoding; m.code != "" {
		return checkEncoding(raw, m.code)
	}
	if m.code, err = encodingOf(raw); errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

// foreign are the formats that people try and that other programs turn into
// ours, by their first bytes.
var foreign = []struct {
	start  string
	advice geo.Sentence
}{
	{"BZh", isBzip2},
	{"PAR1", isParquet},
	{zipMagic, isArchive},
	{gzipMagic, isArchive},
	{"%PDF", isPDF},
	{"\xd0\xcf\x11\xe0", isWorkbook},
	{"<", isWebPage},
}

// formOf knows the format by the start of the text.
func formOf(sample []byte, separator rune) (form, error) {
	for _, f := range foreign {
		if bytes.HasPrefix(sample, []byte(f.start)) {
			return form{}, geo.ErrorOf(geo.Unsupported, "", f.advice)
		}
	}
	text := bytes.TrimLeft(sample, " \t\r\n\x1e")
	switch {
	case len(text) == 0:
		return form{}, geo.ErrorOf(geo.Invalid, "", emptyFile)
	case bytes.IndexByte(sample, 0) >= 0:
		return form{}, geo.ErrorOf(geo.Unsupported, "", unknownFormat)
	case separator != 0:
		if separator >= utf8.RuneSelf || separator == '"' || separator == '\n' {
			return form{}, geo.ErrorOf(geo.Invalid, "separator", badSeparator, strconv.QuoteRune(separator))
		}
		return tableForm(string(sample), byte(separator)), nil
	case text[0] == '{' || text[0] == '[':
		if isOtherJSON(text) {
			return form{}, geo.ErrorOf(geo.Unsupported, "", unknownFormat)
		}
		return form{format: JSON}, nil
	}
	return tableForm(string(sample), separatorOf(string(sample))), nil
}

// ParseSeparator reads the separator of columns: one character or the word tab;
// "" is to be found out.
func ParseSeparator(s string) (rune, error) {
	switch runes := []rune(s); {
	case s == "":
		return 0, nil
	case s == "tab" || s == `\t`:
		return '\t', nil
	case len(runes) == 1:
		return runes[0], nil
	}
	return 0, geo.ErrorOf(geo.Invalid, "separator", longSeparator, quoted(s, 40))
}
