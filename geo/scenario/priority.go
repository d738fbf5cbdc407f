package scenario

import (
	"context"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/air"
	"bivouac/geo/measure"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/reach"
)

// Demand is a place, and who comes to it.
type Demand struct {
	Key    geo.Key
	Name   string
	At     orb.Point
	People float64 // NaN for not stated
	Weight float64 // its people where it states none

	OnRoad  bool
	Millis  float64 // by road from the nearest base; network.Closed for no way
	Nearest int     // base, -1 for none
	Bases   int     // that reach it by road in time
	reach   []int   // which those are
	Patrols int     // bases in whose patrol radius it lies
	ByAir   bool
	Access  float64 // strength for 1,000 people, two-step floating catchment area
	surgery surgeryOf
}

// reached reports whether somebody comes to the place in time by road.
func (d *Demand) reached() bool { return d.Bases > 0 }

// priorityOf is what a base is to priority locations.
type priorityOf struct {
	people, alone, patrol float64
	places                int
}

func (f *Footprint) demand(ctx context.Context, w process.World, in geo.Values) error {
	l, err := w.Layer("places")
	if err != nil {
		f.warn(noPlaces)
		return nil
	}
	f.use(l)
	f.places = l
	asked := geo.Values{process.CollectionInput: geo.String("places"), process.AreaInput: in[areaInput]}
	if mission := in[missionInput].Text(); mission != "" && in[areaInput].Null() {
		if asked[process.AreaInput], err = f.missionArea(ctx, w, mission); err != nil {
			return err
		}
	}
	if v := in[placesFilterInput]; !v.Null() {
		if _, err := process.Filter(l, placesFilterInput, v.Text()); err != nil {
			return err
		}
		asked[process.FilterInput] = v
	}
	_, s, err := w.Selection(asked)
	if err != nil {
		return err
	}
	f.which = s.Key()
	rows, failed := l.Select(ctx, s)
	without, unstated := 0, 0
	for row := range rows {
		at, ok := row.Point()
		if !ok {
			without++
			continue
		}
		d := Demand{Key: row.Key(), Name: row.Name(), At: at, People: process.NumberOf(row, "population"), Weight: process.NumberOf(row, "weight"), Millis: network.Closed, Nearest: -1}
		if math.IsNaN(d.People) {
			unstated++
		}
		if math.IsNaN(d.Weight) {
			d.Weight = known(d.People)
		}
		f.Places = append(f.Places, d)
	}
	if unstated > 0 {
		f.warn(placesUnstated, unstated, len(f.Places))
	}
	if without > 0 {
		f.warn(placesUnplaced, without)
	}
	return failed()
}

// missionArea is where the places of a mission lie; null where nobody knows.
func (f *Footprint) missionArea(ctx context.Context, w process.World, mission string) (geo.Value, error) {
	area, l, err := w.MissionArea(ctx, mission)
	if err != nil || l == nil {
		return geo.Value{}, err
	}
	f.use(l)
	if len(area) == 0 {
		f.warn(noMissionArea, mission)
		return geo.Value{}, nil
	}
	return geo.Geometry(area), nil
}

// roadTimes finds who comes to each place by road.
func (f *Footprint) roadTimes(ctx context.Context, tables *Tables, t *network.Travel, in geo.Values) error {
	if t == nil || f.places == nil {
		return nil
	}
	points := make([]orb.Point, len(f.Places))
	for i := range points {
		points[i] = f.Places[i].At
	}
	within := in[snapInput].Float()
	rows, on, err := tables.find(t, f.places, tableKey(f.which, within)).times(ctx, f.Bases, points, within)
	if err != nil {
		return err
	}
	limit := uint32(math.Round(in[withinInput].Float() * 60_000))
	for i := range f.Places {
		f.Places[i].OnRoad = on[i]
	}
	for j, row := range rows {
		b := &f.Bases[j]
		for i, millis := range row {
			d := &f.Places[i]
			if float64(millis) < d.Millis {
				d.Millis, d.Nearest = float64(millis), j
			}
			if millis <= limit {
				d.Bases++
				d.reach = append(d.reach, j)
				b.priority.places++
				b.priority.people += known(d.People)
			}
		}
	}
	for j, row := range rows {
		for i, millis := range row {
			if millis <= limit && f.Places[i].Bases == 1 {
				f.Bases[j].priority.alone += known(f.Places[i].People)
			}
		}
	}
	f.access(rows, in)
	return nil
}

