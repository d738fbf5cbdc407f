package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"bivouac/data/load"
	"bivouac/geo"
	"bivouac/geo/staging"
)

// mendFile takes the refused rows as they come; the zero one takes none.
type mendFile struct {
	file *os.File
	mend staging.Mend // nil until the first row comes
}

// openMend makes the file for refused rows, which is never written over another.
func openMend(path string, sources []string) (*mendFile, error) {
	switch {
	case path == "":
		return &mendFile{}, nil
	case !isGeoJSON(path) && len(sources) > 1:
		return nil, geo.Errorf(geo.Invalid, "--refused", "a table has the columns of one file, and there are %d; take them one by one, or name a file .geojson", len(sources))
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, geo.Errorf(geo.Conflict, "--refused", "%v; give the name of a file that does not exist yet", err)
	}
	return &mendFile{file: file}, nil
}

func isGeoJSON(path string) bool {
	ext := strings.ToLower(filepath.Ext(path))
	return ext == ".geojson" || ext == ".json"
}

func (m *mendFile) add(x load.Refusal) error {
	return m.write(x.Columns, &staging.Row{Kind: staging.Refused, Row: x.Row, Line: x.Line, Field: x.Field, Reason: x.String(), Record: x.Record})
}

func (m *mendFile) write(columns []string, r *staging.Row) error {
	if m.file == nil {
		return nil
	}
	if m.mend == nil {
		m.mend = newMend(m.file, m.file.Name(), columns)
	}
	return m.mend.Write(r)
}

func newMend(w io.Writer, path string, columns []string) staging.Mend {
	if isGeoJSON(path) {
		return staging.NewMendGeoJSON(w)
	}
	return staging.NewMendCSV(w, columns)
}

func (m *mendFile) close() error {
	if m.file == nil {
		return nil
	}
	var err error
	if m.mend == nil && isGeoJSON(m.file.Name()) {
		m.mend = staging.NewMendGeoJSON(m.file)
	}
	if m.mend != nil {
		err = m.mend.Close()
	}
	err = errors.Join(err, m.file.Close())
	m.file = nil
	return err
}
