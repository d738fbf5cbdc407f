package shapefile

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"bivouac/data/load/record"
	"bivouac/geo"
)

// table reads a .dbf.
type table struct {
	in      *bufio.Reader
	text    *text
	columns []record.Column
	fields  []field
	row     []byte
	left    uint32 // rows behind those that were read
	n       int
	starred int // numbers that were too wide for their column
	leftOut []string
}

// field is a column as the table lays it out; kinds that are left out have
// the column -1.
type field struct {
	kind     byte
	from, to int // in the row
	column   int
	decimals int
}

const (
	descriptor = 32
	headEnd    = 0x0d
	fileEnd    = 0x1a
	deleted    = '*'
)

func newTable(in io.Reader, encoding string) (*table, error) {
	t := &table{in: bufio.NewReaderSize(in, 256<<10)}
	head := make([]byte, descriptor)
	if _, err := io.ReadFull(t.in, head); err != nil {
		return nil, cut(err, cutInHead, ".dbf")
	}
	var err error
	if t.text, err = textOf(encoding, head[29]); err != nil {
		return nil, err
	}
	t.left = binary.LittleEndian.Uint32(head[4:])
	begin, width := int(binary.LittleEndian.Uint16(head[8:])), int(binary.LittleEndian.Uint16(head[10:]))
	if begin < descriptor+1 || width < 1 {
		return nil, geo.ErrorOf(geo.Invalid, "", badHead)
	}
	rest := make([]byte, begin-descriptor)
	if _, err := io.ReadFull(t.in, rest); err != nil {
		return nil, cut(err, cutInHead, ".dbf")
	}
	if err := t.layOut(rest, width); err != nil {
		return nil, err
	}
	t.row = make([]byte, width)
	return t, nil
}

// layOut reads the descriptions of the columns.
func (t *table) layOut(b []byte, width int) error {
	at := 1 // behind the mark of deletion
	taken := map[string]bool{}
	for ; len(b) >= descriptor && b[0] != headEnd; b = b[descriptor:] {
		name, _, _ := bytes.Cut(b[:11], []byte{0})
		f := field{kind: b[11], from: at, to: at + int(b[16]), decimals: int(b[17])}
		if f.kind == 'C' {
			f.to += int(b[17]) << 8 // long texts, as FoxPro and Clipper write them
			f.decimals = 0
		}
		if f.to > width {
			return geo.ErrorOf(geo.Invalid, "", wideColumns)
		}
		at = f.to
		t.add(f, t.unique(strings.TrimSpace(t.text.decode(name)), taken))
	}
	return nil
}

// unique gives each column a name of its own.
func (t *table) unique(name string, taken map[string]bool) string {
	if name == "" {
		name = fmt.Sprintf("column_%d", len(t.fields)+1)
	}
	given := name
	for n := 2; taken[strings.ToLower(name)]; n++ {
		name = fmt.Sprintf("%s_%d", given, n)
	}
	taken[strings.ToLower(name)] = true
	return name
}

func (t *table) add(f field, name string) {
	c := record.Column{Name: name}
	width := f.to - f.from
	switch f.kind {
	case 'C':
		c.Kind = geo.KindString
	case 'N', 'F':
		c.Kind = geo.KindFloat
		if f.kind == 'N' && f.decimals == 0 && width < 19 {
			c.Kind = geo.KindInt
		}
	case 'L':
		c.Kind = geo.KindBool
	case 'D':
		c.Kind, c.DateOnly = geo.KindTime, true
	case 'I', '+':
		c.Kind = geo.KindInt
	case 'O', 'B':
		c.Kind = geo.KindFloat
	case '@', 'T':
		c.Kind = geo.KindTime
	case '0': // which values of a row are null: FoxPro's own
		t.fields = append(t.fields, field{column: -1})
		return
	}
	fixed := map[byte]int{'I': 4, '+': 4, 'O': 8, 'B': 8, '@': 8, 'T': 8, 'D': 8, 'L': 1}[f.kind]
	if c.Kind == geo.KindNull || fixed > 0 && width != fixed {
		t.leftOut = append(t.leftOut, fmt.Sprintf("%s (%q)", name, f.kind))
		f.column = -1
	} else {
		f.column = len(t.columns)
		t.columns = append(t.columns, c)
	}
	t.fields = append(t.fields, f)
}

