package shapefile

import (
	"encoding/binary"
	"errors"
	"io"
	"strings"

	"bivouac/data/load/record"
	"bivouac/geo"
)

// TableReader reads a .dbf without shapes.
type TableReader struct {
	in    io.Closer
	table *table
}

// IsTable knows a .dbf by how it begins: a version, a date, and the description
// of a first column.
func IsTable(start []byte) bool {
	if len(start) < 2*descriptor || !strings.ContainsRune("\x02\x03\x04\x05\x30\x31\x32\x43\x63\x7b\x83\x8b\x8c\xf5\xfb", rune(start[0])) {
		return false
	}
	begin, width := binary.LittleEndian.Uint16(start[8:]), binary.LittleEndian.Uint16(start[10:])
	name, kind := start[descriptor], start[descriptor+11]
	return start[2] <= 12 && start[3] <= 31 && begin > 2*descriptor && width > 1 && name >= ' ' && strings.IndexByte("CNFLDMBIOTYGPVWQ@+", kind) >= 0
}

// OpenTable reads the head of the table, and closes it where that is wrong. The
// encoding is as in [Files].
func OpenTable(in io.ReadCloser, encoding string) (*TableReader, error) {
	t, err := newTable(in, encoding)
	if err != nil {
		return nil, errors.Join(err, in.Close())
	}
	return &TableReader{in, t}, nil
}

// Columns are those of the table.
func (r *TableReader) Columns() []record.Column { return r.table.columns }

// Warnings tell of columns and values that are not read.
func (r *TableReader) Warnings() []geo.Said { return r.table.warnings() }

// Next reads the next row that is not marked as deleted.
func (r *TableReader) Next(to *record.Record) error {
	for {
		to.Reset()
		deleted, err := r.table.next(to)
		if err != nil || !deleted {
			return err
		}
	}
}

// Close closes the file.
func (r *TableReader) Close() error { return r.in.Close() }
