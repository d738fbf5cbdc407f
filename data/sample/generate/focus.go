package main

import (
	"io/fs"
	"math"
	"strconv"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
)

const (
	firstYear = 2013
	years     = 6
)

// focus is where attacks gather: a stretch of road around a point of it, a
// whole road, or the surroundings of a place.
type focus struct {
	road    *road // nil: around the centre
	at      float64
	centre  orb.Point
	spread  float64 // km, one standard deviation; 0 is the whole road
	aimed   float64 // how far attacks here are meant for peacekeepers, 0 to 1
	weights [years]float64
}

// hotspots reads hotspots.csv, whose weights say how the foci moved from the
// far north to the centre over the years.
func (t *tables) readHotspots(inputs fs.FS) (err error) {
	t.hotspots, err = readAs(inputs, "hotspots.csv", t.hotspot)
	return err
}

func (t *tables) hotspot(l *line) focus {
	f := focus{spread: l.float("spread_km"), aimed: l.float("aimed")}
	for i := range f.weights {
		f.weights[i] = l.float("w" + strconv.Itoa(firstYear+i))
	}
	if word := l.text("at"); word != "" {
		p, err := t.gazetteer.vertex(word)
		if err != nil {
			l.fail("at: %v", err)
		}
		f.centre = p
	}
	if id := l.text("route"); id != "" {
		if f.road = t.roads[id]; f.road == nil {
			l.fail("route: no road %q", id)
			return f
		}
		f.at = f.road.nearest(f.centre)
	}
	return f
}

func (l *line) float(column string) float64 {
	n, err := strconv.ParseFloat(l.text(column), 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		l.fail("%s: %q is not a number", column, l.text(column))
	}
	return n
}

// spot is where one thing happened, on a road or off it.
type spot struct {
	road  *road
	km    float64
	point orb.Point
}

// spot draws a first place at the focus.
func (f *focus) spot(c *chance) spot {
	switch {
	case f.road == nil:
		return spot{point: scatter(c, f.centre, f.spread)}
	case f.spread == 0:
		return onRoad(c, f.road, c.between(0, f.road.km()))
	}
	return onRoad(c, f.road, f.at+f.spread*c.normal())
}

// near draws a place for what follows at a spot: often the very same bend,
// else some kilometres on.
func (s spot) near(c *chance) spot {
	reach := 2.2
	if c.hit(0.25) {
		reach = 0.15
	}
	if s.road == nil {
		return spot{point: scatter(c, s.point, reach*0.6)}
	}
	return onRoad(c, s.road, s.km+c.laplace(reach))
}

// onRoad is on the carriageway or the verge, and one time in four on a track
// beside it. What runs over an end turns back.
func onRoad(c *chance, r *road, km float64) spot {
	km = math.Abs(km)
	if km > r.km() {
		km = max(0, 2*r.km()-km)
	}
	p, bearing := r.at(km)
	offset := 45 * c.normal()
	if c.hit(0.24) {
		offset = c.laplace(2200)
	}
	return spot{road: r, km: km, point: aside(p, bearing+90, offset)}
}

// scatter draws a place around p, denser towards it.
func scatter(c *chance, p orb.Point, km float64) orb.Point {
	metres := 1000 * km * math.Hypot(c.normal(), c.normal())
	return aside(p, c.between(0, 360), metres)
}

// roadWithin is how near a road a thing is said to have happened on it.
const roadWithin = 500

// route returns the name of the road on which the spot lies, "" off the roads.
func (s spot) route() string {
	if s.road == nil {
		return ""
	}
	p, _ := s.road.at(s.km)
	if measure.Distance(p, s.point) > roadWithin {
		return ""
	}
	return s.road.label()
}
