package grid

import (
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
)

// farthestMetres is how far from the centre an area may reach: beyond, towards
// the other side of the earth, the plane has no sound shapes any more.
const farthestMetres = 16_000_000

// chord is how far a drawn edge may leave the straight one of the map, as a
// part of the width of a cell, and longest how many degrees it may span.
const (
	chord   = 1e-5
	longest = 5.0
)

// project turns the area into rings of the plane.
func (g *Grid) project(area orb.Geometry, input string) (rings, error) {
	var out rings
	polygons, ok := polygonsOf(area)
	if !ok {
		return nil, geo.Errorf(geo.Invalid, input, "must be a polygon or a multipolygon")
	}
	// What holds the place opposite the centre has no inside in the plane.
	opposite := orb.Point{math.Remainder(g.plane.centre[0]+180, 360), -g.plane.centre[1]}
	if measure.Inside(opposite, polygons) {
		return nil, tooWide(input)
	}
	for _, p := range polygons {
		for i, ring := range p {
			path, err := g.path(ring, input)
			if err != nil {
				return nil, err
			}
			if enclosed(path) < 0 != (i > 0) {
				reverse(path)
			}
			out = append(out, path)
		}
	}
	return out, nil
}

func tooWide(input string) error {
	return geo.Errorf(geo.Invalid, input, "reaches more than %d km from its centre, too far round the earth for cells of equal area in one plane; ask about a smaller area", farthestMetres/1000)
}

func polygonsOf(g orb.Geometry) (orb.MultiPolygon, bool) {
	switch g := g.(type) {
	case orb.Polygon:
		return orb.MultiPolygon{g}, true
	case orb.MultiPolygon:
		return g, true
	case orb.Bound:
		return orb.MultiPolygon{g.ToPolygon()}, true
	}
	return nil, false
}

func reverse(path []spot) {
	for i, j := 0, len(path)-1; i < j; i, j = i+1, j-1 {
		path[i], path[j] = path[j], path[i]
	}
}

func (g *Grid) path(ring orb.Ring, input string) ([]spot, error) {
	var out []spot
	for i, p := range ring {
		if !(math.Abs(p[0]) <= 540 && math.Abs(p[1]) <= 90) {
			return nil, geo.Errorf(geo.Invalid, input, "has the position %v, %v, which is nowhere on earth", p[0], p[1])
		}
		if measure.Distance(g.plane.centre, p) > farthestMetres {
			return nil, tooWide(input)
		}
		if i > 0 {
			out = g.edge(out, ring[i-1], p)
		}
	}
	if n := len(ring); n > 0 && ring[0] != ring[n-1] {
		out = g.edge(out, ring[n-1], ring[0])
	}
	return out, nil
}

// edge appends the points from a to b, without b, of the edge that is straight
// in longitude and latitude.
func (g *Grid) edge(dst []spot, a, b orb.Point) []spot {
	parts := math.Ceil(max(math.Abs(b[0]-a[0]), math.Abs(b[1]-a[1])) / longest)
	at := func(t float64) orb.Point { return orb.Point{a[0] + t*(b[0]-a[0]), a[1] + t*(b[1]-a[1])} }
	for i := range int(parts) {
		from, to := at(float64(i)/parts), at(float64(i+1)/parts)
		s := g.spot(from)
		dst = append(dst, s)
		dst = g.bow(dst, [2]orb.Point{from, to}, s, g.spot(to), 12)
	}
	return dst
}

// bow appends points between two, until the chords lie close to the edge.
func (g *Grid) bow(dst []spot, ends [2]orb.Point, a, b spot, depth int) []spot {
	middle := orb.Point{(ends[0][0] + ends[1][0]) / 2, (ends[0][1] + ends[1][1]) / 2}
	m := g.spot(middle)
	if depth == 0 || math.Hypot(m.x-(a.x+b.x)/2, m.y-(a.y+b.y)/2) <= chord*g.width {
		return dst
	}
	dst = g.bow(dst, [2]orb.Point{ends[0], middle}, a, m, depth-1)
	dst = append(dst, m)
	return g.bow(dst, [2]orb.Point{middle, ends[1]}, m, b, depth-1)
}

func (g *Grid) spot(p orb.Point) spot {
	x, y := g.plane.Forward(p)
	return spot{x, y}
}
