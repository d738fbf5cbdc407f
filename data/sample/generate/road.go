package main

import (
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
)

// road is a section of roads.csv with the distances along it.
type road struct {
	id, ref, name, season string
	line                  orb.LineString
	along                 []float64 // km from the first vertex to each
}

// layRoads lays the sections through their places.
func (t *tables) layRoads() error {
	g := newGazetteer(t)
	t.gazetteer, t.roads = g, map[string]*road{}
	for _, l := range t.roadLines {
		line, err := g.course(l.text("course"))
		if err != nil {
			l.fail("course: %v", err)
		}
		r := &road{id: l.text("id"), ref: l.text("ref"), name: l.text("name"), season: l.text("season"), line: line}
		if t.roads[r.id] != nil {
			l.fail("id: two roads have the id %q", r.id)
		}
		if l.fault != nil {
			return l.fault
		}
		r.along = make([]float64, len(line))
		for i := 1; i < len(line); i++ {
			r.along[i] = r.along[i-1] + measure.Distance(line[i-1], line[i])/1000
		}
		t.roads[r.id] = r
	}
	return nil
}

// label is what records call the road: its number, or its name where it has
// none.
func (r *road) label() string {
	if r.ref != "" {
		return r.ref
	}
	return r.name
}

func (r *road) km() float64 { return r.along[len(r.along)-1] }

// at returns the place so many km along the road, and the way it runs there in
// degrees from north. Beyond an end it is the end.
func (r *road) at(km float64) (orb.Point, float64) {
	i := 1
	for i < len(r.line)-1 && r.along[i] < km {
		i++
	}
	part := min(1, max(0, (km-r.along[i-1])/(r.along[i]-r.along[i-1])))
	a, b := r.line[i-1], r.line[i]
	return orb.Point{a[0] + part*(b[0]-a[0]), a[1] + part*(b[1]-a[1])}, measure.Bearing(a, b)
}

// nearest returns how far along the road the place nearest to p lies, looking
// every half kilometre.
func (r *road) nearest(p orb.Point) (km float64) {
	least := math.Inf(1)
	for at := 0.0; at <= r.km(); at += 0.5 {
		q, _ := r.at(at)
		if d := measure.Distance(p, q); d < least {
			km, least = at, d
		}
	}
	return km
}

// aside moves p by so many metres in the direction of the bearing.
func aside(p orb.Point, bearing, metres float64) orb.Point {
	q, _ := measure.Direct(p, bearing, metres)
	return rounded(q)
}

// rounded cuts a place to five decimals, about a metre: no synthetic place is
// known better.
func rounded(p orb.Point) orb.Point {
	return orb.Point{math.Round(p[0]*1e5) / 1e5, math.Round(p[1]*1e5) / 1e5}
}
