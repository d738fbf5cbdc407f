package load

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"

	"bivouac/geo"
	"bivouac/geo/crs"
)

// Names of columns that hold the people of a pixel, the surest first.
var peopleNames = []string{"population", "people", "pop", "persons", "value", "z"}

// mostTablePixels bounds the memory that the pixels of a table take.
const mostTablePixels = 4 << 20

// tablePixel is a row of a grid that is written as a table.
type tablePixel struct {
	x, y, people float64
	row          int
}

// lookAtTable counts the people of a grid that is a table: a row a pixel with
// the longitude and latitude of its middle and its people. Rows may come in any
// order, and pixels without people may be left out.
func (f *File) lookAtTable(m *member, fm form) error {
	if err := f.checkWidth(); err != nil {
		return err
	}
	pixels, err := readPixels(m, fm)
	if err != nil {
		return err
	}
	for _, axis := range []struct {
		name string
		of   func(*tablePixel) *float64
	}{{"longitudes", func(p *tablePixel) *float64 { return &p.x }}, {"latitudes", func(p *tablePixel) *float64 { return &p.y }}} {
		if err := regular(pixels, axis.name, axis.of); err != nil {
			return err
		}
	}
	places := make(map[[2]float64]int, len(pixels))
	for _, p := range pixels {
		if first, had := places[[2]float64{p.x, p.y}]; had {
			return geo.ErrorOf(geo.Invalid, "", samePixel, p.row, asWritten(p.x), asWritten(p.y), first)
		}
		places[[2]float64{p.x, p.y}] = p.row
	}
	return f.countCells(m, func(visit func(x, y, v float64) error) error {
		for _, p := range pixels {
			if err := visit(p.x, p.y, p.people); err != nil {
				return err
			}
		}
		return nil
	}, m.system)
}

// readPixels reads the three columns of every row.
func readPixels(m *member, fm form) ([]tablePixel, error) {
	in, err := m.open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	rs := newTableRows(in, fm)
	var pixels []tablePixel
	var at [3]int
	for {
		var r row
		err := rs.next(&r)
		switch {
		case errors.Is(err, io.EOF) && len(pixels) == 0:
			return nil, geo.ErrorOf(geo.Invalid, "", emptyGrid)
		case errors.Is(err, io.EOF):
			return pixels, nil
		case err != nil:
			return nil, geo.SaidBy(err).Refusal(geo.Invalid, "")
		case len(pixels) == mostTablePixels:
			return nil, geo.ErrorOf(geo.TooLarge, "", longGrid, mostTablePixels)
		}
		if len(pixels) == 0 {
			if at, err = pixelColumns(rs.names); err != nil {
				return nil, err
			}
		}
		p := tablePixel{row: r.ordinal}
		for i, to := range []*float64{&p.x, &p.y, &p.people} {
			n, there, problem := coordinate(r.cell(at[i]))
			switch {
			case problem != nil:
				return nil, geo.ErrorOf(geo.Invalid, "", inRow, p.row, rs.names[at[i]], problem)
			case !there && i < 2:
				return nil, geo.ErrorOf(geo.Invalid, "", inRow, p.row, rs.names[at[i]], told(emptyPixel))
			}
			*to = n // no people are none counted, as where a grid has no data
		}
		pixels = append(pixels, p)
	}
}

// pixelColumns finds longitude, latitude and people among the names.
func pixelColumns(names []string) (at [3]int, err error) {
	columns := make([]*column, len(names))
	for i, name := range names {
		columns[i] = &column{name: name}
	}
	place := (&File{}).placeColumns(columns, false)
	at = [3]int{place.lon, place.lat, -1}
	for _, name := range peopleNames {
		if i := find(columns, name); i >= 0 && at[2] < 0 {
			at[2] = i
		}
	}
	if at[0] < 0 || at[2] < 0 {
		return at, geo.ErrorOf(geo.Invalid, "", noGrid, listed(names))
	}
	return at, nil
}

// regular refuses pixels whose distances along one axis are not multiples of
// the least of them, to a tenth of it: places of a grid are rounded.
func regular(pixels []tablePixel, name string, of func(*tablePixel) *float64) error {
	rows := map[float64]int{}
	for i := range pixels {
		if v := *of(&pixels[i]); rows[v] == 0 {
			rows[v] = pixels[i].row
		}
	}
	sorted := slices.SortedFunc(maps.Keys(rows), cmp.Compare)
	step := math.Inf(1)
	for i := 1; i < len(sorted); i++ {
		step = min(step, sorted[i]-sorted[i-1])
	}
	for i := 1; i < len(sorted); i++ {
		gap := (sorted[i] - sorted[i-1]) / step
		if math.Abs(gap-math.Round(gap)) > 0.1 {
			return geo.ErrorOf(geo.Invalid, "", uneven, rows[sorted[i]], name, asWritten(sorted[i-1]), asWritten(sorted[i]), asWritten(step))
		}
	}
	return nil
}

// countCells counts the people of pixels in cells of the width that was asked
// for, which become places.
func (f *File) countCells(m *member, each pixels, system crs.System) (err error) {
	if m.people, err = countPeople(each, system, f.options.CellKM); err != nil {
		return err
	}
	f.options.Collection = cmp.Or(f.options.Collection, "places")
	p := m.people
	m.told = append(m.told, peopleCounted.With(p.pixels, len(p.cells), p.km, fmt.Sprintf("%.3f", p.total), int(p.sum())))
	return nil
}
