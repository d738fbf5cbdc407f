package shape

import (
	"math"

	"bivouac/geo/measure"

	"github.com/paulmach/orb"
)

// DrawnShare is the part of a disc's radius that an edge of a drawn outline
// lies off the true rim at most; it is never more than DrawnMetres.
const (
	DrawnShare  = 1. / 2000
	DrawnMetres = 500
)

// Outline returns what at least so many discs cover, to draw: valid by RFC
// 7946, cut at the date line, outer rings counterclockwise and holes
// clockwise. Crossings stand in it to a millimetre; between them the rims are
// drawn with edges that leave them by [DrawnShare] of the radius at most. A
// part smaller than that may be drawn flat or not at all. Nothing covered
// gives nil, a depth under 1 the whole earth.
func (c *Cover) Outline(depth int) (orb.MultiPolygon, error) {
	if depth <= c.whole {
		return orb.MultiPolygon{{wholeRing()}}, nil
	}
	loops, err := c.arcs.trace(depth - c.whole)
	if err != nil {
		return nil, err
	}
	paths := make([][]spot, len(loops))
	for i, l := range loops {
		paths[i] = l.draw()
	}
	return c.areas(paths, depth), nil
}

// areas makes polygons of closed paths that have what is covered on their left.
func (c *Cover) areas(paths [][]spot, depth int) orb.MultiPolygon {
	var closed []orb.Ring
	var open [][]orb.Point
	for _, path := range paths {
		for _, piece := range chains(unroll(pointsOf(path))) {
			if piece[0] == piece[len(piece)-1] {
				closed = append(closed, orb.Ring(piece))
			} else {
				open = append(open, piece)
			}
		}
	}
	if len(open) == 0 && c.over(northPole) >= depth {
		closed = append(closed, wholeRing())
	}
	return assemble(append(closed, join(open)...))
}

func wholeRing() orb.Ring {
	return orb.Ring{{-180, -90}, {180, -90}, {180, 90}, {-180, 90}, {-180, -90}}
}

// spot is a drawn place on a rim. The edge to the next one follows the arc.
type spot struct {
	at   orb.Point
	turn float64
	arc  *arc
}

func pointsOf(path []spot) []orb.Point {
	out := make([]orb.Point, len(path), len(path)+1)
	for i := range path {
		out[i] = path[i].at
	}
	return append(out, out[0])
}

// draw returns the places along the loop; the last is followed by the first.
func (l loop) draw() (out []spot) {
	for i := range l {
		out = l[i].draw(out)
	}
	return out
}

// draw appends the start of the arc and places on it.
func (a *arc) draw(out []spot) []spot {
	out = append(out, spot{a.start, a.from, a})
	n := math.Ceil((a.to - a.from) / a.rim.drawnStep())
	for i := 1.; i < n; i++ {
		turn := a.from + (a.to-a.from)*i/n
		s := spot{a.rim.At(turn), turn, a}
		out = append(a.near(out, s, 40), s)
	}
	return a.near(out, spot{a.end, a.to, a}, 40)
}

// wideStep is the longest step in longitude, in radians.
const wideStep = 20 * degree

// near appends places between the last and the next where the straight edge in
// longitude and latitude would leave the rim, as it does close to a pole: it
// bends like the parallel there, not like the rim.
func (a *arc) near(out []spot, next spot, deep int) []spot {
	last := out[len(out)-1]
	by := math.Abs(math.Remainder(next.at[0]-last.at[0], 360)) * degree
	lat := min(math.Abs(next.at[1]), math.Abs(last.at[1])) * degree
	rise := math.Abs(next.at[1]-last.at[1]) * degree
	// Half-way along, it is off by the bend of the parallel, and by what degrees
	// of longitude shrink on the way.
	off := measure.EquatorialRadiusMetres * by * (math.Cos(lat)*by/8 + rise/4)
	if by <= wideStep && off <= a.rim.drawnOff()*parallelShare || deep == 0 {
		return out
	}
	turn := (last.turn + next.turn) / 2
	mid := spot{a.rim.At(turn), turn, a}
	out = append(a.near(out, mid, deep-1), mid)
	return a.near(out, next, deep-1)
}

// parallelShare is the part of what an edge may lie off that is left to the bend
// of the parallel; the rest is for the bend of the rim, which decides nearly
// everywhere.
const parallelShare = 0.1

// drawnOff is how far an edge may lie off the rim, in metres.
func (r *rim) drawnOff() float64 { return min(r.Radius()*DrawnShare, DrawnMetres) }

// drawnStep returns the degrees of turn between two points of a drawn rim, by
// its bend alone.
func (r *rim) drawnStep() float64 {
	bend := max(0.1, math.Abs(math.Cos(r.Radius()/measure.LowerMetresPerRadian)))
	return min(math.Sqrt(8*(1-parallelShare)*r.drawnOff()/(r.MetresPerRadian()*bend))/degree, 30)
}
