package load

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"bivouac/geo"
)

// tableRows are the records of a table under its header.
type tableRows struct {
	t       *table
	names   []string
	ordinal int
	long    int // rows with more cells than the header
	renamed []geo.Said
	tags    int      // row of HXL hashtags, which is the header; 0 for none
	above   int      // rows above the header
	cut     []string // cells of a row that was refused
}

func newTableRows(r io.Reader, f form) *tableRows {
	return &tableRows{t: newTable(r, f.separator), tags: f.tags, above: f.above}
}

func (t *tableRows) columns() []string { return t.names }

func (t *tableRows) warnings() []geo.Said {
	list := t.renamed
	if t.long > 0 {
		list = append(list, longRows.With(t.long))
	}
	return list
}

func (t *tableRows) next(r *row) error {
	if t.names == nil {
		if err := t.header(); err != nil {
			return err
		}
	}
	r.reset()
	if err := t.filled(); err != nil {
		return err
	}
	t.ordinal++
	r.ordinal, r.line, r.raw = t.ordinal, t.t.at, t.t.row
	if len(t.t.fields) > len(t.names) && !blank(t.t.fields[len(t.names):]) {
		t.long++
		t.cut = t.cut[:0]
		for _, field := range t.t.fields {
			t.cut = append(t.cut, string(bytes.TrimSpace(field)))
		}
		return &refused{t.ordinal, t.t.at,
			manyCells.With(len(t.t.fields), len(t.names)), start(t.t.row)}
	}
	if cap(r.cells) < len(t.names) {
		r.cells = make([]cell, len(t.names))
	}
	r.cells = r.cells[:len(t.names)]
	for i, field := range t.t.fields[:min(len(t.t.fields), len(t.names))] {
		if field = bytes.TrimSpace(field); len(field) > 0 {
			r.cells[i] = cell{kind: untyped, text: field}
		}
	}
	return nil
}

// filled reads the next row that says something: sheets are saved with rows of
// separators alone below their last one.
func (t *tableRows) filled() error {
	for {
		if err := t.t.read(); err != nil || !blank(t.t.fields) {
			return err
		}
	}
}

func blank(fields [][]byte) bool {
	for _, f := range fields {
		if len(bytes.TrimSpace(f)) > 0 {
			return false
		}
	}
	return true
}

// start returns the first bytes of a row, to show it.
func start(row []byte) string {
	row = bytes.TrimRight(row, "\r\n")
	return string(row[:min(len(row), 200)])
}

// header reads the names of the columns. Empty and repeated ones are renamed,
// since every column must be known by one name.
func (t *tableRows) header() error {
	err := t.t.read()
	for range max(t.tags-1, t.above) {
		if err != nil {
			break
		}
		err = t.t.read()
	}
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	if err != nil {
		return err
	}
	if n := len(t.t.fields); n > mostColumns {
		return tooManyColumns(n)
	}
	t.names = []string{}
	taken := map[string]bool{}
	for i, field := range t.t.fields {
		name := strings.TrimSpace(string(field))
		if t.tags > 0 && name != "" {
			name = tagOf(name)
		}
		given := name
		if name == "" {
			name = noName(i)
		}
		for n := 2; taken[strings.ToLower(name)]; n++ {
			name = fmt.Sprintf("%s_%d", given, n)
		}
		taken[strings.ToLower(name)] = true
		if name != given && given != "" {
			t.renamed = append(t.renamed, renamedColumn.With(quoted(given, mostShown), i+1, quoted(name, mostShown)))
		}
		t.names = append(t.names, name)
	}
	return nil
}

// nameOf is the name of a column, also of one behind the header.
func (t *tableRows) nameOf(i int) string {
	if i < len(t.names) {
		return t.names[i]
	}
	return noName(i)
}

// noName is what a column without a name is called.
func noName(i int) string { return fmt.Sprintf("column_%d", i+1) }

func isNoName(name string) bool {
	n, ok := strings.CutPrefix(name, "column_")
	_, whole := digits([]byte(n))
	return ok && whole
}
