package casevac

import (
	"cmp"
	"context"
	"slices"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/pattern"
)

// Anyway is the owner of what is there whatever is chosen.
const Anyway = -1

// Owners say what each facility and asset of a cover hangs on, such as the base
// that has to be open: a number from 0 on, or [Anyway].
type Owners struct{ Facilities, Assets []int32 }

// Needs are, for one point, the sets of owners that bring a casualty there to
// surgery in time where all of one set are there: in order, none of them holding all of
// another. A set of nothing is that he comes there anyway; no set, that he never does.
type Needs [][]int32

// Met reports whether all that some set asks for is there.
func (n Needs) Met(there []bool) bool {
	return slices.ContainsFunc(n, func(set []int32) bool {
		return !slices.ContainsFunc(set, func(o int32) bool { return !there[o] })
	})
}

// mostNeeds is how many sets are kept for all points together, each worker having
// its share of them.
const mostNeeds = 4_000_000

// Needs finds, for each point, by day or by night, which owners together bring a
// casualty to surgery within so many minutes. What [Theatre.Times] gives for a
// cover of some owners alone is within the limit where one of the sets is among
// them, and nowhere else: the same journeys are gone through, and each is kept
// as what it hangs on.
func (c *Cover) Needs(ctx context.Context, p *Places, night bool, withinMin float64, of Owners) ([]Needs, error) {
	n := &needing{Cover: c, places: p, of: of, limit: minutes(withinMin), night: night}
	if err := n.prepare(ctx); err != nil {
		return nil, err
	}
	out := make([]Needs, len(p.Points))
	kept := make([]int, pattern.Workers())
	most := mostNeeds / len(kept)
	err := pattern.Each(ctx, len(p.Points), 16, func(worker, from, to int) {
		for i := from; i < to && kept[worker] <= most; i++ {
			s := &sets{}
			n.from(i, s)
			slices.SortFunc(s.all, slices.Compare)
			out[i] = s.all
			kept[worker] += len(s.all)
		}
	})
	for _, k := range kept {
		if k > most {
			return nil, geo.Errorf(geo.TooLarge, filterInput, "there are more than about %d ways to bring the casualties of these places to surgery; select fewer bases or fewer places", mostNeeds)
		}
	}
	if err != nil {
		return nil, err
	}
	return out, nil
}

// needing is the work on needs.
type needing struct {
	*Cover
	places  *Places
	of      Owners
	limit   uint32
	night   bool
	starts  []uint32   // by asset: when it leaves
	fetch   [][]uint32 // by ambulance, by point: when a casualty is in it, its time to unload included
	bring   [][]uint32 // by spot, by point: the drive there; nil where none goes there
	flights [][]onwards
	pickups [][]onwards // by facility: ambulances that come there, for who is carried to it
	direct  *aerial
	vectors []vector // by spot
}

// onwards is a journey from a spot to surgery: when it can begin, how long it
// takes from then on, and what it hangs on beside the spot.
type onwards struct {
	ready
	needs []int32
}

func (n *needing) prepare(ctx context.Context) error {
	n.starts = make([]uint32, len(n.Assets))
	for i := range n.Assets {
		n.starts[i] = n.departs(int32(i), n.night, 0)
	}
	n.flights, n.pickups = make([][]onwards, len(n.spots)), make([][]onwards, len(n.Facilities))
	for at := range n.spots {
		n.vectors = append(n.vectors, vectorOf(n.spots[at].at))
		if n.Mixed {
			n.flightsFrom(int32(at))
		}
	}
	for at := range n.Facilities {
		n.pickupsAt(at)
	}
	n.direct = n.aerialOf(n.night, make([]uint32, len(n.Assets)), nil)
	n.direct.targets = slices.DeleteFunc(n.direct.targets, func(to target) bool { return !to.surgery })
	return n.drives(ctx)
}

// spotOwner is what a spot hangs on.
func (n *needing) spotOwner(at int32) int32 {
	if int(at) < len(n.Facilities) {
		return n.of.Facilities[at]
	}
	return Anyway
}

