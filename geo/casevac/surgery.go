package casevac

import (
	"cmp"
	"context"
	"slices"

	"bivouac/geo/network"
	"bivouac/geo/pattern"
)

// ToSurgery is how soon casualties come to surgery, in milliseconds by point,
// [Never] for those who never do: by all that is allowed, by road alone and by
// air alone. Who is carried all the way is in each of them.
type ToSurgery struct{ Any, Road, Air []uint32 }

// Theatre is a cover that is asked about surgery alone. It does not change and
// may be shared.
type Theatre struct {
	*Cover
	rest [][]uint32 // by spot and aircraft: how long from loading there until in surgery, at least
}

// Theatre prepares the cover to be asked about surgery alone.
func (c *Cover) Theatre(ctx context.Context) (*Theatre, error) {
	t := &Theatre{Cover: c, rest: make([][]uint32, len(c.spots))}
	return t, pattern.Each(ctx, len(c.spots), 1, func(_, at, _ int) {
		t.rest[at] = never(len(c.crafts))
		hops := c.hopsFrom(int32(at))
		for k, craft := range c.crafts {
			if c.Mixed && c.picksUp(int32(at), c.Assets[craft].Kind) {
				t.rest[at][k] = hops.quickest(craft, 0, c.operates).rest
			}
		}
	})
}

// Times returns how soon casualties come to surgery, by day or by night: what
// [Cover.Minutes] gives, which finds advanced care and the journeys as well, at
// a fraction of the work.
func (t *Theatre) Times(ctx context.Context, p *Places, night bool) (*ToSurgery, error) {
	n := len(p.Points)
	s := &operation{sweep: &sweep{Cover: t.Cover, places: p, out: make([]Stages, n), night: slices.Repeat([]bool{night}, n)}, theatre: t, dark: night}
	if err := s.fetch(ctx); err != nil {
		return nil, err
	}
	s.prepare()
	found := newQuickest(n)
	for _, do := range []func(context.Context, *quickestTimes) error{s.driven, s.carried, s.flown} {
		if err := do(ctx, found); err != nil {
			return nil, err
		}
	}
	out := &ToSurgery{Any: make([]uint32, n), Road: never(n), Air: never(n)}
	for i := range n {
		out.Any[i] = min(found.foot[i], found.road[i], found.air[i], found.both[i])
		if t.Road {
			out.Road[i] = min(found.foot[i], found.road[i])
		}
		if t.Air {
			out.Air[i] = min(found.foot[i], found.air[i])
		}
	}
	return out, nil
}

// never is so many times that are none.
func never(n int) []uint32 { return slices.Repeat([]uint32{Never}, n) }

// quickestTimes are by point, for those who are carried all the way, those who
// are driven, those who are fetched by air, and those who change to an
// aircraft.
type quickestTimes struct{ foot, road, air, both []uint32 }

func newQuickest(n int) *quickestTimes {
	return &quickestTimes{never(n), never(n), never(n), never(n)}
}

// operation is the work on times to surgery.
type operation struct {
	*sweep
	theatre *Theatre
	dark    bool
	flights [][]ready // by spot: aircraft that go on to surgery from there
}

// ready is an aircraft or an ambulance that is at a spot, ready to load, at a
// time, and how long it is until in surgery then.
type ready struct{ at, rest uint32 }

// prepare finds the aircraft that take casualties on from each spot.
func (o *operation) prepare() {
	o.flights = make([][]ready, len(o.spots))
	for at := range o.flights {
		for k, craft := range o.crafts {
			if rest := o.theatre.rest[at][k]; rest != Never {
				there := plus(o.departs(craft, o.dark, 0), pace(o.Cover.out[craft][at], o.Assets[craft].CruiseKMH))
				o.flights[at] = append(o.flights[at], ready{there, rest})
			}
		}
		o.flights[at] = undominated(o.flights[at])
	}
}

