package casevac

import (
	"context"
	"slices"

	"bivouac/geo/pattern"
)

// ahead is how a casualty goes on from a spot by air, and, from advanced care to
// surgery, by road: for each stage the ways of which none is ready sooner and
// quicker as well.
type ahead struct {
	advanced []onward
	surgery  []onward
	drive    []onward  // in the ambulance that brought the casualty
	met      []onward  // in one that comes for a casualty who was carried there
	least    [2]uint32 // what of advanced and surgery takes least; 0 for not known
}

// onward is an aircraft or an ambulance that is at a spot, ready to load, at a
// time, and how long it then takes to a facility.
type onward struct {
	ready, rest uint32
	craft       int32 // -1 for the road
	ambulance   int32 // -1 for the one that brought the casualty, and by air
	facility    int32
	landing     int32
}

// aheads finds how one goes on from every spot with all assets free. Of the
// facilities that an aircraft flies to from a spot only the quickest matters,
// whenever the casualty is there.
func (c *Cover) aheads(ctx context.Context, night bool) ([]ahead, error) {
	free := make([]uint32, len(c.Assets))
	out := make([]ahead, len(c.spots))
	return out, pattern.Each(ctx, len(c.spots), 1, func(_, at, _ int) {
		var o ahead
		if at := int32(at); c.Mixed {
			hops := c.hopsFrom(at)
			for _, craft := range c.crafts {
				a := &c.Assets[craft]
				start := c.departs(craft, night, 0)
				if start == Never || !c.picksUp(at, a.Kind) {
					continue
				}
				ready := plus(start, pace(c.out[craft][at], a.CruiseKMH))
				o.advanced = append(o.advanced, hops.quickest(craft, ready, c.advances))
				o.surgery = append(o.surgery, hops.quickest(craft, ready, c.operates))
			}
		}
		if at < len(c.drive) {
			o.drive, o.met = c.drives(int32(at), night, free, nil)
		}
		o = ahead{advanced: foremost(o.advanced), surgery: foremost(o.surgery), drive: foremost(o.drive), met: foremost(o.met)}
		o.least = [2]uint32{least(o.advanced), least(o.surgery)}
		out[at] = o
	})
}

// least is what the last of the foremost takes, which takes least of all.
func least(foremost []onward) uint32 {
	if len(foremost) == 0 {
		return Never
	}
	return foremost[len(foremost)-1].rest
}

// ahead finds all ways on from a spot. free is when each asset is.
func (c *Cover) ahead(at int32, night bool, free []uint32, full shut) (o ahead) {
	c.onwards(at, night, free, full, func(st Stage, w onward) {
		if st == Advanced {
			o.advanced = append(o.advanced, w)
		} else {
			o.surgery = append(o.surgery, w)
		}
	})
	if int(at) < len(c.drive) {
		o.drive, o.met = c.drives(at, night, free, full)
	}
	return o
}

// drives are the ways on by road from advanced care to facilities that are not
// full: in the ambulance that came there with the casualty, and in those that
// come for him.
func (c *Cover) drives(at int32, night bool, free []uint32, full shut) (drive, met []onward) {
	for f, t := range c.drive[at] {
		if t == Never || !c.open(Surgery, int32(f), full) {
			continue
		}
		drive = append(drive, onward{0, plus(minutes(c.ReloadMin), t), -1, -1, int32(f), -1})
		for k, i := range c.ambulances {
			a := &c.Assets[i]
			if ready := plus(c.departs(i, night, free[i]), c.come[k][at]); ready != Never {
				met = append(met, onward{ready, plus(minutes(a.LoadMin), t, minutes(a.OffloadMin)), -1, i, int32(f), -1})
			}
		}
	}
	return drive, met
}

// onwards calls take with every aircraft that might take a casualty on from a
// spot to a facility that is not full, by stage. free is when each asset is.
func (c *Cover) onwards(at int32, night bool, free []uint32, full shut, take func(Stage, onward)) {
	if !c.Mixed {
		return
	}
	for _, craft := range c.crafts {
		a := &c.Assets[craft]
		if start := c.departs(craft, night, free[craft]); start != Never && c.picksUp(at, a.Kind) {
			c.flights(at, craft, plus(start, pace(c.out[craft][at], a.CruiseKMH)), full, take)
		}
	}
}

// flights calls take with the flights of an aircraft that is ready at a spot.
func (c *Cover) flights(at, craft int32, ready uint32, full shut, take func(Stage, onward)) {
	for f := range c.Facilities {
		if !c.advances[f] {
			continue
		}
		for _, l := range c.landingsFor(craft, int32(f)) {
			between := c.gaps[at][l.spot]
			if l.spot == at || !c.Assets[craft].goes(c.out[craft][at], between, c.out[craft][l.spot]) {
				continue
			}
			o := onward{ready, c.flight(craft, between, l), craft, -1, int32(f), l.spot}
			for _, st := range [...]Stage{Advanced, Surgery} {
				if c.open(st, int32(f), full) {
					take(st, o)
				}
			}
		}
	}
}

