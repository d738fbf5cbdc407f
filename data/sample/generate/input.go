package main

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// line is one row of an input file. The first value that cannot be read is
// kept as the line's fault, so that a caller asks for all it needs and looks
// once.
type line struct {
	file   string
	number int // in the file, the header being 1
	values map[string]string
	fault  error
}

// readLines reads a CSV file with a header.
func readLines(inputs fs.FS, file string) ([]*line, error) {
	f, err := inputs.Open(file)
	if err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("generate: %s: %w", file, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("generate: %s: empty", file)
	}
	lines := make([]*line, 0, len(rows)-1)
	for i, row := range rows[1:] {
		l := &line{file: file, number: i + 2, values: make(map[string]string, len(row))}
		for c, name := range rows[0] {
			l.values[name] = strings.TrimSpace(row[c])
		}
		lines = append(lines, l)
	}
	return lines, nil
}

func (l *line) fail(format string, args ...any) {
	if l.fault == nil {
		l.fault = fmt.Errorf("generate: %s line %d: "+format, append([]any{l.file, l.number}, args...)...)
	}
}

// text returns the named column, which may be empty but must be there.
func (l *line) text(column string) string {
	v, ok := l.values[column]
	if !ok {
		l.fail("no column %s", column)
	}
	return v
}

func (l *line) number64(column string) int64 {
	n, err := strconv.ParseInt(l.text(column), 10, 64)
	if err != nil {
		l.fail("%s: %q is not a whole number", column, l.text(column))
	}
	return n
}

func (l *line) point(longitude, latitude string) orb.Point {
	p, err := parsePoint(l.text(longitude), l.text(latitude))
	if err != nil {
		l.fail("%v", err)
	}
	return p
}

// parsePoint reads a place in degrees.
func parsePoint(longitude, latitude string) (orb.Point, error) {
	lon, err := strconv.ParseFloat(longitude, 64)
	if err != nil || !(lon >= -180 && lon <= 180) {
		return orb.Point{}, fmt.Errorf("%q is not a longitude", longitude)
	}
	lat, err := strconv.ParseFloat(latitude, 64)
	if err != nil || !(lat >= -90 && lat <= 90) {
		return orb.Point{}, fmt.Errorf("%q is not a latitude", latitude)
	}
	return orb.Point{lon, lat}, nil
}