// comes are the ambulances that fetch a casualty who was carried to advanced
// care.
func (o *operation) comes(at int) (out []ready) {
	if at >= len(o.drive) {
		return nil
	}
	drive := uint32(Never)
	for f, t := range o.drive[at] {
		if o.operates[f] {
			drive = min(drive, t)
		}
	}
	if drive == Never {
		return nil
	}
	for k, i := range o.ambulances {
		a := &o.Assets[i]
		out = append(out, ready{plus(o.departs(i, o.dark, 0), o.come[k][at]), plus(minutes(a.LoadMin), drive, minutes(a.OffloadMin))})
	}
	return undominated(out)
}

// undominated leaves those, soonest first, than which none is ready sooner and
// quicker as well.
func undominated(all []ready) []ready {
	slices.SortFunc(all, func(a, b ready) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.rest, b.rest)) })
	out, least := all[:0], uint32(Never)
	for _, r := range all {
		if r.at != Never && r.rest < least {
			out, least = append(out, r), r.rest
		}
	}
	return out
}

// soonest is when a casualty who comes to a spot is in surgery by the quickest
// of the ways on.
func soonest(ways []ready, there uint32) uint32 {
	best := uint32(Never)
	for _, r := range ways {
		best = min(best, plus2(max(there, r.at), r.rest))
	}
	return best
}

// serves reports whether a casualty at a spot is nearer to surgery, but for
// ambulances that come there.
func (o *operation) serves(at int) bool {
	return at < len(o.Facilities) && o.operates[at] || len(o.flights[at]) > 0
}

// driven brings casualties by ambulance to each spot.
func (o *operation) driven(ctx context.Context, best *quickestTimes) error {
	if o.travel == nil || len(o.ambulances) == 0 || !o.Road && !o.Mixed {
		return nil
	}
	var spots []int
	var places []network.Place
	for at := range o.spots {
		if s := &o.spots[at]; s.on && o.serves(at) {
			spots, places = append(spots, at), append(places, s.place)
		}
	}
	return o.places.each(ctx, places, true, func(k int, times []uint32, from, to int) { o.driveTo(spots[k], times, from, to, best) })
}

func (o *operation) driveTo(at int, times []uint32, from, to int, best *quickestTimes) {
	stand := &o.spots[at].standing
	here := o.Road && at < len(o.Facilities) && o.operates[at]
	ways := o.flights[at]
	shortest := uint32(Never)
	if len(ways) > 0 {
		shortest = ways[len(ways)-1].rest
	}
	for i := from; i < to; i++ {
		drive, lifted := times[i], o.lifted[i].millis
		if drive == Never || lifted == Never {
			continue
		}
		there := plus(lifted, o.places.stand[i].access, drive, stand.access)
		if here {
			best.road[i] = min(best.road[i], there)
		}
		if there != Never && plus2(there, shortest) < min(best.both[i], best.road[i]) {
			best.both[i] = min(best.both[i], soonest(ways, there))
		}
	}
}

// carried brings casualties on foot to what is near.
func (o *operation) carried(ctx context.Context, best *quickestTimes) error {
	points := o.places.Points
	cloud, err := o.places.cloud(o.CarryMetres)
	if err != nil {
		return err
	}
	var near []int32
	for at := range o.spots {
		if err := ctx.Err(); err != nil {
			return err
		}
		if near = cloud.NearPoint(near[:0], o.spots[at].at); len(near) == 0 {
			continue
		}
		here, met := at < len(o.Facilities) && o.operates[at], o.comes(at)
		for _, i := range near {
			there := o.carry(points[i], o.spots[at].at)
			if there == Never {
				continue
			}
			if here {
				best.foot[i] = min(best.foot[i], there)
			}
			if o.Road {
				best.road[i] = min(best.road[i], soonest(met, there))
			}
			best.both[i] = min(best.both[i], soonest(o.flights[at], there))
		}
	}
	return nil
}

// flown fetches casualties by air where they lie.
func (o *operation) flown(ctx context.Context, best *quickestTimes) error {
	a := o.aerialOf(o.dark, make([]uint32, len(o.Assets)), nil)
	a.targets = slices.DeleteFunc(a.targets, func(to target) bool { return !to.surgery })
	return pattern.Each(ctx, len(o.out), grain, func(_, from, to int) {
		look := a.look()
		for i := from; i < to; i++ {
			s := noStages
			look.from(o.places.Points[i], &s)
			best.air[i] = min(best.air[i], s.Surgery.Millis)
		}
	})
}
