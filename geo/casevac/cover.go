package casevac

import (
	"context"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
	"bivouac/geo/network"
)

// Cover is what care there is and what brings casualties to it. It does not
// change and may be shared.
type Cover struct {
	Facilities []Facility
	Assets     []Asset
	Params

	travel     *network.Travel // nil without roads
	ambulances []int32         // of Assets
	crafts     []int32
	spots      []spot      // the facilities, and then the sites
	stand      []standing  // of each asset, on the roads
	out        [][]float64 // metres from each asset that flies to each spot
	gaps       [][]float64 // metres between spots
	drive      [][]uint32  // from each facility with advanced care alone to each with surgery, by road; nil rows for others
	come       [][]uint32  // from each of the ambulances to each facility with advanced care alone
	landings   [2][][]landing
	advances   []bool // facilities with advanced care
	operates   []bool // and with surgery
}

// spot is a facility, or a site beside them.
type spot struct {
	name string
	at   orb.Point
	heli bool // helicopters land there
	wing bool // aircraft with wings do
	standing
}

// standing is a place on the roads, and how long it takes to it from what
// was asked.
type standing struct {
	place  network.Place
	access uint32
	on     bool
}

// landing is where aircraft land for a facility, and how long the way from
// there is.
type landing struct {
	spot     int32
	transfer uint32
}

// New prepares what there is. travel is the roads under their conditions, nil
// for none. Assets of a kind that carries nobody are passed over, as are those
// whose count or room is 0. What facilities and assets do not state is to be
// filled in before, by Assume.
func New(ctx context.Context, facilities []Facility, assets []Asset, travel *network.Travel, p Params) (*Cover, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	c := &Cover{Facilities: facilities, Assets: assets, Params: p, travel: travel}
	for i := range facilities {
		f := &facilities[i]
		c.advances, c.operates = append(c.advances, f.advanced()), append(c.operates, f.Operates())
		c.spots = append(c.spots, spot{name: f.Name, at: f.At, heli: f.Helipad || f.RunwayM >= p.RunwayMetres, wing: f.RunwayM >= p.RunwayMetres})
	}
	for _, s := range p.Sites {
		c.spots = append(c.spots, spot{name: s.Name, at: s.At, heli: true})
	}
	for i := range c.spots {
		c.spots[i].standing = c.snap(c.spots[i].at)
	}
	c.gaps = make([][]float64, len(c.spots))
	for i := range c.spots {
		from := measure.NewOrigin(c.spots[i].at)
		c.gaps[i] = make([]float64, len(c.spots))
		for j := range i {
			c.gaps[i][j] = from.Distance(c.spots[j].at)
			c.gaps[j][i] = c.gaps[i][j]
		}
	}
	c.stand = make([]standing, len(assets))
	c.out = make([][]float64, len(assets))
	for i := range assets {
		if err := c.add(int32(i)); err != nil {
			return nil, err
		}
	}
	for kind, k := range []Kind{Helicopter, FixedWing} {
		c.landings[kind] = make([][]landing, len(facilities))
		for f := range facilities {
			c.landings[kind][f] = c.landingsOf(int32(f), k)
		}
	}
	return c, c.driveOn(ctx)
}

// Travel is the roads that ambulances drive on; nil for none.
func (c *Cover) Travel() *network.Travel { return c.travel }

// driveOn finds the ways by road from advanced care to surgery, and of
// ambulances to advanced care.
func (c *Cover) driveOn(ctx context.Context) error {
	c.drive = make([][]uint32, len(c.Facilities))
	c.come = make([][]uint32, len(c.ambulances))
	if c.travel == nil || !c.Road {
		return nil
	}
	var from, to []int
	var starts, ends, homes []network.Place
	for f := range c.Facilities {
		if s := &c.spots[f]; s.on && c.operates[f] {
			to, ends = append(to, f), append(ends, s.place)
		} else if s.on && c.advances[f] {
			from, starts = append(from, f), append(starts, s.place)
		}
	}
	for _, i := range c.ambulances {
		homes = append(homes, c.stand[i].place)
	}
	on, err := c.travel.Matrix(ctx, starts, ends)
	if err != nil {
		return err
	}
	come, err := c.travel.Matrix(ctx, homes, starts)
	if err != nil {
		return err
	}
	for i, f := range from {
		c.drive[f] = slices.Repeat([]uint32{Never}, len(c.Facilities))
		for j, t := range on[i] {
			c.drive[f][to[j]] = plus(c.spots[f].access, t, c.spots[to[j]].access)
		}
	}
	for k, i := range c.ambulances {
		c.come[k] = slices.Repeat([]uint32{Never}, len(c.Facilities))
		for j, t := range come[k] {
			c.come[k][from[j]] = plus(c.stand[i].access, t, c.spots[from[j]].access)
		}
	}
	return nil
}