// flightsFrom are the aircraft that go on from a spot.
func (n *needing) flightsFrom(at int32) {
	for _, craft := range n.crafts {
		a := &n.Assets[craft]
		there := plus(n.starts[craft], pace(n.out[craft][at], a.CruiseKMH))
		if there > n.limit || !n.picksUp(at, a.Kind) {
			continue
		}
		for f := range n.Facilities {
			if !n.operates[f] {
				continue
			}
			for _, l := range n.landingsFor(craft, int32(f)) {
				between := n.gaps[at][l.spot]
				if l.spot == at || !a.goes(n.out[craft][at], between, n.out[craft][l.spot]) {
					continue
				}
				n.flights[at] = append(n.flights[at], onwards{
					ready{there, n.flight(craft, between, l)}, []int32{n.of.Assets[craft], n.of.Facilities[f], n.spotOwner(l.spot)},
				})
			}
		}
	}
	n.flights[at] = n.inTime(n.flights[at])
}

// pickupsAt are the ambulances that take on from advanced care who was carried
// there.
func (n *needing) pickupsAt(at int) {
	if !n.Road || n.drive[at] == nil {
		return
	}
	for k, i := range n.ambulances {
		a := &n.Assets[i]
		for f, t := range n.drive[at] {
			if n.operates[f] {
				n.pickups[at] = append(n.pickups[at], onwards{
					ready{plus(n.starts[i], n.come[k][at]), plus(minutes(a.LoadMin), t, minutes(a.OffloadMin))}, []int32{n.of.Assets[i], n.of.Facilities[f]},
				})
			}
		}
	}
	n.pickups[at] = n.inTime(n.pickups[at])
}

// inTime leaves what can be in time at all, the quickest first, and of what
// hangs on the same nothing that is never sooner.
func (n *needing) inTime(all []onwards) []onwards {
	slices.SortFunc(all, func(a, b onwards) int { return cmp.Compare(a.rest, b.rest) })
	var out []onwards
	for _, o := range all {
		o.needs = tidy(o.needs)
		if plus(o.at, o.rest) <= n.limit && !slices.ContainsFunc(out, func(x onwards) bool { return x.at <= o.at && holds(o.needs, x.needs) }) {
			out = append(out, o)
		}
	}
	return out
}

// drives finds the times of ambulances.
func (n *needing) drives(ctx context.Context) error {
	n.fetch, n.bring = make([][]uint32, len(n.ambulances)), make([][]uint32, len(n.spots))
	if n.travel == nil || len(n.ambulances) == 0 || !n.Road && !n.Mixed {
		n.fetch = nil
		return nil
	}
	err := pattern.Each(ctx, len(n.ambulances), 1, func(_, k, _ int) {
		i := n.ambulances[k]
		a := &n.Assets[i]
		n.fetch[k] = n.along(ctx, n.stand[i].place, false, plus(n.starts[i], n.stand[i].access, minutes(a.LoadMin), minutes(a.OffloadMin)))
	})
	if err != nil {
		return err
	}
	return pattern.Each(ctx, len(n.spots), 1, func(_, at, _ int) {
		if s := &n.spots[at]; s.on && (n.surgical(at) || len(n.flights[at]) > 0) {
			n.bring[at] = n.along(ctx, s.place, true, s.access)
		}
	})
}

func (n *needing) surgical(at int) bool { return at < len(n.Facilities) && n.operates[at] }

// along adds to a time the drive between a place on the roads and each point,
// and the point's way to its road.
func (n *needing) along(ctx context.Context, at network.Place, toward bool, more uint32) []uint32 {
	out := never(len(n.places.Points))
	for _, times := range n.places.times(ctx, []network.Place{at}, toward) {
		for i, drive := range times {
			out[i] = plus(more, drive, n.places.stand[i].access)
		}
	}
	return out
}

