package casevac

import (
	"context"
	"fmt"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
	"bivouac/geo/network"
)

// Casualty is who is to be brought to care.
type Casualty struct {
	Name  string
	At    orb.Point
	Call  uint32 // milliseconds after the beginning
	Night bool   // where he lies; see [Params.Night]
}

// Chain is what becomes of a casualty.
type Chain struct {
	Casualty Casualty
	Stages   Stages
	// Evacuation is the journey that he makes: of the stages the one that keeps
	// both limits, else the quickest to surgery, else to advanced care.
	Evacuation Plan
	CaredFor   uint32          // when it brings advanced care
	Legs       map[Stage][]Leg // of each stage's journey
	With       int             // the casualty before in whose lift he goes; -1 for none
	units      map[int32]int   // which of an asset's the evacuation takes
	free       []uint32
	full       shut
}

// Chain returns what becomes of one casualty with all else free. Its times are
// those of Minutes.
func (c *Cover) Chain(ctx context.Context, p orb.Point) (*Chain, error) {
	all, err := c.Allocate(ctx, []Casualty{{At: p, Night: c.Night != nil && c.Night(p)}})
	if err != nil {
		return nil, err
	}
	return &all[0], nil
}

// scene is a casualty's place, and how far it is on the roads.
type scene struct {
	standing
	at     orb.Point
	fetch  []uint32 // from each of the ambulances
	bring  []uint32 // to each spot
	aiders []uint32
}

func (c *Cover) sceneOf(ctx context.Context, p orb.Point) (*scene, error) {
	s := &scene{at: p, standing: c.snap(p)}
	s.fetch, s.bring, s.aiders = make([]uint32, len(c.ambulances)), make([]uint32, len(c.spots)), make([]uint32, len(c.Aiders))
	if err := c.ways(ctx, s, func(i int) *standing { return &c.stand[c.ambulances[i]] }, false, s.fetch); err != nil {
		return nil, err
	}
	if err := c.ways(ctx, s, func(i int) *standing { return &c.spots[i].standing }, true, s.bring); err != nil {
		return nil, err
	}
	aiders := make([]standing, len(c.Aiders))
	for i := range aiders {
		aiders[i] = c.snap(c.Aiders[i].At)
	}
	return s, c.ways(ctx, s, func(i int) *standing { return &aiders[i] }, false, s.aiders)
}

// ways finds how long it takes by road from others to a scene, or, toward them,
// from it to each, from door to door.
func (c *Cover) ways(ctx context.Context, s *scene, of func(int) *standing, toward bool, out []uint32) error {
	var places []network.Place
	var which []int
	for i := range out {
		if out[i] = Never; s.on && of(i).on {
			places, which = append(places, of(i).place), append(which, i)
		}
	}
	if len(places) == 0 {
		return nil
	}
	from, to := places, []network.Place{s.place}
	if toward {
		from, to = to, from
	}
	table, err := c.travel.Matrix(ctx, from, to)
	if err != nil {
		return err
	}
	for k, i := range which {
		t := table[0]
		if toward {
			out[i] = plus(s.access, t[k], of(i).access)
		} else {
			out[i] = plus(s.access, table[k][0], of(i).access)
		}
	}
	return nil
}

// stages finds the journeys of a casualty, looking at all there are. free is
// when each asset is, from his wound on.
func (c *Cover) stages(s *scene, night bool, free []uint32, full shut) Stages {
	best := noStages
	best.First = c.firstAt(s)
	l := c.liftedAt(s, night, free)
	for at := range c.spots {
		at := int32(at)
		o := c.ahead(at, night, free, full)
		if t := plus(l.millis, s.bring[at]); t != Never {
			c.reach(at, arrival{t, l.asset}, &o, full, &best)
		}
		if t := c.carry(s.at, c.spots[at].at); t != Never {
			c.reach(at, arrival{t, -1}, &o, full, &best)
		}
	}
	flights := c.aerialOf(night, free, full)
	for k := range flights.crafts {
		craft := &flights.crafts[k]
		home := craft.origin.Distance(s.at)
		for t := range flights.targets {
			to := &flights.targets[t]
			plan, _ := c.direct(craft.asset, craft.start, home, to.origin.Distance(s.at), to.facility, to.landing)
			best.Advanced.offer(plan)
			if to.surgery {
				best.Surgery.offer(plan)
			}
		}
	}
	if best.Surgery.Millis <= minutes(c.AdvancedLimitMin) {
		best.Together.offer(best.Surgery)
	}
	return best
}

func (c *Cover) firstAt(s *scene) uint32 {
	if c.Aiders == nil {
		return minutes(c.FirstAidMin)
	}
	best := uint32(Never)
	for i := range c.Aiders {
		start := plus(minutes(c.NotifyMin), minutes(c.Aiders[i].NoticeMin))
		best = min(best, plus(start, s.aiders[i]), plus(start, c.carry(c.Aiders[i].At, s.at)))
	}
	return best
}

func (c *Cover) liftedAt(s *scene, night bool, free []uint32) lifted {
	best := lifted{Never, -1}
	if !c.Road && !c.Mixed {
		return best
	}
	for k, i := range c.ambulances {
		a := &c.Assets[i]
		best.offer(lifted{plus(c.departs(i, night, free[i]), s.fetch[k], minutes(a.LoadMin), minutes(a.OffloadMin)), i})
	}
	return best
}

// roadMetres is how long the quickest way by road is, with the ways to the road.
func (c *Cover) roadMetres(from, to *standing) float64 {
	if !from.on || !to.on {
		return 0
	}
	path, ok := c.travel.Path(from.place, to.place)
	if !ok {
		return 0
	}
	metres := from.place.AccessMetres + to.place.AccessMetres
	for step := range c.travel.Steps(path) {
		metres += step.Metres
	}
	return metres
}

func (c *Cover) spotName(at int32) string { return c.spots[at].name }

// assetName is what an asset is called; of several the evacuation's units are
// told apart, by number.
func (c *Cover) assetName(i int32, units map[int32]int) string {
	a := &c.Assets[i]
	if unit, ok := units[i]; ok && a.Count > 1 {
		return fmt.Sprintf("%s %d of %s", a.Kind, unit+1, a.Base)
	}
	return fmt.Sprintf("%s of %s", a.Kind, a.Base)
}

// carriers are the assets of a journey in words, "" for none.
func (c *Cover) carriers(p *Plan, units map[int32]int) string {
	var names []string
	for _, i := range [...]int32{p.Ambulance, p.Craft} {
		if i >= 0 {
			names = append(names, c.assetName(i, units))
		}
	}
	return strings.Join(names, ", ")
}

func apart(a, b orb.Point) float64 { return measure.Distance(a, b) }
