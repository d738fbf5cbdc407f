package load

import (
	"archive/zip"
	"bufio"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"bivouac/geo"
	"bivouac/geo/crs"
)

// member is one file of rows: the file itself, or one inside an archive.
type member struct {
	name string // as messages write it
	raw  func() (io.ReadCloser, error)
	code Encoding

	path   string                                     // where it lies as it is, "" within an archive or in memory
	beside func(ending string) (io.ReadCloser, error) // opens what lies beside it under another ending; nil, or giving nil, for none
	system crs.System                                 // of its coordinates
	notes  []geo.Said                                 // what to know of how it was read

	told   []geo.Said // what was read of it
	people *people    // of a population grid
	kept   *kept      // shared by all that is read of it
}

// open returns the member's text in UTF-8, without a byte order mark.
func (m *member) open() (io.ReadCloser, error) {
	raw, err := m.raw()
	if err != nil {
		return nil, m.named(err)
	}
	return &closing{decode(raw, m.code), raw}, nil
}

type closing struct {
	io.Reader
	under io.Closer
}

func (c *closing) Close() error { return c.under.Close() }

// named says of which file an error is.
func (m *member) named(err error) error {
	var e *geo.Error
	switch {
	case errors.As(err, &e):
		named := *e
		named.Where = m.name
		return &named
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, gzip.ErrChecksum), errors.Is(err, zip.ErrChecksum), errors.Is(err, gzip.ErrHeader):
		return geo.ErrorOf(geo.Invalid, m.name, packedDamaged, err)
	}
	return geo.ErrorOf(geo.Invalid, m.name, unread, err)
}

// Compression is known by the first bytes.
const (
	gzipMagic = "\x1f\x8b"
	zipMagic  = "PK\x03\x04"
	zipEmpty  = "PK\x05\x06"
)

// membersOf looks into the file at path.
func membersOf(path string) ([]member, error) {
	name := filepath.Base(path)
	start, err := head(path)
	if err != nil {
		return nil, geo.ErrorOf(geo.NotFound, path, unopened, err)
	}
	switch {
	case strings.HasPrefix(start, zipMagic), strings.HasPrefix(start, zipEmpty):
		return zipMembers(path)
	case strings.HasPrefix(start, gzipMagic):
		return []member{{name: name, raw: func() (io.ReadCloser, error) { return openGzip(path) }}}, nil
	}
	return []member{{name: name, raw: func() (io.ReadCloser, error) { return os.Open(path) }, path: path, beside: loose(path)}}, nil
}

// head returns the first bytes of the file.
func head(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	start := make([]byte, 4)
	n, err := io.ReadFull(file, start)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return "", err
	}
	return string(start[:n]), nil
}

func openGzip(path string) (io.ReadCloser, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	in := &counted{Reader: file}
	z, err := gzip.NewReader(bufio.NewReaderSize(in, 256<<10))
	if err != nil {
		file.Close()
		return nil, err
	}
	return &closing{&bounded{r: z, packed: in.count}, file}, nil
}

// zipMembers lists the files of an archive that may hold rows. Names serve in
// messages alone: nothing is ever written under them.
func zipMembers(path string) ([]member, error) {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return nil, geo.ErrorOf(geo.Invalid, filepath.Base(path), zipDamaged, err)
	}
	defer archive.Close()
	places := make(map[string]int, len(archive.File)) // of each name, in lower case
	for i, file := range archive.File {
		places[strings.ToLower(file.Name)] = i
	}
	var members []member
	for i, file := range archive.File {
		if !mayHoldRows(file) || isTableOfShapes(file.Name, places) {
			continue
		}
		members = append(members, member{
			name: filepath.Base(path) + "/" + printable(file.Name),
			raw:  func() (io.ReadCloser, error) { return openZipped(path, i) },
			beside: func(ending string) (io.ReadCloser, error) {
				if at, ok := places[strings.ToLower(withEnding(file.Name, ending))]; ok {
					return openZipped(path, at)
				}
				return nil, nil
			},
		})
	}
	if len(members) == 0 {
		return nil, geo.ErrorOf(geo.Invalid, filepath.Base(path), zipNoRows)
	}
	return members, nil
}

// isTableOfShapes reports whether a file is the .dbf of a shapefile.
func isTableOfShapes(name string, places map[string]int) bool {
	name = strings.ToLower(name)
	_, shapes := places[withEnding(name, ".shp")]
	return shapes && strings.HasSuffix(name, ".dbf")
}

func withEnding(name, ending string) string {
	return strings.TrimSuffix(name, filepath.Ext(name)) + ending
}

// loose opens what lies in the same folder, in small letters or capitals.
func loose(path string) func(ending string) (io.ReadCloser, error) {
	return func(ending string) (io.ReadCloser, error) {
		for _, e := range []string{ending, strings.ToUpper(ending)} {
			file, err := os.Open(withEnding(path, e))
			if err == nil || !errors.Is(err, os.ErrNotExist) {
				return file, err
			}
		}
		return nil, nil
	}
}

// mayHoldRows leaves out folders, what macOS and others hide beside the data,
// and notes that tell about the data.
func mayHoldRows(f *zip.File) bool {
	base := strings.ToLower(f.Name[strings.LastIndexByte(f.Name, '/')+1:])
	if base == "" || base[0] == '.' || strings.HasPrefix(f.Name, "__MACOSX/") || f.UncompressedSize64 == 0 {
		return false
	}
	for _, end := range []string{".md", ".pdf", ".html", ".htm", ".xml", ".prj", ".cpg", ".shx", ".sbn", ".sbx", ".qix", ".qpj", ".cst", ".qmd", ".qml", ".sld",
		".png", ".jpg", ".jpeg", ".gif", ".dae", ".docx", "readme.txt", "license.txt", "licence.txt", "license", "readme"} {
		if strings.HasSuffix(base, end) {
			return false
		}
	}
	return true
}

// printable keeps control characters of a name out of messages.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return '?'
		}
		return r
	}, s)
}

func openZipped(path string, i int) (io.ReadCloser, error) {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return nil, err
	}
	if i >= len(archive.File) {
		archive.Close()
		return nil, io.ErrUnexpectedEOF
	}
	file := archive.File[i]
	in, err := file.Open()
	if err != nil {
		archive.Close()
		return nil, err
	}
	packed := int64(file.CompressedSize64)
	return &closing{&bounded{r: in, packed: func() int64 { return packed }}, archive}, nil
}
