package threat

import (
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
	"bivouac/geo/shape"
)

// Inside returns which parts of the segments lie in an area, its edges straight
// on the map, for [Segments.Sections].
func (v *Seen) Inside(area orb.Geometry) (func(s int32) []Part, error) {
	held, err := shape.Prepare(area)
	if err != nil {
		return nil, err
	}
	var rings []orb.Ring
	switch g := area.(type) {
	case orb.Polygon:
		rings = g
	case orb.MultiPolygon:
		for _, p := range g {
			rings = append(rings, p...)
		}
	}
	return func(s int32) (out []Part) {
		line, gone := v.lines[s], 0.0
		if !held.Intersects(line) {
			return nil
		}
		for i := 1; i < len(line); i++ {
			a, b := line[i-1], line[i]
			metres := measure.Distance(a, b)
			if i == len(line)-1 {
				metres = v.Roads.metres[s] - gone // so that a segment inside is whole
			}
			cuts := crossings(a, b, rings)
			for k := 1; k < len(cuts); k++ {
				if !held.Has(between(a, b, (cuts[k-1]+cuts[k])/2)) {
					continue
				}
				from, to := gone+cuts[k-1]*metres, gone+cuts[k]*metres
				if last := len(out) - 1; last >= 0 && out[last].To == from {
					out[last].To = to
					continue
				}
				out = append(out, Part{s, from, to})
			}
			gone += metres
		}
		return out
	}, nil
}

func between(a, b orb.Point, share float64) orb.Point {
	return orb.Point{a[0] + share*(b[0]-a[0]), a[1] + share*(b[1]-a[1])}
}

// crossings returns where rings cross the way from a to b, as shares of it,
// from 0 to 1, both included.
func crossings(a, b orb.Point, rings []orb.Ring) []float64 {
	out := []float64{0, 1}
	dx, dy := b[0]-a[0], b[1]-a[1]
	for _, ring := range rings {
		for i := 1; i < len(ring); i++ {
			p, q := ring[i-1], ring[i]
			ex, ey := q[0]-p[0], q[1]-p[1]
			turn := dx*ey - dy*ex
			if turn == 0 {
				continue // parallel: it is cut where it begins and ends, by the edges beside
			}
			along := ((p[0]-a[0])*ey - (p[1]-a[1])*ex) / turn
			across := ((p[0]-a[0])*dy - (p[1]-a[1])*dx) / turn
			if along > 0 && along < 1 && across >= 0 && across <= 1 {
				out = append(out, along)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
