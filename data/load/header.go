package load

import (
	"bytes"
	"strings"
)

// tableForm finds the header of a table.
func tableForm(sample string, separator byte) form {
	f := form{format: CSV, separator: separator, tags: tagRow(sample, separator)}
	switch _, named := namedSeparator(sample); {
	case f.tags > 0:
	case named:
		f.above = 1
	default:
		f.above = titleRows(sample, separator)
	}
	return f
}

// namedSeparator is the one that the first line names: Excel opens a file by it,
// and takes the line for no row.
func namedSeparator(sample string) (byte, bool) {
	line, _, _ := strings.Cut(sample, "\n")
	rest, ok := strings.CutPrefix(strings.ToLower(strings.Trim(line, " \r\"")), "sep=")
	if !ok || len(rest) != 1 || rest == "\"" {
		return 0, false
	}
	return rest[0], true
}

const (
	mostTitles  = 10 // rows that titleRows looks at
	leastHeader = 3  // columns of a header that stands below a title
)

// titleRows counts the rows above the header that are a title, as people write it
// into a sheet: one text in the first column, and blank rows. The header below it
// has names alone, three or more, and the row behind it as many cells, with a number
// among them; 0 where the first row may be the header.
func titleRows(sample string, separator byte) int {
	t := newTable(strings.NewReader(sample), separator)
	for n := range mostTitles {
		if t.read() != nil {
			return 0
		}
		switch filled := filled(t.fields); {
		case filled == 0 && n > 0, filled == 1 && !blank(t.fields[:1]):
			continue
		case n == 0 || filled < leastHeader || !areNames(t.fields):
			return 0
		}
		cells := len(t.fields)
		if t.read() != nil || len(t.fields) != cells || areNames(t.fields) {
			return 0
		}
		return n
	}
	return 0
}

func filled(fields [][]byte) int {
	n := 0
	for _, f := range fields {
		if !blank([][]byte{f}) {
			n++
		}
	}
	return n
}

// areNames reports whether no field is a number.
func areNames(fields [][]byte) bool {
	for _, f := range fields {
		if _, ok := parseNumber(bytes.TrimSpace(f)); ok {
			return false
		}
	}
	return true
}

// separatorOf returns the separator that the first line names as Excel wants it,
// else the one that parts the first lines into the same number of columns, and
// into most; a comma where none does. A title above the header counts for nothing.
func separatorOf(sample string) byte {
	if c, ok := namedSeparator(sample); ok {
		return c
	}
	best, most := byte(','), 0
	for _, c := range []byte{',', ';', '\t', '|'} {
		if n := score(sample, c, titleRows(sample, c)); n > most {
			best, most = c, n
		}
	}
	return best
}

// score is the number of columns that the header, below so many rows, has with
// the separator, more where the next lines have as many.
func score(sample string, separator byte, above int) int {
	t := newTable(strings.NewReader(sample), separator)
	for range above {
		_ = t.read() // titleRows has read it
	}
	var counts []int
	for len(counts) < 20 {
		if err := t.read(); err != nil {
			break
		}
		counts = append(counts, len(t.fields))
	}
	if len(counts) == 0 || counts[0] < 2 {
		return 0
	}
	alike := 0
	for _, n := range counts[1:] {
		if n == counts[0] {
			alike++
		}
	}
	return counts[0] * (1 + 20*alike/max(1, len(counts)-1))
}
