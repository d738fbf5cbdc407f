// Package contour answers where the values of a lattice are at a level or above
// it: as polygons, by marching squares.
package contour

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
	"bivouac/geo/shape"
)

// Lattice is values at places in equal steps of longitude and latitude.
type Lattice struct {
	West, South      float64 // of the first column and row, in degrees; longitudes may go on counting over the date line
	LonStep, LatStep float64 // degrees
	Columns, Rows    int
	Values           []float64 // row by row from the south
	Beyond           float64   // what counts outside the lattice
}

// At returns the place of a column and row.
func (l *Lattice) At(column, row int) (lon, lat float64) {
	return l.West + float64(column)*l.LonStep, l.South + float64(row)*l.LatStep
}

// Above returns all places where the values are at the level or above it, by
// marching squares (Lorensen and Cline 1987, in two dimensions), in parts where
// they cross the date line; nil for none. The area of a level holds those of
// higher levels. A square whose corners are high and low by turns is decided by
// its mean.
func (l *Lattice) Above(level float64) orb.Geometry {
	m := march{l: l, level: level, next: map[edge]edge{}}
	m.squares()
	return m.area()
}

// edge joins two places of the lattice, from one to the next to the east or to
// the north, with a rim of places beyond about the lattice.
type edge struct {
	column, row int32
	north       bool
}

// march follows one level.
type march struct {
	l     *Lattice
	level float64
	next  map[edge]edge // along the contour, the high side on the left
}

// value is that beyond on the rim.
func (m *march) value(column, row int) float64 {
	if column < 0 || row < 0 || column >= m.l.Columns || row >= m.l.Rows {
		return m.l.Beyond
	}
	return m.l.Values[row*m.l.Columns+column]
}

func (m *march) squares() {
	for row := -1; row < m.l.Rows; row++ {
		west := [2]float64{m.value(-1, row), m.value(-1, row+1)}
		for column := -1; column < m.l.Columns; column++ {
			east := [2]float64{m.value(column+1, row), m.value(column+1, row+1)}
			corners := [4]float64{west[0], east[0], east[1], west[1]}
			if high := m.high(corners); high != 0 && high != 15 {
				m.square(int32(column), int32(row), corners)
			}
			west = east
		}
	}
}

// high has a bit for each corner at the level or above it.
func (m *march) high(corners [4]float64) (bits int) {
	for i, v := range corners {
		if v >= m.level {
			bits |= 1 << i
		}
	}
	return bits
}

// square adds the pieces of the contour in one square, whose corners go round
// counter-clockwise from the south-west. A piece comes in over a side where,
// going round, high turns low, and leaves over one where low turns high: the
// next one where it goes round a low corner, and the last one where it goes
// round a high one.
func (m *march) square(column, row int32, corners [4]float64) {
	sides := [4]edge{{column, row, false}, {column + 1, row, true}, {column, row + 1, false}, {column, row, true}}
	isHigh := func(i int) bool { return corners[i%4] >= m.level }
	turn := 1
	if mean := (corners[0] + corners[1] + corners[2] + corners[3]) / 4; mean < m.level {
		turn = 3
	}
	for i := range 4 {
		if !isHigh(i) || isHigh(i+1) {
			continue
		}
		j := (i + turn) % 4
		for isHigh(j) || !isHigh(j+1) {
			j = (j + turn) % 4
		}
		m.next[sides[i]] = sides[j]
	}
}

// point is where the contour crosses an edge, never at its very ends: contours
// then neither touch themselves nor have two points at one place.
func (m *march) point(e edge) orb.Point {
	column, row := int(e.column), int(e.row)
	lon, lat := m.l.At(column, row)
	a, b := m.value(column, row), 0.0
	if e.north {
		b = m.value(column, row+1)
	} else {
		b = m.value(column+1, row)
	}
	t := max(1e-6, min(1-1e-6, (m.level-a)/(b-a)))
	if e.north {
		return orb.Point{lon, lat + t*m.l.LatStep}
	}
	return orb.Point{lon + t*m.l.LonStep, lat}
}

// area joins the pieces to polygons, in degrees of the globe.
func (m *march) area() orb.Geometry {
	var outer, holes []orb.Ring
	for _, start := range m.starts() {
		ring := m.ring(start)
		switch {
		case ring == nil:
		case ring.Orientation() == orb.CCW:
			outer = append(outer, ring)
		default:
			holes = append(holes, ring)
		}
	}
	if len(outer) == 0 {
		return nil
	}
	polygons := nest(outer, holes)
	for _, p := range polygons {
		for _, ring := range p {
			for i := range ring {
				ring[i][0] = math.Remainder(ring[i][0], 360)
			}
		}
	}
	cut, _ := shape.SplitDateLine(polygons)
	return cut
}

// starts are the edges that are crossed, in an order that does not depend on
// the map.
func (m *march) starts() []edge {
	out := make([]edge, 0, len(m.next))
	for e := range m.next {
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b edge) int {
		north := func(e edge) int {
			if e.north {
				return 1
			}
			return 0
		}
		return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.column, b.column), north(a)-north(b))
	})
	return out
}

// ring takes the contour that begins at an edge out of the map; nil where it
// was taken before.
func (m *march) ring(start edge) orb.Ring {
	var ring orb.Ring
	for e := start; ; {
		next, ok := m.next[e]
		if !ok {
			break
		}
		ring = append(ring, m.point(e))
		delete(m.next, e)
		e = next
	}
	if ring == nil {
		return nil
	}
	return append(ring, ring[0])
}

// nest puts each hole into the smallest outer ring about it.
func nest(outer, holes []orb.Ring) orb.MultiPolygon {
	slices.SortStableFunc(outer, func(a, b orb.Ring) int { return cmp.Compare(flatArea(a), flatArea(b)) })
	polygons := make(orb.MultiPolygon, len(outer))
	bounds := make([]orb.Bound, len(outer))
	for i, ring := range outer {
		polygons[i], bounds[i] = orb.Polygon{ring}, ring.Bound()
	}
	for _, hole := range holes {
		for i := range outer {
			if bounds[i].Contains(hole[0]) && measure.Inside(hole[0], outer[i]) {
				polygons[i] = append(polygons[i], hole)
				break
			}
		}
	}
	slices.Reverse(polygons)
	return polygons
}

// flatArea is in square degrees, to compare with others.
func flatArea(r orb.Ring) float64 {
	sum := 0.0
	for i := 1; i < len(r); i++ {
		sum += (r[i-1][0]-r[0][0])*(r[i][1]-r[0][1]) - (r[i][0]-r[0][0])*(r[i-1][1]-r[0][1])
	}
	return math.Abs(sum / 2)
}