// from goes through all journeys of a casualty at a point.
func (n *needing) from(i int, s *sets) {
	feet := n.feet(i)
	for _, f := range feet {
		if f.millis <= n.limit && n.surgical(f.spot) {
			s.add(n.of.Facilities[f.spot])
		}
	}
	n.flown(i, s)
	for spot := range n.spots {
		if n.Road && n.surgical(spot) && n.bring[spot] != nil {
			for k, asset := range n.ambulances {
				if plus2(n.fetch[k][i], n.bring[spot][i]) <= n.limit {
					s.add(n.of.Assets[asset], n.of.Facilities[spot])
				}
			}
		}
	}
	for _, f := range feet {
		if f.spot < len(n.pickups) {
			n.onFrom(f.millis, n.pickups[f.spot], s, n.spotOwner(int32(f.spot)))
		}
		n.onFrom(f.millis, n.flights[f.spot], s, n.spotOwner(int32(f.spot)))
	}
	for spot := range n.spots {
		if n.bring[spot] == nil || len(n.flights[spot]) == 0 {
			continue
		}
		for k, asset := range n.ambulances {
			n.onFrom(plus2(n.fetch[k][i], n.bring[spot][i]), n.flights[spot], s, n.of.Assets[asset], n.spotOwner(int32(spot)))
		}
	}
}

// onFrom goes on from where the casualty is at a time.
func (n *needing) onFrom(there uint32, ways []onwards, s *sets, needs ...int32) {
	if there > n.limit || len(ways) == 0 || s.has(needs) {
		return
	}
	for _, w := range ways {
		if plus2(there, w.rest) > n.limit {
			return // nor do those that take longer
		}
		if plus2(max(there, w.at), w.rest) <= n.limit {
			s.add(append(slices.Clone(needs), w.needs...)...)
		}
	}
}

// foot is when a casualty is carried to a spot.
type foot struct {
	spot   int
	millis uint32
}

// feet are the spots that are near enough.
func (n *needing) feet(i int) (out []foot) {
	p := n.places.Points[i]
	at := vectorOf(p)
	for spot := range n.spots {
		if at.atLeast(&n.vectors[spot]) > n.CarryMetres {
			continue
		}
		if t := n.carry(p, n.spots[spot].at); t != Never {
			out = append(out, foot{spot, t})
		}
	}
	return out
}

// flown are the flights from where the casualty lies.
func (n *needing) flown(i int, s *sets) {
	if len(n.direct.crafts) == 0 || len(n.direct.targets) == 0 {
		return
	}
	p := n.places.Points[i]
	hops := make([]float64, len(n.direct.targets))
	for t := range hops {
		hops[t] = n.direct.targets[t].origin.Distance(p)
	}
	for k := range n.direct.crafts {
		craft := &n.direct.crafts[k]
		home := craft.origin.Distance(p)
		if late(craft.base+home*craft.pace, n.limit) {
			continue
		}
		for t := range n.direct.targets {
			to := &n.direct.targets[t]
			plan, ok := n.Cover.direct(craft.asset, craft.start, home, hops[t], to.facility, to.landing)
			if ok && plan.Millis <= n.limit {
				s.add(n.of.Assets[craft.asset], n.of.Facilities[to.facility], n.spotOwner(to.spot))
			}
		}
	}
}

// sets are sets of owners of which none holds all of another.
type sets struct{ all [][]int32 }

func (s *sets) add(owners ...int32) {
	set := tidy(owners)
	if s.has(set) {
		return
	}
	s.all = append(slices.DeleteFunc(s.all, func(o []int32) bool { return holds(o, set) }), set)
}

// has reports whether a set holds all of one that is there.
func (s *sets) has(set []int32) bool {
	return slices.ContainsFunc(s.all, func(o []int32) bool { return holds(set, o) })
}

// holds reports whether a set holds all of another.
func holds(set, other []int32) bool {
	for _, o := range other {
		if !slices.Contains(set, o) {
			return false
		}
	}
	return true
}

// tidy puts a set in order, each of it once, without what is there anyway.
func tidy(owners []int32) []int32 {
	owners = slices.DeleteFunc(owners, func(o int32) bool { return o == Anyway })
	slices.Sort(owners)
	return slices.Compact(owners)
}
