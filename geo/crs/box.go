package crs

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/shape"
)

// edgeMetres is by how much a box in metres is wider than it says, so that a
// record on its edge is not lost to the last digit of somebody's projection.
const edgeMetres = 1 / micrometres

// Box turns a box of the system, given by its least and greatest coordinates
// in the order of its axes, into a search: a Box of degrees and, where the
// sides of the first are no meridians and parallels, a predicate that decides
// each record. With both, a point is found where its coordinates in the system
// lie in the box, edges included and a micrometre more; another shape where
// it meets the box with edges straight in the system, and the Box with edges
// straight in degrees: the two differ by metres on edges of tens of kilometres.
//
// In degrees and in [WebMercator], a first longitude or x greater than the
// second crosses the date line, and an x beyond it goes on behind it. In a
// zone of UTM it is an error. A point too far from the zone to have
// coordinates in it is in no box; a shape with such a vertex is found by
// the Box alone, so that nothing that reaches in is lost. Errors name
// bbox.
func (s System) Box(x1, y1, x2, y2 float64) (geo.Box, geo.Predicate, error) {
	switch s {
	case CRS84:
		b, err := geo.CheckBox(x1, y1, x2, y2)
		return b, nil, err
	case LatLon:
		b, err := geo.CheckBox(y1, x1, y2, x2)
		return b, nil, err
	}
	if y1 > y2 {
		return geo.Box{}, nil, refuse("bbox", "the south edge %v is above the north edge %v", y1, y2)
	}
	if s == WebMercator {
		b, err := mercatorBox(x1, y1-edgeMetres, x2, y2+edgeMetres)
		return b, nil, err
	}
	if x1 > x2 {
		return geo.Box{}, nil, refuse("bbox", "the west edge %v is east of the east edge %v; a zone of UTM has no date line", x1, x2)
	}
	w := within{system: s, bound: orb.Bound{Min: orb.Point{x1 - edgeMetres, y1 - edgeMetres}, Max: orb.Point{x2 + edgeMetres, y2 + edgeMetres}}}
	b, some := w.envelope()
	if !some {
		w.empty = true
		return geo.Box{}, w, nil
	}
	return b, w, nil
}

func mercatorBox(x1, y1, x2, y2 float64) (geo.Box, error) {
	west, south := FromWebMercator(x1-edgeMetres, y1)
	east, north := FromWebMercator(x2+edgeMetres, y2)
	if east-west >= 360 {
		return geo.CheckBox(-180, south, 180, north)
	}
	return geo.CheckBox(around(west), south, around(east), north)
}

// around brings a longitude from beyond the date line to the other side of
// it; one that is there by a rounding alone is put on it.
func around(lon float64) float64 {
	const rounding = 1e-7
	if by := math.Abs(lon) - 180; by > 0 && by < rounding {
		return math.Copysign(180, lon)
	}
	return normalLon(lon)
}

// within is the predicate that a record lies in a box of a zone of UTM.
type within struct {
	system System
	bound  orb.Bound
	empty  bool
}

// Bound says nothing that the Box beside it does not say, but that nothing
// lies in a box off the grid.
func (w within) Bound() []geo.Box {
	if w.empty {
		return []geo.Box{}
	}
	return nil
}

func (w within) String() string {
	return fmt.Sprintf("box in %d of %v,%v,%v,%v", w.system, w.bound.Min[0], w.bound.Min[1], w.bound.Max[0], w.bound.Max[1])
}

func (w within) Bind(t geo.Table) (func(uint32) geo.Tri, error) {
	return func(n uint32) geo.Tri {
		if p, ok := t.Point(n); ok {
			x, y, err := w.system.Project(p[0], p[1])
			return truth(err == nil && w.bound.Contains(orb.Point{x, y}))
		}
		g := t.Geometry(n)
		if g == nil {
			return geo.Maybe
		}
		g, err := w.system.ProjectGeometry(g)
		if err != nil {
			return geo.True
		}
		meets, err := shape.Intersects(g, w.bound)
		return truth(meets && err == nil)
	}, nil
}

func truth(is bool) geo.Tri {
	if is {
		return geo.True
	}
	return geo.False
}

// nearPole is the northing, counted from the equator, from which on a box may
// hold meridians that none of its corners is on: one degree from a pole.
const nearPole = 9.88e6

// envelope returns a Box that holds every place of the box, false where it
// lies off the grid. Along a side, longitude and latitude only grow or only
// fall, but where it crosses the equator or the middle of the zone.
func (w within) envelope() (geo.Box, bool) {
	zone, north := w.system.zone()
	offset := 0.0
	if !north {
		offset = falseNorthing
	}
	west, east := max(w.bound.Min[0], falseEasting-3.5e6), min(w.bound.Max[0], falseEasting+3.5e6)
	south, top := max(w.bound.Min[1]-offset, -1e7), min(w.bound.Max[1]-offset, 1e7)
	if west > east || south > top {
		return geo.Box{}, false
	}
	lons, lats := [2]float64{math.Inf(1), math.Inf(-1)}, [2]float64{math.Inf(1), math.Inf(-1)}
	for _, x := range append(steps(west, east, falseEasting), east) {
		for _, y := range append(steps(south, top, 0), top) {
			lon, lat := untransverse((x-falseEasting)/utmScale, y/utmScale)
			lons = [2]float64{min(lons[0], lon), max(lons[1], lon)}
			lats = [2]float64{min(lats[0], lat), max(lats[1], lat)}
		}
	}
	if south < -nearPole || top > nearPole {
		lons = [2]float64{-180, 180}
		lats = [2]float64{polewards(south, lats[0], -90), polewards(top, lats[1], 90)}
	}
	return widened(meridian(zone), lons, lats), true
}

func polewards(northing, lat, pole float64) float64 {
	if math.Abs(northing) > nearPole && northing*pole > 0 {
		return pole
	}
	return lat
}

// widened returns the Box about a meridian with a hair to spare.
func widened(middle float64, lons, lats [2]float64) geo.Box {
	const hair = 1e-9
	south, north := max(-90, lats[0]-hair), min(90, lats[1]+hair)
	if lons[1]-lons[0] >= 359 {
		return geo.NewBox(-180, south, 180, north)
	}
	return geo.NewBox(normalLon(middle+lons[0]-hair), south, normalLon(middle+lons[1]+hair), north)
}
