package scenario

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/casevac"
	"bivouac/geo/layer"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/roads"
)

// Tools are what evaluations share: memory of what was asked before, and what
// other analyses give.
type Tools struct {
	Cache  *network.Cache
	Worlds *Worlds
	Tables *Tables
}

// Footprint is the bases of one world as they were asked about, and what they
// are for.
type Footprint struct {
	Title    string
	Bases    []Station
	Places   []Demand
	Measures []Measure

	cache    *network.Cache
	places   *layer.Layer
	assets   *layer.Layer
	which    string // the places, as text
	air      []flight
	helps    []help
	cost     cost
	treated  bool // the medical factor is known
	further  string
	better   string
	selected int
	dropped  map[string]int
	layers   []*layer.Layer
	docs     []geo.Doc
	methods  []string // of vehicles
	medicine string   // method of the medical factor
	warnings []string
}

func (f *Footprint) warn(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(f.warnings, text) {
		f.warnings = append(f.warnings, text)
	}
}

// cost is what the changes of a scenario cost once.
type cost struct{ once, lead float64 }

// Evaluate puts numbers to the bases of the world.
func (k *Tools) Evaluate(ctx context.Context, w process.World, in geo.Values) (*Footprint, error) {
	f := &Footprint{cache: k.Cache, dropped: map[string]int{}, further: in[furtherInput].Text(), better: in[betterInput].Text()}
	if err := f.stations(ctx, w, in); err != nil {
		return nil, err
	}
	if err := f.demand(ctx, w, in); err != nil {
		return nil, err
	}
	patrol, q, err := travelOf(ctx, k.Cache, w, in, in[roads.ProfileInput].Text())
	if err != nil {
		return nil, err
	}
	supply, qs, err := travelOf(ctx, k.Cache, w, in, in[supplyProfileInput].Text())
	if err != nil {
		return nil, err
	}
	f.take(q, patrol)
	f.take(qs, supply)
	if f.place(patrol, supply, in[snapInput].Float()); patrol == nil {
		f.warn("There are no roads here: nothing is known of ways by road.")
	}
	if err := f.parts(ctx, k, w, in, patrol, supply); err != nil {
		return nil, err
	}
	f.caveats()
	f.measures()
	return f, nil
}

// take notes what the roads were asked under.
func (f *Footprint) take(q *roads.Question, t *network.Travel) {
	f.layers = append(f.layers, q.Layers...)
	f.docs = append(f.docs, q.Docs...)
	for _, text := range q.Warnings {
		f.warn("%s", text)
	}
	if t != nil {
		f.methods = append(f.methods, fmt.Sprintf("a %s in %s (%s)", q.Conditions.Profile.Title, q.Month(), q.Conditions.Profile.Source))
	}
}

func (f *Footprint) parts(ctx context.Context, k *Tools, w process.World, in geo.Values, patrol, supply *network.Travel) error {
	if err := f.roadTimes(ctx, k.Tables, patrol, in); err != nil {
		return err
	}
	f.patrols()
	if err := f.flights(ctx, w, in); err != nil {
		return err
	}
	d, err := f.danger(ctx, w, in)
	if err != nil {
		return err
	}
	if err := f.near(ctx, d, in[nearInput].Float()); err != nil {
		return err
	}
	if err := f.supply(ctx, k.Tables, supply, d, in); err != nil {
		return err
	}
	if err := f.forces(ctx, w, patrol, in); err != nil {
		return err
	}
	return f.surgery(ctx, w, in)
}

// surgery finds how soon a casualty at each base comes to surgery, by road with
// an ambulance and by air.
func (f *Footprint) surgery(ctx context.Context, w process.World, in geo.Values) error {
	if f.assets == nil || len(f.Bases) == 0 {
		return nil
	}
	asked := geo.Values{"bases_filter": in[basesFilterInput], missionInput: in[missionInput]}
	for _, name := range []string{lightInput, snapInput, roads.MonthInput, roads.SeasonInput, roads.AvoidInput, roads.HazardsInput} {
		asked[name] = in[name]
	}
	if w.Network() == nil || w.Network().Segments() == 0 {
		asked["modes"] = geo.List(geo.String("air"))
	}
	points := make([]orb.Point, len(f.Bases))
	for i := range points {
		points[i] = f.Bases[i].At
	}
	minutes, r, err := casevac.ToSurgery(ctx, f.cache, w, asked, points)
	if err != nil {
		f.warn("The medical factor is not reckoned: %s", textOf(err))
		return ctx.Err()
	}
	for i := range minutes {
		f.Bases[i].surgery = minutes[i]
	}
	f.treated = true
	f.medicine = r.Method
	f.layers, f.docs = append(f.layers, r.Layers...), append(f.docs, r.Docs...)
	for _, text := range r.Warnings {
		f.warn("Medical: %s", text)
	}
	return nil
}

// caveats say what limits the answer.
func (f *Footprint) caveats() {
	off, lost, unstated := 0, 0, 0
	for i := range f.Bases {
		b := &f.Bases[i]
		if !b.on {
			off++
		}
		if !b.support.known {
			lost++
		}
		if math.IsNaN(b.People) {
			unstated++
		}
	}
	n := len(f.Bases)
	switch {
	case n == 0:
		f.warn("No base is open here that was asked about: nobody is reached by anybody.")
		return
	case off > 0:
		f.warn("%d of %d bases are on no road, and reach nobody by road.", off, n)
	}
	if lost > 0 {
		f.warn("%d of %d bases have no known way of supply: their rows say why.", lost, n)
	}
	if unstated > 0 {
		f.warn("%d of %d bases state no people: they weigh nothing in means over people.", unstated, n)
	}
	f.warn("Incidents are those that were reported. Where a base closed, fewer are: a lower number there need not be less danger.")
}
