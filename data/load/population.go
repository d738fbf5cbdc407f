package load

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/data/load/raster"
	"bivouac/data/load/record"
	"bivouac/geo"
	"bivouac/geo/crs"
)

// cellKey is a cell: a row of latitudes, and a column within it.
type cellKey struct{ row, column int32 }

// cell of people: their number, and the sums by which their middle is found.
type peopleCell struct {
	key            cellKey
	people         sum
	east, north    float64 // degrees times people
	population     int64
	middle         orb.Point
	whole, partial float64
}

// sum adds numbers with what each step rounds off (Neumaier, 1974).
type sum struct{ total, lost float64 }

func (s *sum) add(v float64) {
	t := s.total + v
	if math.Abs(s.total) >= math.Abs(v) {
		s.lost += s.total - t + v
	} else {
		s.lost += v - t + s.total
	}
	s.total = t
}

func (s *sum) value() float64 { return s.total + s.lost }

// people are the cells of a population grid.
type people struct {
	cells    []*peopleCell
	total    float64
	negative int
	pixels   int
	km       float64
}

// mostCells bounds the memory that the cells take.
const mostCells = 2 << 20

const kmPerDegree = 40007.863 / 360 // of latitude, on the average

// cellOf is the cell of a place: km high, and as wide in the middle of its row.
func cellOf(lon, lat, km float64) cellKey {
	row := math.Floor(lat * kmPerDegree / km)
	middle := (row + 0.5) * km / kmPerDegree
	width := max(math.Cos(middle*math.Pi/180), 0.01) * kmPerDegree
	return cellKey{int32(row), int32(math.Floor(lon * width / km))}
}

// pixels calls visit with the middle of each pixel and its people.
type pixels func(visit func(x, y, people float64) error) error

// countPeople fills the cells from the pixels of a grid.
func countPeople(each pixels, system crs.System, km float64) (*people, error) {
	p := &people{km: km}
	cells := map[cellKey]*peopleCell{}
	var total sum
	err := each(func(x, y, v float64) error {
		if v <= 0 || math.IsInf(v, 0) {
			if v < 0 {
				p.negative++
			}
			return nil
		}
		lon, lat, err := system.Unproject(x, y)
		if err != nil || !(math.Abs(lat) <= 90) || !(math.Abs(lon) <= 540) {
			return geo.ErrorOf(geo.Invalid, "", pixelNowhere, asWritten(x), asWritten(y))
		}
		lon = math.Remainder(lon, 360)
		key := cellOf(lon, lat, km)
		c := cells[key]
		if c == nil {
			if len(cells) == mostCells {
				return geo.ErrorOf(geo.TooLarge, "", manyCellsOf, mostCells, km)
			}
			c = &peopleCell{key: key}
			cells[key] = c
		}
		p.pixels++
		total.add(v)
		c.people.add(v)
		c.east += lon * v
		c.north += lat * v
		return nil
	})
	if err != nil {
		return nil, err
	}
	p.total = total.value()
	p.cells = slices.SortedFunc(maps.Values(cells), func(a, b *peopleCell) int {
		return cmp.Or(cmp.Compare(a.key.row, b.key.row), cmp.Compare(a.key.column, b.key.column))
	})
	p.share()
	return p, nil
}

// share gives each cell a whole number of people such that they add up to the
// total, rounded (largest remainders, after Hare and Hamilton).
func (p *people) share() {
	order := make([]int, len(p.cells))
	left := int64(math.Round(p.total))
	for i, c := range p.cells {
		n := c.people.value()
		c.middle = orb.Point{c.east / n, c.north / n}
		c.whole, c.partial = math.Modf(n)
		c.population = int64(c.whole)
		left -= c.population
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p.cells[b].partial, p.cells[a].partial) })
	for _, i := range order[:max(0, min(left, int64(len(order))))] {
		p.cells[i].population++
	}
}

// peopleReader gives the cells as places.
type peopleReader struct {
	people *people
	source string
	n      int
}

func (r *peopleReader) Columns() []record.Column {
	return []record.Column{{Name: "kind", Kind: geo.KindString}, {Name: "population", Kind: geo.KindInt}, {Name: "weight", Kind: geo.KindFloat},
		{Name: "source", Kind: geo.KindString}, {Name: "source_id", Kind: geo.KindString}}
}

func (r *peopleReader) Warnings() []geo.Said {
	if r.people.negative > 0 {
		return []geo.Said{negativePixels.With(r.people.negative)}
	}
	return nil
}

func (r *peopleReader) Close() error { return nil }

func (r *peopleReader) Next(to *record.Record) error {
	to.Reset()
	if r.n == len(r.people.cells) {
		return io.EOF
	}
	c := r.people.cells[r.n]
	r.n++
	to.Geometry = c.middle
	for i, v := range []geo.Value{geo.String("population_cell"), geo.Int(c.population), geo.Float(c.people.value()), geo.String(r.source),
		geo.String(fmt.Sprintf("cell/%vkm/%d/%d", r.people.km, c.key.row, c.key.column))} {
		to.Set(i, v)
	}
	return nil
}

// checkWidth refuses a width of cells that is missing or makes no sense.
func (f *File) checkWidth() error {
	if !(f.options.CellKM >= 0.1 && f.options.CellKM <= 1000) {
		return geo.ErrorOf(geo.Invalid, "", needsWidth)
	}
	return nil
}

// lookAtGrid counts the people of a grid in cells of the width that is asked
// for: whoever has a grid of heights must not fill a mission's places with it.
func (f *File) lookAtGrid(m *member) (system crs.System, err error) {
	if err := f.checkWidth(); err != nil {
		return 0, err
	}
	path, err := m.onDisk()
	if err != nil {
		return 0, err
	}
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return 0, err
	}
	g, err := raster.Open(file, info.Size(), func() (string, error) { return m.readBeside(".prj") })
	if err != nil {
		return 0, err
	}
	if system, err = f.systemOf(g.System); err != nil {
		return 0, err
	}
	if !g.Placed && f.options.CRS == "" {
		m.notes = append(m.notes, gridUnplaced.With())
	}
	return crs.CRS84, f.countCells(m, g.Each, system)
}

func (p *people) sum() (n float64) {
	for _, c := range p.cells {
		n += float64(c.population)
	}
	return n
}
