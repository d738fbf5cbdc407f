package scenario

import (
	"context"
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/casevac"
	"bivouac/geo/process"
	"bivouac/geo/roads"
)

// surgeryOf is how soon a casualty comes to surgery, in minutes, NaN for never
// and for not known. Road and air are those alone, in the light that is asked
// about.
type surgeryOf struct{ asked, day, night, road, air float64 }

var noSurgery = surgeryOf{math.NaN(), math.NaN(), math.NaN(), math.NaN(), math.NaN()}

// surgeryLimit is the last of 10-1-2: minutes to surgery.
const surgeryLimit = 120

// soon reports whether surgery is in time.
func soon(minutes float64) bool { return minutes <= surgeryLimit }

// surgery finds how soon casualties at bases and places come to surgery, by road
// with an ambulance, by air, and by both.
func (f *Footprint) surgery(ctx context.Context, tables *Tables, w process.World, in geo.Values) error {
	for i := range f.Places {
		f.Places[i].surgery = noSurgery
	}
	if f.assets == nil || len(f.Bases) == 0 {
		return nil
	}
	asked := geo.Values{"bases_filter": in[basesFilterInput], missionInput: in[missionInput]}
	for _, name := range []string{lightInput, snapInput, roads.MonthInput, roads.SeasonInput, roads.DateInput, roads.AvoidInput, roads.HazardsInput} {
		asked[name] = in[name]
	}
	if w.Network() == nil || w.Network().Segments() == 0 {
		asked["modes"] = geo.List(geo.String("air"))
	}
	theatre, r, err := casevac.ForSurgery(ctx, f.cache, w, asked)
	if err == nil {
		err = f.operate(ctx, tables, theatre, in)
	}
	if err != nil {
		f.warn(noMedical, geo.SaidBy(err))
		return ctx.Err()
	}
	f.treated = true
	f.medicine = r.Method
	f.layers, f.docs = append(f.layers, r.Layers...), append(f.docs, r.Docs...)
	for _, said := range r.Warnings {
		f.warn(ofMedical, said)
	}
	return nil
}

func (f *Footprint) operate(ctx context.Context, tables *Tables, t *casevac.Theatre, in geo.Values) error {
	bases := make([]orb.Point, len(f.Bases))
	for i := range bases {
		bases[i] = f.Bases[i].At
	}
	places, err := t.NewPlaces(ctx, bases, true) // by day and by night the ways are the same
	if err != nil {
		return err
	}
	night := in[lightInput].Text() == "night"
	if err := times(ctx, t, places, night, func(i int) *surgeryOf { return &f.Bases[i].surgery }); err != nil || len(f.Places) == 0 {
		return err
	}
	points := make([]orb.Point, len(f.Places))
	for i := range points {
		points[i] = f.Places[i].At
	}
	if places, err = tables.find(t.Travel(), f.places, "surgery "+tableKey(f.which, in[snapInput].Float())).casualties(ctx, t, points); err != nil {
		return err
	}
	return times(ctx, t, places, night, func(i int) *surgeryOf { return &f.Places[i].surgery })
}

// times fills in the times of all points by day and by night.
func times(ctx context.Context, t *casevac.Theatre, p *casevac.Places, night bool, of func(i int) *surgeryOf) error {
	for _, dark := range []bool{false, true} {
		found, err := t.Times(ctx, p, dark)
		if err != nil {
			return err
		}
		for i := range p.Points {
			s := of(i)
			if any := surgeryMinutes(found.Any[i]); dark {
				s.night = any
			} else {
				s.day = any
			}
			if dark == night {
				s.asked, s.road, s.air = surgeryMinutes(found.Any[i]), surgeryMinutes(found.Road[i]), surgeryMinutes(found.Air[i])
			}
		}
	}
	return nil
}

func surgeryMinutes(millis uint32) float64 {
	if millis == casevac.Never {
		return math.NaN()
	}
	return float64(millis) / 60_000
}

// values are minutes to a tenth, rounded up: none is said to be in time that
// is not.
func (s *surgeryOf) values(v geo.Values) {
	for name, minutes := range map[string]float64{"surgery_min": s.asked, "surgery_day_min": s.day, "surgery_night_min": s.night, "surgery_road_min": s.road, "surgery_air_min": s.air} {
		v[name] = geo.Float(math.Ceil(10*minutes) / 10)
	}
}

func surgeryFields() []geo.Field {
	return []geo.Field{
		process.Number("surgery_min", "To surgery", "min"), process.Number("surgery_day_min", "To surgery by day", "min"), process.Number("surgery_night_min", "To surgery by night", "min"),
		process.Number("surgery_road_min", "To surgery by road alone", "min"), process.Number("surgery_air_min", "To surgery by air alone", "min"),
	}
}
