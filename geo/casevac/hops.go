package casevac

import (
	"cmp"
	"slices"
)

// hops are the flights from a spot to where care is given, by [Kind]: the
// shortest first, so that of one aircraft the quickest is found without a look
// at most of them.
type hops struct {
	*Cover
	from int32
	all  [2][]hop // helicopters', and those of aircraft with wings
}

// hop is a flight to a landing of a facility.
type hop struct {
	landing
	facility int32
	metres   float64
	number   int32 // in order of facilities, and of their landings
}

// hopsFrom finds the flights from a spot to facilities with advanced care.
func (c *Cover) hopsFrom(at int32) *hops {
	h := &hops{Cover: c, from: at}
	for k, kind := range [...]Kind{Helicopter, FixedWing} {
		if !c.picksUp(at, kind) || !slices.ContainsFunc(c.crafts, func(i int32) bool { return c.Assets[i].Kind == kind }) {
			continue
		}
		all := make([]hop, 0, len(c.Facilities))
		for f, landings := range c.landings[k] {
			for _, l := range landings {
				if c.advances[f] && l.spot != at {
					all = append(all, hop{l, int32(f), c.gaps[at][l.spot], int32(len(all))})
				}
			}
		}
		slices.SortFunc(all, func(a, b hop) int { return cmp.Compare(a.metres, b.metres) })
		h.all[k] = all
	}
	return h
}

// quickest returns the quickest flight of an aircraft to a facility that gives
// what is wanted, of equally quick ones the first by number; its rest is
// [Never] for none. ready is when it can load.
func (h *hops) quickest(craft int32, ready uint32, gives []bool) onward {
	a := &h.Assets[craft]
	all := h.all[0]
	if a.Kind == FixedWing {
		all = h.all[1]
	}
	best, number := onward{ready, Never, craft, -1, -1, -1}, int32(-1)
	ground := plus(minutes(a.LoadMin), minutes(a.OffloadMin))
	for i := range all {
		o := &all[i]
		whole := plus(ground, pace(o.metres, a.CruiseKMH))
		if whole > best.rest || whole == Never {
			break // nor do longer ones take less
		}
		if !gives[o.facility] {
			continue
		}
		whole = plus(whole, o.transfer)
		if whole > best.rest || whole == best.rest && number >= 0 && o.number > number || !a.goes(h.out[craft][h.from], o.metres, h.out[craft][o.spot]) {
			continue
		}
		best.rest, best.facility, best.landing, number = whole, o.facility, o.spot, o.number
	}
	return best
}