func (t *table) warnings() []geo.Said {
	var list []geo.Said
	if len(t.leftOut) > 0 {
		list = append(list, unreadColumns.With(strings.Join(t.leftOut[:min(20, len(t.leftOut))], ", ")))
	}
	if t.starred > 0 {
		list = append(list, starred.With(t.starred))
	}
	if t.text.guessed > 0 {
		list = append(list, guessedEncoding.With(t.text.guessed))
	}
	if t.text.broken > 0 {
		list = append(list, brokenTexts.With(t.text.broken))
	}
	return list
}

// next reads the next row into the record, io.EOF behind the last.
func (t *table) next(to *record.Record) (isDeleted bool, err error) {
	if t.left == 0 {
		return false, io.EOF
	}
	if mark, err := t.in.Peek(1); err == nil && mark[0] == fileEnd || errors.Is(err, io.EOF) {
		return false, geo.ErrorOf(geo.Invalid, "", endsAfter, t.n, t.left)
	}
	if _, err := io.ReadFull(t.in, t.row); err != nil {
		return false, cut(err, cutInRow, t.n+1)
	}
	t.left--
	t.n++
	if t.row[0] == deleted {
		return true, nil
	}
	for i := range t.fields {
		if f := &t.fields[i]; f.column >= 0 {
			to.Set(f.column, t.value(f, t.row[f.from:f.to]))
		}
	}
	return false, nil
}

// value reads a cell. A number that is none is handed on as text, so that the
// row is refused with what it says.
func (t *table) value(f *field, b []byte) geo.Value {
	switch f.kind {
	case 'I':
		return geo.Int(int64(int32(binary.LittleEndian.Uint32(b))))
	case '+':
		return geo.Int(int64(int32(binary.BigEndian.Uint32(b) ^ 0x80000000)))
	case 'O':
		return sortable(binary.BigEndian.Uint64(b))
	case 'B':
		return geo.Float(math.Float64frombits(binary.LittleEndian.Uint64(b)))
	case '@', 'T':
		return instant(f.kind, b)
	case 'C':
		if b = bytes.TrimRight(b, " \x00"); len(b) == 0 {
			return geo.Value{}
		}
		return geo.String(t.text.decode(b))
	}
	b = bytes.Trim(b, " \x00")
	switch {
	case len(b) == 0:
		return geo.Value{}
	case f.kind == 'L':
		return logical(b[0])
	case f.kind == 'D':
		return day(b)
	case b[0] == '*':
		t.starred++
		return geo.Value{}
	}
	return number(f, b)
}

func number(f *field, b []byte) geo.Value {
	if f.decimals == 0 && f.kind == 'N' && f.to-f.from < 19 {
		if n, err := strconv.ParseInt(string(b), 10, 64); err == nil {
			return geo.Int(n)
		}
	}
	if n, err := strconv.ParseFloat(string(b), 64); err == nil {
		return geo.Float(n)
	}
	return geo.String(strings.ToValidUTF8(string(b), "\ufffd"))
}

func logical(c byte) geo.Value {
	switch c {
	case 'T', 't', 'Y', 'y':
		return geo.Bool(true)
	case 'F', 'f', 'N', 'n':
		return geo.Bool(false)
	}
	return geo.Value{}
}

// day reads YYYYMMDD; zeros are an unknown day.
func day(b []byte) geo.Value {
	if len(b) == 8 && bytes.Count(b, []byte("0")) == 8 {
		return geo.Value{}
	}
	if len(b) != 8 {
		return geo.String(strings.ToValidUTF8(string(b), "\ufffd"))
	}
	return geo.String(strings.ToValidUTF8(string(b[:4])+"-"+string(b[4:6])+"-"+string(b[6:8]), "\ufffd"))
}

// sortable reads a double of dBASE VII, whose bits are turned so that bytes
// sort as numbers do.
func sortable(bits uint64) geo.Value {
	if bits == 0 {
		return geo.Value{}
	}
	if bits>>63 == 1 {
		bits &^= 1 << 63
	} else {
		bits = ^bits
	}
	return geo.Float(math.Float64frombits(bits))
}

// instant reads a day by its Julian number and milliseconds of the day, which
// have no zone.
func instant(kind byte, b []byte) geo.Value {
	days, millis := binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint32(b[4:])
	if kind == '@' {
		days, millis = binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:])
	}
	const epoch = 2440588 // the Julian number of 1970-01-01
	const farthest = 4 << 20
	if days == 0 || days > farthest || millis >= 86_400_000 {
		return geo.Value{}
	}
	at := time.UnixMilli((int64(days)-epoch)*86_400_000 + int64(millis)).UTC()
	return geo.String(at.Format("2006-01-02T15:04:05.000"))
}
