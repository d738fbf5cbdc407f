package raster

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"bivouac/geo"
	"bivouac/geo/crs"
)

func isASCII(start []byte) bool {
	return len(start) > 5 && strings.EqualFold(string(start[:5]), "ncols") && (start[5] == ' ' || start[5] == '\t')
}

const mostColumns = 8 << 20 // of an ASCII grid, whose rows are read whole

// openASCII reads the head of an ASCII grid: names with numbers, down to the
// first line that begins with a number.
func openASCII(in *io.SectionReader, prj func() (string, error)) (*Grid, error) {
	g := &Grid{Placed: true}
	head := map[string]float64{}
	words := wordsOf(in)
	var first string
	for first == "" {
		name, err := words()
		if err != nil {
			return nil, geo.ErrorOf(geo.Invalid, "", cutInHead)
		}
		if c := name[0]; c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' {
			first = name
			break
		}
		value, _ := words()
		n, err := strconv.ParseFloat(value, 64)
		if err != nil || len(head) > 16 {
			return nil, geo.ErrorOf(geo.Invalid, "", headNoNumber, fmt.Sprintf("%.40q", value), fmt.Sprintf("%.40q", name))
		}
		head[strings.ToLower(name)] = n
	}
	g.Width, g.Height = int(head["ncols"]), int(head["nrows"])
	g.noData, g.hasNoData = head["nodata_value"], true
	if _, ok := head["nodata_value"]; !ok {
		g.noData = -9999
	}
	g.lay(head)
	if g.Width > mostColumns {
		return nil, geo.ErrorOf(geo.TooLarge, "", wideGrid, g.Width)
	}
	g.System = func() (crs.System, error) {
		text, err := prj()
		if g.Placed = text != ""; err != nil || !g.Placed {
			return crs.CRS84, err
		}
		return crs.ParseWKT(text)
	}
	g.blocks = func(visit func(column, row, width int, values []float64) error) error {
		return g.rows(in, first, len(head), visit)
	}
	return g, g.check()
}

// lay places the pixels by the corner or the middle of the south-western one.
func (g *Grid) lay(head map[string]float64) {
	dx, dy := head["cellsize"], head["cellsize"]
	if v, ok := head["dx"]; ok {
		dx, dy = v, head["dy"]
	}
	g.step = [2]float64{dx, -dy}
	x, middle := head["xllcenter"]
	y := head["yllcenter"]
	if !middle {
		x, y = head["xllcorner"]+dx/2, head["yllcorner"]+dy/2
	}
	g.origin = [2]float64{x, y + dy*float64(g.Height-1)}
}

// rows reads the values from north to south.
func (g *Grid) rows(in *io.SectionReader, first string, heads int, visit func(column, row, width int, values []float64) error) error {
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return err
	}
	words := wordsOf(in)
	for range 2 * heads {
		if _, err := words(); err != nil {
			return err
		}
	}
	values := make([]float64, 0, min(g.Width, 1<<16))
	for row := range g.Height {
		values = values[:0]
		for column := range g.Width {
			word, err := words()
			if err != nil {
				return geo.ErrorOf(geo.Invalid, "", cutInRow, row+1, g.Height)
			}
			v, err := strconv.ParseFloat(word, 64)
			if err != nil {
				return geo.ErrorOf(geo.Invalid, "", noNumber, row+1, column+1, fmt.Sprintf("%.40q", word))
			}
			values = append(values, v)
		}
		if err := visit(0, row, g.Width, values); err != nil {
			return err
		}
	}
	return nil
}

// wordsOf returns the words of a text one by one.
func wordsOf(r io.Reader) func() (string, error) {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 64<<10), 64<<10)
	s.Split(bufio.ScanWords)
	return func() (string, error) {
		if s.Scan() {
			return s.Text(), nil
		}
		return "", errors.Join(s.Err(), io.EOF)
	}
}