// add prepares an asset.
func (c *Cover) add(i int32) error {
	a := &c.Assets[i]
	if a.Count <= 0 || !(a.Patients > 0) {
		return nil
	}
	switch a.Kind {
	case Ambulance:
		if c.stand[i] = c.snap(a.At); c.stand[i].on {
			c.ambulances = append(c.ambulances, i)
		}
	case Helicopter, FixedWing:
		if !(a.CruiseKMH > 0) {
			return geo.Errorf(geo.Invalid, assetsInput, "the %s of %s has no cruising speed; state one, or leave it out", a.Kind, a.Base)
		}
		c.crafts = append(c.crafts, i)
		from := measure.NewOrigin(a.At)
		c.out[i] = make([]float64, len(c.spots))
		for s := range c.spots {
			c.out[i][s] = from.Distance(c.spots[s].at)
		}
	}
	return nil
}

// snap finds a place on the roads.
func (c *Cover) snap(p orb.Point) standing {
	if c.travel == nil {
		return standing{}
	}
	place, ok := c.travel.Snap(p, c.SnapMetres, c.travel.Open)
	return standing{place: place, access: pace(place.AccessMetres, c.OffRoadKMH), on: ok}
}

// landingsOf returns where aircraft of a kind may land for a facility.
func (c *Cover) landingsOf(f int32, k Kind) (out []landing) {
	at := c.spots[f].at
	if c.spots[f].takes(k) {
		out = append(out, landing{f, 0})
	}
	if c.LandingMetres == 0 {
		return out
	}
	for s := range c.spots {
		if s := int32(s); s != f && c.spots[s].takes(k) {
			if metres := measure.Distance(at, c.spots[s].at); metres <= c.LandingMetres {
				out = append(out, landing{s, pace(metres, c.OffRoadKMH)})
			}
		}
	}
	return out
}

// takes reports whether aircraft of the kind land there.
func (s *spot) takes(k Kind) bool { return s.heli && k == Helicopter || s.wing && k == FixedWing }

// landingsFor are where an aircraft may land for a facility.
func (c *Cover) landingsFor(craft, facility int32) []landing {
	if c.Assets[craft].Kind == FixedWing {
		return c.landings[1][facility]
	}
	return c.landings[0][facility]
}

// call is the time from the wound until an asset of the kind is ordered out.
func (c *Cover) call(k Kind) uint32 {
	if k == Ambulance {
		return minutes(c.NotifyMin)
	}
	return plus(minutes(c.NotifyMin), minutes(c.ClearanceMin), minutes(c.WeatherMin))
}

// departs returns when an asset leaves its home that is free from a time on.
func (c *Cover) departs(asset int32, night bool, free uint32) uint32 {
	a := &c.Assets[asset]
	notice, ok := a.notice(night)
	if !ok {
		return Never
	}
	return plus(max(c.call(a.Kind), free), notice)
}

// flight returns how long it takes to load a casualty, fly so many metres and
// bring him from the landing into the facility.
func (c *Cover) flight(craft int32, metres float64, l landing) uint32 {
	a := &c.Assets[craft]
	return plus(minutes(a.LoadMin), pace(metres, a.CruiseKMH), minutes(a.OffloadMin), l.transfer)
}

// carry returns how long a casualty is carried from one place to another.
func (c *Cover) carry(from, to orb.Point) uint32 {
	if metres := measure.Distance(from, to); metres <= c.CarryMetres {
		return pace(metres, c.CarryKMH)
	}
	return Never
}