// picksUp reports whether aircraft of a kind fetch casualties from a spot: where
// they land, and helicopters anywhere if they land anywhere.
func (c *Cover) picksUp(at int32, k Kind) bool {
	return c.spots[at].takes(k) || k == Helicopter && c.LandAnywhere
}

// foremost leaves out what is neither ready sooner nor quicker than another.
func foremost(all []onward) []onward {
	slices.SortFunc(all, func(a, b onward) int {
		p, q := a.plan(), b.plan()
		p.Millis, q.Millis = a.ready, b.ready
		switch {
		case a.ready == b.ready && a.rest != b.rest:
			return int(int64(a.rest) - int64(b.rest))
		case p.before(&q):
			return -1
		case q.before(&p):
			return 1
		}
		return 0
	})
	out := all[:0]
	least := uint32(Never)
	for _, o := range all {
		if o.ready == Never || o.rest == Never || o.rest > least {
			continue
		}
		least = o.rest
		out = append(out, o)
	}
	return slices.Clip(out)
}

func (o *onward) plan() Plan {
	p := nothing
	p.Mode, p.Craft, p.Ambulance, p.Facility, p.Landing = ByBoth, o.craft, o.ambulance, o.facility, o.landing
	return p
}

// arrival is a casualty at a spot, brought by an ambulance or carried (-1).
type arrival struct {
	millis    uint32
	ambulance int32
}

func (a arrival) mode() Mode {
	if a.ambulance < 0 {
		return ByFoot
	}
	return ByRoad
}

// arrive offers what a casualty at a spot gets there and beyond.
func (s *sweep) arrive(at int32, a arrival, night bool, best *Stages) {
	if a.millis == Never {
		return
	}
	s.reach(at, a, &s.onward[flagged(night)][at], nil, best)
}

// reach offers the ways from a spot on. shut are facilities that take nobody.
func (c *Cover) reach(at int32, a arrival, o *ahead, shut shut, best *Stages) {
	here := int(at) < len(c.Facilities)
	if here && (a.ambulance < 0 || c.Road) {
		p := nothing
		p.Millis, p.Mode, p.Ambulance, p.Facility = a.millis, a.mode(), a.ambulance, at
		if a.millis <= best.Advanced.Millis && c.open(Advanced, at, shut) {
			best.Advanced.offer(p)
		}
		if a.millis <= best.Surgery.Millis && c.open(Surgery, at, shut) {
			best.Surgery.offer(p)
		}
	}
	if plus2(a.millis, o.least[0]) <= best.Advanced.Millis {
		for i := range o.advanced {
			if w := &o.advanced[i]; w.at(a) <= best.Advanced.Millis {
				best.Advanced.offer(w.from(at, a))
			}
		}
	}
	cared := here && c.open(Advanced, at, shut) && a.millis <= minutes(c.AdvancedLimitMin)
	if t := plus2(a.millis, o.least[1]); t <= best.Surgery.Millis || cared && t <= best.Together.Millis {
		flyOn(at, a, o.surgery, cared, best)
	}
	if c.Road {
		driveOn(at, a, o, cared, best)
	}
}

// flyOn offers the ways on to surgery by air.
func flyOn(at int32, a arrival, ways []onward, cared bool, best *Stages) {
	for i := range ways {
		t := ways[i].at(a)
		if t > best.Surgery.Millis && (!cared || t > best.Together.Millis) {
			continue
		}
		p := ways[i].from(at, a)
		best.Surgery.offer(p)
		if cared {
			best.Together.offer(p)
		}
	}
}

// driveOn offers the ways on from advanced care by road.
func driveOn(at int32, a arrival, o *ahead, cared bool, best *Stages) {
	if a.ambulance < 0 {
		for i := range o.met {
			p := o.met[i].from(at, a)
			best.Surgery.offer(p)
			if cared {
				best.Together.offer(p)
			}
		}
		return
	}
	if !cared {
		return
	}
	for i := range o.drive {
		if w := &o.drive[i]; w.at(a) <= best.Together.Millis {
			best.Together.offer(w.from(at, a))
		}
	}
}

// shut are the facilities that have no room left, by stage; nil is none.
type shut map[Stage][]bool

// open reports whether a facility gives what the stage waits for, and has room.
func (c *Cover) open(s Stage, facility int32, full shut) bool {
	gives := c.operates
	if s == Advanced {
		gives = c.advances
	}
	return gives[facility] && (full == nil || !full[s][facility])
}

// from is the journey of a casualty who comes to a spot and goes on.
func (o *onward) from(at int32, a arrival) Plan {
	p := o.plan()
	p.Stop, p.Millis = at, o.at(a)
	if o.craft < 0 {
		p.Mode, p.Met = ByRoad, o.ambulance >= 0
	}
	if !p.Met {
		p.Ambulance = a.ambulance
	}
	return p
}

// at is when a casualty who comes to a spot is in the facility.
func (o *onward) at(a arrival) uint32 { return plus2(max(a.millis, o.ready), o.rest) }
