package shape

import (
	"math"

	"github.com/paulmach/orb"
)

// mostDegree is how many metres a degree of latitude has at most on WGS84, which
// is at the poles, and one of longitude, by the cosine of the latitude: distances
// by it are never too short.
const mostDegree = 111_694.0

// halvings is how often a tolerance is halved for a polygon that it would spoil.
const halvings = 8

// Simplify leaves vertices out of lines and rings, none of which lies farther
// than the tolerance in metres from what stays (Douglas and Peucker 1973), and
// returns their heights beside, where there are any. Points stay, and so do
// both ends of a line. A ring keeps four positions at least: a small hole or
// island is drawn more simply, and never lost. A polygon whose rings would cross
// is simplified by half the tolerance, again and again, and at last left as it
// is; so a valid one stays valid. Shapes are simplified each by itself:
// neighbours may part by up to the tolerance. A tolerance of 0 or less changes
// nothing. The geometry given is only read.
func Simplify(g orb.Geometry, heights []float64, tolerance float64) (orb.Geometry, []float64) {
	if tolerance <= 0 {
		return g, heights
	}
	s := simplifier{tolerance: tolerance, heights: heights}
	out := s.geometry(g)
	return out, s.kept
}

// simplifier goes through the vertices of a shape in order, and so through
// their heights.
type simplifier struct {
	tolerance float64
	heights   []float64 // of the vertices that are still to come
	kept      []float64
}

func (s *simplifier) geometry(g orb.Geometry) orb.Geometry {
	switch g := g.(type) {
	case orb.Point:
		s.keep(1, nil)
	case orb.MultiPoint:
		s.keep(len(g), nil)
	case orb.LineString:
		return s.line(g, s.tolerance)
	case orb.MultiLineString:
		out := make(orb.MultiLineString, len(g))
		for i := range g {
			out[i] = s.line(g[i], s.tolerance)
		}
		return out
	case orb.Polygon:
		return s.sound(orb.MultiPolygon{g})[0]
	case orb.MultiPolygon:
		return s.sound(g)
	case orb.Collection:
		out := make(orb.Collection, len(g))
		for i := range g {
			out[i] = s.geometry(g[i])
		}
		return out
	}
	return g
}

// sound simplifies polygons as far as they stay valid.
func (s *simplifier) sound(polygons orb.MultiPolygon) orb.MultiPolygon {
	was := *s
	tolerance := s.tolerance
	for range halvings {
		*s = was
		out := s.polygons(polygons, tolerance)
		if Validate(out) == nil {
			return out
		}
		tolerance /= 2
	}
	*s = was
	for _, p := range polygons {
		for _, ring := range p {
			s.keep(len(ring), nil)
		}
	}
	return polygons
}

func (s *simplifier) polygons(polygons orb.MultiPolygon, tolerance float64) orb.MultiPolygon {
	out := make(orb.MultiPolygon, len(polygons))
	for i, p := range polygons {
		out[i] = make(orb.Polygon, len(p))
		for j, ring := range p {
			out[i][j] = orb.Ring(s.line(orb.LineString(ring), tolerance))
		}
	}
	return out
}

// line simplifies a line or a ring.
func (s *simplifier) line(l orb.LineString, tolerance float64) orb.LineString {
	stays := make([]bool, len(l))
	if len(l) > 2 {
		stays[0], stays[len(l)-1] = true, true
		if l[0] == l[len(l)-1] {
			pinRing(l, stays, tolerance)
		} else {
			douglasPeucker(l, 0, len(l)-1, tolerance, stays)
		}
	} else {
		for i := range stays {
			stays[i] = true
		}
	}
	out := make(orb.LineString, 0, len(l))
	for i, p := range l {
		if stays[i] {
			out = append(out, p)
		}
	}
	s.keep(len(l), stays)
	return out
}

// pinRing keeps the position farthest from the first, and the one farthest from
// the line between both, so that a ring never falls into a line.
func pinRing(l orb.LineString, stays []bool, tolerance float64) {
	last := len(l) - 1
	across, _ := farthest(l, 0, last)
	stays[across] = true
	left, a := farthest(l, 0, across)
	right, b := farthest(l, across, last)
	if a >= b {
		stays[left] = true
	} else {
		stays[right] = true
	}
	from := 0
	for i := 1; i <= last; i++ {
		if stays[i] {
			douglasPeucker(l, from, i, tolerance, stays)
			from = i
		}
	}
}

// douglasPeucker marks what stays between two positions that stay. It keeps a
// list of its own instead of calling itself: lines have any length.
func douglasPeucker(l orb.LineString, from, to int, tolerance float64, stays []bool) {
	open := [][2]int{{from, to}}
	for len(open) > 0 {
		part := open[len(open)-1]
		open = open[:len(open)-1]
		at, metres := farthest(l, part[0], part[1])
		if metres > tolerance {
			stays[at] = true
			open = append(open, [2]int{part[0], at}, [2]int{at, part[1]})
		}
	}
}

// farthest returns the position between two others that is farthest from the
// straight line between them, and by how many metres at most.
func farthest(l orb.LineString, from, to int) (at int, metres float64) {
	at, metres = from, -1
	for i := from + 1; i < to; i++ {
		if d := mostMetres(l[i], l[from], l[to]); d > metres {
			at, metres = i, d
		}
	}
	return at, metres
}

// mostMetres bounds the distance from p to the straight line from a to b from
// above: degrees count as many metres as they do nearest the equator.
func mostMetres(p, a, b orb.Point) float64 {
	least := min(math.Abs(p[1]), math.Abs(a[1]), math.Abs(b[1]))
	if min(p[1], a[1], b[1]) < 0 && max(p[1], a[1], b[1]) > 0 {
		least = 0
	}
	x := mostDegree * math.Cos(least*math.Pi/180)
	px, py := (p[0]-a[0])*x, (p[1]-a[1])*mostDegree
	bx, by := (b[0]-a[0])*x, (b[1]-a[1])*mostDegree
	along := 0.0
	if length := bx*bx + by*by; length > 0 {
		along = min(1, max(0, (px*bx+py*by)/length))
	}
	return math.Hypot(px-along*bx, py-along*by)
}

// keep takes the heights of the next n vertices, those that stay.
func (s *simplifier) keep(n int, stays []bool) {
	if s.heights == nil {
		return
	}
	for i, z := range s.heights[:n] {
		if stays == nil || stays[i] {
			s.kept = append(s.kept, z)
		}
	}
	s.heights = s.heights[n:]
}
