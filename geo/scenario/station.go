package scenario

import (
	"context"
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/casevac"
	"bivouac/geo/layer"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/roads"
)

// Reasons for which a base is not in the footprint.
const (
	notOpen = "not open"
	noPlace = "without a place"
)

// Station is an open base of the footprint, and what is said of it. NaN is what
// is not known.
type Station struct {
	Key     geo.Key
	Name    string
	Mission string
	At      orb.Point
	id      string // source id

	People, Strength, Capacity float64
	PatrolKM, StockDays        float64
	YearlyCost, FurtherValue   float64
	Hub                        string // as the record says
	hub                        int    // of the stations; -1 for none that is open, own for itself

	road  network.Place // of patrols
	on    bool
	heavy network.Place // of supply
	fed   bool          // on a road that supply uses
	way   *supplyWay    // from its hub; nil for none

	priority  priorityOf
	threat    threatOf
	support   supportOf
	surgery   surgeryOf
	operation operationOf
}

// sumOf adds what is stated of some fields; NaN where none is.
func sumOf(row geo.Row, names []string) float64 {
	sum := math.NaN()
	for _, name := range names {
		if v := process.NumberOf(row, name); !math.IsNaN(v) {
			if math.IsNaN(sum) {
				sum = 0
			}
			sum += v
		}
	}
	return sum
}

// known is x, or 0 where it is no number.
func known(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return x
}

// stations reads the open bases.
func (f *Footprint) stations(ctx context.Context, w process.World, in geo.Values) error {
	l, err := w.Layer(basesCollection)
	if err != nil {
		return geo.Errorf(geo.Conflict, basesFilterInput, "there is no collection of bases here")
	}
	f.use(l)
	s := geo.Selection{Reader: w.Reader}
	if v := in[basesFilterInput]; !v.Null() {
		if s.Match, err = process.Filter(l, basesFilterInput, v.Text()); err != nil {
			return err
		}
	}
	strength, err := process.NumberFields(l.Schema(), strengthInput, in[strengthInput].Text())
	if err != nil {
		if _, ok := l.Schema().Field("military"), in[strengthInput].Text() == "military+police"; !ok {
			return err
		}
		strength = nil
	}
	further := in[furtherInput].Text()
	if further != "" {
		if _, err := process.NumberFields(l.Schema(), furtherInput, further); err != nil {
			return err
		}
	}
	rows, failed := l.Select(ctx, s)
	for row := range rows {
		f.selected++
		at, ok := row.Point()
		of := row.Mission()
		switch {
		case process.OtherMission(of, in[missionInput].Text()):
			f.dropped[casevac.OtherMission]++
			continue
		case !process.IsOpen(row):
			f.dropped[notOpen]++
			continue
		case !ok:
			f.dropped[noPlace]++
			continue
		}
		st := Station{
			Key: row.Key(), Name: row.Name(), Mission: of, At: at, id: row.SourceID(),
			People: sumOf(row, peopleFields), Capacity: process.NumberOf(row, "capacity"), PatrolKM: process.NumberOf(row, "patrol_radius_km"), StockDays: process.NumberOf(row, "stock_days"),
			YearlyCost: process.NumberOf(row, "annual_cost_usd"), Hub: row.Named("hub").Text(), hub: noHub, FurtherValue: math.NaN(), surgery: noSurgery,
		}
		if st.Name == "" {
			st.Name = fmt.Sprintf("base %d", st.Key)
		}
		if math.IsNaN(st.PatrolKM) && in[patrolInput].Float() > 0 {
			st.PatrolKM = in[patrolInput].Float()
		}
		if strength != nil {
			st.Strength = known(process.Sum(strength.Columns(row.Table()), row.Number()))
		}
		if further != "" {
			st.FurtherValue = process.NumberOf(row, further)
		}
		f.Bases = append(f.Bases, st)
	}
	f.hubs()
	return failed()
}

const (
	noHub  = -1
	ownHub = -2 // supplied from outside
)

// hubs finds the base that supplies each.
func (f *Footprint) hubs() {
	for i := range f.Bases {
		b := &f.Bases[i]
		if b.Hub == "" {
			continue
		}
		for k := range f.Bases {
			h := &f.Bases[k]
			if b.Hub == h.id && h.id != "" || b.Hub == h.Name && b.Mission == h.Mission {
				if b.hub = k; k == i {
					b.hub = ownHub
				}
				break
			}
		}
	}
}

// use notes a layer that the answer is made of.
func (f *Footprint) use(l *layer.Layer) {
	f.layers = append(f.layers, l)
}

// place finds the bases on the roads.
func (f *Footprint) place(patrol, supply *network.Travel, within float64) {
	for i := range f.Bases {
		b := &f.Bases[i]
		if patrol != nil {
			b.road, b.on = snap(patrol, b.At, within)
		}
		if supply != nil {
			b.heavy, b.fed = snap(supply, b.At, within)
		}
	}
}

// snap finds a point on the nearest open road, else on one that is closed now:
// it is on a road then, and no way leads there.
func snap(t *network.Travel, p orb.Point, within float64) (network.Place, bool) {
	if place, ok := t.Snap(p, within, t.Open); ok {
		return place, true
	}
	return t.Snap(p, within, func(s int32) bool {
		_, why := t.Conditions.SpeedKMH(t.Way(s))
		return why == network.Passable || why == network.Shut || why == network.Season
	})
}

// travelOf is the roads under conditions; nil where the world has none.
func travelOf(ctx context.Context, cache *network.Cache, w process.World, in geo.Values, profile string) (*network.Travel, *roads.Question, error) {
	if _, err := roads.Graph(w); err != nil {
		return nil, &roads.Question{}, nil
	}
	asked := geo.Values{}
	for name, v := range in {
		asked[name] = v
	}
	asked[roads.ProfileInput] = geo.String(profile)
	q, err := roads.Read(ctx, w, asked)
	if err != nil {
		return nil, nil, err
	}
	if err := roads.Mark(ctx, w); err != nil {
		return nil, nil, err
	}
	t, err := cache.Travel(ctx, w.Network(), q.Conditions)
	return t, q, err
}
