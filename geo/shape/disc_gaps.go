package shape

import (
	"bivouac/geo"
	"bivouac/geo/measure"

	"github.com/paulmach/orb"
)

// Gaps is what of an area no disc covers.
type Gaps struct {
	Shape             orb.MultiPolygon // as drawn, see [Cover.Outline]; nil for none
	SquareMetres      float64          // along the true rims
	AreaSquareMetres  float64          // of the whole area
	CoverSquareMetres float64          // of the area, covered
}

// Gaps returns what of the area, a polygon or several, no disc covers. Its
// edges are straight in longitude and latitude, as they were drawn, and its
// square metres are those of measure.PlaneArea. The rims are cut where they
// cross the area's edges; that a corner reaches over a rim by less than
// outlines are drawn may be missed. The error is a *geo.Error where the area is
// not a valid one.
func (c *Cover) Gaps(area orb.Geometry) (Gaps, error) {
	switch area.(type) {
	case orb.Polygon, orb.MultiPolygon:
	default:
		return Gaps{}, geo.Errorf(geo.Invalid, "geometry", "shape: gaps are sought in a polygon")
	}
	if bad := Validate(area); bad != nil {
		return Gaps{}, geo.Errorf(geo.Invalid, "geometry", "shape: %s; correct the area", bad)
	}
	area, _ = SplitDateLine(area)
	g := Gaps{AreaSquareMetres: measure.PlaneArea(area)}
	if c.whole > 0 {
		g.CoverSquareMetres = g.AreaSquareMetres
		return g, nil
	}
	loops, err := c.arcs.trace(1)
	if err != nil {
		return Gaps{}, err
	}
	held, err := Prepare(area)
	if err != nil {
		return Gaps{}, err
	}
	paths, beyond := cutPaths(loops, held)
	if g.Shape, err = Difference(area, c.areas(paths, 1)); err != nil {
		return Gaps{}, err
	}
	g.SquareMetres = min(max(0, measure.PlaneArea(g.Shape)-beyond), g.AreaSquareMetres)
	g.CoverSquareMetres = g.AreaSquareMetres - g.SquareMetres
	return g, nil
}

// cutPaths draws the loops with a vertex wherever they cross the edge of the
// area, and returns the square metres between drawn edges and true rims that
// lie in the area.
func cutPaths(loops []loop, area *Prepared) (paths [][]spot, beyond float64) {
	for _, l := range loops {
		drawn := l.draw()
		var path []spot
		for i, s := range drawn {
			next := drawn[(i+1)%len(drawn)]
			path = append(path, s)
			to := next.turn
			if next.arc != s.arc || to <= s.turn {
				to = s.arc.to
			}
			mid := s
			if area.Has(s.at) != area.Has(next.at) {
				mid = s.crossing(to, area)
				path = append(path, mid)
				beyond += s.beyond(mid.at, mid.turn, area)
			}
			beyond += mid.beyond(next.at, to, area)
		}
		paths = append(paths, path)
	}
	return paths, beyond
}

// crossing returns the place between s and a turn of the same arc at which the
// arc goes into the area, or out of it.
func (s spot) crossing(to float64, area *Prepared) spot {
	within, from := area.Has(s.at), s.turn
	for range 50 {
		mid := from + (to-from)/2
		if area.Has(s.arc.rim.At(mid)) == within {
			from = mid
		} else {
			to = mid
		}
	}
	return spot{s.arc.rim.At(to), to, s.arc}
}

// beyond returns the area between the arc and the straight edge from s to the
// end, where the arc lies in the area.
func (s spot) beyond(end orb.Point, to float64, area *Prepared) float64 {
	rim := s.arc.rim
	if !area.Has(rim.At((s.turn + to) / 2)) {
		return 0
	}
	var e measure.Enclosure
	e.Leg(s.at, rim.Centre())
	e.Leg(rim.Centre(), end)
	e.Straight(end, s.at)
	e.Add(rim.Sector(s.turn, to))
	between := e.Area()
	if between > measure.WholeArea()/2 {
		between -= measure.WholeArea()
	}
	return between
}
