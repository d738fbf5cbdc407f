package shapefile

import (
	"encoding/binary"
	"strings"
	"unicode/utf8"

	"bivouac/geo"
)

// Limits of a .dbf.
const (
	NameBytes    = 10
	TextBytes    = 254
	recordBytes  = 65535
	numberDigits = 18 // of whole numbers that programs read exactly
)

// Column is a column of a .dbf. Its width grows with its values.
type Column struct {
	Name     string
	Type     byte // C text, N number, L yes or no, D day
	Whole    bool // numbers without decimals
	Width    int
	Decimals int
}

// Table is the columns of a .dbf.
type Table []Column

// Bytes is the length of a record.
func (t Table) Bytes() int {
	n := 1
	for i := range t {
		n += max(1, t[i].Width)
	}
	return n
}

// See makes room for a value of column i, as its text.
func (t Table) See(i int, text []byte) {
	c := &t[i]
	c.Width = max(c.Width, len(text))
	if c.Type == 'N' && !c.Whole {
		c.Decimals = max(c.Decimals, 1, min(15, decimals(text)))
		c.Width = max(c.Width, c.Decimals+2)
	}
}

func decimals(text []byte) int {
	for i, c := range text {
		if c == '.' {
			return len(text) - i - 1
		}
	}
	return 0
}

// Settle makes whole numbers that are too long for numbers text, and refuses
// records that are too long. It returns the names of what it made text.
func (t Table) Settle() (texts []string, err error) {
	for i := range t {
		c := &t[i]
		c.Width = max(1, c.Width)
		if c.Type == 'N' && c.Whole && c.Width > numberDigits {
			c.Type = 'C'
			texts = append(texts, c.Name)
		}
	}
	if n := t.Bytes(); n > recordBytes {
		return nil, geo.Errorf(geo.Invalid, "properties", "records of %d bytes do not fit into a shapefile, which takes %d; ask for fewer fields by properties, or for another format", n, recordBytes)
	}
	return texts, nil
}

// Head is the head of the .dbf of n records, last changed at the time.
func (t Table) Head(n int, at geo.Time) []byte {
	day := at.Std()
	b := []byte{3, byte(day.Year() - 1900), byte(day.Month()), byte(day.Day())}
	b = binary.LittleEndian.AppendUint32(b, uint32(n))
	b = binary.LittleEndian.AppendUint16(b, uint16(32*len(t)+33))
	b = binary.LittleEndian.AppendUint16(b, uint16(t.Bytes()))
	b = append(b, make([]byte, 20)...)
	for i := range t {
		c := &t[i]
		var name [11]byte
		copy(name[:NameBytes], c.Name)
		b = append(append(b, name[:]...), c.Type, 0, 0, 0, 0, byte(c.Width), byte(c.Decimals))
		b = append(b, make([]byte, 14)...)
	}
	return append(b, '\r')
}

// AppendCell adds a value of the column, as its text: numbers to the right,
// all else to the left.
func (c *Column) AppendCell(b, text []byte) []byte {
	blank := c.Width - len(text)
	if c.Type == 'N' {
		return append(spaces(b, blank), text...)
	}
	return spaces(append(b, text...), blank)
}

func spaces(b []byte, n int) []byte {
	for range n {
		b = append(b, ' ')
	}
	return b
}

// Names cuts names to what a .dbf takes, none of them twice, capitals apart.
func Names(long []string) []string {
	out := make([]string, 0, len(long))
	taken := map[string]bool{}
	for _, name := range long {
		short := Cut(name, NameBytes)
		for n := 1; taken[strings.ToLower(short)]; n++ {
			suffix := "_" + digits(n)
			short = Cut(name, NameBytes-len(suffix)) + suffix
		}
		taken[strings.ToLower(short)] = true
		out = append(out, short)
	}
	return out
}

func digits(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return digits(n/10) + digits(n%10)
}

// Cut returns the text, or as many of its whole characters as have so many
// bytes.
func Cut[S string | []byte](text S, bytes int) S {
	if len(text) <= bytes {
		return text
	}
	for bytes > 0 && !utf8.RuneStart(text[bytes]) {
		bytes--
	}
	return text[:bytes]
}
