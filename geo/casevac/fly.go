package casevac

import (
	"context"
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
	"bivouac/geo/pattern"
)

// aerial is flights from the very places of casualties: who flies by day or by
// night, and where they land.
type aerial struct {
	*Cover
	crafts  []departure
	targets []target
}

type departure struct {
	asset  int32
	start  uint32
	base   float64 // milliseconds that every flight of it takes beside flying
	pace   float64 // milliseconds a metre
	at     vector
	origin measure.Origin
}

// target is a landing for a facility.
type target struct {
	facility int32
	landing
	surgery bool
	at      vector
	origin  measure.Origin
}

// vector is the geodetic normal of a place. The angle between two bounds their
// distance, and the chord between them bounds the angle.
type vector [3]float64

func vectorOf(p orb.Point) vector {
	sinLat, cosLat := math.Sincos(p[1] * math.Pi / 180)
	sinLon, cosLon := math.Sincos(p[0] * math.Pi / 180)
	return vector{cosLat * cosLon, cosLat * sinLon, sinLat}
}

// atLeast returns metres that two places are apart at least.
func (v *vector) atLeast(o *vector) float64 {
	x, y, z := v[0]-o[0], v[1]-o[1], v[2]-o[2]
	return measure.LowerMetres(math.Sqrt(x*x+y*y+z*z)) - slack
}

// slack in metres is more than rounding takes off a bound.
const slack = 0.001

func (c *Cover) aerialOf(night bool, free []uint32, full shut) *aerial {
	a := &aerial{Cover: c}
	if !c.Air || !c.LandAnywhere {
		return a
	}
	for _, i := range c.crafts {
		start := c.departs(i, night, free[i])
		if craft := &c.Assets[i]; craft.Kind == Helicopter && start != Never {
			a.crafts = append(a.crafts, departure{
				i, start, float64(plus(start, minutes(craft.LoadMin), minutes(craft.OffloadMin))), 3600 / craft.CruiseKMH, vectorOf(craft.At), measure.NewOrigin(craft.At),
			})
		}
	}
	for f := range c.Facilities {
		if !c.open(Advanced, int32(f), full) {
			continue
		}
		for _, l := range c.landings[0][f] {
			at := c.spots[l.spot].at
			a.targets = append(a.targets, target{int32(f), l, c.open(Surgery, int32(f), full), vectorOf(at), measure.NewOrigin(at)})
		}
	}
	return a
}

// fly finds the flights from every point.
func (s *sweep) fly(ctx context.Context) error {
	free := make([]uint32, len(s.Assets))
	by := [2]*aerial{s.aerialOf(false, free, nil), s.aerialOf(true, free, nil)}
	return pattern.Each(ctx, len(s.out), grain, func(_, from, to int) {
		look := [2]*look{by[0].look(), by[1].look()}
		for i := from; i < to; i++ {
			l := look[0]
			if s.night[i] {
				l = look[1]
			}
			l.from(s.places.Points[i], &s.out[i])
		}
	})
}

// look is one goroutine's work on flights: distances from one place at a time,
// measured when they are first asked for, and where the flights of the place
// before went.
type look struct {
	*aerial
	home, hop     []float64 // NaN where not measured yet
	least         []float64 // bounds of hop
	advanced, cut pair      // of the place before
}

func (a *aerial) look() *look {
	return &look{aerial: a, home: make([]float64, len(a.crafts)), hop: make([]float64, len(a.targets)), least: make([]float64, len(a.targets))}
}

// from offers the flights from a place.
func (l *look) from(p orb.Point, best *Stages) {
	if len(l.crafts) == 0 || len(l.targets) == 0 {
		return
	}
	at := vectorOf(p)
	nearest, surgical := math.Inf(1), math.Inf(1)
	for t := range l.targets {
		l.hop[t] = math.NaN()
		l.least[t] = at.atLeast(&l.targets[t].at)
		nearest = min(nearest, l.least[t])
		if l.targets[t].surgery {
			surgical = min(surgical, l.least[t])
		}
	}
	for k := range l.crafts {
		l.home[k] = math.NaN()
	}
	// What was best a little way off is nearly so here, and spares most others.
	first, second := l.advanced, l.cut
	l.try(first, at.atLeast(&l.crafts[first[0]].at), p, best)
	if second != first {
		l.try(second, at.atLeast(&l.crafts[second[0]].at), p, best)
	}
	for k := range l.crafts {
		craft := &l.crafts[k]
		out := at.atLeast(&craft.at)
		forAny, forCut := craft.base+(out+nearest)*craft.pace, craft.base+(out+surgical)*craft.pace
		if late(forAny, best.Advanced.Millis) && late(forCut, best.Surgery.Millis) {
			continue
		}
		for t := range l.targets {
			if pair := (pair{k, t}); pair != first && pair != second {
				l.try(pair, out, p, best)
			}
		}
	}
}

// pair is a craft and a target.
type pair [2]int

// late reports whether a bound is surely beyond a time; three roundings are in
// the time.
func late(bound float64, millis uint32) bool { return bound-3 > float64(millis) }

// hopeless reports whether a flight to a target is surely no better where its
// craft flies so many metres to the casualty.
func (l *look) hopeless(craft *departure, t int, out float64, best *Stages) bool {
	to := &l.targets[t]
	whole := craft.base + (out+l.least[t])*craft.pace + float64(to.transfer)
	return late(whole, best.Advanced.Millis) && (!to.surgery || late(whole, best.Surgery.Millis))
}

// try offers one flight of a craft that is out metres away, at least.
func (l *look) try(flight pair, out float64, p orb.Point, best *Stages) {
	k, t := flight[0], flight[1]
	craft, to := &l.crafts[k], &l.targets[t]
	if l.hopeless(craft, t, out, best) {
		return
	}
	if math.IsNaN(l.home[k]) {
		l.home[k] = craft.origin.Distance(p)
	}
	if math.IsNaN(l.hop[t]) {
		if l.hopeless(craft, t, l.home[k], best) {
			return
		}
		l.hop[t] = to.origin.Distance(p)
	}
	plan, ok := l.direct(craft.asset, craft.start, l.home[k], l.hop[t], to.facility, to.landing)
	if !ok {
		return
	}
	if plan.before(&best.Advanced) {
		best.Advanced, l.advanced = plan, flight
	}
	if to.surgery && plan.before(&best.Surgery) {
		best.Surgery, l.cut = plan, flight
	}
}

// direct is a flight that fetches a casualty where he lies.
func (c *Cover) direct(asset int32, start uint32, home, hop float64, facility int32, l landing) (Plan, bool) {
	a := &c.Assets[asset]
	if start == Never || !a.goes(home, hop, c.out[asset][l.spot]) {
		return nothing, false
	}
	p := nothing
	p.Millis, p.Mode, p.Craft, p.Facility, p.Landing = plus(start, pace(home, a.CruiseKMH), c.flight(asset, hop, l)), ByAir, asset, facility, l.spot
	return p, p.Millis != Never
}