// access shares the strength of each base among all whom it reaches.
func (f *Footprint) access(rows [][]uint32, in geo.Values) {
	supply, demand := make([]float64, len(f.Bases)), make([]float64, len(f.Places))
	for i := range f.Places {
		demand[i] = known(f.Places[i].People)
	}
	weight, all := make([][]float64, len(rows)), make([]float64, len(rows)*len(f.Places))
	within := in[withinInput].Float()
	for j, row := range rows {
		supply[j] = f.Bases[j].Strength
		weight[j] = all[j*len(f.Places) : (j+1)*len(f.Places)]
		for i, millis := range row {
			if millis != network.Closed {
				weight[j][i] = reach.Gaussian.Weight(float64(millis)/60_000, within)
			}
		}
	}
	for i, per := range reach.TwoStep(supply, demand, weight) {
		f.Places[i].Access = 1000 * per
	}
}

// patrols finds the places in the patrol radius of bases.
func (f *Footprint) patrols() {
	for j := range f.Bases {
		b := &f.Bases[j]
		if !(b.PatrolKM > 0) {
			continue
		}
		f.within(b.At, b.PatrolKM*1000, nil, func(d *Demand) {
			d.Patrols++
			b.priority.patrol += known(d.People)
		})
	}
}

// within takes the places within a geodesic distance, the rim included, but for
// some. Most
// lie outside a box about it, which costs next to nothing to tell.
func (f *Footprint) within(at orb.Point, metres float64, but func(*Demand) bool, take func(*Demand)) {
	boxes := measure.Widened(geo.Box{West: at[0], South: at[1], East: at[0], North: at[1]}, metres)
	from := measure.NewOrigin(at)
	for i := range f.Places {
		d := &f.Places[i]
		if but != nil && but(d) {
			continue
		}
		if slices.ContainsFunc(boxes, func(b geo.Box) bool { return b.Has(d.At[0], d.At[1]) }) && from.Distance(d.At) <= metres {
			take(d)
		}
	}
}

// flight is how far aircraft of one place come in time.
type flight struct {
	air.Craft
	metres float64
	notice float64 // minutes
	bases  int     // of others that it comes to
}

// flights finds the places and bases that aircraft come to in time.
func (f *Footprint) flights(ctx context.Context, w process.World, in geo.Values) error {
	l, err := w.Layer(assetsCollection)
	if err != nil {
		f.warn(noAssets)
		return nil
	}
	f.use(l)
	f.assets = l
	crafts, err := air.Crafts(ctx, l, geo.Selection{Reader: w.Reader})
	if err != nil {
		if ctx.Err() != nil {
			return err
		}
		f.warn(noAircraft, geo.SaidBy(err))
	}
	q := air.Question{Task: air.Arrive, Minutes: in[withinInput].Float(), Night: in[lightInput].Text() == "night"}
	for _, c := range crafts {
		if r, why := c.Reach(q); why == "" && !process.OtherMission(c.Mission, in[missionInput].Text()) && f.homes(c.Base, c.Mission, c.At) {
			f.air = append(f.air, flight{Craft: c, metres: r.Metres})
		}
	}
	for i := range f.air {
		a := &f.air[i]
		f.within(a.At, a.metres, func(d *Demand) bool { return d.ByAir }, func(d *Demand) { d.ByAir = true })
		from, home := measure.NewOrigin(a.At), f.home(a.Base, a.Mission, a.At)
		for j := range f.Bases {
			if b := &f.Bases[j]; j != home && from.Distance(b.At) <= a.metres {
				b.operation.aircraft += a.Count
				a.bases++
			}
		}
	}
	return nil
}

// flying is how many aircraft come to another base in time.
func (f *Footprint) flying() float64 {
	n := 0
	for i := range f.air {
		if f.air[i].bases > 0 {
			n += f.air[i].Count
		}
	}
	return float64(n)
}

// homes reports whether an asset is of the footprint: it stands at one of its
// bases, or says that it does, or is said to stand at none.
func (f *Footprint) homes(base, mission string, at orb.Point) bool {
	return base == "" || f.home(base, mission, at) >= 0
}

// home is the base that an asset is of: the one that it names, else the one where
// it stands; -1 for none.
func (f *Footprint) home(base, mission string, at orb.Point) int {
	stands := -1
	for i := range f.Bases {
		b := &f.Bases[i]
		if base != "" && (base == b.id || base == b.Name && mission == b.Mission) {
			return i
		}
		if at == b.At {
			stands = i
		}
	}
	return stands
}
