package load

import (
	"bytes"
	"errors"
	"io"

	"bivouac/geo"
)

// maxRowBytes is the longest row of a table. A quote that is never closed
// makes one row of all that follows.
const maxRowBytes = 16 << 20

// table reads the rows of comma-separated text (RFC 4180) with any separator.
// Quoted fields may hold separators, doubled quotes and line breaks; lines end
// in LF, CRLF or CR; a quote inside an unquoted field stands for itself.
type table struct {
	r         io.Reader
	separator byte
	buf       []byte
	start     int // of the next row
	eof       bool
	line      int      // of the next row
	fields    [][]byte // of the row read
	row       []byte   // the row read
	at        int      // line of the row read
}

func newTable(r io.Reader, separator byte) *table {
	return &table{r: r, separator: separator, line: 1}
}

// errMore says that the row is not whole in the window.
var errMore = errors.New("load: the row goes on")

// read reads the next row that is not blank, io.EOF behind the last.
func (t *table) read() error {
	for {
		end, lines, err := t.split()
		if errors.Is(err, errMore) {
			if err := t.more(); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return err
		}
		t.row, t.at = t.buf[t.start:end], t.line
		t.start, t.line = end, t.line+lines
		if len(t.fields) != 1 || len(t.fields[0]) > 0 {
			return nil
		}
	}
}

// more reads on into the window.
func (t *table) more() error {
	if len(t.buf)-t.start >= maxRowBytes {
		return geo.ErrorOf(geo.TooLarge, "", largeRow, t.line, maxRowBytes>>20)
	}
	if t.start > 0 {
		t.buf = t.buf[:copy(t.buf, t.buf[t.start:])]
		t.start = 0
	}
	if len(t.buf) == cap(t.buf) {
		grown := make([]byte, len(t.buf), max(256<<10, 2*cap(t.buf)))
		copy(grown, t.buf)
		t.buf = grown
	}
	n, err := t.r.Read(t.buf[len(t.buf):cap(t.buf)])
	t.buf = t.buf[:len(t.buf)+n]
	if errors.Is(err, io.EOF) {
		t.eof = true
		return nil
	}
	return err
}

// split parts the next row into fields. It returns where the row ends and how
// many line breaks it holds. The fields lie in the window; only those with
// doubled quotes are written anew, in place.
func (t *table) split() (end, lines int, err error) {
	b := t.buf
	i := t.start
	t.fields = t.fields[:0]
	if i == len(b) && t.eof {
		return 0, 0, io.EOF
	}
	for {
		if i < len(b) && b[i] == '"' {
			field, next, breaks, err := t.quoted(i)
			if err != nil {
				return 0, 0, err
			}
			t.fields = append(t.fields, field)
			lines += breaks
			i = next
		} else {
			from := i
			for i < len(b) && b[i] != t.separator && b[i] != '\n' && b[i] != '\r' {
				i++
			}
			t.fields = append(t.fields, b[from:i])
		}
		switch {
		case i == len(b):
			if !t.eof {
				return 0, 0, errMore
			}
			return i, lines, nil
		case b[i] == t.separator:
			i++
			continue
		}
		i, err = t.lineEnd(i)
		return i, lines + 1, err
	}
}

// lineEnd returns the place behind the line break at i.
func (t *table) lineEnd(i int) (int, error) {
	if t.buf[i] == '\r' {
		if i+1 == len(t.buf) && !t.eof {
			return 0, errMore
		}
		if i+1 < len(t.buf) && t.buf[i+1] == '\n' {
			return i + 2, nil
		}
	}
	return i + 1, nil
}

// quoted reads the field whose quote opens at i, up to its separator or line
// break.
func (t *table) quoted(i int) (field []byte, next, breaks int, err error) {
	b := t.buf
	from := i + 1
	doubled := false
	for j := from; ; {
		n := bytes.IndexByte(b[j:], '"')
		if n < 0 {
			return nil, 0, 0, t.unclosed()
		}
		j += n + 1
		if j == len(b) && !t.eof {
			return nil, 0, 0, errMore
		}
		if j < len(b) && b[j] == '"' {
			doubled = true
			j++
			continue
		}
		if j < len(b) && b[j] != t.separator && b[j] != '\n' && b[j] != '\r' {
			continue // a quote inside a quoted field that nobody doubled
		}
		field = b[from : j-1]
		breaks = bytes.Count(field, []byte{'\n'})
		if doubled {
			field = bytes.ReplaceAll(field, []byte(`""`), []byte{'"'})
		}
		return field, j, breaks, nil
	}
}

func (t *table) unclosed() error {
	if !t.eof {
		return errMore
	}
	return geo.ErrorOf(geo.Invalid, "", cutInRow, t.line)
}
